import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ownScope } from '../contacts/scope.ts'
import type { LoggedAgentEvent, LoggedVisitorEvent } from '../events/service.ts'
import type { EventRow } from '../events/store.ts'
import { memoryBus } from './bus.ts'
import { createHub, type EventLog, type Hub } from './hub.ts'
import { createPresence, type Viewer } from './presence.ts'
import { createStreams } from './stream.ts'

const deskId = 'd1'
const conversationId = '00000000-0000-7000-8000-00000000000c'
const at = '2026-11-21T12:00:00.000Z'
const vera = ownScope('00000000-0000-7000-8000-00000000000a')
const adam = ownScope('00000000-0000-7000-8000-00000000000b')
const olga = { agentId: '00000000-0000-7000-8000-000000000001' }
const otto = { agentId: '00000000-0000-7000-8000-000000000002' }

type Schedule = <T>(work: () => T) => Promise<T>

/** A log in memory. On the wire every event is a `desk.updated`: what events say is tested where it is made. */
function memoryLog(schedule: Schedule) {
  const rows: EventRow[] = []
  const reads = { heads: 0, rows: 0, contact: 0, agents: 0, page: 0 }
  let failures = 0
  const read = <T>(kind: keyof typeof reads, work: () => T): Promise<T> => {
    reads[kind]++
    return schedule(() => {
      if (failures > 0) {
        failures--
        throw new Error('no database')
      }
      return work()
    })
  }
  const sees = (viewer: Viewer, row: EventRow) =>
    'agentId' in viewer ||
    (row.audience === 'all' && (row.contactId === viewer.contactId || row.type === 'desk.updated'))
  const events = (viewer: Viewer, some: readonly EventRow[]) =>
    some
      .filter((row) => sees(viewer, row))
      .map(({ seq }) => ({ type: 'desk.updated', seq, at }) as LoggedVisitorEvent & LoggedAgentEvent)
  const log: EventLog = {
    heads: (ids) => read('heads', () => new Map(ids.map((id) => [id, rows.length]))),
    rows: (_desk, after, limit) => read('rows', () => rows.slice(after, after + limit)),
    forContact: (_desk, scope, some) => read('contact', () => events(scope, some)),
    forAgents: (_desk, ids, some) =>
      read('agents', () => new Map(ids.map((agentId) => [agentId, events({ agentId }, some)]))),
    page: (_desk, viewer, after) =>
      read('page', () => {
        // Short pages, so that catching up takes several.
        const some = rows.slice(after, after + 3)
        const cursor = after + some.length
        return { events: events(viewer, some), cursor, more: cursor < rows.length }
      }),
  }
  return {
    log,
    reads,
    append(contact: { contactId: string } | null, audience: EventRow['audience'] = 'all') {
      const seq = rows.length + 1
      const type = contact === null ? 'desk.updated' : 'message.created'
      rows.push({
        seq,
        type,
        audience,
        contactId: contact?.contactId ?? null,
        clientId: null,
        conversationId,
        messageSeq: seq,
        data: null,
        at: new Date(at),
      })
    },
    failNext: (count: number) => {
      failures = count
    },
    seen: (viewer: Viewer, after: number) => events(viewer, rows.slice(after)).map(({ seq }) => seq),
  }
}

/** The server's end of a connection; the client has got what was written, less what was lost with the connection. */
class FakeResponse extends EventEmitter {
  written: string[] = []
  destroyed = false
  writableEnded = false
  writableLength = 0
  full = false
  writeHead() {}
  write(frame: string | Uint8Array) {
    this.written.push(typeof frame === 'string' ? frame : Buffer.from(frame).toString())
    return !this.full
  }
  drain() {
    this.full = false
    this.emit('drain')
  }
  end() {
    this.writableEnded = true
    this.destroy()
  }
  destroy() {
    if (this.destroyed) return
    this.destroyed = true
    this.emit('close')
  }
}

const ends: (() => Promise<void>)[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  vi.useRealTimers()
})

const atOnce: Schedule = async (work) => work()

