import { describe, expect, test } from 'vitest'
import { findLinks } from './mail-view.ts'

describe('links in a message', () => {
  const links = (text: string) =>
    findLinks(text).flatMap((part) => ('href' in part ? [`${part.text} -> ${part.href}`] : []))

  test.each([
    ['see https://acme.example/a?b=1.', ['https://acme.example/a?b=1 -> https://acme.example/a?b=1']],
    [
      '(https://acme.example/wiki/A_(b))',
      ['https://acme.example/wiki/A_(b) -> https://acme.example/wiki/A_(b)'],
    ],
    ['HTTP://ACME.example', ['HTTP://ACME.example -> http://acme.example/']],
    ['https://żółw.example/ż', ['https://żółw.example/ż -> https://xn--w-uga1v8h.example/%C5%BC']],
    ['javascript:alert(1) data:text/html,x vbscript:x file:///etc', []],
    ['https://bank.example@evil.example/', []],
    ['https://', []],
    ['xhttps://acme.example', []],
    ['https://a.example"onmouseover="x', ['https://a.example -> https://a.example/']],
    ['https://a.example\u202e/x', ['https://a.example -> https://a.example/']],
  ])('%s', (text, expected) => {
    const parts = findLinks(text)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    expect(links(text)).toEqual(expected)
  })

  test('are found in a message of any shape, at once', () => {
    for (const text of [
      `https://a.example/${')'.repeat(20_000)}`,
      `https://a.example/${'.'.repeat(20_000)}`,
    ]) {
      expect(links(text)).toEqual(['https://a.example/ -> https://a.example/'])
    }
    expect(links('https://a.example/ '.repeat(1_000))).toHaveLength(1_000)
    for (const piece of ['https://', '(((((', 'http']) expect(links(piece.repeat(4_000))).toEqual([])
  })
})
