import type { Queryable, Statement } from '../db/db.ts'
import type { ContactActor } from './service.ts'

interface ContactRow {
  id: string
  name: string | null
  email: string | null
  email_verified: boolean
  token_hash: string | null
  created_at: Date
  last_seen_at: Date | null
}

const byId: Statement = {
  name: 'contact_by_id',
  text: `select id, name, email, email_verified, token_hash, created_at, last_seen_at
    from helpdesk.contacts where desk_id = $1 and id = $2`,
}

const setEmail: Statement = {
  name: 'contact_set_email',
  text: `update helpdesk.contacts
    set email = $3, name = coalesce($4, name), email_verified = email_verified and lower(email) = lower($3)
    where desk_id = $1 and id = $2
    returning id, name, email, email_verified, token_hash, created_at, last_seen_at`,
}

const touch: Statement = {
  name: 'contact_touch',
  text: `update helpdesk.contacts set last_seen_at = $3
    where desk_id = $1 and id = $2 and (last_seen_at is null or last_seen_at < $3::timestamptz - interval '1 minute')`,
}

/** A contact with the hash of its token. */
export interface ContactRecord extends ContactActor {
  tokenHash: string | null
}

const toRecord = (row: ContactRow): ContactRecord => ({
  id: row.id,
  name: row.name,
  email: row.email,
  emailVerified: row.email_verified,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  tokenHash: row.token_hash,
})

/** A contact of the desk. */
export async function selectContact(
  db: Queryable,
  deskId: string,
  id: string,
): Promise<ContactRecord | null> {
  const [row] = await db.run<ContactRow>(byId, [deskId, id])
  return row ? toRecord(row) : null
}

/** Sets the address (a new one starts unverified) and, when given, the name. */
export async function updateContactEmail(
  db: Queryable,
  deskId: string,
  id: string,
  email: string,
  name: string | null,
): Promise<ContactRecord | null> {
  const [row] = await db.run<ContactRow>(setEmail, [deskId, id, email, name])
  return row ? toRecord(row) : null
}

/** Notes that the contact was here, at most once a minute. */
export async function touchContact(db: Queryable, deskId: string, id: string, now: Date): Promise<void> {
  await db.run(touch, [deskId, id, now])
}
