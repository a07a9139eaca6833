import type { Locale } from '@helpdesk/core'
import type { UnavailableReason } from '../../availability.ts'
import type { catalog as en } from './en.ts'
import type { catalog as partsEn } from './parts-en.ts'

/** The forms of a text with a number, by plural category of the language. */
export type Plural = { readonly [C in Intl.LDMLPluralRule]?: string } & { readonly other: string }

type Like<English> = { readonly [K in keyof English]: English[K] extends string ? string : Plural }

/** The texts of one language for the first screen. */
export type Catalog = Like<typeof en>
/** The texts of one language for everything that is loaded later. */
export type PartsCatalog = Like<typeof partsEn>

/** The name of a text. */
export type TextKey<C = Catalog> = { [K in keyof C]: C[K] extends string ? K : never }[keyof C]
/** The name of a text that depends on a number. */
export type PluralKey<C = Catalog> = Exclude<keyof C, TextKey<C>>

/** What the widget says in one language. */
export interface Texts<C = Catalog> {
  readonly locale: Locale
  /** A text with `{name}`s filled in. */
  t(key: TextKey<C>, values?: Record<string, string>): string
  /** A text for a number; `{count}` stands for it. */
  plural(key: PluralKey<C>, count: number): string
  /** The text for an error code, also one this widget does not know yet. */
  error(code: string): string
  /** Why a visitor cannot write, in words. */
  off(reason: UnavailableReason): string
  /** The time of day, such as `14:05`. */
  time(at: string): string
  /** The day, such as `Today` or `Monday, 3 March`. */
  day(at: string, now: number): string
  /** How long ago, such as `5 min. ago`; after a week the date. */
  ago(at: string, now: number): string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** What the widget says in one language once everything has been loaded. */
export type AllTexts = Texts<Catalog & PartsCatalog>

/** Makes a language speak. */
export function createTexts<C extends Catalog>(locale: Locale, catalog: C): Texts<C> {
  const rules = new Intl.PluralRules(locale)
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const fill = (text: string, values: Record<string, string>) =>
    text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)

  const error = (code: string) =>
    catalog[`error.${code}` in catalog ? (`error.${code}` as TextKey) : 'error.unexpected']

  return {
    locale,
    t: (key, values = {}) => fill(catalog[key] as string, values),
    plural(key, count) {
      const forms = catalog[key] as Plural
      return fill(forms[rules.select(count)] ?? forms.other, { count: count.toLocaleString(locale) })
    },
    error,
    off: (reason) => error(reason === 'messaging-off' ? 'messaging_disabled' : reason.replaceAll('-', '_')),
    time: (at) => times.format(new Date(at)),
    day(at, now) {
      const distance = dayNumber(Date.parse(at)) - dayNumber(now)
      if (distance < -1 || distance > 0) return days.format(new Date(at))
      const word = words.format(distance, 'day')
      return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
    },
    ago(at, now) {
      const age = Math.max(0, now - Date.parse(at))
      if (age < minute) return words.format(0, 'second')
      if (age < hour) return words.format(-Math.floor(age / minute), 'minute')
      if (age < day) return words.format(-Math.floor(age / hour), 'hour')
      if (age < 7 * day) return words.format(dayNumber(Date.parse(at)) - dayNumber(now), 'day')
      return dates.format(new Date(at))
    },
  }
}

/** Days since the epoch in the visitor's own time zone. */
function dayNumber(time: number): number {
  const date = new Date(time)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day)
}
