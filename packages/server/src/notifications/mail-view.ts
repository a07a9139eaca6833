import { cleanName, cutText, limits } from '@helpdesk/core'

/** A message as it stands in an e-mail. */
export interface MailMessage {
  author: string
  body: string
  /** Date and time as the reader writes them. */
  time: string
}

/** Everything that an e-mail says; its two forms, HTML and plain text, are made from it and so say the same. */
export interface MailView {
  locale: string
  subject: string
  title: string
  /** Under the title: the number, the contact's address. */
  facts: string[]
  /** Oldest first. */
  messages: MailMessage[]
  /** Said before the messages when older ones were left out. */
  omitted: string | null
  action: { label: string; url: string }
  /** Said after the button. */
  hint: string | null
  /** Why the reader gets this. */
  footer: string
  /** The accent colour, `#rrggbb`. */
  color: string
}

/** Text for a header or a heading: one line, nothing invisible, at most `length` characters. */
export function oneLine(value: string, length = 120): string {
  return cutText(cleanName(value), length).trim()
}

/** The plain-text form. */
export function plainText(view: MailView): string {
  const { title, facts, omitted, messages, action, hint, footer } = view
  return [
    [title, ...facts].join('\n'),
    ...(omitted === null ? [] : [omitted]),
    ...messages.map(({ author, time, body }) => `${author}, ${time}\n${body}`),
    `${action.label}:\n${action.url}`,
    ...(hint === null ? [] : [hint]),
    `--\n${footer}`,
  ]
    .join('\n\n')
    .replace(/\r\n?/g, '\n')
    .concat('\n')
}

/** A piece of a text: words as they are, or an address that can be followed. */
export type TextPart = { text: string } | { text: string; href: string }

/**
 * Finds the web addresses in a text. A link shows exactly where it leads, only http and https count, and an end of
 * sentence or a closing bracket after it is not part of it.
 */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`\p{C}]+/giu)) {
    const shown = withoutTrailing(match[0])
    const href = shown.length <= limits.url ? hrefOf(shown) : null
    if (href === null) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index) })
    parts.push({ text: shown, href })
    end = match.index + shown.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

function hrefOf(shown: string): string | null {
  const url = URL.canParse(shown) ? new URL(shown) : null
  // `https://bank.example@evil.example` leads to the second name.
  return url === null || url.username !== '' || url.password !== '' ? null : url.href
}

const openingOf: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

function withoutTrailing(url: string): string {
  const counts: Record<string, number> = {}
  for (const character of url) counts[character] = (counts[character] ?? 0) + 1
  let length = url.length
  for (; length > 0; length--) {
    const last = url.charAt(length - 1)
    const opening = openingOf[last]
    const isUnpaired = opening !== undefined && (counts[last] ?? 0) > (counts[opening] ?? 0)
    if (!isUnpaired && !/[.,;:!?*_~…]/.test(last)) break
    counts[last] = (counts[last] ?? 0) - 1
  }
  return url.slice(0, length)
}