function setUp(schedule: Schedule = atOnce) {
  const now = () => new Date()
  const bus = memoryBus()
  const presence = createPresence({ bus, processId: 'p', now })
  const memory = memoryLog(schedule)
  const log = { warn: vi.fn(), debug: vi.fn() }
  const streams = createStreams({ now, limits: { perProcess: 100, perAddress: 100, perContact: 100 }, log })
  const hub = createHub({ bus, presence, streams, logger: log })
  hub.readFrom(memory.log)
  const close = async () => {
    await hub.close()
    presence.close()
  }
  ends.push(close)
  const wake = () => bus.publish({ type: 'events', deskId })
  return { bus, presence, hub, close, logger: log, wake, ...memory }
}

/** A client that resumes from the last position it was told, as browsers do. */
function createClient(viewer: Viewer, hub: Hub, after?: number) {
  const seqs: number[] = []
  const passing: unknown[] = []
  let response = new FakeResponse()
  let position = after
  let start: number | undefined
  let isOpen = false
  const read = () => {
    for (const block of response.written.splice(0).join('').split('\n\n')) {
      const id = /^id: (\d+)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (id !== undefined) position = Number(id)
      start ??= position
      if (data !== undefined && id !== undefined) seqs.push(Number(id))
      if (data !== undefined && id === undefined) passing.push(JSON.parse(data))
    }
  }
  return {
    viewer,
    seqs,
    passing,
    read,
    start: () => start ?? 0,
    response: () => response,
    isConnected: () => isOpen && !response.destroyed,
    async connect(allowed: () => Promise<boolean> = async () => true) {
      read()
      response.destroy()
      response = new FakeResponse()
      const raw = response
      await hub.open({
        request: { ip: '127.0.0.1' } as FastifyRequest,
        reply: {
          raw,
          hijack: () => undefined,
          getHeaders: () => ({}),
          request: { raw: { httpVersionMajor: 1 } },
        } as unknown as FastifyReply,
        deskId,
        viewer,
        after: position,
        stillAllowed: allowed,
      })
      isOpen = true
    },
    /** The last frames never arrive. */
    drop(lost = 0) {
      response.written.splice(Math.max(0, response.written.length - lost), lost)
      read()
      response.destroy()
    },
  }
}

/** Reads that wait until the test lets them through, in order: so many, or all and what follows from them. */
function byHand() {
  const waiting: (() => void)[] = []
  const schedule: Schedule = async (work) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    return work()
  }
  const release = async (count = Number.POSITIVE_INFINITY) => {
    await settle()
    for (let i = 0; i < count && waiting.length > 0; i++) {
      waiting.shift()?.()
      await settle()
    }
  }
  return { schedule, release }
}

const settle = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}

