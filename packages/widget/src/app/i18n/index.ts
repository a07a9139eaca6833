import { type Locale, pickLocale } from '@helpdesk/core'
import { type AllTexts, type Catalog, createTexts, type PartsCatalog, type Texts } from './texts.ts'

/** The languages there are; each is a file of its own that is loaded when it is spoken. */
export const catalogs = {
  pl: () => import('./pl.ts'),
  en: () => import('./en.ts'),
  uk: () => import('./uk.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  cs: () => import('./cs.ts'),
  sk: () => import('./sk.ts'),
} satisfies Record<Locale, () => Promise<{ catalog: Catalog }>>

/** What is said beyond the first screen, by language: loaded together with what says it. */
export const partsCatalogs = {
  pl: () => import('./parts-pl.ts'),
  en: () => import('./parts-en.ts'),
  uk: () => import('./parts-uk.ts'),
  de: () => import('./parts-de.ts'),
  fr: () => import('./parts-fr.ts'),
  es: () => import('./parts-es.ts'),
  cs: () => import('./parts-cs.ts'),
  sk: () => import('./parts-sk.ts'),
} satisfies Record<Locale, () => Promise<{ catalog: PartsCatalog }>>

/** The language to speak: the first wanted one that there is, else English. */
export function chooseLocale(wanted: readonly (string | undefined)[]): Locale {
  return pickLocale(wanted, Object.keys(catalogs) as Locale[], 'en')
}

/** Loads what a language says on the first screen. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  const { catalog } = await catalogs[locale]()
  return createTexts<Catalog>(locale, catalog)
}

/** Loads everything that a language says. */
export async function loadAllTexts(locale: Locale): Promise<AllTexts> {
  const [first, more] = await Promise.all([catalogs[locale](), partsCatalogs[locale]()])
  return createTexts<Catalog & PartsCatalog>(locale, { ...first.catalog, ...more.catalog })
}
