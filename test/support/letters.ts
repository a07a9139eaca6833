/** A file of an e-mail. */
export interface LetterFile {
  name: string
  type: string
  content: Uint8Array
  /** By which the HTML shows it, as `cid:` and this; without it the file is beside the text. */
  cid?: string
}

/** An e-mail that somebody writes. */
export interface Letter {
  /** `Vera <vera@visitor.example>` */
  from: string
  to: string
  subject: string
  /** With its angle brackets. */
  messageId: string
  text: string
  html?: string
  files?: readonly LetterFile[]
  /** The Message-ID that it answers. */
  inReplyTo?: string
  /** Further header fields. */
  fields?: Readonly<Record<string, string>>
}

interface Part {
  type: string
  fields?: Readonly<Record<string, string>>
  body: string
}

/** An e-mail as it travels: MIME, with the alternatives, pictures and files nested as mail programs nest them. */
export function writeLetter(letter: Letter): string {
  const { from, to, subject, messageId, inReplyTo, fields = {} } = letter
  const content = contentOf(letter)
  const head = {
    From: from,
    To: to,
    Subject: encodedWord(subject),
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': messageId,
    ...(inReplyTo ? { 'In-Reply-To': inReplyTo, References: inReplyTo } : {}),
    'MIME-Version': '1.0',
    ...fields,
  }
  return written({ ...content, fields: { ...head, ...content.fields } })
}

/**
 * What a mail server sends back when it could not deliver an e-mail (RFC 3464).
 * @param lost the e-mail that came back, as it was sent
 */
export function writeBounce(lost: string, about: { address: string; to: string; words: string }): string {
  const { address, to, words } = about
  const status = [
    'Reporting-MTA: dns; mx.visitor.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; ${words}`,
    '',
  ].join('\r\n')
  const report = nested('report; report-type=delivery-status', [
    textPart('plain', `The e-mail could not be delivered.\n\n<${address}>: ${words}\n`),
    { type: 'message/delivery-status', body: status },
    { type: 'message/rfc822', body: lost },
  ])
  return written({
    ...report,
    fields: {
      From: 'MAILER-DAEMON@mx.visitor.example (Mail Delivery System)',
      To: to,
      Subject: 'Undelivered Mail Returned to Sender',
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      'Message-ID': `<bounce-${address}>`,
      'MIME-Version': '1.0',
    },
  })
}

function contentOf({ text, html, files = [] }: Letter): Part {
  const plain = textPart('plain', text)
  const shown = files.filter(({ cid }) => cid !== undefined).map(filePart)
  const beside = files.filter(({ cid }) => cid === undefined).map(filePart)
  const words = html === undefined ? plain : nested('alternative', [plain, textPart('html', html)])
  const body = shown.length > 0 ? nested('related', [words, ...shown]) : words
  return beside.length > 0 ? nested('mixed', [body, ...beside]) : body
}

const textPart = (kind: 'plain' | 'html', text: string): Part => ({
  type: `text/${kind}; charset=utf-8`,
  fields: { 'Content-Transfer-Encoding': 'base64' },
  body: base64(Buffer.from(text.replace(/\r?\n/g, '\r\n'))),
})

const filePart = ({ name, type, content, cid }: LetterFile): Part => ({
  type: `${type}; name="${name}"`,
  fields: {
    'Content-Transfer-Encoding': 'base64',
    'Content-Disposition': `${cid ? 'inline' : 'attachment'}; filename="${name}"`,
    ...(cid ? { 'Content-ID': `<${cid}>` } : {}),
  },
  body: base64(content),
})

let boundaries = 0

function nested(kind: string, parts: readonly Part[]): Part {
  const [name, ...rest] = kind.split(';')
  const boundary = `part-${++boundaries}`
  const body = [...parts.map((part) => `--${boundary}\r\n${written(part)}\r\n`), `--${boundary}--\r\n`].join(
    '',
  )
  return { type: [`multipart/${name}`, ...rest, ` boundary="${boundary}"`].join(';'), body }
}

function written({ type, fields = {}, body }: Part): string {
  const head = Object.entries({ ...fields, 'Content-Type': type }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `${head.join('')}\r\n${body}`
}

const base64 = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{1,76}/g, '$&\r\n')

/** Only printable ASCII may stand in a header field as it is. */
const encodedWord = (text: string) =>
  /^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
