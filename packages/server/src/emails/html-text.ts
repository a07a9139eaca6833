/// <reference path="./html-to-text.d.ts" />
import { compile } from 'html-to-text'

/** So much HTML of an e-mail is read, and so deep. */
const most = { characters: 1_000_000, depth: 60, children: 20_000 }

const convert = compile({
  wordwrap: false,
  // An e-mail may have two bodies, or one in the middle of it.
  baseElements: { selectors: [] },
  limits: {
    maxInputLength: most.characters,
    maxDepth: most.depth,
    maxChildNodes: most.children,
    ellipsis: '…',
  },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    {
      selector: 'a',
      options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['<', '>'] },
    },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', options: { uppercaseHeaderCells: false } },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
})

/** The words of an HTML e-mail; quotations with `> ` before their lines, as in a text one. */
export function htmlToText(html: string): string {
  // Deeper than the limit it only looks on, but the reader of the markup itself may not get through.
  const shallow = isTooDeep(html) ? html.replace(/<[^<>]{0,2000}>/g, ' ') : html
  try {
    return tidy(convert(shallow.slice(0, most.characters)))
  } catch {
    return tidy(shallow.slice(0, most.characters).replace(/<[^<>]{0,2000}>/g, ' '))
  }
}

/** Elements that nobody closes make a tree of thousands of levels out of a few kilobytes. */
export function isTooDeep(html: string): boolean {
  const voids =
    /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|tr|th|dt|dd|option)$/i
  let depth = 0
  for (const [, close, name = ''] of html
    .slice(0, most.characters)
    .matchAll(/<(\/?)([a-z][a-z0-9:-]{0,30})/gi)) {
    if (voids.test(name)) continue
    depth = Math.max(0, depth + (close ? -1 : 1))
    if (depth > 2_000) return true
  }
  return false
}

// No pattern for the ends of lines: it would begin at every blank of a long row of them.
const tidy = (text: string) =>
  text
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
