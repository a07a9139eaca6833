import { once } from 'node:events'
import { connect as connectTo, createServer, type Socket } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { createDatabase, dropDatabase } from '../../../../test/support/postgres.ts'
import { type Bus, type BusMessage, memoryBus, type PostgresBusOptions, postgresBus } from './bus.ts'

const log = { warn: vi.fn() }
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  log.warn.mockClear()
})

const typing = (name: string): BusMessage => ({
  type: 'typing',
  deskId: 'd1',
  conversationId: 'c1',
  contactId: 'k1',
  by: 'agent',
  agentId: 'a1',
  name,
})

/** What a bus hears, without what it tells itself. */
function hear(bus: Bus) {
  const heard: BusMessage[] = []
  const waiting: { count: number; type: string; done: () => void }[] = []
  bus.subscribe((message) => {
    heard.push(message)
    for (const wait of waiting)
      if (heard.filter(({ type }) => type === wait.type).length >= wait.count) wait.done()
  })
  return {
    of: (type: BusMessage['type']) => heard.filter((message) => message.type === type),
    until: (type: BusMessage['type'], count: number) =>
      new Promise<void>((done) => {
        if (heard.filter((message) => message.type === type).length >= count) done()
        else waiting.push({ count, type, done })
      }),
  }
}

async function database(): Promise<string> {
  const server = inject('postgresUrl')
  const name = `bus_${Math.random().toString(36).slice(2)}`
  const url = await createDatabase(server, name)
  ends.push(() => dropDatabase(server, name))
  return url
}

async function open(options: Partial<PostgresBusOptions>) {
  const bus = postgresBus({ log, retryMs: 10, ...options })
  ends.push(() => bus.close())
  await bus.listening()
  return bus
}

async function admin(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  ends.push(() => client.end())
  const backends =
    "from pg_stat_activity where application_name = 'helpdesk bus' and datname = current_database()"
  return {
    query: (text: string) => client.query(text),
    terminate: () => client.query(`select pg_terminate_backend(pid) ${backends}`),
    backends: async () =>
      (await client.query<{ pid: number; query: string }>(`select pid, query ${backends}`)).rows,
  }
}

describe('the bus in memory', () => {
  it('tells every listener at once, until it unsubscribes', () => {
    const bus = memoryBus()
    const heard: string[] = []
    bus.subscribe(({ type }) => heard.push(`a ${type}`))
    const stop = bus.subscribe(({ type }) => heard.push(`b ${type}`))
    bus.publish({ type: 'desk', deskId: 'd1' })
    stop()
    bus.publish({ type: 'events', deskId: 'd1' })
    expect(heard).toEqual(['a desk', 'b desk', 'a events'])
  })

  it('keeps a failing listener away from the publisher and from the other listeners', () => {
    const bus = memoryBus(log)
    const heard: string[] = []
    bus.subscribe(() => {
      throw new Error('broken')
    })
    bus.subscribe(({ type }) => heard.push(type))
    bus.publish({ type: 'events', deskId: 'd1' })
    expect(heard).toEqual(['events'])
    expect(log.warn).toHaveBeenCalledOnce()
  })
})

