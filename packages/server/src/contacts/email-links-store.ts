import type { Queryable, Statement, Tx } from '../db/db.ts'

/** A link whose code may still be typed. */
export interface LiveLink {
  id: string
  codeHash: string
}

/** What a desk knows of an address. */
export interface KnownAddress {
  /** Somebody has proved it, or has begun a conversation with it. */
  known: boolean
  verified: boolean
  bounced: boolean
}

// Somebody whom a page names, or who has proved another address, is not opened by an address that was merely typed.
const known: Statement = {
  name: 'email_link_known_address',
  text: `select count(*) > 0 as known, coalesce(bool_or(email_verified or identity_key = $3), false) as verified,
      coalesce(bool_or(email_bounce is not null and lower(coalesce(email_bounce->>'address', email)) = $2), false) as bounced
    from helpdesk.contacts
    where desk_id = $1 and merged_into_id is null and ((lower(email) = $2 and (email_verified or identity = 'anonymous'))
      or (identity_key = $3 and identity <> 'page'))`,
}

const keep: Statement = {
  name: 'email_link_keep',
  text: `insert into helpdesk.email_links (desk_id, id, email, token_hash, code_hash, created_at, expires_at, asked_by_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (desk_id, id) do update set token_hash = excluded.token_hash, code_hash = excluded.code_hash, tries = 0,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    where email_links.used_at is null
    returning id`,
}

const decoys: Statement = {
  name: 'email_link_decoys',
  text: `select created_at as at from helpdesk.email_links
    where email = $1 and created_at > $2 and code_hash = '' and desk_id = $3 and id <> $4`,
}

const isLive = (now: string, mostTries: string) =>
  `used_at is null and expires_at > ${now}::timestamptz and tries < ${mostTries}::int`

const useToken: Statement = {
  name: 'email_link_use_token',
  text: `update helpdesk.email_links set used_at = $3 where desk_id = $1 and token_hash = $2 and ${isLive('$3', '$4')}
    returning email, asked_by_id as "askedById"`,
}

const live: Statement = {
  name: 'email_links_live',
  text: `select id, code_hash as "codeHash" from helpdesk.email_links
    where desk_id = $1 and email = $2 and ${isLive('$3', '$4')} order by id for update`,
}

const settle: Statement = {
  name: 'email_links_settle_code',
  text: `update helpdesk.email_links set tries = tries + case when $3::uuid is null then 1 else 0 end,
      used_at = case when id = $3::uuid then $4::timestamptz end
    where desk_id = $1 and id = any($2::uuid[]) and ($3::uuid is null or id = $3::uuid)`,
}

const forget: Statement = {
  name: 'email_links_forget',
  text: 'delete from helpdesk.email_links where created_at < $1',
}

/** What a desk knows of an address, in its stored form. @param key by which who has proved it is found, whatever address it has now */
export async function selectKnownAddress(
  db: Queryable,
  deskId: string,
  email: string,
  key: string,
): Promise<KnownAddress> {
  const [row] = await db.run<KnownAddress>(known, [deskId, email, key])
  return row ?? { known: false, verified: false, bounced: false }
}

/** When a desk last kept a link for an address that it does not know. */
export async function decoyTimes(
  tx: Tx,
  of: { deskId: string; id: string; email: string },
  since: Date,
): Promise<Date[]> {
  const rows = await tx.run<{ at: Date }>(decoys, [of.email, since, of.deskId, of.id])
  return rows.map(({ at }) => at)
}

/** Keeps a link, in place of what the same job has kept before. @returns false when that one was used meanwhile */
export async function keepLink(
  tx: Tx,
  link: {
    deskId: string
    id: string
    email: string
    askedById: string | null
    tokenHash: string
    /** Empty: no code is right. */
    codeHash: string
    createdAt: Date
    expiresAt: Date
  },
): Promise<boolean> {
  const { deskId, id, email, askedById, tokenHash, codeHash, createdAt, expiresAt } = link
  const values = [deskId, id, email, tokenHash, codeHash, createdAt, expiresAt, askedById]
  const rows = await tx.run(keep, values)
  return rows.length === 1
}

/** What a link proves, and to whom it was promised. */
export interface UsedLink {
  email: string
  /** The contact of the browser that asked for it, if it had one. */
  askedById: string | null
}

/** Uses a link up by its token; null when there is no such link, or not any more. */
export async function useLinkByToken(
  tx: Tx,
  deskId: string,
  tokenHash: string,
  now: Date,
  mostTries: number,
): Promise<UsedLink | null> {
  const [row] = await tx.run<UsedLink>(useToken, [deskId, tokenHash, now, mostTries])
  return row ?? null
}

/** The links of an address whose code may still be typed, locked until the transaction ends. */
export function selectLiveLinks(
  tx: Tx,
  deskId: string,
  email: string,
  now: Date,
  mostTries: number,
): Promise<LiveLink[]> {
  return tx.run(live, [deskId, email, now, mostTries])
}

/** Uses one of the links up, or counts a wrong code against all of them. */
export async function settleCode(
  tx: Tx,
  deskId: string,
  ids: readonly string[],
  right: string | null,
  now: Date,
): Promise<void> {
  await tx.run(settle, [deskId, ids, right, now])
}

/** Forgets links that were made before a moment. */
export async function deleteLinksBefore(db: Queryable, before: Date): Promise<void> {
  await db.run(forget, [before])
}
