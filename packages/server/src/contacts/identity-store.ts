import type { Identity } from '@helpdesk/core'
import type { IdentityForm } from '@helpdesk/core/api'
import type { Queryable, Statement } from '../db/db.ts'

/** A contact that something vouches for. */
export interface IdentifiedContact {
  id: string
  /** Null for one that was only ever merged into by hand. */
  identityKey: string | null
  externalId: string | null
  email: string | null
  emailVerified: boolean
  clientId: string | null
  /** The contact that it became part of. */
  mergedIntoId: string | null
}

const columns = `id, identity_key as "identityKey", external_id as "externalId", email, email_verified as "emailVerified",
  client_id as "clientId", merged_into_id as "mergedIntoId"`

const byKey: Statement = {
  name: 'contact_by_identity_key',
  text: `select ${columns} from helpdesk.contacts where desk_id = $1 and identity_key = $2`,
}

const adopt: Statement = {
  name: 'contact_adopt_by_email',
  text: `update helpdesk.contacts set identity_key = $3, external_id = $4
    where desk_id = $1 and identity_key = $2 and external_id is null`,
}

// What a host vouches for replaces what was there; what it does not mention stays. What is merely said fills gaps.
const upsert: Statement = {
  name: 'contact_upsert_identified',
  text: `insert into helpdesk.contacts as c (desk_id, id, identity_key, identity, external_id, name, email, email_verified, phone,
      claims, client_id, created_at, last_seen_at)
    values ($1, $2, $3, $4, $5, $6, $7::text, $8::boolean and $7 is not null, $9, $10::jsonb, $11, $12, $12)
    on conflict (desk_id, identity_key) where identity_key is not null do update set
      identity = excluded.identity,
      external_id = coalesce(excluded.external_id, c.external_id),
      name = case when $13::boolean then coalesce(excluded.name, c.name) else coalesce(c.name, excluded.name) end,
      email = case when excluded.email_verified or c.email is null then coalesce(excluded.email, c.email) else c.email end,
      email_verified = case when excluded.email_verified then true
        when c.email is null then false else c.email_verified end,
      phone = coalesce(excluded.phone, c.phone),
      claims = excluded.claims,
      client_id = coalesce(excluded.client_id, c.client_id),
      last_seen_at = excluded.last_seen_at
    returning ${columns}`,
}

const whole: Statement = {
  name: 'contact_whole',
  text: `with recursive parts as (
      select * from helpdesk.contacts where desk_id = $1 and id = $2
      union all
      select c.* from parts p join helpdesk.contacts c on c.desk_id = p.desk_id and c.id = p.merged_into_id
    )
    select ${columns} from parts where merged_into_id is null`,
}

const widen: Statement = {
  name: 'conversations_widen_to_client',
  text: `update helpdesk.conversations set client_id = $3::uuid
    where desk_id = $1 and contact_id = $2 and client_id is null`,
}

/** The contact with an identity key. */
export async function selectByKey(
  db: Queryable,
  deskId: string,
  key: string,
): Promise<IdentifiedContact | null> {
  const [row] = await db.run<IdentifiedContact>(byKey, [deskId, key])
  return row ?? null
}

/** Gives a contact that was known by its address alone the external id that came with it. */
export async function adoptByEmail(
  db: Queryable,
  deskId: string,
  emailKey: string,
  identityKey: string,
  externalId: string,
): Promise<void> {
  await db.run(adopt, [deskId, emailKey, identityKey, externalId])
}

/** Makes or updates the contact with an identity key; two at once make one. */
export async function upsertIdentified(
  db: Queryable,
  contact: {
    deskId: string
    id: string
    identityKey: string
    form: IdentityForm
    externalId: string | null
    name: string | null
    nameProved: boolean
    email: string | null
    emailProved: boolean
    phone: string | null
    claims: Identity
    clientId: string | null
    now: Date
  },
): Promise<IdentifiedContact> {
  const {
    deskId,
    id,
    identityKey,
    form,
    externalId,
    name,
    nameProved,
    email,
    emailProved,
    phone,
    claims,
    clientId,
    now,
  } = contact
  const values = [
    deskId,
    id,
    identityKey,
    form,
    externalId,
    name,
    email,
    emailProved,
    phone,
    JSON.stringify(claims),
    clientId,
    now,
    nameProved,
  ]
  const [row] = await db.run<IdentifiedContact>(upsert, values)
  if (!row) throw new Error('A contact was neither made nor found')
  return row
}

/** The contact that a merged one is part of now, however often that was merged further. */
export async function selectWhole(db: Queryable, deskId: string, id: string): Promise<IdentifiedContact> {
  const [row] = await db.run<IdentifiedContact>(whole, [deskId, id])
  if (!row) throw new Error('A contact is part of one that is not there')
  return row
}

/** Lets the users of a client see what a contact wrote before its client was known. */
export async function widenToClient(
  db: Queryable,
  deskId: string,
  contactId: string,
  clientId: string,
): Promise<void> {
  await db.run(widen, [deskId, contactId, clientId])
}
