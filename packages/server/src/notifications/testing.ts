import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { createDatabase, dropDatabase } from '../../../../test/support/postgres.ts'
import type {} from '../../../../test/support/postgres-setup.ts'
import { connect, type Db } from '../db/db.ts'
import { migrate } from '../db/migrate.ts'
import { openPglite } from '../testing.ts'

/** The two databases that every behaviour is tested on. */
export const databaseKinds = ['pglite', 'postgres'] as const

/** A migrated database of its own for each of the two kinds; `database()` gives it inside the tests. */
export function describeOnDatabases(
  name: string,
  tests: (database: () => Db, url: () => string | undefined) => void,
): void {
  describe.each(databaseKinds)(`${name} on %s`, (kind) => {
    let opened: OpenedDatabase | undefined
    beforeAll(async () => {
      opened = await openDatabase(kind)
    })
    afterAll(() => opened?.close())
    tests(
      () => {
        if (opened === undefined) throw new Error('The database is open only while tests run')
        return opened.db
      },
      () => opened?.url,
    )
  })
}

interface OpenedDatabase {
  db: Db
  url?: string
  close(): Promise<void>
}

async function openDatabase(kind: (typeof databaseKinds)[number]): Promise<OpenedDatabase> {
  if (kind === 'pglite') {
    const { database, close } = await openPglite()
    return { db: await connect(database), close }
  }
  const name = `server-${randomBytes(6).toString('hex')}`
  const url = await createDatabase(inject('postgresUrl'), name)
  const db = await connect({ connectionString: url })
  await migrate(db)
  return {
    db,
    url,
    async close() {
      await db.close()
      await dropDatabase(inject('postgresUrl'), name)
    },
  }
}
