import { HelpdeskError, mediaType } from '@helpdesk/core'

/** An e-mail as a provider hands it over, and the envelope as far as it says. */
export interface HandedOver {
  raw: Uint8Array
  envelope: { from: string | null; to: string[] }
}

/** What providers call the e-mail as it travelled. */
const fields = ['body-mime', 'email', 'raw', 'RawEmail'] as const

/** A body of parts has few of them; one of a million is an attack. */
const mostParts = 200

const wholeTypes = new Set(['message/rfc822', 'text/plain', 'application/octet-stream'])

/**
 * How an e-mail begins: with a header field, or as a mailbox file has it. No form does, in which a blank is a plus: a
 * program that names no type (`curl --data-binary`) sends it as one.
 */
const beginsAsEmail = (body: Buffer) => /^(?:[!-9;-~]+:[ \t]|From )/.test(body.toString('latin1', 0, 256))

/**
 * Reads the body of a webhook: the e-mail itself, or JSON or a form with it in one of its fields.
 * @throws HelpdeskError unsupported_media_type, validation_failed
 */
export function readWebhook(contentType: string, body: Buffer): HandedOver {
  const type = mediaType(contentType)
  if (wholeTypes.has(type)) return { raw: filled(body), envelope: { from: null, to: [] } }
  if (type === 'application/json') return fromFields(jsonFields(body))
  if (type === 'application/x-www-form-urlencoded') {
    if (beginsAsEmail(body)) return { raw: body, envelope: { from: null, to: [] } }
    return fromFields(formFields(body))
  }
  if (type === 'multipart/form-data') return fromFields(partFields(contentType, body))
  throw new HelpdeskError('unsupported_media_type', {
    detail: 'Send the e-mail as message/rfc822, or in a field of JSON or a form',
  })
}

function fromFields(found: ReadonlyMap<string, Buffer>): HandedOver {
  const value = fields.map((name) => found.get(name)).find((one) => one !== undefined)
  if (!value) {
    const errors = [{ pointer: '/body', detail: `must have the e-mail in ${fields.join(', ')}` }]
    throw new HelpdeskError('validation_failed', { errors })
  }
  return { raw: filled(decoded(value)), envelope: envelopeOf(found) }
}

function filled(raw: Buffer): Uint8Array {
  if (raw.length > 0) return raw
  throw new HelpdeskError('validation_failed', { errors: [{ pointer: '/body', detail: 'is empty' }] })
}

/** An e-mail begins with the name of a header field and a colon, which base64 never has. */
function decoded(value: Buffer): Buffer {
  const isBase64 = /^[A-Za-z0-9+/_=\s-]+$/.test(value.toString('latin1', 0, 1024))
  return isBase64 ? Buffer.from(value.toString('latin1'), 'base64') : value
}

/** The envelope in the fields that carry one: `envelope` as JSON, or `sender` and `recipient`. */
function envelopeOf(found: ReadonlyMap<string, Buffer>): HandedOver['envelope'] {
  const text = (name: string) => found.get(name)?.toString().trim() ?? ''
  try {
    const { from, to } = JSON.parse(text('envelope')) as { from?: unknown; to?: unknown }
    const all = Array.isArray(to) ? to : [to]
    return {
      from: typeof from === 'string' ? from : null,
      to: all.filter((one): one is string => typeof one === 'string'),
    }
  } catch {
    // There is none, or it is something else of that name.
    const recipients = text('recipient')
      .split(',')
      .map((one) => one.trim())
    return { from: text('sender') || null, to: recipients.filter((one) => one !== '') }
  }
}

function jsonFields(body: Buffer): Map<string, Buffer> {
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch (cause) {
    throw new HelpdeskError('invalid_json', { cause })
  }
  if (typeof value !== 'object' || value === null) return new Map()
  const text = (member: unknown) => (typeof member === 'string' ? member : JSON.stringify(member))
  return new Map(Object.entries(value).map(([name, member]) => [name, Buffer.from(text(member) ?? '')]))
}

/** Read as bytes: an e-mail may be in any encoding, and as UTF-8 it would be damaged. */
function formFields(body: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (const pair of body.toString('latin1').split('&', mostParts)) {
    const at = pair.indexOf('=')
    if (at > 0) found.set(unescaped(pair.slice(0, at)).toString(), unescaped(pair.slice(at + 1)))
  }
  return found
}

const unescaped = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** The parts of a form, as bytes; files among them. */
function partFields(contentType: string, body: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  const boundary = /;\s*boundary=(?:"([^"]{1,100})"|([^\s;]{1,100}))/i.exec(contentType)
  const delimiter = Buffer.from(`--${boundary?.[1] ?? boundary?.[2] ?? ''}`)
  if (!boundary) return found
  let at = body.indexOf(delimiter)
  for (let parts = 0; at !== -1 && parts < mostParts; parts++) {
    const start = body.indexOf('\r\n', at)
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), at + delimiter.length)
    if (start === -1 || end === -1) break
    readPart(body.subarray(start + 2, end), found)
    at = end + 2
  }
  return found
}

function readPart(part: Buffer, found: Map<string, Buffer>): void {
  const split = part.indexOf('\r\n\r\n')
  if (split === -1) return
  const name = /^content-disposition:[^\r\n]*?[;\s]name="([^"\r\n]*)"/im.exec(part.toString('utf8', 0, split))
  if (name?.[1] && !found.has(name[1])) found.set(name[1], part.subarray(split + 4))
}
