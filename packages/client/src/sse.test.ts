import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSseParser, type SseBlock } from './sse.ts'

const parse = (...pieces: string[]): SseBlock[] => {
  const parser = createSseParser()
  return pieces.flatMap((piece) => parser(piece))
}

test.each<[string, string, SseBlock[]]>([
  ['a whole event', 'id: 7\nevent: typing\ndata: {"a":1}\n\n', [{ id: 7, data: '{"a":1}' }]],
  ['several lines of data', 'data: one\ndata:two\ndata\ndata:  three\n\n', [{ data: 'one\ntwo\n\n three' }]],
  ['comments, alone and inside', ': hi\n\n:\ndata: a\n: b\ndata: c\n\n', [{}, { data: 'a\nc' }]],
  ['a position without data', ':\nid: 12\n\n', [{ id: 12 }]],
  ['a delay', 'retry: 2000\n\n', [{ retry: 2000 }]],
  ['numbers that are none', 'retry: soon\nid: x1\ndata: a\n\n', [{ data: 'a' }]],
  ['fields nobody knows, and colons in values', 'what: ever\ndata: a: b\n\n', [{ data: 'a: b' }]],
  ['an unfinished block', 'data: a\n\ndata: b\n', [{ data: 'a' }]],
  ['empty data', 'data:\n\n', [{ data: '' }]],
])('%s', (_, text, blocks) => {
  expect(parse(text)).toEqual(blocks)
})

test('line ends may be LF, CR or CRLF, also mixed and cut in two', () => {
  const expected = [{ data: 'a\nb' }, { data: 'c' }]
  for (const end of ['\n', '\r', '\r\n']) {
    expect(parse(['data: a', 'data: b', '', 'data: c', '', ''].join(end))).toEqual(expected)
  }
  expect(parse('data: a\r', '\ndata: b\r', '', '\n\r', '\ndata: c\n', '\n')).toEqual(expected)
})

const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
  fc.nat(1e6).map((id) => `id: ${id}`),
  fc.nat(9999).map((ms) => `retry: ${ms}`),
  fc.constantFrom(':', ': beat', 'event: message.created', 'nonsense', ''),
)

test('however the bytes are cut, the blocks are the same', () => {
  const property = fc.property(
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 40 }),
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
    fc.boolean(),
    (lines, sizes, mark) => {
      const text = lines.map(([words, end]) => words + end).join('')
      const whole = parse(text)
      const bytes = new TextEncoder().encode((mark ? '\uFEFF' : '') + text)
      const decoder = new TextDecoder()
      const parser = createSseParser()
      const cut: SseBlock[] = []
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const end = at + sizes[turn % sizes.length]!
        cut.push(...parser(decoder.decode(bytes.slice(at, end), { stream: true })))
        at = end
      }
      expect(cut).toEqual(whole)
    },
  )
  fc.assert(property, { numRuns: 500 })
})
