import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { addresses, killAll, type MailProcess, messageIdOf, startMailProcess } from './mail-desk.ts'
import { compareDelivered, seesDamage } from './mail-ledger.ts'
import { type CountingServer, startCountingServer } from './mail-server.ts'

/** Ten times as many in the long version. */
const isLong = process.env.FAULTS === 'long'
const killsEach = isLong ? 100 : 10
/** Each kill leaves up to 15 claimed behind, which nobody may send before their lease ends. */
const count = isLong ? 4_500 : 500
const leaseMs = 60_000

/** Before its mail is answered, or when it has read the answer and not yet written it down. */
type Moment = 'unanswered' | 'answered'

/** A process that sends, and the mail server that it alone uses. */
interface Worker {
  server: CountingServer
  process: MailProcess
}

/**
 * Lets a process send some mails and kills it with the next one, of which nobody can know then that it arrived. That all
 * earlier ones are written down is waited for, so that it is the only one.
 * @returns its Message-ID
 */
async function killWhileSending(
  worker: Worker,
  moment: Moment,
  areSettled: (messageIds: string[]) => Promise<void>,
): Promise<string> {
  const { server } = worker
  const caught = Promise.withResolvers<string>()
  const dead = Promise.withResolvers<void>()
  const taken: string[] = []
  const free = 1 + Math.floor(Math.random() * 5)
  let isCatching = false
  server.decide = async ({ messageId }) => {
    if (taken.length < free) {
      taken.push(messageId)
      return 'take'
    }
    if (isCatching) {
      await dead.promise
      return 'take'
    }
    isCatching = true
    await areSettled(taken)
    if (moment === 'answered') await worker.process.hold()
    caught.resolve(messageId)
    return moment === 'answered' ? 'take' : { take: dead.promise }
  }
  void worker.process.sweep().catch(() => undefined)
  const messageId = await caught.promise
  if (moment === 'answered') expect(await worker.process.answered).toBe(messageId)
  await worker.process.kill()
  server.cut()
  dead.resolve()
  return messageId
}

describe(`${2 * killsEach} kill -9 of two processes while they send ${count} e-mails`, () => {
  const name = `killed_${Date.now()}`
  let url: string
  let database: pg.Pool
  let servers: CountingServer[]
  beforeAll(async () => {
    url = await createDatabase(inject('postgresUrl'), name)
    database = new pg.Pool({ connectionString: url, max: 3 })
    servers = [await startCountingServer(), await startCountingServer()]
  })
  afterEach(killAll)
  afterAll(async () => {
    await database.end()
    await Promise.all(servers.map((one) => one.stop()))
    await dropDatabase(inject('postgresUrl'), name)
  })
  const start = (server: CountingServer, clock?: number) =>
    startMailProcess({
      database: { DATABASE_URL: url },
      servers: { '*': { url: server.url } },
      ...(clock ? { clock } : {}),
    })
  const isCount = async (condition: string, expected: number) => {
    const text = `select count(*)::int as n from helpdesk.notifications where ${condition}`
    for (;;) {
      const { rows } = await database.query<{ n: number }>(text)
      if (rows[0]?.n === expected) return
      await pause(5)
    }
  }
  const areSettled = async (messageIds: string[]) => {
    const ids = messageIds.map((one) => `'${one.slice(4, 40)}'`).join()
    await isCount(`state = 'sending' and id in (${ids})`, 0)
  }
  const left = async () => {
    const { rows } = await database.query<{ state: string; lease: Date }>(
      `select state, lease_until as lease from helpdesk.notifications where state <> 'sent'`,
    )
    return rows
  }

  it('repeat at most one of them per kill, as the same e-mail, lose none and are made up for in 60 seconds', async () => {
    const workers = await Promise.all(
      servers.map(async (server) => ({ server, process: await start(server) })),
    )
    const ids = await (workers[0] as Worker).process.owe(addresses(count))
    const isOver = Promise.withResolvers<void>()
    let lastKill = 0
    const caught = await Promise.all(
      workers.map(async (worker) => {
        const mine: string[] = []
        while (mine.length < killsEach) {
          const moment = mine.length % 2 === 0 ? 'unanswered' : 'answered'
          mine.push(await killWhileSending(worker, moment, areSettled))
          lastKill = Date.now()
          worker.process = await start(worker.server)
        }
        worker.server.decide = async () => {
          await isOver.promise
          return 'take' as const
        }
        return mine
      }),
    ).then((all) => all.flat())
    isOver.resolve()
    while ((await left()).some(({ state }) => state === 'scheduled'))
      await Promise.all(workers.map((worker) => worker.process.sweep()))
    await Promise.all(workers.map((worker) => worker.process.close()))

    // What is left is what the killed processes had claimed: nobody touches it before its lease ends, then anybody does.
    const abandoned = await left()
    const leases = abandoned.map(({ lease }) => lease.getTime())
    expect(new Set(abandoned.map(({ state }) => state))).toEqual(new Set(['sending']))
    expect(Math.max(...leases)).toBeLessThanOrEqual(lastKill + leaseMs)
    const arrivedBefore = servers.flatMap(({ arrivals }) => arrivals).length
    const heir = await start(servers[0] as CountingServer, Math.min(...leases) - 1)
    expect(await heir.sweep()).toBe(0)
    await heir.clock(Math.max(...leases))
    await heir.sweep()
    await isCount(`state = 'sent'`, count)
    await heir.close()

    const arrivals = servers.flatMap((server) => server.arrivals)
    const arrived = arrivals.map(({ messageId }) => messageId)
    const { lost, repeated, strange } = compareDelivered(ids.map(messageIdOf), arrived)
    console.info(
      `${caught.length} kills: ${repeated.length} repeats of ${arrived.length} mails, ${arrived.length - arrivedBefore} after a lease`,
    )
    expect({ lost, strange }).toEqual({ lost: [], strange: [] })
    expect(caught).toHaveLength(2 * killsEach)
    expect(repeated.length).toBeLessThanOrEqual(caught.length)
    // A process that died with a mail cannot know it, so each kill that hits costs one repeat, of that mail and no other.
    expect(repeated.toSorted()).toEqual(caught.toSorted())
    for (const messageId of new Set(caught))
      expectSameMail(arrivals.filter((one) => one.messageId === messageId))
    expect(seesDamage(ids.map(messageIdOf), arrived)).toBe(true)
  })
})

/** To the same address, with the same words. */
function expectSameMail(copies: { to: string; raw: string }[]): void {
  const [first, ...repeats] = copies
  expect(repeats.length).toBeGreaterThan(0)
  for (const { to, raw } of repeats) {
    expect(to).toBe(first?.to)
    expect(subjectOf(raw)).toBe(subjectOf(first?.raw ?? ''))
  }
}

const subjectOf = (raw: string) => /^subject:.*$/im.exec(raw)?.[0]
