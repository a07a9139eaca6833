import { expect, test, vi } from 'vitest'
import { createJobs } from '../jobs/jobs.ts'
import { deliverNotification, startSweeper } from './service.ts'
import { describeOnDatabases } from './testing.ts'
import { change, notificationsOf, testProcess } from './testing-desk.ts'
import { minute, refused, scene } from './testing-scene.ts'

describeOnDatabases('the timers of notifications', (database) => {
  test('ring, deliver, and are set anew in the transaction that puts a notification off', async () => {
    const at = await scene(database())
    const process = testProcess(database(), at.clock)
    const jobs = await createJobs({
      db: database(),
      log: process.deps.log,
      worker: true,
      pollingIntervalSeconds: 0.5,
      handlers: {
        'notifications.deliver': async ({ deskId, id }) => {
          await deliverNotification({ ...process.deps, jobs }, deskId, id)
        },
      },
    })
    await at.reply('Hello')
    const [row] = await at.states()
    const data = { deskId: at.desk.deskId, id: row?.id ?? '' }
    at.clock.advance(minute)
    process.mail.onSend(refused)
    await database().transaction((tx) => jobs.enqueue(tx, 'notifications.deliver', data, new Date()))
    await vi.waitFor(
      async () => expect(await at.states()).toMatchObject([{ attempts: 1, state: 'scheduled' }]),
      {
        timeout: 25_000,
      },
    )
    const [waiting] = await at.states()
    const timers = await change(
      database(),
      `select start_after from helpdesk_jobs.job where data ->> 'id' = $1 and state = 'created'`,
      [data.id],
    )
    // The clock of the test is not that of the database, so this timer may already be on its way.
    for (const timer of timers) expect(timer.start_after).toEqual(waiting?.due_at)

    process.mail.onSend(() => undefined)
    at.clock.advance(30_000)
    await database().transaction((tx) => jobs.enqueue(tx, 'notifications.deliver', data, new Date()))
    await vi.waitFor(() => expect(process.mail.sent).toHaveLength(1), { timeout: 25_000 })
    await jobs.close()
    expect(await notificationsOf(database(), at.conversationId)).toMatchObject([
      { state: 'sent', attempts: 2 },
    ])
  })

  test('are made up for by the sweeper, which survives errors and stops when told', async () => {
    const at = await scene(database())
    let isAway = true
    const deps = {
      ...at.deps,
      db: {
        ...database(),
        run: (...args: Parameters<typeof at.deps.db.run>) =>
          isAway ? Promise.reject(new Error('Connection refused')) : database().run(...args),
      } as typeof at.deps.db,
    }
    await at.reply('Hello')
    at.clock.advance(minute)
    const sweeper = startSweeper(deps, 5)
    await vi.waitFor(() => expect(deps.log.error).toHaveBeenCalled())
    expect(at.mail.sent).toEqual([])
    isAway = false
    await vi.waitFor(() => expect(at.mail.sent).toHaveLength(1), { timeout: 25_000 })
    await sweeper.stop()
    expect(await at.states()).toMatchObject([{ state: 'sent' }])
    await at.reply('Too late for this sweeper')
    at.clock.advance(minute)
    await sweeper.stop()
    expect(at.mail.sent).toHaveLength(1)
  })

  test('let what is being sent end when the sweeper stops, and begin nothing more', async () => {
    const at = await scene(database())
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    at.mail.onSend(() => held)
    for (let i = 0; i < 12; i++) await (await scene(database())).reply()
    at.clock.advance(minute)
    const sweeper = startSweeper(at.deps, 5)
    const sending = `select id from helpdesk.notifications where state = 'sending'`
    await vi.waitFor(async () => expect(await change(database(), sending)).toHaveLength(5), {
      timeout: 25_000,
    })
    const stopped = sweeper.stop()
    letGo()
    await stopped
    expect(at.mail.sent).toHaveLength(5)
    expect(await change(database(), sending)).toEqual([])
  })
})
