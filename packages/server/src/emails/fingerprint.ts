import { createHash } from 'node:crypto'
import type { ReadMail } from './reading.ts'

/**
 * What makes an e-mail this one and no other: the same mail that comes in by two ways, with other trace fields and line
 * endings, has the same; SHA-256, hex.
 * @param mail null when it could not be read; then its bytes count
 */
export function fingerprintOf(mail: ReadMail | null, raw: Uint8Array): string {
  const hash = createHash('sha256')
  if (mail === null) return hash.update('raw\n').update(raw).digest('hex')
  const body = mail.text === '' ? (mail.html ?? '') : mail.text
  const fields = [
    mail.messageId ?? '',
    mail.headers.get('from') ?? '',
    mail.date,
    mail.headers.get('subject') ?? '',
    body,
  ].map((field) => field.replace(/\s+/g, ' ').trim())
  hash.update(JSON.stringify(fields))
  // Without an id and a text, two photos sent one after the other would be one.
  if (mail.messageId === null) for (const part of mail.parts) hash.update(part.bytes)
  return hash.digest('hex')
}
