import type { Identity } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

/** A client as it stands in the database; also as JSON inside another row, where times are text. */
export interface ClientRow {
  id: string
  external_id: string | null
  email: string | null
  name: string | null
  url: string | null
  plan: string | null
  created_at: Date | string
}

const upsert: Statement = {
  name: 'client_upsert',
  text: `insert into helpdesk.clients as c
      (desk_id, id, identity_key, external_id, email, name, url, plan, claims, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $10)
    on conflict (desk_id, identity_key) do update set
      email = coalesce(excluded.email, c.email), name = coalesce(excluded.name, c.name), url = coalesce(excluded.url, c.url),
      plan = coalesce(excluded.plan, c.plan), claims = excluded.claims, updated_at = excluded.updated_at
    returning id`,
}

/** Makes or updates the client with an identity key; two at once make one. @returns its id */
export async function upsertClient(
  db: Queryable,
  client: {
    deskId: string
    id: string
    identityKey: string
    externalId: string | null
    email: string | null
    name: string | null
    url: string | null
    plan: string | null
    claims: Identity
    now: Date
  },
): Promise<string> {
  const { deskId, id, identityKey, externalId, email, name, url, plan, claims, now } = client
  const values = [deskId, id, identityKey, externalId, email, name, url, plan, JSON.stringify(claims), now]
  const [row] = await db.run<{ id: string }>(upsert, values)
  if (!row) throw new Error('A client was neither made nor found')
  return row.id
}
