import { limits } from './limits.ts'

/** Why a number pattern is refused; `null` stands for a good one. */
export type NumberPatternError =
  | 'too_long'
  | 'seq_missing'
  | 'seq_repeated'
  | 'unknown_token'
  | 'bad_character'

const tokens = /\{(?:(yyyy|yy|ww|mm)|seq(?::([1-9]))?)\}/g

interface Day {
  year: number
  month: number
  day: number
}

// Making a formatter costs more than 1,000 uses of it.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
    if (formatters.size >= 200) formatters.clear()
    formatters.set(timeZone, formatter)
  }
  return formatter
}

function dayIn(date: Date, timeZone: string): Day {
  const parts = formatterFor(timeZone).formatToParts(date)
  const read = (type: 'year' | 'month' | 'day') =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN)
  return { year: read('year'), month: read('month'), day: read('day') }
}

/** ISO 8601: a week belongs to the year that has its Thursday. */
function isoWeek({ year, month, day }: Day): { year: number; week: number } {
  const thursday = new Date(Date.UTC(year, month - 1, day))
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const weekYear = thursday.getUTCFullYear()
  const days = (thursday.getTime() - Date.UTC(weekYear, 0, 1)) / 86_400_000
  return { year: weekYear, week: Math.floor(days / 7) + 1 }
}

function render(pattern: string, date: Date, timeZone: string, seq: (width: number) => string): string {
  const day = dayIn(date, timeZone)
  const iso = isoWeek(day)
  const year = pattern.includes('{ww}') ? iso.year : day.year
  const dated: Record<string, string> = {
    yyyy: String(year).padStart(4, '0'),
    yy: String(year % 100).padStart(2, '0'),
    ww: String(iso.week).padStart(2, '0'),
    mm: String(day.month).padStart(2, '0'),
  }
  return pattern.replace(tokens, (_token, name: string | undefined, width: string | undefined) =>
    name === undefined ? seq(Number(width ?? 1)) : (dated[name] ?? ''),
  )
}

/**
 * A conversation's number: `{yyyy}` `{yy}` `{ww}` (ISO week) `{mm}` `{seq}` `{seq:3}` (padded with zeros, 1 to
 * 9 digits) are replaced, all else stays; with `{ww}` the year is that of the week.
 * @param seq 1, 2, 3 … within `numberPeriod`
 * @param timeZone IANA name of the desk's time zone
 * @throws RangeError for an invalid date or time zone, or a `seq` that is not a positive integer
 */
export function formatNumber(pattern: string, date: Date, seq: number, timeZone = 'UTC'): string {
  if (!Number.isSafeInteger(seq) || seq < 1) throw new RangeError('seq must be a positive integer')
  return render(pattern, date, timeZone, (width) => String(seq).padStart(width, '0'))
}

/**
 * The key of the counter that gives the next `seq`: the pattern with its dates filled in, in lower case, so
 * that the counter restarts when the dated part changes and patterns that could collide share a counter.
 * @param timeZone IANA name of the desk's time zone
 * @throws RangeError for an invalid date or time zone
 */
export function numberPeriod(pattern: string, date: Date, timeZone = 'UTC'): string {
  return render(pattern, date, timeZone, () => '{seq}').toLowerCase()
}

/**
 * Checks a pattern before a desk may use it: exactly one `{seq}`, only known tokens, otherwise ASCII letters,
 * digits and `- _ . /`, short enough for numbers of 64 characters.
 * @returns `null` when it is good
 */
export function checkNumberPattern(pattern: string): NumberPatternError | null {
  if (pattern.length > limits.number - 24) return 'too_long'
  const found = [...pattern.matchAll(tokens)].filter((match) => match[1] === undefined)
  const literal = pattern.replace(tokens, '')
  if (/\{.*\}/.test(literal)) return 'unknown_token'
  if (!/^[A-Za-z0-9._/-]*$/.test(literal)) return 'bad_character'
  if (found.length !== 1) return found.length === 0 ? 'seq_missing' : 'seq_repeated'
  return null
}

/** A number as it is compared: without white space around it, without a leading `#`, in lower case. */
export function normalizeNumber(text: string): string {
  return text.trim().replace(/^#\s*/, '').toLowerCase()
}
