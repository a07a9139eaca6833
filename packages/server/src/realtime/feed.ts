import type { VisitorScope } from '../contacts/scope.ts'
import type { LoggedAgentEvent, LoggedVisitorEvent } from '../events/service.ts'
import type { EventRow } from '../events/store.ts'
import { agentFrame, visitorFrame } from './frames.ts'
import type { Viewer } from './presence.ts'
import type { Frame, Stream } from './stream.ts'

/** A stream that listens to a desk. */
export interface Subscriber {
  readonly viewer: Viewer
  readonly feed: Feed
  stream: Stream | undefined
  /** Everything up to here has been sent, or does not concern the viewer. */
  position: number
  /** Gets what the feed reads; before that it reads for itself. */
  live: boolean
}

/** The log of one desk as it grows, read once for everybody who listens. */
export interface Feed {
  readonly deskId: string
  /** Everything up to here has been sent to all who are live. */
  cursor: number
  /** The newest of the rows on their way; the same as `cursor` when there are none. */
  target: number
  reading: boolean
  /** Something happened while it was reading. */
  again: boolean
  /** Visitors who see the same, by their scope; which scopes a contact or a client concerns; by agent. */
  readonly contacts: Map<string, Set<Subscriber>>
  readonly concerned: Map<string, Set<string>>
  readonly agents: Map<string, Set<Subscriber>>
}

/** Reads the rows of a desk and turns them into what viewers see. */
export interface FeedSource {
  rows(deskId: string, after: number, limit: number): Promise<EventRow[]>
  /** Rows as one visitor sees them. */
  forContact(deskId: string, scope: VisitorScope, rows: readonly EventRow[]): Promise<LoggedVisitorEvent[]>
  /** Rows as each agent sees them, by agent. */
  forAgents(
    deskId: string,
    agentIds: readonly string[],
    rows: readonly EventRow[],
  ): Promise<Map<string, LoggedAgentEvent[]>>
}

/** Hands a frame to a stream. */
export type Send = (stream: Stream, frame: Frame) => void

const rowsAtOnce = 500
const contactsAtOnce = 4

/** A feed without subscribers. @param head the position of the desk's newest event */
export function newFeed(deskId: string, head: number): Feed {
  return {
    deskId,
    cursor: head,
    target: head,
    reading: false,
    again: false,
    contacts: new Map(),
    concerned: new Map(),
    agents: new Map(),
  }
}

/** Adds a subscriber to its feed. */
export function subscribe(subscriber: Subscriber): void {
  const [group, id] = groupOf(subscriber)
  group.set(id, (group.get(id) ?? new Set()).add(subscriber))
  const { concerned } = subscriber.feed
  for (const owner of ownersOf(subscriber)) concerned.set(owner, (concerned.get(owner) ?? new Set()).add(id))
}

/** Takes a subscriber out of its feed. */
export function unsubscribe(subscriber: Subscriber): void {
  const [group, id] = groupOf(subscriber)
  const members = group.get(id)
  members?.delete(subscriber)
  if (members?.size !== 0) return
  group.delete(id)
  const { concerned } = subscriber.feed
  for (const owner of ownersOf(subscriber)) {
    const scopes = concerned.get(owner)
    scopes?.delete(id)
    if (scopes?.size === 0) concerned.delete(owner)
  }
}

function groupOf({ viewer, feed }: Subscriber): [Map<string, Set<Subscriber>>, string] {
  return 'contactId' in viewer ? [feed.contacts, scopeKey(viewer)] : [feed.agents, viewer.agentId]
}

const scopeKey = ({ contactId, clientId, wide, only }: VisitorScope) =>
  `${contactId} ${clientId} ${wide} ${only}`

/** Whose conversations a visitor may see. */
function ownersOf({ viewer }: Subscriber): string[] {
  if (!('contactId' in viewer)) return []
  const { contactId, clientId } = viewer
  return clientId === null ? [contactId] : [contactId, clientId]
}

