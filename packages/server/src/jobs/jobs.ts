import type { FastifyBaseLogger } from 'fastify'
import type { Job, JobResult, PgBoss } from 'pg-boss'
import type { Db, Tx } from '../db/db.ts'
import { captureInsert, type InsertStatement } from './insert-statement.ts'
import { openBoss, queueOptions } from './pg-boss.ts'

/** The queues of the desk. */
export type QueueName =
  | 'notifications.deliver'
  | 'contacts.address-changed'
  | 'contacts.email-link'
  | 'emails.take'

/** What a job says: which row of which desk to look at. What is to be done stands in that row. */
export interface JobData {
  deskId: string
  id: string
  /** With `contacts.address-changed`: the address of before, which no row has any more; with `contacts.email-link`: the one asked for. */
  address?: string
  /** With `contacts.email-link`: the language that was asked for. */
  locale?: string
  /** With `contacts.email-link`: the contact of the browser that asked. */
  contactId?: string
}

/** Background work on pg-boss, enqueued in the transaction of the change that causes it. */
export interface Jobs {
  /**
   * A data-modifying SQL statement that enqueues jobs, to stand as one CTE of a hot statement. Its rows are the
   * jobs' ids (`id`), one per job.
   * @param source an SQL expression of type json: the array of jobs, each `{ data, startAfter }`; null enqueues none
   */
  insertSql(queue: QueueName, source: string): string
  /** Enqueues one job in the transaction. */
  enqueue(tx: Tx, queue: QueueName, data: JobData, startAfter: Date): Promise<void>
  /** Takes no more jobs, lets those that run finish (at most 8 seconds) and stops. Callable more than once. */
  close(): Promise<void>
}

/** How the jobs of this process run. */
export interface JobsOptions {
  db: Db
  log: FastifyBaseLogger
  /** Whether this process works on jobs, or only enqueues them. */
  worker: boolean
  /** Called once per job; one that throws is called again, three times at most. A queue without one only fills. */
  handlers: Partial<Record<QueueName, (data: JobData) => Promise<void>>>
  /** How often an idle worker looks for jobs that are due. Default 1, at least 0.5. */
  pollingIntervalSeconds?: number
}

const queues = [
  'notifications.deliver',
  'contacts.address-changed',
  'contacts.email-link',
  'emails.take',
] as const satisfies readonly QueueName[]

/** So many jobs run at the same time in one process. */
const batchSize = 10

const drainMs = 8_000

/**
 * Starts the jobs: brings their tables (schema `helpdesk_jobs`) up to date, creates the queues and, with `worker`,
 * begins to work. Processes may start at the same time.
 * @throws Error when the database cannot be reached, or when pg-boss enqueues differently from what is known
 */
export async function createJobs(options: JobsOptions): Promise<Jobs> {
  const boss = await openBoss(options.db, options.log, options.worker)
  try {
    const statements = new Map<QueueName, InsertStatement>()
    for (const queue of queues) {
      await ensureQueue(boss, queue)
      // Outside any transaction, on purpose: the first use of a queue makes pg-boss look it up on its own connection,
      // and on PGlite that is the connection which a transaction would be holding.
      statements.set(queue, await captureInsert(boss, queue))
    }
    if (options.worker) for (const queue of queues) await work(boss, queue, options)
    return jobsOn(boss, statements)
  } catch (error) {
    await boss.stop({ graceful: false, close: false }).catch(() => undefined)
    throw error
  }
}

function jobsOn(boss: PgBoss, statements: ReadonlyMap<QueueName, InsertStatement>): Jobs {
  const statement = (queue: QueueName): InsertStatement => {
    const found = statements.get(queue)
    if (found === undefined) throw new Error(`There is no queue ${queue}`)
    return found
  }
  let closing: Promise<void> | undefined
  return {
    insertSql: (queue, source) => statement(queue).from(source),
    async enqueue(tx, queue, data, startAfter) {
      const jobs = JSON.stringify([{ data, startAfter: startAfter.toISOString() }])
      await tx.run({ name: `enqueue ${queue}`, text: statement(queue).text }, [jobs])
    },
    close: () => {
      closing ??= drain(boss)
      return closing
    },
  }
}

/** Creates the queue, or gives it this version's options. */
async function ensureQueue(boss: PgBoss, queue: QueueName): Promise<void> {
  const found = await boss.getQueue(queue)
  if (found === null) return boss.createQueue(queue, queueOptions)
  const differs = Object.entries(queueOptions).some(([key, value]) => Reflect.get(found, key) !== value)
  if (differs) await boss.updateQueue(queue, queueOptions)
}

async function work(boss: PgBoss, queue: QueueName, options: JobsOptions): Promise<void> {
  const handle = options.handlers[queue]
  if (!handle) return
  const run = async ({ id, data }: Job<JobData>): Promise<JobResult> => {
    try {
      await handle(data)
      return { id, status: 'completed' }
    } catch (error) {
      options.log.error({ err: error, queue, job: data }, 'A job failed')
      return { id, status: 'failed', output: { message: String(error) } }
    }
  }
  const settings = {
    batchSize,
    burstWhenBatchFull: true,
    perJobResults: true,
    pollingIntervalSeconds: options.pollingIntervalSeconds ?? 1,
  } as const
  await boss.work<JobData, void, typeof settings>(queue, settings, (jobs) => Promise.all(jobs.map(run)))
}

/** pg-boss's own graceful stop looks every half second; waiting for the workers ends when they do. */
async function drain(boss: PgBoss): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, drainMs)
  })
  const idle = Promise.all(queues.map((queue) => boss.offWork(queue, { wait: true })))
  await Promise.race([idle, late]).catch(() => undefined)
  await Promise.race([boss.stop({ graceful: false, close: false }), late]).catch(() => undefined)
  clearTimeout(timer)
}
