import { type Locale, pickLocale } from '@helpdesk/core'
import { type Catalog, createTexts, type Texts } from './texts.ts'

/** The languages there are; each is a file of its own that is loaded when it is spoken. */
export const catalogs = {
  en: () => import('./en.ts').then((module): Catalog => module.en),
  pl: () => import('./pl.ts').then((module) => module.pl),
} satisfies Partial<Record<Locale, () => Promise<Catalog>>>

type Available = keyof typeof catalogs

/** The language to speak: the first wanted one that there is, else English. */
export function chooseLocale(wanted: readonly (string | undefined)[]): Available {
  return pickLocale(wanted, Object.keys(catalogs) as Available[], 'en')
}

/** Loads a language. */
export async function loadTexts(locale: Available): Promise<Texts> {
  return createTexts(locale, await catalogs[locale]())
}
