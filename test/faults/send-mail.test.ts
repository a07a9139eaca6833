import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeDataFolder } from '../support/embedded.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { addresses, killAll, type MailProcess, messageIdOf, startMailProcess } from './mail-desk.ts'
import { compareDelivered, everythingOnce, seesDamage } from './mail-ledger.ts'
import { type CountingServer, startCountingServer } from './mail-server.ts'

const count = 1_000
/** The embedded database has one connection, and its process no other beside it. */
const fewer = 300
const changes = 100

/** Waits until nothing is owed any more; jobs send it, and `sweepers` look for what is due at the same time. */
async function sendEverything(processes: MailProcess[], sweepers = processes): Promise<void> {
  const [first] = processes
  const open = `select count(*)::int as n from helpdesk.notifications where state in ('scheduled', 'sending')`
  for (let left = -1; left !== 0; ) {
    await Promise.all(sweepers.map((one) => one.sweep()))
    left = (await first?.query<{ n: number }>(open))?.[0]?.n ?? 0
    if (left !== 0) await pause(sweepers.length > 0 ? 20 : 200)
  }
}

const statesOf = async (from: MailProcess) => {
  const rows = await from.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from helpdesk.notifications group by state',
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

function expectEachOnce(ids: string[], servers: CountingServer[]): void {
  const owed = ids.map(messageIdOf)
  const arrived = servers.flatMap(({ arrivals }) => arrivals.map(({ messageId }) => messageId))
  expect(compareDelivered(owed, arrived)).toEqual(everythingOnce)
  expect(arrived).toHaveLength(ids.length)
  expect(seesDamage(owed, arrived)).toBe(true)
}

afterEach(killAll)

describe('two processes that send from one PostgreSQL', () => {
  const name = `mails_${Date.now()}`
  let url: string
  let servers: CountingServer[]
  beforeAll(async () => {
    url = await createDatabase(inject('postgresUrl'), name)
    servers = [await startCountingServer(), await startCountingServer()]
  })
  afterAll(async () => {
    killAll()
    await Promise.all(servers.map((one) => one.stop()))
    await dropDatabase(inject('postgresUrl'), name)
  })
  const twoProcesses = (server: CountingServer) =>
    Promise.all(
      [1, 2].map(() =>
        startMailProcess({ database: { DATABASE_URL: url }, servers: { '*': { url: server.url } } }),
      ),
    )

  it(`turn ${count} notifications into exactly ${count} e-mails, then lose none while settings change`, async () => {
    const [installation, own] = servers as [CountingServer, CountingServer]
    const processes = await twoProcesses(installation)
    const [first] = processes as [MailProcess]
    const ids = await first.owe(addresses(count))
    await sendEverything(processes)
    expect(await statesOf(first)).toEqual({ sent: count })
    expectEachOnce(ids, [installation])
    expect(new Set(installation.arrivals.map(({ to }) => to)).size).toBe(count)

    // Now the desk gets a server of its own, and loses it again, while its e-mails are on their way.
    installation.arrivals.length = 0
    for (const server of servers) server.decide = async () => ({ take: pause(15) })
    const more = await first.owe(addresses(changes, 'other.example'))
    let isOver = false
    const sending = sendEverything(processes).finally(() => {
      isOver = true
    })
    let changed = 0
    for (; !isOver; changed++) {
      const smtp = { host: '127.0.0.1', port: own.port, security: 'none', user: null }
      const sender = { name: `Shop ${changed}`, address: changed % 3 ? 'desk@shop.example' : null }
      await first.asOwner('/api/desks/faults/email-settings', {
        method: 'PATCH',
        body: { smtp: changed % 2 ? null : smtp, sender },
      })
      await pause(30)
    }
    await sending
    console.info(`${changed} changes of the settings; by the desk's own server: ${own.arrivals.length} mails`)
    expectEachOnce(more, servers)
    expect(changed).toBeGreaterThan(5)
    expect(Math.min(own.arrivals.length, installation.arrivals.length)).toBeGreaterThan(0)
    expect(await statesOf(first)).toEqual({ sent: count + changes })
    await Promise.all(processes.map((one) => one.close()))
  })
})

describe('one process that sends from the embedded database', () => {
  it(`turns ${fewer} notifications into exactly ${fewer} e-mails`, async () => {
    const folder = await makeDataFolder('mails')
    const server = await startCountingServer()
    try {
      const one = await startMailProcess({
        database: { PGLITE_DIR: join(folder, 'pglite') },
        servers: { '*': { url: server.url } },
      })
      const ids = await one.owe(addresses(fewer))
      await sendEverything([one], [])
      expect(await statesOf(one)).toEqual({ sent: fewer })
      expectEachOnce(ids, [server])
      await one.close()
    } finally {
      killAll()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
