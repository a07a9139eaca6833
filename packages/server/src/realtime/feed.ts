import type { LoggedAgentEvent, LoggedVisitorEvent } from '../events/service.ts'
import type { EventRow } from '../events/store.ts'
import { agentFrame, visitorFrame } from './frames.ts'
import type { Viewer } from './presence.ts'
import type { Frame, Stream, Streams } from './stream.ts'

/** Reads the rows of a desk and turns them into what viewers see. */
export interface FeedSource {
  rows(deskId: string, after: number, limit: number): Promise<EventRow[]>
  /** Rows as one contact sees them. */
  forContact(deskId: string, contactId: string, rows: readonly EventRow[]): Promise<LoggedVisitorEvent[]>
  /** Rows as each agent sees them, by agent. */
  forAgents(
    deskId: string,
    agentIds: readonly string[],
    rows: readonly EventRow[],
  ): Promise<Map<string, LoggedAgentEvent[]>>
}

/** A stream that listens to a desk. */
export interface Subscriber {
  readonly viewer: Viewer
  stream: Stream | undefined
  /** Everything up to here has been sent, or does not concern the viewer. */
  position: number
  /** Gets what the feed reads; before that it reads for itself. */
  live: boolean
}

/** The log of one desk as it grows, read once for everybody who listens. */
export interface Feed {
  readonly deskId: string
  /** Everything up to here has been sent to those who are live. */
  readonly cursor: number
  readonly size: number
  add(subscriber: Subscriber): void
  remove(subscriber: Subscriber): void
  /** Makes a subscriber live if it has caught up. @returns whether it is */
  join(subscriber: Subscriber): boolean
  /** The position that a live client may resume from, undefined while events are on their way to it. */
  positionOf(subscriber: Subscriber): number | undefined
  /** Reads on, soon, until nothing new is there. */
  wake(): void
  /** Those who listen as this contact, or as any contact. */
  contacts(contactId?: string): Iterable<Subscriber>
  agents(): Iterable<Subscriber>
  stop(): void
}

const rowsAtOnce = 500
const contactsAtOnce = 4

/**
 * The feed of a desk.
 * @param start the position of the newest event, read before this call
 * @param onError told when reading failed; `wake` tries again
 */
export function createFeed(
  source: FeedSource,
  streams: Pick<Streams, 'send'>,
  deskId: string,
  start: number,
  onError: (error: unknown) => void,
): Feed {
  const contacts = new Map<string, Set<Subscriber>>()
  const agents = new Map<string, Set<Subscriber>>()
  let size = 0
  let cursor = start
  // The last row of those that are on their way: who is behind it must not join, it would miss them.
  let target = start
  let reading = false
  let again = false
  let stopped = false

  async function read(): Promise<void> {
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      do {
        again = false
        const rows = await source.rows(deskId, cursor, rowsAtOnce)
        const last = rows.at(-1)
        if (!last || stopped) continue
        target = last.seq
        await deliver(rows)
        cursor = target
        again ||= rows.length === rowsAtOnce
      } while (again && !stopped)
    } catch (error) {
      onError(error)
    } finally {
      reading = false
    }
  }

  async function deliver(rows: EventRow[]): Promise<void> {
    const toAgents = source.forAgents(deskId, liveOf(agents), rows).then((seen) => {
      for (const [agentId, events] of seen) send(agents.get(agentId), events, agentFrame, target)
    })
    const concerned = concernedContacts(rows, liveOf(contacts))
    const toContacts = inTurns(concerned, contactsAtOnce, async (contactId) => {
      const events = await source.forContact(deskId, contactId, rows)
      send(contacts.get(contactId), events, visitorFrame, target)
    })
    // All are given their chance before the first failure is reported; those served are not served again.
    for (const result of await Promise.allSettled([toAgents, toContacts])) {
      if (result.status === 'rejected') throw result.reason
    }
  }

  function send<E extends { seq: number }>(
    subscribers: Iterable<Subscriber> = [],
    events: readonly E[],
    toFrame: (event: E) => Frame,
    upTo: number,
  ): void {
    const frames = events.map((event) => ({ seq: event.seq, frame: toFrame(event) }))
    for (const subscriber of subscribers) {
      const { stream } = subscriber
      if (!subscriber.live || !stream) continue
      for (const { seq, frame } of frames) if (seq > subscriber.position) streams.send(stream, frame)
      subscriber.position = Math.max(subscriber.position, upTo)
    }
  }

  const groupOf = ({ viewer }: Subscriber): [Map<string, Set<Subscriber>>, string] =>
    'contactId' in viewer ? [contacts, viewer.contactId] : [agents, viewer.agentId]

  return {
    deskId,
    get cursor() {
      return cursor
    },
    get size() {
      return size
    },
    add(subscriber) {
      const [group, id] = groupOf(subscriber)
      group.set(id, (group.get(id) ?? new Set()).add(subscriber))
      size++
    },
    remove(subscriber) {
      const [group, id] = groupOf(subscriber)
      const members = group.get(id)
      if (!members?.delete(subscriber)) return
      if (members.size === 0) group.delete(id)
      size--
    },
    join(subscriber) {
      subscriber.live ||= subscriber.position >= target
      return subscriber.live
    },
    positionOf: ({ live, position }) => (live && cursor === target ? Math.max(position, cursor) : undefined),
    wake: () => void read(),
    contacts: (contactId) =>
      contactId === undefined ? [...contacts.values()].flatMap((set) => [...set]) : (contacts.get(contactId) ?? []),
    agents: () => [...agents.values()].flatMap((set) => [...set]),
    stop() {
      stopped = true
    },
  }
}

function liveOf(group: Map<string, Set<Subscriber>>): string[] {
  return [...group].flatMap(([id, members]) => ([...members].some(({ live }) => live) ? [id] : []))
}
