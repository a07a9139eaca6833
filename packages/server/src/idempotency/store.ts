import type { Queryable, Statement } from '../db/db.ts'

const select: Statement = {
  name: 'idempotency_select',
  text: `select request_hash, made from helpdesk.idempotency_keys where desk_id = $1 and scope = $2 and key_hash = $3`,
}

const remove: Statement = {
  name: 'idempotency_delete_old',
  text: `delete from helpdesk.idempotency_keys where created_at < $1`,
}

/** The row of a key, or nothing. */
export async function selectKey(
  db: Queryable,
  deskId: string,
  scope: string,
  keyHash: string,
): Promise<{ requestHash: string; made: Record<string, string> } | null> {
  const [row] = await db.run<{ request_hash: string; made: Record<string, string> }>(select, [
    deskId,
    scope,
    keyHash,
  ])
  return row ? { requestHash: row.request_hash, made: row.made } : null
}

/** Forgets the keys made before a moment. */
export async function deleteKeysBefore(db: Queryable, before: Date): Promise<void> {
  await db.run(remove, [before])
}

/**
 * The CTE that claims a key: one row when this request is the first with it (or has none), none when it is a
 * repeat. Two at once: the second waits for the first to commit.
 * @param p names of the parameters: desk, scope, key hash (null without a key), request hash, made (json text), now
 */
export function claimCte(p: {
  desk: string
  scope: string
  key: string
  request: string
  made: string
  now: string
  /** A CTE that must have a row, or nothing is claimed. */
  from?: string
}): string {
  const from = p.from ? `from ${p.from}` : ''
  return `
  claimed as (
    insert into helpdesk.idempotency_keys (desk_id, scope, key_hash, request_hash, made, created_at)
    select ${p.desk}::uuid, ${p.scope}::text, ${p.key}::text, ${p.request}::text, ${p.made}::jsonb, ${p.now}::timestamptz ${from}
    where ${p.key}::text is not null
    on conflict do nothing
    returning 1
  ),
  claim as (
    select 1 as first from claimed
    union all
    select 1 ${from} where ${p.key}::text is null
  )`
}
