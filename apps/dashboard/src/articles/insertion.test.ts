import type { ArticleHit } from '@helpdesk/core/api'
import { describe, expect, test } from 'vitest'
import { insertionOf, insertLines, toMarkdown } from './insertion.ts'

const hit: ArticleHit = {
  slug: 'returns',
  title: 'Returns',
  description: 'Thirty days.',
  collection: null,
  internal: false,
  url: 'https://shop.test/help/acme/en/returns',
  excerpt: [],
}

describe('an article in a message', () => {
  test('is its title and its page, with its first words if wanted', () => {
    expect(insertionOf(hit, 'link')).toBe('Returns\nhttps://shop.test/help/acme/en/returns')
    expect(insertionOf(hit, 'excerpt')).toBe('Returns\nThirty days.\nhttps://shop.test/help/acme/en/returns')
  })

  test('never leads visitors to a page that they cannot see', () => {
    expect(insertionOf({ ...hit, internal: true }, 'excerpt')).toBe('Returns\nThirty days.')
  })

  test.each([
    ['', 'X', 1],
    ['Hello! |', 'Hello!\n\nX', 9],
    ['| Bye', 'X\n\nBye', 1],
    ['Hello |there', 'Hello\n\nX\n\nthere', 8],
  ])('goes into %j on lines of its own', (marked, text, caret) => {
    const at = Math.max(0, marked.indexOf('|'))
    expect(insertLines(marked.replace('|', ''), at, at, 'X')).toEqual({ text, caret })
  })
})

describe('a message as Markdown', () => {
  test.each([
    ['One\nTwo\n\nThree', 'One\\\nTwo\n\nThree'],
    ['Do this:\n1. open\n2. close', 'Do this:\n1. open\n2. close'],
    ['# not a heading\n> nor said', '\\# not a heading\\\n\\> nor said'],
    ['a <b> `c`', 'a \\<b> \\`c\\`'],
    ['x\r\ny', 'x\\\ny'],
  ])('%j becomes %j', (body, markdown) => {
    expect(toMarkdown(body)).toBe(markdown)
  })
})
