import type { PGlite } from '@electric-sql/pglite'
import type { FastifyBaseLogger } from 'fastify'
import type { Db as BossDatabase, ConstructorOptions, PgBoss } from 'pg-boss'
import type { Db } from '../db/db.ts'

/** Where pg-boss keeps its tables, beside ours and the host's. */
const schema = 'helpdesk_jobs'

const hour = 3_600

/** For every queue of the desk. The rows that jobs name are the truth, so a job may be lost and need not be kept. */
export const queueOptions = {
  retryLimit: 3,
  retryDelay: 15,
  retryBackoff: true,
  expireInSeconds: 600,
  retentionSeconds: 7 * 24 * hour,
  deleteAfterSeconds: hour,
} as const

/**
 * Starts pg-boss on the desk's database. Its errors are logged, the same one at most once a minute: a database that
 * is away would otherwise fill the log, and an `error` event without a listener would end the process.
 * @param worker whether this process also does the housekeeping of the queues
 */
export async function openBoss(db: Db, log: FastifyBaseLogger, worker: boolean): Promise<PgBoss> {
  // It takes a tenth of a second to load, which a host that only imports the plugin should not pay.
  const { PgBoss, fromPglite } = await import('pg-boss')
  const options: ConstructorOptions = {
    schema,
    // No cron, no dependent jobs, no statistics: what is not used should not ask the database all day.
    schedule: false,
    flowIntervalSeconds: 24 * hour,
    supervise: worker,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    maintenanceIntervalSeconds: hour,
    queueCacheIntervalSeconds: hour,
  }
  const boss = db.pglite
    ? new PgBoss({
        ...options,
        db: pgliteDatabase(db.pglite, fromPglite(db.pglite)),
        backend: 'pglite',
        reindex: false,
        monitorVacuum: false,
        bamIntervalSeconds: hour,
      })
    : new PgBoss({ ...options, db: poolDatabase(db) })
  const seen = new Map<string, number>()
  boss.on('error', (error) => {
    const last = seen.get(error.message)
    if (last !== undefined && Date.now() - last < 60_000) return
    seen.clear()
    seen.set(error.message, Date.now())
    log.error({ err: error }, 'The job queue had an error')
  })
  boss.on('warning', (warning) => log.warn({ warning }, 'The job queue warns'))
  await boss.start()
  return boss
}

function poolDatabase({ pool }: Db): BossDatabase {
  if (pool === undefined) throw new Error('A database is either PGlite or a pool')
  // Without values pg takes the simple protocol, which pg-boss's statements of several commands need.
  return { executeSql: (text, values) => (values?.length ? pool.query(text, values) : pool.query(text)) }
}

/**
 * PGlite has one connection for everybody: when a block `begin … commit` of pg-boss fails half-way, whoever comes next
 * would find the broken transaction. Inside a transaction of PGlite's own it is rolled back before anybody comes.
 */
function pgliteDatabase(pglite: PGlite, plain: BossDatabase): BossDatabase {
  return {
    ...plain,
    async executeSql(text, values) {
      if (values?.length || !/^\s*begin\b/i.test(text)) return plain.executeSql(text, values)
      const results = await pglite.transaction((tx) => tx.exec(text))
      return { rows: results.flatMap((result) => result.rows) }
    },
  }
}
