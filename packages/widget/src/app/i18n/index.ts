import { type Locale, pickLocale } from '@helpdesk/core'
import { type AllTexts, type Catalog, createTexts, type PartsCatalog, type Texts } from './texts.ts'

/** The languages there are; each is a file of its own that is loaded when it is spoken. */
export const catalogs = {
  pl: () => import('./pl.ts').then((module): Catalog => module.pl),
  en: () => import('./en.ts').then((module): Catalog => module.en),
  uk: () => import('./uk.ts').then((module): Catalog => module.uk),
  de: () => import('./de.ts').then((module): Catalog => module.de),
  fr: () => import('./fr.ts').then((module): Catalog => module.fr),
  es: () => import('./es.ts').then((module): Catalog => module.es),
  cs: () => import('./cs.ts').then((module): Catalog => module.cs),
  sk: () => import('./sk.ts').then((module): Catalog => module.sk),
} satisfies Record<Locale, () => Promise<Catalog>>

/** What is said beyond the first screen, by language: loaded together with what says it. */
export const partsCatalogs = {
  pl: () => import('./parts-pl.ts').then((module): PartsCatalog => module.pl),
  en: () => import('./parts-en.ts').then((module): PartsCatalog => module.en),
  uk: () => import('./parts-uk.ts').then((module): PartsCatalog => module.uk),
  de: () => import('./parts-de.ts').then((module): PartsCatalog => module.de),
  fr: () => import('./parts-fr.ts').then((module): PartsCatalog => module.fr),
  es: () => import('./parts-es.ts').then((module): PartsCatalog => module.es),
  cs: () => import('./parts-cs.ts').then((module): PartsCatalog => module.cs),
  sk: () => import('./parts-sk.ts').then((module): PartsCatalog => module.sk),
} satisfies Record<Locale, () => Promise<PartsCatalog>>

/** The language to speak: the first wanted one that there is, else English. */
export function chooseLocale(wanted: readonly (string | undefined)[]): Locale {
  return pickLocale(wanted, Object.keys(catalogs) as Locale[], 'en')
}

/** Loads what a language says on the first screen. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  return createTexts(locale, await catalogs[locale]())
}

/** Loads everything that a language says. */
export async function loadAllTexts(locale: Locale): Promise<AllTexts> {
  const [first, more] = await Promise.all([catalogs[locale](), partsCatalogs[locale]()])
  return createTexts(locale, { ...first, ...more })
}
