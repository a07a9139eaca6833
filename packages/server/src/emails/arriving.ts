import { cutText, replyTokenOf } from '@helpdesk/core'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskById, findDesk } from '../desks/service.ts'
import { createGate } from '../gate.ts'
import { insertEmail, selectIdByFingerprint } from './arriving-store.ts'
import { fingerprintOf } from './fingerprint.ts'
import { selectDeskOfNotification, selectPublicIds } from './matching-store.ts'
import { keepRaw, rawKey } from './raw-files.ts'
import { readMail, storable } from './reading.ts'
import { readReplyToken } from './reply-tokens.ts'

/** An e-mail as a transport hands it over. */
export interface ArrivedEmail {
  source: 'imap' | 'webhook' | 'smtp' | 'dev'
  /** As it travelled. */
  raw: Uint8Array
  /** The return path (`''`: the null path) and the recipients, as far as the transport knows them. */
  envelope: { from: string | null; to: string[] }
}

/** The largest e-mail that is kept whole. */
export const mostEmailBytes = 25 * 1024 * 1024

const mostEnvelope = { recipients: 100, characters: 320 }

const keptOfTooLarge = 64 * 1024

/** An e-mail takes several times its size while it is read, and thirty may be brought at the same moment. */
const gate = createGate(3)

/**
 * Keeps an e-mail, for good and before anything is done with it; a job takes it in. The same e-mail again, by whatever
 * way, changes nothing.
 * @throws when it could not be kept: let it be brought again
 */
export async function takeIn(
  deps: Deps,
  desk: DeskRecord,
  arrived: ArrivedEmail,
): Promise<{ id: string; repeated: boolean }> {
  const isTooLarge = arrived.raw.length > mostEmailBytes
  const raw = isTooLarge ? headersOf(arrived.raw) : arrived.raw
  const mail = await gate(() => readMail(raw))
  const fingerprint = fingerprintOf(mail, raw)
  const known = await selectIdByFingerprint(deps.db, desk.deskId, fingerprint)
  if (known !== null) return { id: known, repeated: true }
  const id = deps.newId()
  const now = deps.now()
  const fileKey = await keepRaw(deps, rawKey(desk.deskId, id, now), raw)
  const row = {
    deskId: desk.deskId,
    id,
    fingerprint,
    source: arrived.source,
    envelope: envelopeOf(arrived.envelope),
    messageIdHeader: mail?.messageId ?? null,
    fromAddress: mail?.from.address ?? null,
    fromName: mail?.from.name ?? null,
    subject: mail?.subject ?? '',
    state: isTooLarge ? ('failed' as const) : ('received' as const),
    reason: isTooLarge ? ('too_large' as const) : null,
    bytes: arrived.raw.length,
    raw: fileKey === null ? raw : null,
    fileKey,
    receivedAt: now,
  }
  const isNew = await keepOnce(deps, row)
  if (isNew) return { id, repeated: false }
  return { id: (await selectIdByFingerprint(deps.db, desk.deskId, fingerprint)) ?? id, repeated: true }
}

/** No more of an envelope than can be one, in characters that a database keeps: whoever sends writes it. */
function envelopeOf({ from, to }: ArrivedEmail['envelope']): ArrivedEmail['envelope'] {
  const address = (text: string) => storable(cutText(text, mostEnvelope.characters))
  return { from: from === null ? null : address(from), to: to.slice(0, mostEnvelope.recipients).map(address) }
}

/** Keeps the row with its job. @returns false when the e-mail came in by another way at the same moment */
async function keepOnce(deps: Deps, row: Parameters<typeof insertEmail>[1]): Promise<boolean> {
  const { deskId, id, fileKey, state, receivedAt } = row
  const isNew = await deps.db.transaction(async (tx) => {
    if (!(await insertEmail(tx, row))) return false
    if (state === 'received') await deps.jobs.enqueue(tx, 'emails.take', { deskId, id }, receivedAt)
    return true
  })
  // When the transaction fails the file stays: it may have been committed before the connection broke.
  if (!isNew && fileKey !== null) await deps.files?.delete(fileKey).catch(() => undefined)
  return isNew
}

/** The header of an e-mail that is too large, and nothing else of it. */
function headersOf(raw: Uint8Array): Uint8Array {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, keptOfTooLarge))
  const ends = [head.indexOf('\r\n\r\n'), head.indexOf('\n\n')].filter((at) => at !== -1)
  return new Uint8Array(head.subarray(0, Math.min(head.length, ...ends.map((at) => at + 2))))
}

/**
 * The desk that an address leads to: the one whose id stands before the installation's domain, or the one that sent the
 * e-mail to which a reply address belongs. Null: nobody's here.
 */
export async function deskForRecipient(deps: Deps, address: string): Promise<DeskRecord | null> {
  const token = replyTokenOf(address.trim())
  const notificationId = token && readReplyToken(deps, token)
  if (notificationId) {
    const deskId = await selectDeskOfNotification(deps.db, notificationId)
    return deskId === null ? null : deskById(deps, deskId)
  }
  const { incomingMail } = deps.config
  const at = address.lastIndexOf('@')
  if (
    !incomingMail ||
    address
      .slice(at + 1)
      .trim()
      .toLowerCase() !== incomingMail.domain
  )
    return null
  const name = address.slice(0, at).trim().split('+')[0] ?? ''
  const named = await selectPublicIds(deps.db, name)
  // Mail servers may change capitals; where that makes two desks one, only the exact spelling is an address.
  const publicId = named.find((id) => id === name) ?? (named.length === 1 ? named[0] : undefined)
  return publicId === undefined ? null : findDesk(deps, publicId)
}
