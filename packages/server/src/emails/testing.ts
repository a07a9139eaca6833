/** Single-byte charsets by name, each byte's character looked up once. */
const tables = new Map<string, Map<string, number>>()

function tableOf(charset: string): Map<string, number> {
  const known = tables.get(charset)
  if (known) return known
  const decoder = new TextDecoder(charset)
  const table = new Map<string, number>()
  for (let byte = 255; byte >= 0; byte--) table.set(decoder.decode(new Uint8Array([byte])), byte)
  tables.set(charset, table)
  return table
}

/** A text in a charset, as mail programs send it. */
export function encodeIn(charset: string, text: string): Buffer {
  if (charset === 'utf-8' || charset === 'us-ascii') return Buffer.from(text)
  if (charset === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (charset === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const table = tableOf(charset)
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0x3f))
}

let letters = 0

const defaults = () => ({
  From: 'Jan Novak <jan@home.example>',
  To: 'support@shop.example',
  Subject: 'My parcel',
  Date: 'Mon, 02 Nov 2026 10:30:00 +0100',
  'Message-ID': `<letter-${++letters}@home.example>`,
  'MIME-Version': '1.0',
  'Content-Type': 'text/plain; charset=utf-8',
})

/** An e-mail with these header fields and this body; `null` leaves a field out. */
export function letter(
  fields: Record<string, string | null> = {},
  body: string | Uint8Array = 'Hello',
): Buffer {
  const all: Record<string, string | null> = { ...defaults(), ...fields }
  const head = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  )
  const bytes = typeof body === 'string' ? Buffer.from(body.replace(/\r?\n/g, '\r\n')) : Buffer.from(body)
  const isBase64 = all['Content-Transfer-Encoding'] === 'base64'
  const encoded = isBase64 ? Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')) : bytes
  return Buffer.concat([Buffer.from(`${head.join('')}\r\n`), encoded])
}

/** A part of an e-mail of several. */
export interface LetterPart {
  type: string
  fields?: Record<string, string>
  content: string | Uint8Array
}

/** The body and the type of an e-mail of several parts. */
export function multipart(
  kind: string,
  parts: readonly LetterPart[],
  boundary = `b${++letters}`,
): LetterPart {
  const pieces = parts.map(({ type, fields = {}, content }) => {
    const isText = typeof content === 'string'
    const head = {
      'Content-Type': type,
      ...(isText ? {} : { 'Content-Transfer-Encoding': 'base64' }),
      ...fields,
    }
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
    const body = isText ? content : Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')
    return `--${boundary}\r\n${lines.join('')}\r\n${body}\r\n`
  })
  return {
    type: `multipart/${kind}; boundary="${boundary}"`,
    content: `${pieces.join('')}--${boundary}--\r\n`,
  }
}

/** An e-mail of several parts. */
export const letterOf = (part: LetterPart, fields: Record<string, string | null> = {}) =>
  letter({ ...fields, 'Content-Type': part.type }, part.content)
