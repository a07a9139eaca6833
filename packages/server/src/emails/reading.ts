import { cleanLine, cleanName, cutText, type EmailHeaders, normalizeEmail } from '@helpdesk/core'
import PostalMime, { type Address, type Attachment, type Email, type Header } from 'postal-mime'

/** What an e-mail may be made of; what goes beyond is no letter that somebody wrote. */
const most = { lines: 600_000, delimiters: 20_000, headerBytes: 256 * 1024, depth: 20, parts: 100 }

/** A part of an e-mail that is not its text. */
export interface MailPart {
  name: string
  type: string
  bytes: Uint8Array
  /** By what the HTML shows it in place, without angle brackets; null when it does not. */
  contentId: string | null
  isInline: boolean
}

/** An e-mail as it can be read. */
export interface ReadMail {
  headers: EmailHeaders
  /** Every header field in order, as it is to be shown. */
  headerList: { name: string; value: string }[]
  from: { name: string | null; address: string | null }
  /** Every address that it names as a recipient, in lower case, each once. */
  recipients: string[]
  subject: string
  messageId: string | null
  /** The Message-IDs that it answers, the nearest first. */
  answers: string[]
  date: string
  text: string
  html: string | null
  parts: MailPart[]
  /** How many parts were left out because there were too many. */
  partsLeftOut: number
}

/**
 * Reads an e-mail, however strange: any charset, any nesting within bounds.
 * @returns null when it cannot be read without harm
 */
export async function readMail(raw: Uint8Array): Promise<ReadMail | null> {
  if (!isHarmless(raw)) return null
  try {
    const options = {
      maxHeadersSize: most.headerBytes,
      maxNestingDepth: most.depth,
      // What is forwarded whole is a file, not what somebody wrote.
      forceRfc822Attachments: true,
    }
    return toReadMail(await PostalMime.parse(raw, options))
  } catch {
    return null
  }
}

/** The parser makes an object of each line and of each part: how many there are is counted before. */
function isHarmless(raw: Uint8Array): boolean {
  let [lines, delimiters] = [0, 0]
  for (let at = raw.indexOf(0x0a); at !== -1; at = raw.indexOf(0x0a, at + 1)) {
    lines++
    if (raw[at + 1] === 0x2d && raw[at + 2] === 0x2d) delimiters++
    if (lines > most.lines || delimiters > most.delimiters) return false
  }
  return true
}

function toReadMail(mail: Email): ReadMail {
  const headers = new Map<string, string>()
  for (const { key, value } of mail.headers) if (!headers.has(key)) headers.set(key, value)
  return {
    headers,
    headerList: mail.headers.map(({ originalKey, value }) => ({
      name: storable(originalKey),
      value: storable(value),
    })),
    from: senderOf(mail.headers, mail.from),
    recipients: recipientsOf(mail),
    subject: cutText(cleanLine(mail.subject ?? ''), 1_000),
    messageId: messageIdsIn(headers.get('message-id') ?? '')[0] ?? null,
    answers: [
      ...messageIdsIn(headers.get('in-reply-to') ?? ''),
      ...messageIdsIn(headers.get('references') ?? '').reverse(),
    ].slice(0, 50),
    date: headers.get('date') ?? '',
    text: readable(mail.text ?? ''),
    html: mail.html ? storable(mail.html) : null,
    parts: mail.attachments.slice(0, most.parts).map(toPart),
    partsLeftOut: Math.max(0, mail.attachments.length - most.parts),
  }
}

/** Text that a database keeps: no NUL, no half of a surrogate pair. */
export const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

const readable = (text: string) => storable(text).replace(/\r\n?/g, '\n')

/** Of two senders nobody can say which one wrote: then there is none. */
function senderOf(headers: readonly Header[], from: Address | undefined): ReadMail['from'] {
  const fields = headers.filter(({ key }) => key === 'from')
  const address = fields.length === 1 && !hasSeveral(fields[0]?.value ?? '') ? from?.address : undefined
  return { name: cleanName(from?.name ?? '') || null, address: normalizeEmail(address ?? '') }
}

/** Longer than any one sender; where a field is looked through from each of its characters, so much is no work. */
const mostSender = 4_000

const hasSeveral = (field: string) => {
  if (field.length > mostSender) return true
  const bare = field.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/\([^()]*\)/g, '')
  return (bare.match(/</g)?.length ?? 0) > 1 || /,[^<]*@|@[^>]*,/.test(bare)
}

const recipientFields = [
  'to',
  'cc',
  'bcc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-delivered-to',
  'x-forwarded-to',
  'x-rcpt-to',
  'original-recipient',
  'resent-to',
]

function recipientsOf(mail: Email): string[] {
  const found = new Set<string>()
  for (const { key, value } of mail.headers) {
    if (!recipientFields.includes(key)) continue
    for (const piece of value.split(/[\s<>,;:"()[\]]+/)) {
      const isAddress = piece.length <= 512 && /.@./.test(piece)
      if (isAddress && found.size < 200) found.add(piece.toLowerCase())
    }
  }
  return [...found]
}

/** The Message-IDs in a header field, with their angle brackets. */
export const messageIdsIn = (field: string): string[] =>
  [...field.slice(0, 20_000).matchAll(/<[^<>\s]{1,990}>/g)].map(([id]) => storable(id))

function toPart(part: Attachment): MailPart {
  const { content } = part
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const contentId = (part.contentId ?? '').trim().replace(/^<|>$/g, '')
  return {
    name: storable(part.filename ?? '') || nameless(part),
    type: part.mimeType,
    bytes,
    contentId: contentId === '' ? null : contentId,
    isInline: part.related === true || part.disposition === 'inline',
  }
}

const nameless = ({ mimeType }: Attachment) => {
  if (mimeType === 'message/rfc822') return 'message.eml'
  if (mimeType === 'text/calendar') return 'invite.ics'
  const ending = /^(?:image|text|application)\/([a-z0-9]{2,5})$/.exec(mimeType)?.[1]
  return ending
    ? `attachment.${ending === 'jpeg' ? 'jpg' : ending === 'plain' ? 'txt' : ending}`
    : 'attachment'
}
