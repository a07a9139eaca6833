import { createHash } from 'node:crypto'
import { cleanName, type Identity, normalizeEmail } from '@helpdesk/core'
import type { Client } from '@helpdesk/core/api'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { type ClientRow, upsertClient } from './store.ts'

/**
 * The client that an identity names, made or brought up to date; null when none was vouched for.
 * @param said `trusted`: vouched for; `unverified`: merely said
 */
export async function findOrMakeClient(
  db: Queryable,
  deps: Pick<Deps, 'newId'>,
  deskId: string,
  said: { trusted: Identity; unverified: Identity },
  now: Date,
): Promise<string | null> {
  const { trusted, unverified } = said
  const externalId = trusted.client_external_id ?? null
  const email = trusted.client_email === undefined ? null : trusted.client_email.trim().toLowerCase()
  if (externalId === null && email === null) return null
  const claims = Object.fromEntries(Object.entries(unverified).filter(([name]) => name.startsWith('client_')))
  const text = (name: 'client_name' | 'client_plan') => cleanName(trusted[name] ?? '') || null
  return upsertClient(db, {
    deskId,
    id: deps.newId(),
    identityKey: bounded(externalId === null ? `e:${email}` : `x:${externalId}`),
    externalId,
    email: normalizeEmail(email ?? '') ?? email,
    name: text('client_name'),
    url: trusted.client_url ?? null,
    plan: text('client_plan'),
    claims,
    now,
  })
}

/**
 * An index takes no key of any length: a long one is kept as its hash, behind a line break, which no attribute may
 * contain; otherwise an id could be chosen that is written like the hash of somebody else's.
 */
export const bounded = (key: string) =>
  key.length <= 300 ? key : `${key.slice(0, 2)}\n${createHash('sha256').update(key).digest('hex')}`

/** A client as agents see it. */
export function clientView(row: ClientRow): Client {
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    url: row.url,
    plan: row.plan,
    createdAt: new Date(row.created_at).toISOString(),
  }
}
