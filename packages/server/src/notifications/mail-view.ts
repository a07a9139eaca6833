import { cleanName, cutText, limits } from '@helpdesk/core'

/** A message as it stands in an e-mail. */
export interface MailMessage {
  author: string
  body: string
  /** Date and time as the reader writes them. */
  time: string
  files: MailFile[]
}

/** A file of a message; without an address it is named only. */
export interface MailFile {
  name: string
  size: string
  url: string | null
}

/** Everything that an e-mail says; its two forms, HTML and plain text, are made from it and so say the same. */
export interface MailView {
  locale: string
  subject: string
  /** Where answers to the e-mail come in: the line above which they are written. */
  delimiter: string | null
  title: string
  /** Under the title: the number, the contact's address. */
  facts: string[]
  /** The conversation's number, which is kept in one piece wherever it stands; empty for none. */
  number: string
  /** The desk's words above the messages; empty for none. */
  intro: string
  /** Oldest first. */
  messages: MailMessage[]
  /** Said before the messages when older ones were left out. */
  omitted: string | null
  /** Said before the files of a message. */
  filesLabel: string
  action: { label: string; url: string }
  /** What can be typed instead of following the link. */
  code: { label: string; value: string } | null
  /** Said at the end, one after the other. */
  hints: string[]
  /** Why the reader gets this. */
  footer: string
  /** Where the reader can ask for no more of it. */
  unsubscribe: { label: string; url: string } | null
  /** The accent colour, `#rrggbb`. */
  color: string
}

/** Text for a header or a heading: one line, nothing invisible, at most `length` characters. */
export function oneLine(value: string, length = 120): string {
  return cutText(cleanName(value), length).trim()
}

/** The plain-text form. */
export function plainText(view: MailView): string {
  const { delimiter, title, facts, intro, omitted, messages, action, code, hints, footer, unsubscribe } = view
  return [
    ...(delimiter === null ? [] : [delimiter]),
    [title, ...facts].join('\n'),
    ...(intro === '' ? [] : [intro]),
    ...(omitted === null ? [] : [omitted]),
    ...messages.map((message) => plainMessage(message, view.filesLabel)),
    `${action.label}:\n${action.url}`,
    ...(code === null ? [] : [`${code.label}:\n${code.value}`]),
    ...hints,
    `--\n${footer}${unsubscribe === null ? '' : `\n\n${unsubscribe.label}:\n${unsubscribe.url}`}`,
  ]
    .join('\n\n')
    .replace(/\r\n?/g, '\n')
    .concat('\n')
}

function plainMessage({ author, time, body, files }: MailMessage, filesLabel: string): string {
  const listed = files.map(({ name, size, url }) => `- ${name} (${size})${url === null ? '' : `:\n${url}`}`)
  return [
    `${author}, ${time}`,
    ...(body === '' ? [] : [body]),
    ...(files.length === 0 ? [] : [`${filesLabel}:`, ...listed]),
  ].join('\n')
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
