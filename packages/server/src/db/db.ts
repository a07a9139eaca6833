import type { PGlite, Transaction } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import pg from 'pg'

/** SQL with a name of its own: PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** What can run SQL: the database, or a transaction in it. */
export interface Queryable {
  /** Runs one prepared statement; bigint columns come as numbers, timestamps as Date. */
  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
  /**
   * The query builder, for what is not hot.
   * @internal Its types are in nobody's way who installs the package: it is bundled.
   */
  readonly orm: PgDatabase<PgQueryResultHKT>
}

/** A transaction. Inside one, every query goes through it: PGlite has a single connection and would wait for ever. */
export interface Tx extends Queryable {
  readonly inTransaction: true
}

/** PostgreSQL or PGlite behind one face. */
export interface Db extends Queryable {
  readonly kind: 'postgres' | 'pglite'
  /** The pool, with PostgreSQL. */
  readonly pool?: pg.Pool
  /** The embedded database, with PGlite. */
  readonly pglite?: PGlite
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Closes what `connect` opened; a pool or database that the host brought stays open. */
  close(): Promise<void>
}

/** How to reach the database. */
export type DatabaseOptions =
  | { connectionString: string; poolSize?: number }
  | { pool: pg.Pool }
  | { pglite: PGlite }

const int8 = 20

/** bigint as number: positions stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** Opens the database that the options name. */
export async function connect(options: DatabaseOptions): Promise<Db> {
  if ('pglite' in options) return pgliteDb(options.pglite)
  if ('pool' in options) return poolDb(options.pool, false)
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize ?? 10,
    // A caller gets a clear 503 instead of hanging when every connection is busy or the server is gone.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    application_name: 'helpdesk',
  })
  // Without a listener an idle connection that breaks would end the process; the pool replaces it by itself.
  pool.on('error', () => undefined)
  return poolDb(pool, true)
}

function poolDb(pool: pg.Pool, owned: boolean): Db {
  const run = runner(pool)
  return {
    kind: 'postgres',
    pool,
    run,
    orm: drizzle(pool),
    async transaction(work) {
      const client = await pool.connect()
      let broken = false
      try {
        await client.query('begin')
        const result = await work({ inTransaction: true, run: runner(client), orm: drizzle(client) })
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: async () => {
      if (owned) await pool.end()
    },
  }
}

function runner(client: pg.Pool | pg.PoolClient): Queryable['run'] {
  return async <Row>(statement: Statement, values: readonly unknown[]) => {
    const result = await client.query({
      name: statement.name,
      text: statement.text,
      values: values as unknown[],
      types,
    })
    return result.rows as Row[]
  }
}

async function pgliteDb(pglite: PGlite): Promise<Db> {
  // Loaded only here: who has PostgreSQL has no embedded database installed.
  const { drizzle: drizzlePglite } = await import('drizzle-orm/pglite')
  return {
    kind: 'pglite',
    pglite,
    run: pgliteRunner(pglite),
    orm: drizzlePglite(pglite),
    transaction: (work) =>
      pglite.transaction((tx) =>
        // Drizzle only queries through it, which a transaction can do as well as the database.
        work({ inTransaction: true, run: pgliteRunner(tx), orm: drizzlePglite(tx as unknown as PGlite) }),
      ),
    close: async () => undefined,
  }
}

function pgliteRunner(client: PGlite | Transaction): Queryable['run'] {
  return async <Row>(statement: Statement, values: readonly unknown[]) => {
    const result = await client.query<Row>(statement.text, values as unknown[], {
      parsers: { [int8]: Number },
    })
    return result.rows
  }
}
