import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Postgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of the run's PostgreSQL server; make a database of your own with `createDatabase`. */
    postgresUrl: string
  }
}

/** Several projects share one server: the first starts it, the last stops it. */
interface Shared {
  users: number
  server: Promise<Postgres> | undefined
}

// On globalThis, because every project may load this module anew.
const key = Symbol.for('helpdesk.test.postgres')
const holder = globalThis as { [key]?: Shared }
holder[key] ??= { users: 0, server: undefined }
const shared = holder[key]

/** Vitest's global set-up: gives the project `postgresUrl`. `TEST_DATABASE_URL` names a server to use instead. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.TEST_DATABASE_URL
  if (given !== undefined && given !== '') {
    await assertAnswers(given)
    project.provide('postgresUrl', given)
    return
  }
  shared.users += 1
  shared.server ??= startPostgres()
  project.provide('postgresUrl', (await shared.server).url)
}

/** Stops the server when no project needs it any more. */
export async function teardown(): Promise<void> {
  if (shared.server === undefined) return
  shared.users -= 1
  if (shared.users > 0) return
  const server = await shared.server
  shared.server = undefined
  await server.stop()
}

async function assertAnswers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query('SELECT 1')
  } catch (error) {
    throw new Error('The server named by TEST_DATABASE_URL does not answer', { cause: error })
  } finally {
    await client.end()
  }
}
