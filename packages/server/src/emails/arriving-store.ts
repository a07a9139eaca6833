import type { IncomingReason, IncomingState } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

const byFingerprint: Statement = {
  name: 'email_by_fingerprint',
  text: 'select id from helpdesk.emails where desk_id = $1 and fingerprint = $2',
}

const insert: Statement = {
  name: 'email_insert',
  text: `insert into helpdesk.emails (desk_id, id, fingerprint, source, envelope, message_id_header, from_address, from_name,
      subject, state, reason, bytes, raw, file_key, received_at, updated_at)
    values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
    on conflict (desk_id, fingerprint) do nothing returning id`,
}

const existing: Statement = {
  name: 'emails_existing',
  text: `select e.id from helpdesk.emails e
    join unnest($1::uuid[], $2::uuid[]) as wanted(desk_id, id) on e.desk_id = wanted.desk_id and e.id = wanted.id`,
}

/** The ids of those e-mails that are known. */
export async function selectExistingEmails(
  db: Queryable,
  refs: readonly { deskId: string; id: string }[],
): Promise<string[]> {
  const wanted = [refs.map(({ deskId }) => deskId), refs.map(({ id }) => id)]
  return (await db.run<{ id: string }>(existing, wanted)).map(({ id }) => id)
}

/** The e-mail with a fingerprint. */
export async function selectIdByFingerprint(
  db: Queryable,
  deskId: string,
  fingerprint: string,
): Promise<string | null> {
  const [row] = await db.run<{ id: string }>(byFingerprint, [deskId, fingerprint])
  return row?.id ?? null
}

/** Keeps an e-mail. @returns false when the desk has it already */
export async function insertEmail(
  db: Queryable,
  row: {
    deskId: string
    id: string
    fingerprint: string
    source: string
    envelope: { from: string | null; to: string[] }
    messageIdHeader: string | null
    fromAddress: string | null
    fromName: string | null
    subject: string
    state: IncomingState
    reason: IncomingReason | null
    bytes: number
    raw: Uint8Array | null
    fileKey: string | null
    receivedAt: Date
  },
): Promise<boolean> {
  const { raw } = row
  const rows = await db.run(insert, [
    row.deskId,
    row.id,
    row.fingerprint,
    row.source,
    JSON.stringify(row.envelope),
    row.messageIdHeader,
    row.fromAddress,
    row.fromName,
    row.subject,
    row.state,
    row.reason,
    row.bytes,
    raw && Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
    row.fileKey,
    row.receivedAt,
  ])
  return rows.length === 1
}
