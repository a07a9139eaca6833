import { signal } from '@preact/signals'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The language in which the dashboard writes dates, that of its texts. */
export const uiLocale = 'en-GB'

/** Now, in milliseconds; moves every 15 seconds, so that ages stay right while the page is open. */
export const now = signal(Date.now())

/** Starts the clock. */
export function startClock(): () => void {
  const timer = setInterval(() => {
    now.value = Date.now()
  }, 15_000)
  return () => clearInterval(timer)
}

const timeOnly = new Intl.DateTimeFormat(uiLocale, { hour: '2-digit', minute: '2-digit' })
const dayAndMonth = new Intl.DateTimeFormat(uiLocale, { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(uiLocale, { day: 'numeric', month: 'short', year: 'numeric' })
const weekday = new Intl.DateTimeFormat(uiLocale, { weekday: 'long', day: 'numeric', month: 'long' })
const weekdayYear = new Intl.DateTimeFormat(uiLocale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const full = new Intl.DateTimeFormat(uiLocale, { dateStyle: 'full', timeStyle: 'medium' })

/** `10:01`. */
export function formatTime(at: string): string {
  return timeOnly.format(new Date(at))
}

/** `10:01` today, `12 Nov, 10:01` on another day. */
export function formatMoment(at: string, from = now.value): string {
  const date = new Date(at)
  if (dayOf(date) === dayOf(new Date(from))) return timeOnly.format(date)
  return `${formatDate(at, from)}, ${timeOnly.format(date)}`
}

/** `12 Nov`, with the year when it is another one. */
export function formatDate(at: string, from = now.value): string {
  const date = new Date(at)
  const sameYear = date.getFullYear() === new Date(from).getFullYear()
  return (sameYear ? dayAndMonth : dayMonthYear).format(date)
}

/** Date and time in full, for a tooltip. */
export function formatFull(at: string): string {
  return full.format(new Date(at))
}

/** How long ago, in as few characters as a list has room for: `now`, `4m`, `3h`, `2d`, `12 Nov`. */
export function formatAge(at: string, from = now.value): string {
  const passed = from - new Date(at).getTime()
  if (passed < minute) return 'now'
  if (passed < hour) return `${Math.floor(passed / minute)}m`
  if (passed < day) return `${Math.floor(passed / hour)}h`
  if (passed < 7 * day) return `${Math.floor(passed / day)}d`
  return formatDate(at, from)
}

/** How long ago, in words: `just now`, `4 minutes ago`, else the moment. */
export function formatAgo(at: string, from = now.value): string {
  const passed = from - new Date(at).getTime()
  if (passed < minute) return 'just now'
  const relative = new Intl.RelativeTimeFormat(uiLocale, { numeric: 'always' })
  if (passed < hour) return relative.format(-Math.floor(passed / minute), 'minute')
  if (passed < day) return relative.format(-Math.floor(passed / hour), 'hour')
  return formatMoment(at, from)
}

/** The local calendar day of a moment, as a key. */
export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

/** `Today`, `Yesterday`, `Monday, 17 November`. */
export function formatDay(at: string, from = now.value): string {
  const date = new Date(at)
  const today = new Date(from)
  if (dayOf(date) === dayOf(today)) return 'Today'
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (dayOf(date) === dayOf(yesterday)) return 'Yesterday'
  return (date.getFullYear() === today.getFullYear() ? weekday : weekdayYear).format(date)
}
