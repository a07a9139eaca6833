import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast, contrastText, isColor, readableAccent } from './colors.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map((bits) => `#${bits.toString(16).padStart(6, '0')}`)

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#FF0000', '#ffffff', 4.0],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2)
    expect(contrast(other, one)).toBeCloseTo(ratio, 2)
  })
  it.each(['#12345', 'red', '#1234567', '#gggggg', '123456', '#fff', '#123456\n'])(
    '%j is no colour',
    (value) => {
      expect(isColor(value)).toBe(false)
      expect(contrastText(value)).toBe('#ffffff')
    },
  )
})

describe('contrastText', () => {
  it('is white on dark colours and black on light ones', () => {
    expect(contrastText('#2563eb')).toBe('#ffffff')
    expect(contrastText('#FFD700')).toBe('#000000')
  })
  it('reaches 4.5 on 636,056 colours spread over all', () => {
    const parts = Array.from({ length: 86 }, (_, n) => (n * 3).toString(16).padStart(2, '0'))
    const bad: string[] = []
    for (const red of parts)
      for (const green of parts)
        for (const blue of parts) {
          const one = `#${red}${green}${blue}`
          if (contrast(contrastText(one), one) < 4.5) bad.push(one)
        }
    expect(bad).toEqual([])
  })
  it('always reaches 4.5', () => {
    fc.assert(
      fc.property(color, (one) => {
        expect(contrast(contrastText(one), one)).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('readableAccent', () => {
  it('keeps a colour that can be read already', () => {
    expect(readableAccent('#2563EB', '#ffffff')).toBe('#2563eb')
  })
  it('makes a light colour darker on white and a dark one lighter on black', () => {
    expect(contrast('#000000', readableAccent('#ffd700', '#ffffff'))).toBeLessThan(
      contrast('#000000', '#ffd700'),
    )
    expect(contrast('#000000', readableAccent('#0000aa', '#111111'))).toBeGreaterThan(
      contrast('#000000', '#0000aa'),
    )
  })
  it('always reaches 4.5, on every background', () => {
    fc.assert(
      fc.property(color, color, (one, background) => {
        const accent = readableAccent(one, background)
        expect(isColor(accent)).toBe(true)
        expect(contrast(accent, background)).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 1_000 },
    )
  })
})
