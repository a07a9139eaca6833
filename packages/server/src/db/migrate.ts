import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import type { Db } from './db.ts'

// Any constant that is ours: the same number on every process that may migrate this database.
const lockKey = 7_214_337_001

const settings = {
  // Both src/db/ and dist/ lie so that the package's own folder is found from here.
  migrationsFolder: fileURLToPath(
    new URL(import.meta.url.includes('/src/') ? '../../migrations' : '../migrations', import.meta.url),
  ),
  migrationsSchema: 'helpdesk',
  migrationsTable: 'migrations',
}

/**
 * Brings the database up to this version's tables. Processes that start together wait for each other: the migrator
 * itself has no lock, and two of them would run the same step twice.
 */
export async function migrate(db: Db): Promise<void> {
  if (db.pglite) return migrateEmbedded(db.pglite)
  if (!db.pool) throw new Error('A database is either PGlite or a pool')
  const client = await db.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await migratePostgres(drizzle(client), settings)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined)
    client.release(true)
  }
}

async function migrateEmbedded(pglite: PGlite): Promise<void> {
  // Loaded only here: who has PostgreSQL has no embedded database installed.
  const [{ drizzle: drizzlePglite }, { migrate: run }] = await Promise.all([
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ])
  await run(drizzlePglite(pglite), settings)
}
