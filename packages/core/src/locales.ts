/** The languages of the client-facing UI, in the order in which they are offered. */
export const locales = ['pl', 'en', 'uk', 'de', 'fr', 'es', 'cs', 'sk'] as const

/** One of the languages of the client-facing UI. */
export type Locale = (typeof locales)[number]

/**
 * The best language that is available, for the wanted ones in order of preference (`de-AT` finds `de`, case
 * and `_` do not matter); `fallback` when there is none.
 */
export function pickLocale<L extends string>(
  wanted: readonly (string | null | undefined)[],
  available: readonly L[],
  fallback: L,
): L {
  for (const tag of wanted) {
    if (typeof tag !== 'string') continue
    let rest = tag.trim().replaceAll('_', '-').toLowerCase()
    while (rest !== '') {
      const found = available.find((one) => one.toLowerCase() === rest)
      if (found !== undefined) return found
      rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))
    }
  }
  return fallback
}

/**
 * The text for a language: its own, else the fallback language's, else the first there is, else empty.
 * Blank texts count as absent.
 */
export function localized(
  texts: Readonly<Record<string, string>>,
  locale: string,
  fallbackLocale: string,
): string {
  for (const key of [locale, fallbackLocale]) {
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined
    if (text !== undefined && text.trim() !== '') return text
  }
  return Object.values(texts).find((text) => text.trim() !== '') ?? ''
}

/** Texts per locale, trimmed, without the languages that are left empty. */
export function filledTexts(texts: Readonly<Partial<Record<string, string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([locale, text]) => (text?.trim() ? [[locale, text.trim()]] : [])),
  )
}
