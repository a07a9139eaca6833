import type { Queryable, Statement, Tx } from '../db/db.ts'

const selectKey: Statement = {
  name: 'installation_key',
  text: `select value from helpdesk.installation where name = 'key'`,
}

const insertKey: Statement = {
  name: 'installation_key_insert',
  text: `insert into helpdesk.installation (name, value, created_at) values ('key', $1, $2) on conflict do nothing`,
}

/** The installation's key, hex; null before the first start. */
export async function selectInstallationKey(db: Queryable): Promise<string | null> {
  const [row] = await db.run<{ value: string }>(selectKey, [])
  return row?.value ?? null
}

/** Keeps the installation's key, unless there is one. */
export async function insertInstallationKey(db: Queryable, key: string, now: Date): Promise<void> {
  await db.run(insertKey, [key, now])
}

/** A desk's key, its secret still sealed. */
export interface SecretRow {
  keyId: string
  sealedSecret: string
  createdAt: Date
  createdBy: string | null
  retiresAt: Date | null
  lastUsedAt: Date | null
}

const columns = `s.key_id as "keyId", s.sealed_secret as "sealedSecret", s.created_at as "createdAt",
  a.name as "createdBy", s.retires_at as "retiresAt", s.last_used_at as "lastUsedAt"`

const ofDesk: Statement = {
  name: 'desk_secrets',
  text: `select ${columns} from helpdesk.desk_secrets s left join helpdesk.agents a on a.id = s.created_by
    where s.desk_id = $1 order by s.created_at desc, s.key_id`,
}

const lockDesk: Statement = {
  name: 'desk_secrets_lock',
  text: `select settings -> 'security' ->> 'level' as level from helpdesk.desks where desk_id = $1 for update`,
}

const insert: Statement = {
  name: 'desk_secret_insert',
  text: `insert into helpdesk.desk_secrets (desk_id, key_id, sealed_secret, created_at, created_by)
    values ($1, $2, $3, $4, $5)`,
}

const setRetirement: Statement = {
  name: 'desk_secret_retire',
  text: 'update helpdesk.desk_secrets set retires_at = $3 where desk_id = $1 and key_id = $2',
}

const use: Statement = {
  name: 'desk_secret_use',
  text: `update helpdesk.desk_secrets set last_used_at = $3 where desk_id = $1 and key_id = $2
    and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
}

/** The desk's keys, newest first. */
export function selectSecrets(db: Queryable, deskId: string): Promise<SecretRow[]> {
  return db.run(ofDesk, [deskId])
}

/** Lets nobody else change the desk's keys or settings until the transaction ends. @returns its level of security */
export async function lockDeskSecrets(tx: Tx, deskId: string): Promise<string | null> {
  const [row] = await tx.run<{ level: string | null }>(lockDesk, [deskId])
  return row?.level ?? null
}

/** Keeps a new key. */
export async function insertSecret(
  db: Queryable,
  deskId: string,
  secret: { keyId: string; sealedSecret: string; createdBy: string | null },
  now: Date,
): Promise<void> {
  await db.run(insert, [deskId, secret.keyId, secret.sealedSecret, now, secret.createdBy])
}

/** Sets when a key retires; null: it does not. */
export async function updateRetirement(
  db: Queryable,
  deskId: string,
  keyId: string,
  retiresAt: Date | null,
): Promise<void> {
  await db.run(setRetirement, [deskId, keyId, retiresAt])
}

/** Notes that a key was used, to the minute. */
export async function touchSecret(db: Queryable, deskId: string, keyId: string, now: Date): Promise<void> {
  await db.run(use, [deskId, keyId, now])
}
