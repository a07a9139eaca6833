import type { VisitorScope } from '../contacts/scope.ts'
import type { Bus, BusMessage } from './bus.ts'
import { createRegister, type Register, team } from './register.ts'

/** Who has a stream open right now. */
export interface Presence {
  contactOnline(deskId: string, contactId: string): boolean
  agentsOnline(deskId: string): boolean
}

/** Somebody came or went; `agentsOnline` is told when the first agent of a desk came or the last one went. */
export type PresenceChange =
  | { deskId: string; contactId: string; online: boolean }
  | { deskId: string; agentsOnline: boolean }

/** Whose stream it is. */
export type Viewer = VisitorScope | { agentId: string }

/** Presence with the hooks by which streams report. */
export interface PresenceTracker extends Presence {
  opened(deskId: string, viewer: Viewer): void
  closed(deskId: string, viewer: Viewer): void
  /** @returns a function that ends the subscription */
  subscribe(listener: (change: PresenceChange) => void): () => void
  /** Lets the other processes forget this one after the grace. */
  close(): void
}

/** What presence is made of. */
export interface PresenceOptions {
  bus: Bus
  /** Unique per process. */
  processId: string
  now: () => Date
  /** How long somebody still counts as here after the last stream closed; default 5 s. */
  graceMs?: number
}

const sweepMs = 1_000
const announceEveryMs = 20_000
const believedMs = 60_000

/**
 * Keeps track of who is here over all processes. Each process tells the others when somebody comes or goes, and
 * everything again every 20 s; what one says is believed for 60 s.
 */
export function createPresence(options: PresenceOptions): PresenceTracker {
  const { bus, processId, now, graceMs = 5_000 } = options
  const listeners = new Set<(change: PresenceChange) => void>()
  const register = createRegister((deskId, who, here) => {
    const change = who === team ? { deskId, agentsOnline: here } : { deskId, contactId: who, online: here }
    for (const listener of [...listeners]) listener(change)
  })
  const streams = createCounter()
  const herald = createHerald(options, register)
  const time = () => now().getTime()
  let nextAnnounce = time() + announceEveryMs

  const unsubscribe = bus.subscribe((message) => {
    if (message.type === 'presence' && message.process !== processId) learn(register, message, time())
    if (message.type === 'hello' && message.process !== processId) herald.tellAll(believedMs)
    if (message.type === 'missed') {
      bus.publish({ type: 'hello', process: processId })
      herald.tellAll(believedMs)
    }
  })
  const timer = setInterval(() => {
    const at = time()
    for (const { deskId, who, process } of register.expire(at)) {
      if (process === processId) herald.note(deskId, who, false)
    }
    if (at < nextAnnounce) return
    nextAnnounce = at + announceEveryMs
    herald.tellAll(believedMs)
  }, sweepMs)
  timer.unref()
  bus.publish({ type: 'hello', process: processId })

  return {
    contactOnline: register.has,
    agentsOnline: (deskId) => register.has(deskId, team),
    opened(deskId, viewer) {
      const who = 'contactId' in viewer ? viewer.contactId : team
      streams.add(deskId, who, 1)
      // Back within the grace: the others never heard that it was gone.
      if (!register.hasFrom(deskId, who, processId)) herald.note(deskId, who, true)
      register.vouch(deskId, who, processId, Number.POSITIVE_INFINITY)
    },
    closed(deskId, viewer) {
      const who = 'contactId' in viewer ? viewer.contactId : team
      if (streams.add(deskId, who, -1) === 0) register.vouch(deskId, who, processId, time() + graceMs)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      clearInterval(timer)
      unsubscribe()
      listeners.clear()
      herald.tellAll(graceMs)
    },
  }
}

function learn(register: Register, message: Extract<BusMessage, { type: 'presence' }>, at: number): void {
  const { deskId, process, contacts, left, agents, forMs } = message
  for (const contactId of contacts) register.vouch(deskId, contactId, process, at + forMs)
  for (const contactId of left) register.withdraw(deskId, contactId, process)
  if (agents) register.vouch(deskId, team, process, at + forMs)
  else register.withdraw(deskId, team, process)
}

/** So many ids fit into one notification. */
const idsPerMessage = 150

/** Tells the other processes who came to this one and who left. */
function createHerald({ bus, processId }: PresenceOptions, register: Register) {
  let news = new Map<string, Map<string, boolean>>()

  function tell(deskId: string, whos: [string, boolean][], forMs: number): void {
    const agents = register.hasFrom(deskId, team, processId)
    const contacts = whos.filter(([who]) => who !== team)
    const pick = (part: [string, boolean][], here: boolean) =>
      part.flatMap(([who, came]) => (came === here ? [who] : []))
    let from = 0
    do {
      const part = contacts.slice(from, from + idsPerMessage)
      const ids = { contacts: pick(part, true), left: pick(part, false) }
      bus.publish({ type: 'presence', deskId, process: processId, ...ids, agents, forMs })
      from += idsPerMessage
    } while (from < contacts.length)
  }

  return {
    /** Told at the end of this tick: a crowd that comes back at once needs few messages. */
    note(deskId: string, who: string, here: boolean): void {
      if (news.size === 0) {
        setImmediate(() => {
          const told = news
          news = new Map()
          for (const [desk, whos] of told) tell(desk, [...whos], believedMs)
        })
      }
      const desk = news.get(deskId) ?? new Map<string, boolean>()
      news.set(deskId, desk.set(who, here))
    },
    tellAll(forMs: number): void {
      for (const [deskId, here] of register.of(processId))
        tell(
          deskId,
          here.map((who) => [who, true]),
          forMs,
        )
    },
  }
}

/** Counts open streams by desk and viewer. */
function createCounter() {
  const counts = new Map<string, number>()
  return {
    add(deskId: string, who: string, change: 1 | -1): number {
      const key = `${deskId} ${who}`
      const count = (counts.get(key) ?? 0) + change
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
      return Math.max(0, count)
    },
  }
}
