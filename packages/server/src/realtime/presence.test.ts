import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ownScope } from '../contacts/scope.ts'
import { type Bus, type BusMessage, memoryBus } from './bus.ts'
import { createPresence, type PresenceChange, type PresenceTracker } from './presence.ts'

/** Some processes that hear each other, on a clock that the test moves. */
function cluster(size: number) {
  const wire = memoryBus()
  const sent: BusMessage[] = []
  wire.subscribe((message) => void sent.push(message))
  const open: PresenceTracker[] = []
  const start = (processId: string, bus: Bus = wire) => {
    const presence = createPresence({ bus, processId, now: () => new Date() })
    open.push(presence)
    const changes: PresenceChange[] = []
    presence.subscribe((change) => changes.push(change))
    return Object.assign(presence, { changes })
  }
  const processes = Array.from({ length: size }, (_, i) => start(`p${i}`))
  return { wire, sent, start, processes, close: () => open.map((presence) => presence.close()) }
}

const desk = 'd1'
const vera = ownScope('vera')
const olga = { agentId: 'olga' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('presence', () => {
  it('knows in every process who has a stream open in one of them', () => {
    const { processes } = cluster(2)
    const [here, there] = processes as [(typeof processes)[0], (typeof processes)[0]]
    here.opened(desk, vera)
    here.opened(desk, olga)
    vi.advanceTimersByTime(0)
    for (const presence of [here, there]) {
      expect(presence.contactOnline(desk, 'vera')).toBe(true)
      expect(presence.contactOnline('d2', 'vera')).toBe(false)
      expect(presence.agentsOnline(desk)).toBe(true)
      expect(presence.agentsOnline('d2')).toBe(false)
      expect(presence.changes).toEqual([
        { deskId: desk, contactId: 'vera', online: true },
        { deskId: desk, agentsOnline: true },
      ])
    }
  })

  it('tells that somebody left only after a grace, and not at all when the stream comes back meanwhile', () => {
    const { processes, sent } = cluster(2)
    const [here, there] = processes as [(typeof processes)[0], (typeof processes)[0]]
    here.opened(desk, vera)
    vi.advanceTimersByTime(1_000)
    here.closed(desk, vera)
    vi.advanceTimersByTime(4_000)
    here.opened(desk, vera)
    vi.advanceTimersByTime(10_000)
    expect(there.changes).toHaveLength(1)
    expect(sent.filter(({ type }) => type === 'presence')).toHaveLength(1)

    here.closed(desk, vera)
    vi.advanceTimersByTime(4_000)
    expect(here.contactOnline(desk, 'vera')).toBe(true)
    vi.advanceTimersByTime(2_000)
    expect(here.contactOnline(desk, 'vera')).toBe(false)
    expect(there.contactOnline(desk, 'vera')).toBe(false)
    expect(there.changes).toEqual(here.changes)
    expect(there.changes.map((change) => 'online' in change && change.online)).toEqual([true, false])
  })

  it('counts streams: a contact is here until the last one is closed, in whatever process', () => {
    const { processes } = cluster(2)
    const [here, there] = processes as [(typeof processes)[0], (typeof processes)[0]]
    here.opened(desk, vera)
    here.opened(desk, vera)
    there.opened(desk, vera)
    here.closed(desk, vera)
    vi.advanceTimersByTime(10_000)
    here.closed(desk, vera)
    vi.advanceTimersByTime(10_000)
    expect(here.contactOnline(desk, 'vera')).toBe(true)
    there.closed(desk, vera)
    vi.advanceTimersByTime(10_000)
    expect(here.contactOnline(desk, 'vera')).toBe(false)
    expect(here.changes).toHaveLength(2)
    expect(there.changes).toHaveLength(2)
  })

  it('tells about agents only when the first one comes and the last one goes', () => {
    const { processes } = cluster(2)
    const [here, there] = processes as [(typeof processes)[0], (typeof processes)[0]]
    here.opened(desk, olga)
    here.opened(desk, { agentId: 'adam' })
    there.opened(desk, olga)
    here.closed(desk, olga)
    here.closed(desk, { agentId: 'adam' })
    vi.advanceTimersByTime(30_000)
    expect(here.agentsOnline(desk)).toBe(true)
    there.closed(desk, olga)
    vi.advanceTimersByTime(10_000)
    for (const presence of processes) {
      expect(presence.changes).toEqual([
        { deskId: desk, agentsOnline: true },
        { deskId: desk, agentsOnline: false },
      ])
    }
  })

  it('forgets a process that went without a word after a minute, and not one that is only quiet', () => {
    const { wire, start, processes } = cluster(1)
    const [here] = processes as [(typeof processes)[0]]
    let dead = false
    const dying = start('dying', { ...wire, publish: (message) => !dead && wire.publish(message) } as Bus)
    const quiet = start('quiet')
    dying.opened(desk, vera)
    dying.opened(desk, olga)
    quiet.opened(desk, ownScope('quentin'))
    vi.advanceTimersByTime(120_000)
    expect(here.contactOnline(desk, 'vera')).toBe(true)
    dead = true
    vi.advanceTimersByTime(39_000)
    expect(here.contactOnline(desk, 'vera')).toBe(true)
    vi.advanceTimersByTime(22_000)
    expect(here.contactOnline(desk, 'vera')).toBe(false)
    expect(here.agentsOnline(desk)).toBe(false)
    expect(here.contactOnline(desk, 'quentin')).toBe(true)
  })

  it('learns at once who is there when a process starts, and when it could not hear for a while', () => {
    const { wire, start, processes } = cluster(1)
    const [here] = processes as [(typeof processes)[0]]
    here.opened(desk, vera)
    vi.advanceTimersByTime(1_000)
    const late = start('late')
    expect(late.contactOnline(desk, 'vera')).toBe(true)

    let deaf = true
    const ears = memoryBus()
    wire.subscribe((message) => !deaf && ears.publish(message))
    const returning = start('returning', { ...ears, publish: (message) => wire.publish(message) })
    expect(returning.contactOnline(desk, 'vera')).toBe(false)
    returning.opened(desk, ownScope('rita'))
    deaf = false
    ears.publish({ type: 'missed' })
    expect(returning.contactOnline(desk, 'vera')).toBe(true)
    expect(here.contactOnline(desk, 'rita')).toBe(true)
  })

  it('keeps those of a process that shuts down for the grace, so that moving elsewhere shows nowhere', () => {
    const { processes } = cluster(2)
    const [leaving, staying] = processes as [(typeof processes)[0], (typeof processes)[0]]
    for (const contactId of ['vera', 'gone']) leaving.opened(desk, ownScope(contactId))
    vi.advanceTimersByTime(1_000)
    for (const contactId of ['vera', 'gone']) leaving.closed(desk, ownScope(contactId))
    leaving.close()
    vi.advanceTimersByTime(3_000)
    staying.opened(desk, vera)
    vi.advanceTimersByTime(30_000)
    expect(staying.contactOnline(desk, 'vera')).toBe(true)
    expect(staying.contactOnline(desk, 'gone')).toBe(false)
    expect(
      staying.changes.filter((change) => 'contactId' in change && change.contactId === 'vera'),
    ).toHaveLength(1)
  })

  it('tells of a crowd in few messages that each fit into a notification', () => {
    const { processes, sent } = cluster(2)
    const [here, there] = processes as [(typeof processes)[0], (typeof processes)[0]]
    const ids = Array.from(
      { length: 1_000 },
      (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    )
    for (const contactId of ids) here.opened('00000000-0000-7000-8000-00000000000d', ownScope(contactId))
    vi.advanceTimersByTime(0)
    const messages = sent.filter(({ type }) => type === 'presence')
    expect(messages).toHaveLength(7)
    expect(Math.max(...messages.map((message) => JSON.stringify(message).length))).toBeLessThan(7_500)
    expect(ids.every((id) => there.contactOnline('00000000-0000-7000-8000-00000000000d', id))).toBe(true)
  })

  it('agrees in all processes, whatever is opened and closed where', () => {
    const step = fc.record({
      process: fc.nat({ max: 2 }),
      who: fc.constantFrom('a', 'b', 'agent'),
      opens: fc.boolean(),
      waitMs: fc.constantFrom(0, 100, 3_000, 7_000, 25_000),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { processes, close } = cluster(3)
        const counts = processes.map(() => new Map<string, number>())
        for (const { process, who, opens, waitMs } of steps) {
          const count = counts[process]!.get(who) ?? 0
          const viewer = who === 'agent' ? olga : ownScope(who)
          if (opens) processes[process]!.opened(desk, viewer)
          else if (count > 0) processes[process]!.closed(desk, viewer)
          counts[process]!.set(who, Math.max(0, count + (opens ? 1 : -1)))
          vi.advanceTimersByTime(waitMs)
          const here = (name: string) => counts.some((map) => (map.get(name) ?? 0) > 0)
          vi.advanceTimersByTime(0)
          // Whoever has a stream open is here everywhere; the reverse holds once the grace is over.
          for (const presence of processes) {
            for (const name of ['a', 'b'])
              if (here(name)) expect(presence.contactOnline(desk, name)).toBe(true)
            if (here('agent')) expect(presence.agentsOnline(desk)).toBe(true)
          }
        }
        vi.advanceTimersByTime(7_000)
        const open = (name: string) => counts.some((map) => (map.get(name) ?? 0) > 0)
        for (const presence of processes) {
          for (const name of ['a', 'b']) expect(presence.contactOnline(desk, name)).toBe(open(name))
          expect(presence.agentsOnline(desk)).toBe(open('agent'))
          // What was told is what is: every change turns over the one before.
          for (const name of ['a', 'b']) {
            const told = presence.changes.flatMap((c) =>
              'contactId' in c && c.contactId === name ? [c.online] : [],
            )
            expect(told).toEqual(told.map((_, i) => i % 2 === 0))
            expect(told.at(-1) ?? false).toBe(open(name))
          }
        }
        close()
      }),
      { numRuns: 60 },
    )
  })
})