/** The visitors whom something in a conversation concerns, in groups that see the same. */
export function concernedBy(
  { contacts, concerned }: Feed,
  row: { contactId: string | null; clientId?: string | null },
): Set<Subscriber>[] {
  const ids = new Set<string>()
  for (const owner of [row.contactId, row.clientId])
    for (const id of (owner && concerned.get(owner)) || []) ids.add(id)
  return [...ids].flatMap((id) => contacts.get(id) ?? [])
}

/** Whether nobody listens any more. */
export function isEmpty(feed: Feed): boolean {
  return feed.contacts.size === 0 && feed.agents.size === 0
}

/** Everybody in a group. */
export function* members(group: Map<string, Set<Subscriber>>): Iterable<Subscriber> {
  for (const subscribers of group.values()) yield* subscribers
}

/**
 * Makes a subscriber live if it has caught up. One that is behind the rows on their way must not join: they were
 * read before it came.
 * @returns whether it is live
 */
export function join(subscriber: Subscriber): boolean {
  subscriber.live ||= subscriber.position >= subscriber.feed.target
  return subscriber.live
}

/** The position a client may resume from; undefined while it catches up. */
export function resumePosition({ live, position, feed }: Subscriber): number | undefined {
  return live ? Math.max(position, feed.cursor) : undefined
}

/**
 * Reads on until nothing new is there, and sends it.
 * @throws whatever the source throws; the next call begins where this one failed, and nothing is sent twice
 */
export async function readOn(feed: Feed, source: FeedSource, send: Send): Promise<void> {
  feed.again = true
  if (feed.reading) return
  feed.reading = true
  try {
    while (feed.again && !isEmpty(feed)) {
      feed.again = false
      const rows = await source.rows(feed.deskId, feed.cursor, rowsAtOnce)
      const last = rows.at(-1)
      if (!last) continue
      feed.target = last.seq
      await deliver(feed, rows, source, send)
      feed.cursor = feed.target
      feed.again ||= rows.length === rowsAtOnce
    }
  } finally {
    feed.reading = false
  }
}

async function deliver(feed: Feed, rows: EventRow[], source: FeedSource, send: Send): Promise<void> {
  const agentIds = [...feed.agents.keys()]
  const tasks = concernedVisitors(feed, rows).map((group) => async () => {
    const [first] = group
    if (!first || !('contactId' in first.viewer)) return
    const events = await source.forContact(feed.deskId, first.viewer, rows)
    sendAll(feed, group, events, visitorFrame, send)
  })
  if (agentIds.length > 0) {
    tasks.unshift(async () => {
      const seen = await source.forAgents(feed.deskId, agentIds, rows)
      for (const [id, events] of seen) sendAll(feed, feed.agents.get(id), events, agentFrame, send)
    })
  }
  await inTurns(tasks, contactsAtOnce)
}

function concernedVisitors(feed: Feed, rows: readonly EventRow[]): Set<Subscriber>[] {
  const visible = rows.filter((row) => row.audience === 'all')
  if (visible.some((row) => row.type === 'desk.updated')) return [...feed.contacts.values()]
  return [...new Set(visible.flatMap((row) => concernedBy(feed, row)))]
}

function sendAll<E extends { seq: number }>(
  feed: Feed,
  subscribers: Iterable<Subscriber> = [],
  events: readonly E[],
  toFrame: (event: E) => Frame,
  send: Send,
): void {
  const frames = events.map((event) => ({ seq: event.seq, frame: toFrame(event) }))
  for (const subscriber of subscribers) {
    const { stream, position, live } = subscriber
    if (!live || !stream) continue
    for (const { seq, frame } of frames) if (seq > position) send(stream, frame)
    subscriber.position = Math.max(position, feed.target)
  }
}

/** Does all, a few at a time; fails with the first failure, but not before every task had its chance. */
async function inTurns(tasks: readonly (() => Promise<void>)[], atOnce: number): Promise<void> {
  const failures: unknown[] = []
  const queue = tasks.values()
  const worker = async () => {
    for (const task of queue) await task().catch((error: unknown) => failures.push(error))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker))
  if (failures.length > 0) throw failures[0]
}
