import type { IdentityForm } from '@helpdesk/core/api'
import type { Queryable, Statement } from '../db/db.ts'

/** What opened a session. */
export type SessionForm = Exclude<IdentityForm, 'anonymous'> | 'link'

/** A session of a contact. */
export interface NewSession {
  contactId: string
  tokenHash: string
  form: SessionForm
  keyId: string | null
  clientId: string | null
  conversationId: string | null
  linkVersion: number | null
  expiresAt: Date
}

const insert: Statement = {
  name: 'contact_session_insert',
  text: `insert into helpdesk.contact_sessions
      (desk_id, contact_id, token_hash, form, key_id, client_id, conversation_id, link_version, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

const remove: Statement = {
  name: 'contact_session_delete',
  text: 'delete from helpdesk.contact_sessions where desk_id = $1 and contact_id = $2 and token_hash = $3',
}

const shorten: Statement = {
  name: 'contact_sessions_shorten',
  text: `update helpdesk.contact_sessions set expires_at = least(expires_at, $3::timestamptz)
    where desk_id = $1 and key_id = $2`,
}

const removeExpired: Statement = {
  name: 'contact_sessions_delete_expired',
  text: 'delete from helpdesk.contact_sessions where expires_at < $1',
}

/** Opens a session. */
export async function insertSession(
  db: Queryable,
  deskId: string,
  session: NewSession,
  now: Date,
): Promise<void> {
  const { contactId, tokenHash, form, keyId, clientId, conversationId, linkVersion, expiresAt } = session
  await db.run(insert, [
    deskId,
    contactId,
    tokenHash,
    form,
    keyId,
    clientId,
    conversationId,
    linkVersion,
    now,
    expiresAt,
  ])
}

/** Ends a session. */
export async function deleteSession(
  db: Queryable,
  deskId: string,
  contactId: string,
  tokenHash: string,
): Promise<void> {
  await db.run(remove, [deskId, contactId, tokenHash])
}

/** Lets the sessions that a key opened end at a moment, or earlier as they would have. */
export async function shortenSessions(
  db: Queryable,
  deskId: string,
  keyId: string,
  end: Date,
): Promise<void> {
  await db.run(shorten, [deskId, keyId, end])
}

/** Forgets sessions that ended before a moment. */
export async function deleteSessionsBefore(db: Queryable, before: Date): Promise<void> {
  await db.run(removeExpired, [before])
}
