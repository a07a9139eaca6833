import { localized } from '@helpdesk/core'
import type { Desk } from '@helpdesk/core/api'
import { languages, words } from './words.ts'

type Locale = Desk['locale']

/** A text per language; absent rather than empty. */
export type LocalizedTexts = Partial<Record<Locale, string>>

/** The texts with one of them changed; an empty one goes away. */
export function withText(texts: LocalizedTexts, locale: Locale, text: string): LocalizedTexts {
  const { [locale]: _, ...others } = texts
  return text ? { ...others, [locale]: text } : others
}

/** What a language without a text of its own shows instead, and from where; `null` when there is nothing to say. */
export function fallbackHint(texts: LocalizedTexts, locale: Locale, own: Locale): string | null {
  if (texts[locale]?.trim()) return null
  const shown = localized(texts as Record<string, string>, locale, own)
  if (!shown) return null
  const from = texts[own]?.trim()
    ? own
    : ((Object.keys(texts) as Locale[]).find((one) => texts[one] === shown) ?? own)
  const short = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
  return words.localized.fallback(short, languages[from])
}