const anyClient = fc.nat({ max: 3 })
const anyEvent = { append: fc.constantFrom(vera, adam, null), all: fc.boolean() }
const calmSteps = [
  { weight: 5, arbitrary: fc.record({ ...anyEvent, wakes: fc.constant(true) }) },
  { weight: 3, arbitrary: fc.record({ connect: anyClient }) },
  { weight: 2, arbitrary: fc.record({ drop: anyClient, lost: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ full: anyClient }) },
  { weight: 1, arbitrary: fc.record({ drain: anyClient }) },
  { weight: 5, arbitrary: fc.record({ run: fc.nat({ max: 3 }) }) },
]
const faultSteps = [
  { weight: 2, arbitrary: fc.record({ ...anyEvent, wakes: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.constant({ heartbeat: true }) },
  { weight: 1, arbitrary: fc.record({ fail: fc.nat({ max: 2 }) }) },
]
type StepsOf<L extends { arbitrary: unknown }[]> =
  L[number]['arbitrary'] extends fc.Arbitrary<infer S> ? S : never
type Step = StepsOf<typeof calmSteps> | StepsOf<typeof faultSteps>

/** Lets four clients and a log do as the steps say, in any order of the reads, and compares what each one got. */
async function expectSameEvents(
  steps: { weight: number; arbitrary: fc.Arbitrary<object> }[],
  atTheEnd: (scheduler: fc.Scheduler) => Promise<void>,
) {
  const script = fc.array(fc.oneof(...steps) as fc.Arbitrary<Step>, { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), script, async (scheduler, steps) => {
      const setting = setUp((work) => scheduler.schedule(Promise.resolve()).then(work))
      const clients = [vera, vera, adam, olga].map((viewer) => createClient(viewer, setting.hub))
      const connecting = new Set<number>()
      const connect = (i: number) => {
        if (connecting.has(i)) return
        connecting.add(i)
        const done = () => void connecting.delete(i)
        clients[i]!.connect().then(done, done)
      }
      for (const step of steps) {
        if ('append' in step) {
          setting.append(step.append, step.all || step.append === null ? 'all' : 'agents')
          if (step.wakes) setting.wake()
        }
        if ('connect' in step) connect(step.connect)
        if ('drop' in step) clients[step.drop]!.drop(step.lost)
        if ('full' in step) clients[step.full]!.response().full = true
        if ('drain' in step) clients[step.drain]!.response().drain()
        if ('heartbeat' in step) vi.advanceTimersByTime(15_000)
        if ('fail' in step) setting.failNext(step.fail)
        if ('run' in step)
          for (let i = 0; i < step.run && scheduler.count() > 0; i++) await scheduler.waitOne()
      }
      setting.failNext(0)
      for (const client of clients) client.response().drain()
      await scheduler.waitIdle()
      // Who is connected must have everything without connecting again.
      for (const [i, client] of clients.entries()) if (!client.isConnected()) connect(i)
      await scheduler.waitIdle()
      await atTheEnd(scheduler)
      for (const { read, seqs, viewer, start } of clients) {
        read()
        expect(seqs).toEqual(setting.seen(viewer, start()))
      }
      await setting.close()
    }),
    { numRuns: 300 },
  )
}

describe('the hub', () => {
  it('ends in the same list of events for every viewer, whatever is dropped, delayed, lost or fails', async () => {
    await expectSameEvents([...calmSteps, ...faultSteps], async (scheduler) => {
      // Nobody may have said that something happened: the next look at the log finds it.
      vi.advanceTimersByTime(5_000)
      await scheduler.waitIdle()
    })
  })

  it('needs no second look at the log as long as every wake-up arrives', async () => {
    await expectSameEvents(calmSteps, async () => undefined)
  })

  it('misses nothing for a stream that comes while rows are on their way to others', async () => {
    const { schedule, release } = byHand()
    const { hub, append, wake } = setUp(schedule)
    const [first, late] = [createClient(vera, hub, 0), createClient(adam, hub, 0)]
    for (const client of [first, late]) {
      const connected = client.connect()
      await release()
      await connected
    }
    late.drop()
    append(vera)
    append(adam)
    append(adam)
    wake()
    // The rows have been read, for vera alone; she has not got them yet.
    await release(1)
    await late.connect()
    await release()
    for (const client of [first, late]) client.read()
    expect([first.seqs, late.seqs]).toEqual([[1], [2, 3]])
  })

  it('reads again when something happens while it reads', async () => {
    const { schedule, release } = byHand()
    const { hub, append, wake } = setUp(schedule)
    const client = createClient(vera, hub, 0)
    const connected = client.connect()
    await release()
    await connected
    append(vera)
    wake()
    await release(1)
    append(vera)
    wake()
    await release()
    client.read()
    expect(client.seqs).toEqual([1, 2])
  })

  it('promises a client no more with a heartbeat than it has got', async () => {
    const { schedule, release } = byHand()
    const { hub, append, wake } = setUp(schedule)
    const client = createClient(vera, hub, 0)
    for (let i = 0; i < 5; i++) append(vera)
    const other = createClient(adam, hub)
    for (const connected of [other.connect(), client.connect()]) {
      await release(1)
      await connected
    }
    vi.advanceTimersByTime(15_000)
    client.drop()
    await release()
    const again = client.connect()
    await release()
    await again
    append(vera)
    wake()
    await release(1)
    vi.advanceTimersByTime(15_000)
    client.drop()
    await client.connect()
    await release()
    client.read()
    expect(client.seqs).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('reads new rows once per desk, and events once per contact and for all agents together', async () => {
    const { hub, reads, append, wake } = setUp()
    const clients = [vera, vera, vera, adam, olga, olga, otto].map((viewer) => createClient(viewer, hub))
    for (const client of clients) await client.connect()
    await settle()
    Object.assign(reads, { heads: 0, rows: 0, contact: 0, agents: 0, page: 0 })
    append(vera)
    wake()
    await settle()
    expect(reads).toEqual({ heads: 0, rows: 1, contact: 1, agents: 1, page: 0 })
    for (const client of clients) client.read()
    expect(clients.map(({ seqs }) => seqs.length)).toEqual([1, 1, 1, 0, 1, 1, 1])
  })

  it('asks for nothing when nobody listens to the desk', async () => {
    const { hub, reads, append, wake } = setUp()
    const client = createClient(vera, hub)
    await client.connect()
    client.drop()
    Object.assign(reads, { heads: 0, rows: 0 })
    append(vera)
    wake()
    vi.advanceTimersByTime(60_000)
    await settle()
    expect(reads).toMatchObject({ heads: 0, rows: 0, contact: 0, page: 0 })
  })

  it('finds what nobody announced within five seconds, with one look at all desks', async () => {
    const { hub, reads, append } = setUp()
    const client = createClient(vera, hub)
    await client.connect()
    append(vera)
    reads.heads = 0
    vi.advanceTimersByTime(5_000)
    await settle()
    client.read()
    expect(client.seqs).toEqual([1])
    expect(reads.heads).toBe(1)
  })

  it('begins now without a position, after the position with one, and now with one that lies in the future', async () => {
    const { hub, append, wake } = setUp()
    for (let i = 0; i < 10; i++) append(vera)
    const clients = [undefined, 0, 4, 10, 11, 999_999_999_999_999].map((after) =>
      createClient(vera, hub, after),
    )
    for (const client of clients) await client.connect()
    await settle()
    append(vera)
    wake()
    await settle()
    for (const client of clients) client.read()
    const upTo = (first: number) => Array.from({ length: 12 - first }, (_, i) => first + i)
    expect(clients.map(({ seqs }) => seqs)).toEqual([[11], upTo(1), upTo(5), [11], [11], [11]])
  })

  it('moves the cursor of a quiet client with every heartbeat, so that it resumes near the head', async () => {
    const { hub, reads, append, wake } = setUp()
    const client = createClient(vera, hub)
    await client.connect()
    for (let i = 0; i < 1_000; i++) append(adam)
    wake()
    await settle()
    vi.advanceTimersByTime(15_000)
    client.drop()
    append(vera)
    reads.page = 0
    await client.connect()
    await settle()
    client.read()
    expect(client.seqs).toEqual([1_001])
    expect(reads.page).toBeLessThanOrEqual(1)
  })

  it('tells a client whose connection is full nothing that passes, and all that lasts', async () => {
    const { hub, bus, append, wake } = setUp()
    const client = createClient(vera, hub)
    await client.connect()
    client.response().full = true
    append(vera)
    wake()
    await settle()
    bus.publish({
      type: 'typing',
      deskId,
      conversationId,
      contactId: vera.contactId,
      by: 'agent',
      agentId: olga.agentId,
      name: 'Olga',
    })
    append(vera)
    wake()
    await settle()
    client.read()
    expect(client.seqs).toEqual([1, 2])
    expect(client.passing).toEqual([{ type: 'presence', agentsOnline: false }])
  })

  it('forwards typing: of the contact to agents, of an agent to that contact and to the other agents', async () => {
    const { hub, bus } = setUp()
    const clients = [vera, adam, olga, otto].map((viewer) => createClient(viewer, hub))
    for (const client of clients) await client.connect()
    for (const client of clients) {
      client.read()
      client.passing.length = 0
    }
    const typing = { type: 'typing', deskId, conversationId, contactId: vera.contactId } as const
    bus.publish({ ...typing, by: 'contact', agentId: null, name: 'Vera' })
    bus.publish({ ...typing, by: 'agent', agentId: olga.agentId, name: 'Olga' })
    bus.publish({ ...typing, deskId: 'd2', by: 'agent', agentId: olga.agentId, name: 'Olga' })
    for (const client of clients) client.read()
    const ofVera = { type: 'typing', conversationId, by: 'contact', agentId: null, name: 'Vera' }
    const ofOlga = { type: 'typing', conversationId, by: 'agent', name: 'Olga' }
    expect(clients.map(({ passing }) => passing)).toEqual([
      [ofOlga],
      [],
      [ofVera],
      [ofVera, { ...ofOlga, agentId: olga.agentId }],
    ])
  })

  it('tells agents which contacts come and go, and contacts only whether anybody of the team is there', async () => {
    const { hub } = setUp()
    const [agent, second, contact] = [olga, otto, vera].map((viewer) => createClient(viewer, hub))
    await contact!.connect()
    await agent!.connect()
    await second!.connect()
    agent!.drop()
    vi.advanceTimersByTime(10_000)
    second!.drop()
    vi.advanceTimersByTime(10_000)
    await agent!.connect()
    const other = createClient(adam, hub)
    await other.connect()
    other.drop()
    vi.advanceTimersByTime(10_000)
    contact!.read()
    agent!.read()
    expect(contact!.passing).toEqual([
      { type: 'presence', agentsOnline: false },
      { type: 'presence', agentsOnline: true },
      { type: 'presence', agentsOnline: false },
      { type: 'presence', agentsOnline: true },
    ])
    expect(agent!.passing).toEqual([
      { type: 'presence', contactId: adam.contactId, online: true },
      { type: 'presence', contactId: adam.contactId, online: false },
    ])
    expect(other.passing).toEqual([{ type: 'presence', agentsOnline: true }])
  })

  it('A18: ends the streams of whoever may listen no longer when the desk says so, and leaves the others', async () => {
    const { hub, bus } = setUp()
    const [revoked, allowed, broken] = [vera, adam, olga].map((viewer) => createClient(viewer, hub))
    await revoked!.connect(async () => false)
    await allowed!.connect()
    await broken!.connect(() => Promise.reject(new Error('no database')))
    bus.publish({ type: 'desk', deskId: 'd2' })
    await settle()
    expect(revoked!.response().destroyed).toBe(false)
    bus.publish({ type: 'desk', deskId })
    await settle()
    expect([revoked, allowed, broken].map((client) => client!.response().destroyed)).toEqual([
      true,
      false,
      false,
    ])
  })

  it('tries again what could not be read, and sends nothing twice to those who had their share', async () => {
    const { hub, append, failNext, wake } = setUp()
    const clients = [vera, adam, olga].map((viewer) => createClient(viewer, hub))
    for (const client of clients) await client.connect()
    append(null)
    wake()
    // The rows are read; of those who make events of them the first one fails.
    failNext(1)
    await settle()
    for (const client of clients) client.read()
    expect(clients.map(({ seqs }) => seqs.length).sort()).toEqual([0, 1, 1])
    append(null)
    vi.advanceTimersByTime(5_000)
    await settle()
    for (const client of clients) client.read()
    expect(clients.map(({ seqs }) => seqs)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
  })

  it('ends a stream that cannot be caught up, so that its client tries again', async () => {
    const { hub, append, failNext, logger } = setUp()
    append(vera)
    const client = createClient(vera, hub, 0)
    const first = createClient(adam, hub, 1)
    await first.connect()
    await settle()
    failNext(1)
    await client.connect()
    await settle()
    expect(client.response().destroyed).toBe(true)
    expect(logger.warn).toHaveBeenCalledOnce()
    await client.connect()
    await settle()
    client.read()
    expect(client.seqs).toEqual([1])
  })
})
