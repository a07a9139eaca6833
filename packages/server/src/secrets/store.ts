import type { Queryable, Statement } from '../db/db.ts'

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
