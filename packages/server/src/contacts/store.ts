import type { Identity } from '@helpdesk/core'
import type { IdentityForm } from '@helpdesk/core/api'
import type { Queryable, Statement } from '../db/db.ts'
import { claimCte } from '../idempotency/store.ts'
import type { SessionForm } from './sessions-store.ts'

/** A contact as its request finds it, with the session that the token opened, if it opened one. */
export interface ContactRow {
  id: string
  name: string | null
  email: string | null
  email_verified: boolean
  identity: IdentityForm
  identity_key: string | null
  claims: Identity
  client_id: string | null
  token_hash: string | null
  created_at: Date
  last_seen_at: Date | null
  session_form: SessionForm | null
  session_client_id: string | null
  session_conversation_id: string | null
  client_external_id: string | null
  client_name: string | null
}

const columns = `c.id, c.name, c.email, c.email_verified, c.identity, c.identity_key, c.claims, c.client_id, c.token_hash,
  c.created_at, c.last_seen_at`

// A session lives no longer than the link or the key that opened it, also when both happen at once.
const byToken: Statement = {
  name: 'contact_by_token',
  text: `select ${columns}, s.form as session_form, s.client_id as session_client_id,
      s.conversation_id as session_conversation_id, x.external_id as client_external_id, x.name as client_name
    from helpdesk.contacts c
    left join helpdesk.contact_sessions s on s.desk_id = c.desk_id and s.contact_id = c.id and s.token_hash = $3
      and s.expires_at > $4::timestamptz and (s.conversation_id is null or exists (
        select 1 from helpdesk.conversations k where k.desk_id = $1 and k.id = s.conversation_id
          and k.contact_id = c.id and k.link_version = s.link_version and not k.link_revoked))
      and (s.key_id is null or exists (
        select 1 from helpdesk.desk_secrets d where d.desk_id = $1 and d.key_id = s.key_id
          and (d.retires_at is null or d.retires_at > $4)))
    left join helpdesk.clients x on x.desk_id = c.desk_id and x.id = s.client_id
    where c.desk_id = $1 and c.id = $2`,
}

const setEmail: Statement = {
  name: 'contact_set_email',
  text: `with before as (
      select email, email_verified from helpdesk.contacts where desk_id = $1 and id = $2 for update
    )
    update helpdesk.contacts c
    set email = $3, name = case when c.identity in ('full', 'jwt') then coalesce(c.name, $4) else coalesce($4, c.name) end,
      email_verified = before.email_verified and lower(before.email) = lower($3)
    from before where c.desk_id = $1 and c.id = $2
    returning c.name, c.email, c.email_verified,
      case when before.email_verified and not c.email_verified then before.email end as left_email`,
}

const touch: Statement = {
  name: 'contact_touch',
  text: `update helpdesk.contacts set last_seen_at = $3
    where desk_id = $1 and id = $2 and (last_seen_at is null or last_seen_at < $3::timestamptz - interval '1 minute')`,
}

/** A contact of the desk, and the live session that the hash of a token names. */
export async function selectContact(
  db: Queryable,
  deskId: string,
  id: string,
  tokenHash: string,
  now: Date,
): Promise<ContactRow | null> {
  const [row] = await db.run<ContactRow>(byToken, [deskId, id, tokenHash, now])
  return row ?? null
}

/** A contact's name and address after a change. */
export interface ChangedEmail {
  name: string | null
  email: string | null
  emailVerified: boolean
  /** The proved address that was replaced. */
  leftEmail: string | null
}

/** Sets the address (a new one starts unverified) and, when given, the name, unless a host vouched for one. */
export async function updateContactEmail(
  db: Queryable,
  deskId: string,
  id: string,
  email: string,
  name: string | null,
): Promise<ChangedEmail | null> {
  type Row = { name: string | null; email: string | null; email_verified: boolean; left_email: string | null }
  const [row] = await db.run<Row>(setEmail, [deskId, id, email, name])
  if (!row) return null
  return { name: row.name, email: row.email, emailVerified: row.email_verified, leftEmail: row.left_email }
}

const noteTold: Statement = {
  name: 'contact_address_told',
  text: `with ${claimCte({ desk: '$1', scope: '$2', key: '$3', request: "''", made: "'{}'", now: '$4' })} select first from claim`,
}

/** Notes that an address hears of a change. @returns false when it has heard of one in the last two days */
export async function noteAddressTold(
  db: Queryable,
  deskId: string,
  addressHash: string,
  now: Date,
): Promise<boolean> {
  return (await db.run(noteTold, [deskId, 'address-changed', addressHash, now])).length === 1
}

/** Notes that the contact was here, at most once a minute. */
export async function touchContact(db: Queryable, deskId: string, id: string, now: Date): Promise<void> {
  await db.run(touch, [deskId, id, now])
}
