import { PgBoss } from 'pg-boss'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { connect, type Db, type Statement } from '../db/db.ts'
import { describeOnDatabases } from '../notifications/testing.ts'
import { insertStatement } from './insert-statement.ts'
import { createJobs, type JobData, type Jobs } from './jobs.ts'

const log = { error: vi.fn(), warn: vi.fn() } as never
const anyDate = new Date('2026-11-21T12:00:00Z')
const data = (id: string): JobData => ({ deskId: '00000000-0000-7000-8000-000000000001', id })

const opened: Jobs[] = []
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.close()
})

/** Jobs whose handler collects what it is given. */
async function open(db: Db, options: { worker?: boolean; handle?: (data: JobData) => Promise<void> } = {}) {
  const handled: JobData[] = []
  const collect = async (job: JobData): Promise<void> => {
    handled.push(job)
  }
  const handlers = { 'notifications.deliver': options.handle ?? collect }
  const jobs = await createJobs({
    db,
    log,
    worker: options.worker ?? true,
    handlers,
    pollingIntervalSeconds: 0.5,
  })
  opened.push(jobs)
  return { jobs, handled }
}

/** A statement of ours with pg-boss's INSERT as one of its parts: one job for every id in `$2`. */
const statementWith = (jobs: Jobs) => ({
  name: 'test_enqueue',
  text: `with made as (select unnest($2::text[]) as id),
    enqueued as (${jobs.insertSql(
      'notifications.deliver',
      `(select json_agg(json_build_object('data', json_build_object('deskId', $1::uuid, 'id', made.id),
        'startAfter', to_char($3::timestamptz at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) from made)`,
    )})
    select (select count(*)::int from enqueued) as jobs`,
})

const countJobs = async (db: Db) =>
  (
    await db.run<{ count: number }>(
      { name: 'test_count', text: 'select count(*)::int from helpdesk_jobs.job' },
      [],
    )
  )[0]?.count

describeOnDatabases('jobs', (database) => {
  test('a job that a statement of ours enqueued is worked once, and not before its time', async () => {
    const { jobs, handled } = await open(database())
    const { deskId } = data('')
    const soon = await database().run(statementWith(jobs), [deskId, ['a', 'b'], anyDate])
    expect(soon).toEqual([{ jobs: 2 }])
    await database().run(statementWith(jobs), [deskId, ['later'], new Date(Date.now() + 3_600_000)])
    await vi.waitFor(() => expect(handled).toHaveLength(2), { timeout: 25_000 })
    expect(handled.map((job) => job.id).sort()).toEqual(['a', 'b'])
    expect(handled[0]?.deskId).toBe(deskId)
  })

  test('a statement whose source has no rows enqueues nothing', async () => {
    const { jobs } = await open(database(), { worker: false })
    expect(await database().run(statementWith(jobs), [data('').deskId, [], anyDate])).toEqual([{ jobs: 0 }])
  })

  test('a job lives and dies with its transaction, on a connection that has never seen the queue', async () => {
    const { jobs, handled } = await open(database())
    const before = await countJobs(database())
    await expect(
      database().transaction(async (tx) => {
        await jobs.enqueue(tx, 'notifications.deliver', data('rolled-back'), anyDate)
        await tx.run(statementWith(jobs), [data('').deskId, ['rolled-back-too'], anyDate])
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await countJobs(database())).toBe(before)

    await database().transaction((tx) =>
      jobs.enqueue(tx, 'notifications.deliver', data('committed'), anyDate),
    )
    await vi.waitFor(() => expect(handled.map((job) => job.id)).toContain('committed'), { timeout: 25_000 })
    expect(handled.map((job) => job.id)).not.toContain('rolled-back')
  })

  test('a process without a worker leaves the jobs to the others', async () => {
    const { jobs, handled } = await open(database(), { worker: false })
    await database().transaction((tx) => jobs.enqueue(tx, 'notifications.deliver', data('for-you'), anyDate))
    const other = await open(database())
    await vi.waitFor(() => expect(other.handled.map((job) => job.id)).toContain('for-you'), {
      timeout: 25_000,
    })
    expect(handled).toEqual([])
  })

  test('a job that fails is kept for another try, and the jobs beside it are done', async () => {
    const done: string[] = []
    const { jobs } = await open(database(), {
      handle: async ({ id }) => {
        if (id === 'bad') throw new Error('broken')
        done.push(id)
      },
    })
    await database().run(statementWith(jobs), [data('').deskId, ['bad', 'good'], anyDate])
    const stateOf = {
      name: 'test_state',
      text: `select state from helpdesk_jobs.job where data ->> 'id' = $1`,
    }
    await vi.waitFor(
      async () => expect(await database().run(stateOf, ['bad'])).toEqual([{ state: 'retry' }]),
      {
        timeout: 25_000,
      },
    )
    expect(done).toEqual(['good'])
    expect(await database().run(stateOf, ['good'])).toEqual([{ state: 'completed' }])
  })

  test('closing waits for the job at hand, takes no further one, and may be repeated', async () => {
    let finish = (): void => undefined
    const started: string[] = []
    const finished: string[] = []
    const { jobs } = await open(database(), {
      handle: async ({ id }) => {
        started.push(id)
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        finished.push(id)
      },
    })
    await database().run(statementWith(jobs), [data('').deskId, ['long'], anyDate])
    await vi.waitFor(() => expect(started).toEqual(['long']), { timeout: 25_000 })
    const closing = Promise.all([jobs.close(), jobs.close()])
    await database().run(statementWith(jobs), [data('').deskId, ['too-late'], anyDate])
    finish()
    await closing
    expect(finished).toEqual(['long'])
    expect(started).toEqual(['long'])
  })

  test('a queue made by an older version gets the options of this one', async () => {
    await (await open(database(), { worker: false })).jobs.close()
    await database().run(
      { name: 'test_age', text: 'update helpdesk_jobs.queue set retry_limit = 1, deletion_seconds = 5' },
      [],
    )
    await open(database(), { worker: false })
    const queue = {
      name: 'test_queue',
      text: `select retry_limit, deletion_seconds from helpdesk_jobs.queue where name = 'notifications.deliver'`,
    }
    expect(await database().run(queue, [])).toEqual([{ retry_limit: 3, deletion_seconds: 3600 }])
  })
})

describeOnDatabases('starting jobs', (database, url) => {
  test('several processes start at the same time on an empty database', async () => {
    // The copy that the embedded one begins with has the tables of jobs already.
    const emptied: Statement = { name: 'test_empty', text: 'drop schema if exists helpdesk_jobs cascade' }
    await database().run(emptied, [])
    const connectionString = url()
    const own = () => (connectionString === undefined ? database() : connect({ connectionString }))
    const processes = await Promise.all(Array.from({ length: 4 }, own))
    const started = await Promise.all(processes.map((db) => open(db, { worker: false })))
    expect(new Set(started.map(({ jobs }) => jobs.insertSql('notifications.deliver', 'x'))).size).toBe(1)
    for (const { jobs } of started) await jobs.close()
    for (const db of processes) await db.close()
  })
})

describe('the INSERT of pg-boss', () => {
  test('is taken with its one parameter replaced by an expression', () => {
    const { from } = insertStatement(["\n insert into jobs select $1::text::json returning '$&' \n"])
    expect(from("(select '$1 $& $$')")).toBe(
      "insert into jobs select ((select '$1 $& $$'))::text::json returning '$&'",
    )
  })

  test.each([
    ['nothing', []],
    ['two statements', ['insert into a select $1', 'insert into b select $1']],
    ['no parameter', ['insert into a select 1']],
    ['a parameter used twice', ['insert into a select $1, $1']],
    ['another parameter', ['insert into a select $1, $2']],
    ['another numbering', ['insert into a select $2']],
    [
      'a statement with a part that writes',
      ['with made as (insert into a select $1 returning id) select * from made'],
    ],
  ])('is refused at the start when pg-boss would run %s', (_, statements) => {
    expect(() => insertStatement(statements)).toThrow('unknown way')
  })
})

test('errors of pg-boss are logged, the same one only once a minute', async () => {
  const emitters: PgBoss[] = []
  const start = vi.spyOn(PgBoss.prototype, 'start').mockImplementation(async function (this: PgBoss) {
    emitters.push(this)
    return this
  })
  const errors = vi.fn()
  const { openBoss } = await import('./pg-boss.ts')
  await openBoss({ pool: {} } as never, { error: errors, warn: vi.fn() } as never, true)
  start.mockRestore()
  for (let i = 0; i < 3; i++) emitters[0]?.emit('error', new Error('connection refused'))
  expect(errors).toHaveBeenCalledTimes(1)
})
