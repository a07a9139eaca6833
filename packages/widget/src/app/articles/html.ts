/** An element of an article's HTML, or a text. */
export type Piece = string | Markup

/** An element with what is in it. */
export interface Markup {
  tag: string
  attributes: Readonly<Record<string, string>>
  children: Piece[]
}

const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi
const attribute = /([a-z-]+)(?:="([^"]*)")?/gi
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|nbsp|apos));/gi
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  apos: "'",
}
/** Elements that have no end. */
const empty = /^(?:img|br|hr|input)$/
/** What is in them is not to be read. */
const unread = /^(?:script|style|template|iframe|svg|math|object|textarea|title|noscript)$/

/**
 * Reads the HTML of an article as the desk writes it, where elements and attributes are complete. No parser of the
 * browser is used, so that pages with Trusted Types have nothing against it; what is not like the desk's HTML becomes
 * text, never an element.
 */
export function parseHtml(html: string): Piece[] {
  const root: Markup = { tag: '', attributes: {}, children: [] }
  const open = [root]
  let end = 0
  const addText = (text: string) => {
    if (text) open.at(-1)?.children.push(decode(text))
  }
  for (const { 0: all, 1: slash, 2: name = '', 3: rest = '', index } of html.matchAll(tag)) {
    addText(html.slice(end, index))
    end = index + all.length
    const tag = name.toLowerCase()
    if (slash) {
      const at = open.findLastIndex((element) => element.tag === tag)
      if (at > 0) open.length = at
      continue
    }
    const element: Markup = { tag, attributes: readAttributes(rest), children: [] }
    open.at(-1)?.children.push(element)
    if (!empty.test(tag)) open.push(element)
  }
  addText(html.slice(end))
  return withoutUnread(root).children
}

function withoutUnread(element: Markup): Markup {
  const children = element.children.filter((piece) => typeof piece === 'string' || !unread.test(piece.tag))
  for (const child of children) if (typeof child !== 'string') withoutUnread(child)
  element.children = children
  return element
}

function readAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)].map(([, name = '', value = '']) => [
    name.toLowerCase(),
    decode(value),
  ])
  return Object.fromEntries(found)
}

function decode(text: string): string {
  return text.replace(entity, (all, decimal?: string, hex?: string, name?: string) => {
    if (name) return named[name.toLowerCase()] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
