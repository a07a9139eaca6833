import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { checkNumberPattern, formatNumber, normalizeNumber, numberPeriod } from './numbers.ts'

const at = (text: string) => new Date(text)
const noon = (day: string) => at(`${day}T12:00:00Z`)

describe('formatNumber', () => {
  const cases: [pattern: string, date: string, seq: number, number: string][] = [
    ['{yy}{ww}-{seq}', '2026-04-15', 2, '2616-2'],
    ['T-{seq:3}', '2026-04-15', 7, 'T-007'],
    ['T-{seq:3}', '2026-04-15', 1_234, 'T-1234'],
    ['SUP-{yyyy}-{seq:3}', '2026-04-15', 12, 'SUP-2026-012'],
    ['{yyyy}/{mm}/{seq}', '2026-04-15', 1, '2026/04/1'],
    ['{yy}{mm}{seq:4}', '2026-12-31', 5, '26120005'],
    ['{seq}', '2026-04-15', 9_007_199_254_740_991, '9007199254740991'],
    ['{YY}{foo}{seq:0}{seq:12}{', '2026-04-15', 1, '{YY}{foo}{seq:0}{seq:12}{'],
    ['$&-$1-{seq}', '2026-04-15', 1, '$&-$1-1'],
  ]
  it.each(cases)('%j on %s is number %j: %j', (pattern, day, seq, number) => {
    expect(formatNumber(pattern, noon(day), seq)).toBe(number)
  })

  const weeks: [day: string, isoWeek: string, calendar: string][] = [
    ['2020-12-31', '202053', '2020-12'],
    ['2021-01-01', '202053', '2021-01'],
    ['2021-01-03', '202053', '2021-01'],
    ['2021-01-04', '202101', '2021-01'],
    ['2024-12-30', '202501', '2024-12'],
    ['2026-01-01', '202601', '2026-01'],
    ['2026-12-31', '202653', '2026-12'],
    ['2027-01-01', '202653', '2027-01'],
    ['2027-01-03', '202653', '2027-01'],
    ['2027-01-04', '202701', '2027-01'],
    ['2028-01-01', '202752', '2028-01'],
    ['2018-12-31', '201901', '2018-12'],
    ['2017-01-01', '201652', '2017-01'],
  ]
  it.each(weeks)('%s is in ISO week %s, while a pattern without a week says %s', (day, week, month) => {
    expect(formatNumber('{yyyy}{ww}{seq}', noon(day), 1)).toBe(`${week}1`)
    expect(formatNumber('{yy}{ww}{seq}', noon(day), 1)).toBe(`${week.slice(2)}1`)
    expect(formatNumber('{yyyy}-{mm}{seq}', noon(day), 1)).toBe(`${month}1`)
  })

  const zones: [instant: string, timeZone: string, number: string][] = [
    ['2026-12-31T22:59:59Z', 'Europe/Warsaw', '2026-12'],
    ['2026-12-31T23:00:00Z', 'Europe/Warsaw', '2027-01'],
    ['2026-12-31T23:59:59Z', 'UTC', '2026-12'],
    ['2027-01-01T00:00:00Z', 'America/New_York', '2026-12'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01'],
    ['2026-03-31T21:59:59Z', 'Europe/Warsaw', '2026-03'],
    ['2026-03-31T22:00:00Z', 'Europe/Warsaw', '2026-04'],
    ['2026-10-31T22:59:59Z', 'Europe/Warsaw', '2026-10'],
    ['2026-10-31T23:00:00Z', 'Europe/Warsaw', '2026-11'],
    ['2026-04-30T18:29:59Z', 'Asia/Kolkata', '2026-04'],
    ['2026-04-30T18:30:00Z', 'Asia/Kolkata', '2026-05'],
  ]
  it.each(zones)('%s in %s is in %s, summer time or not', (instant, timeZone, month) => {
    expect(formatNumber('{yyyy}-{mm}{seq}', at(instant), 1, timeZone)).toBe(`${month}1`)
  })
  it('changes the week at midnight of the desk, on the nights when the clocks change too', () => {
    const week = (instant: string, zone: string) =>
      formatNumber('{ww}{seq}', at(instant), 1, zone).slice(0, 2)
    expect(week('2026-03-29T21:59:59Z', 'Europe/Warsaw')).toBe('13')
    expect(week('2026-03-29T22:00:00Z', 'Europe/Warsaw')).toBe('14')
    expect(week('2026-10-25T22:59:59Z', 'Europe/Warsaw')).toBe('43')
    expect(week('2026-10-25T23:00:00Z', 'Europe/Warsaw')).toBe('44')
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d as a sequence', (seq) => {
    expect(() => formatNumber('{seq}', noon('2026-04-15'), seq)).toThrow(RangeError)
  })
  it('refuses an invalid date and an unknown time zone', () => {
    expect(() => formatNumber('{seq}', new Date(Number.NaN), 1)).toThrow(RangeError)
    expect(() => formatNumber('{seq}', noon('2026-04-15'), 1, 'Mars/Olympus')).toThrow(RangeError)
    expect(() => numberPeriod('{seq}', noon('2026-04-15'), 'Mars/Olympus')).toThrow(RangeError)
  })
  it('agrees with a slow ISO calendar for every day', () => {
    const days = fc.integer({ min: 0, max: 60_000 })
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000)
        // Week 1 is the one with 4 January; count the Mondays from there.
        let year = date.getUTCFullYear() + 1
        const monday = (of: number) => {
          const fourth = new Date(Date.UTC(of, 0, 4))
          return fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000
        }
        while (monday(year) > date.getTime()) year--
        const week = Math.floor((date.getTime() - monday(year)) / (7 * 86_400_000)) + 1
        expect(formatNumber('{yyyy}.{ww}.{seq}', date, 1)).toBe(`${year}.${String(week).padStart(2, '0')}.1`)
      }),
    )
  })
})

