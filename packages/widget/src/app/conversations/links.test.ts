import { expect, test } from 'vitest'
import { findLinks } from './links.ts'

const links = (text: string) => findLinks(text).flatMap(({ text, href }) => (href ? [[text, href]] : []))

test.each<[string, string[][]]>([
  ['See https://example.com.', [['https://example.com', 'https://example.com/']]],
  ['(https://example.com/a_(b))', [['https://example.com/a_(b)', 'https://example.com/a_(b)']]],
  ['http://a.test/?q=1&b=2#c, and more', [['http://a.test/?q=1&b=2#c', 'http://a.test/?q=1&b=2#c']]],
  ['Write to ann@example.com!', [['ann@example.com', 'mailto:ann@example.com']]],
  ['mailto:ann@example.com', [['mailto:ann@example.com', 'mailto:ann@example.com']]],
  ['HTTPS://EXAMPLE.COM', [['HTTPS://EXAMPLE.COM', 'https://example.com/']]],
  [
    'two: https://a.test https://b.test',
    [
      ['https://a.test', 'https://a.test/'],
      ['https://b.test', 'https://b.test/'],
    ],
  ],
  ['“https://a.test/x”', [['https://a.test/x”', 'https://a.test/x%E2%80%9D']]],
])('%s', (text, expected) => expect(links(text)).toEqual(expected))

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'https://',
  'http://[',
  'example.com',
  'a@b',
  'xhttps//a',
])('%s is no link', (text) => expect(links(text)).toEqual([]))

test('a script address after a web address stays part of that web address', () => {
  expect(links('https://a.test/javascript:alert(1)')[0]![1]).toBe('https://a.test/javascript:alert(1)')
})

test('the pieces together are the text, unchanged', () => {
  for (const text of [
    '',
    'plain',
    'a https://b.test c',
    'x@y.test',
    '\u202Ehttps://a.test/\u202C',
    '<b>https://a.test/<i>',
  ]) {
    expect(
      findLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  }
})

test('no text makes it slow', () => {
  const started = performance.now()
  for (const hostile of [
    '.'.repeat(20_000),
    `https://${'a.'.repeat(10_000)}`,
    'a'.repeat(20_000),
    'a@'.repeat(10_000),
  ]) {
    findLinks(hostile)
    findLinks(`https://a.test/${hostile}x`)
  }
  expect(performance.now() - started).toBeLessThan(500)
})
