import { describe, expect, test } from 'vitest'
import { countLines, type DiffLine, diffLines, withContext } from './line-diff.ts'

const signs = { same: ' ', added: '+', removed: '-' }
const read = (lines: DiffLine[]) => lines.map(({ kind, text }) => signs[kind] + text).join(',')
const only = (lines: DiffLine[], kind: 'added' | 'removed') =>
  lines
    .filter((line) => line.kind !== kind)
    .map(({ text }) => text)
    .join('\n')

describe('the difference of two texts', () => {
  test.each([
    ['a\nb\nc', 'a\nb\nc', ' a, b, c'],
    ['a\nb\nc', 'a\nc', ' a,-b, c'],
    ['a\nc', 'a\nb\nc', ' a,+b, c'],
    ['a\nb', 'a\nx', ' a,-b,+x'],
    ['', 'a', '-,+a'],
    ['a\nb\nc\nd', 'b\nx\nd', '-a, b,-c,+x, d'],
  ])('%j to %j is %s', (before, after, expected) => {
    expect(read(diffLines(before, after))).toBe(expected)
  })

  test('always leads from the one to the other', () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    const text = () => Array.from({ length: random(12) + 1 }, () => 'abcd'[random(4)]).join('\n')
    for (let turn = 0; turn < 300; turn++) {
      const [before, after] = [text(), text()]
      const lines = diffLines(before, after)
      expect([only(lines, 'added'), only(lines, 'removed')]).toEqual([before, after])
    }
  })

  test('of long texts with nothing in common is found without end', () => {
    const long = (mark: string) => Array.from({ length: 3_000 }, (_, i) => `${mark}${i}`).join('\n')
    expect(countLines(diffLines(long('a'), long('b')))).toEqual({ added: 3_000, removed: 3_000 })
  })

  test('is shown with a few lines around it', () => {
    const lines = diffLines('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\nx\n5\n6\n7')
    const shown = withContext(lines, 1).map((one) => (typeof one === 'number' ? one : one.text))
    expect(shown).toEqual([2, '3', '4', 'x', '5', 2])
  })
})