describe('numberPeriod', () => {
  const default_ = '{yy}{ww}-{seq}'
  it('is the same within a period and changes with the dated part', () => {
    expect(numberPeriod(default_, noon('2026-04-13'))).toBe(numberPeriod(default_, noon('2026-04-19')))
    expect(numberPeriod(default_, noon('2026-04-19'))).not.toBe(numberPeriod(default_, noon('2026-04-20')))
    expect(numberPeriod(default_, noon('2026-12-31'))).toBe(numberPeriod(default_, noon('2027-01-01')))
    expect(numberPeriod('{yyyy}-{seq}', noon('2026-12-31'))).not.toBe(
      numberPeriod('{yyyy}-{seq}', noon('2027-01-01')),
    )
  })
  it('never changes without dates in the pattern', () => {
    expect(numberPeriod('T-{seq:3}', noon('2026-04-15'))).toBe(numberPeriod('T-{seq:3}', noon('2036-04-15')))
  })
  it('follows the time zone of the desk', () => {
    const instant = at('2026-12-31T23:30:00Z')
    expect(numberPeriod('{yyyy}-{seq}', instant)).toBe('2026-{seq}')
    expect(numberPeriod('{yyyy}-{seq}', instant, 'Europe/Warsaw')).toBe('2027-{seq}')
  })
  it('is shared by patterns whose numbers could be the same', () => {
    const of = (pattern: string) => numberPeriod(pattern, noon('2026-04-15'))
    expect(of('SUP-{yyyy}-{seq:3}')).toBe(of('sup-2026-{seq}'))
  })
  it('with the sequence gives a number that no other period or sequence has', () => {
    const pattern = fc.constantFrom(
      '{yy}{ww}-{seq}',
      'T-{seq:3}',
      '{yyyy}{seq}',
      '{mm}.{yy}/{seq:2}',
      '{yy}-{seq}',
    )
    const date = fc.date({ min: at('2020-01-01'), max: at('2040-01-01'), noInvalidDate: true })
    const seq = fc.integer({ min: 1, max: 2_000 })
    fc.assert(
      fc.property(pattern, date, date, seq, seq, (one, first, second, a, b) => {
        const same = numberPeriod(one, first) === numberPeriod(one, second) && a === b
        expect(formatNumber(one, first, a) === formatNumber(one, second, b)).toBe(same)
      }),
    )
  })
})

describe('checkNumberPattern', () => {
  it.each([
    '{yy}{ww}-{seq}',
    'T-{seq:3}',
    'SUP-{yyyy}-{seq:3}',
    '{seq}',
    '{seq}/{mm}/{yyyy}',
    'a.b_c{seq:9}',
  ])('accepts %j', (pattern) => {
    expect(checkNumberPattern(pattern)).toBeNull()
    expect(formatNumber(pattern, noon('2026-04-15'), 2 ** 53 - 1).length).toBeLessThanOrEqual(limits.number)
  })
  it.each([
    ['', 'seq_missing'],
    ['{yyyy}', 'seq_missing'],
    ['{seq}-{seq:3}', 'seq_repeated'],
    ['{year}-{seq}', 'unknown_token'],
    ['{SEQ}', 'unknown_token'],
    ['{seq:0}', 'unknown_token'],
    ['{seq:10}', 'unknown_token'],
    ['#{seq}', 'bad_character'],
    ['{seq} a', 'bad_character'],
    ['{seq}}', 'bad_character'],
    ['ż{seq}', 'bad_character'],
    ['a\n{seq}', 'bad_character'],
    [`${'x'.repeat(36)}{seq}`, 'too_long'],
  ])('refuses %j: %s', (pattern, error) => {
    expect(checkNumberPattern(pattern)).toBe(error)
  })
})

describe('normalizeNumber', () => {
  it.each([
    ['2616-2', '2616-2'],
    ['#2616-2', '2616-2'],
    [' # 2616-2 ', '2616-2'],
    ['T-007', 't-007'],
    ['##1', '#1'],
    ['', ''],
  ])('%j is looked up as %j', (text, number) => {
    expect(normalizeNumber(text)).toBe(number)
  })
})