describe('the bus over PostgreSQL', () => {
  it('brings a message to other processes, and to its own listeners once and at once', async () => {
    const connectionString = await database()
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const [heardByA, heardByB] = [hear(a), hear(b)]
    a.publish({ type: 'events', deskId: 'd1' })
    expect(heardByA.of('events')).toHaveLength(1)
    await heardByB.until('events', 1)
    b.publish({ type: 'desk', deskId: 'd1' })
    await heardByA.until('desk', 1)
    expect(heardByA.of('events')).toHaveLength(1)
    expect(heardByB.of('events')).toEqual([{ type: 'events', deskId: 'd1' }])
  })

  it('reaches the server with the options of a pool, password included', async () => {
    const url = new URL(await database())
    const pool = new pg.Pool({
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: url.password,
      database: url.pathname.slice(1),
    })
    ends.push(() => pool.end())
    const [a, b] = await Promise.all([open({ pool }), open({ pool })])
    const heard = hear(b)
    a.publish({ type: 'events', deskId: 'd1' })
    await heard.until('events', 1)
    expect(pool.totalCount).toBe(0)
  })

  it('sends what one tick publishes in one statement, the same message once', async () => {
    const connectionString = await database()
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const queries = vi.spyOn(pg.Client.prototype, 'query')
    ends.push(async () => queries.mockRestore())
    const heard = hear(b)
    for (let i = 0; i < 100; i++) {
      a.publish({ type: 'events', deskId: `d${i % 3}` })
      await Promise.resolve()
    }
    await heard.until('events', 3)
    a.publish({ type: 'desk', deskId: 'd1' })
    await heard.until('desk', 1)
    expect(heard.of('events')).toHaveLength(3)
    expect(queries).toHaveBeenCalledTimes(2)
  })

  it('comes back after its connection was ended, and says that messages were missed', async () => {
    const connectionString = await database()
    const server = await admin(connectionString)
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const [heardByA, heardByB] = [hear(a), hear(b)]
    for (let round = 1; round <= 3; round++) {
      await server.terminate()
      await Promise.all([heardByA.until('missed', round), heardByB.until('missed', round)])
      a.publish({ type: 'events', deskId: `d${round}` })
      await heardByB.until('events', round)
    }
    expect(heardByB.of('events')).toHaveLength(3)
    expect(await server.backends()).toHaveLength(2)
  })

  it('keeps wake-ups while the connection is away, and drops typing, which is stale by then', async () => {
    const connectionString = await database()
    const server = await admin(connectionString)
    const b = await open({ connectionString })
    const heard = hear(b)
    const a = postgresBus({ connectionString, log, retryMs: 10 })
    ends.push(() => a.close())
    a.publish(typing('Olga'))
    a.publish({ type: 'events', deskId: 'd1' })
    await heard.until('events', 1)
    expect(heard.of('typing')).toHaveLength(0)
    a.publish(typing('Olga'))
    await heard.until('typing', 1)
    expect(await server.backends()).toHaveLength(2)
  })

  it('sends again, after a reconnect, what broke with the connection', async () => {
    const connectionString = await database()
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const heard = hear(b)
    const query = vi.spyOn(pg.Client.prototype, 'query')
    ends.push(async () => query.mockRestore())
    query.mockImplementationOnce(() => Promise.reject(new Error('Connection terminated unexpectedly')))
    a.publish({ type: 'events', deskId: 'd1' })
    await heard.until('events', 1)
    expect(log.warn).toHaveBeenCalledOnce()
  })

  it('never throws nor ends the process when there is no server', async () => {
    const bus = postgresBus({ connectionString: 'postgres://nobody@127.0.0.1:1/none', log, retryMs: 1 })
    const heard = hear(bus)
    bus.publish({ type: 'events', deskId: 'd1' })
    expect(heard.of('events')).toHaveLength(1)
    await vi.waitFor(() => expect(log.warn.mock.calls.length).toBeGreaterThan(2))
    await bus.close()
  })

  it('notices a connection on which nobody answers any more', async () => {
    const { url, freeze } = await freezableProxy(await database())
    const bus = await open({ connectionString: url, heartbeatMs: 50, answerWithinMs: 500 })
    const heard = hear(bus)
    freeze()
    await heard.until('missed', 1)
    expect(log.warn).toHaveBeenCalled()
  })

  it('warns once when the server takes notifications but does not bring any', async () => {
    const connectionString = await database()
    const server = await admin(connectionString)
    const bus = await open({ connectionString, heartbeatMs: 20 })
    // As behind a transaction pooler, where the statement ran on somebody else's connection.
    const query = vi.spyOn(pg.Client.prototype, 'emit').mockImplementation(function (
      this: pg.Client,
      name,
      ...rest
    ) {
      return name === 'notification' ? false : emit.call(this, name, ...rest)
    })
    ends.push(async () => query.mockRestore())
    await vi.waitFor(() => expect(log.warn).toHaveBeenCalled())
    bus.publish({ type: 'events', deskId: 'd1' })
    await vi.waitFor(async () => expect((await server.backends())[0]?.query).toMatch(/pg_notify/))
    expect(log.warn).toHaveBeenCalledOnce()
  })

  it('refuses a message that PostgreSQL would refuse, and goes on', async () => {
    const connectionString = await database()
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const heard = hear(b)
    a.publish(typing('x'.repeat(8_000)))
    a.publish({ type: 'events', deskId: 'd1' })
    await heard.until('events', 1)
    expect(heard.of('typing')).toHaveLength(0)
    expect(log.warn).toHaveBeenCalledOnce()
  })

  it('ignores what others say on the same channel', async () => {
    const connectionString = await database()
    const server = await admin(connectionString)
    const bus = await open({ connectionString })
    const heard = hear(bus)
    for (const payload of ['', 'hello', '7', 'null', '{"from":"x"}', '{"message":{"type":"events"}}']) {
      await server.query(`select pg_notify('helpdesk', '${payload}')`)
    }
    await server.query(
      `select pg_notify('helpdesk', '{"from":"x","message":{"type":"events","deskId":"d1"}}')`,
    )
    await heard.until('events', 1)
    expect(heard.of('events')).toEqual([{ type: 'events', deskId: 'd1' }])
  })

  it('sends what was just published before it closes', async () => {
    const connectionString = await database()
    const [a, b] = await Promise.all([open({ connectionString }), open({ connectionString })])
    const heard = hear(b)
    a.publish({ type: 'events', deskId: 'd1' })
    await a.close()
    await heard.until('events', 1)
  })
})

const emit = pg.Client.prototype.emit

/** A way to the server that stops carrying anything, without a word, for the connections of the moment. */
async function freezableProxy(target: string) {
  const url = new URL(target)
  const [port, host] = [Number(url.port), url.hostname]
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connectTo(port, host)
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    }
    client.pipe(server).pipe(client)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  ends.push(async () => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  return {
    url: url.href,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
