import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { EventPage } from '../events/service.ts'
import { createGate, type Gate } from '../gate.ts'
import type { Bus, BusMessage } from './bus.ts'
import {
  concernedBy,
  type Feed,
  type FeedSource,
  isEmpty,
  join,
  members,
  newFeed,
  readOn,
  resumePosition,
  type Subscriber,
  subscribe,
  unsubscribe,
} from './feed.ts'
import { agentFrame, framesFor, visitorFrame } from './frames.ts'
import type { PresenceChange, PresenceTracker, Viewer } from './presence.ts'
import { drained, type Frame, type Stream, type Streams } from './stream.ts'

/** Reads the log for the hub. */
export interface EventLog extends FeedSource {
  /** The position of the newest event of each desk. */
  heads(deskIds: readonly string[]): Promise<Map<string, number>>
  /** The events after a position as one viewer sees them. */
  page(deskId: string, viewer: Viewer, after: number, limit: number): Promise<EventPage>
}

/** What a stream is opened with. */
export interface StreamRequest {
  request: FastifyRequest
  reply: FastifyReply
  deskId: string
  viewer: Viewer
  /** The last position the client has; from now on when undefined. */
  after: number | undefined
  stillAllowed(): Promise<boolean>
}

/** Brings what happens on the desks to the streams of this process. */
export interface Hub {
  /** Says how the log is read; needed before the first stream is opened. */
  readFrom(log: EventLog): void
  /**
   * Answers a request with a stream; the reply belongs to the stream afterwards.
   * @throws HelpdeskError too_many_requests, unavailable; then the reply is untouched
   */
  open(request: StreamRequest): Promise<void>
  /** Ends every stream; their clients resume elsewhere. */
  close(): Promise<void>
}

/** What the hub is made of. */
export interface HubOptions {
  bus: Bus
  presence: PresenceTracker
  streams: Streams
  logger: Pick<FastifyBaseLogger, 'warn'>
  /** How often the log is looked at although nobody said that something happened, in milliseconds. */
  pollMs?: number
}

const eventsPerPage = 200
/** Requests need the database more urgently than streams that come back. */
const pagesAtOnce = 4
/** A contact's token is looked at every minute, an agent's session and role at every heartbeat (15 s). */
const checkRounds = { contact: 4, agent: 1 }

/** What the functions of the hub share. */
interface State extends HubOptions {
  log: EventLog
  /** By desk, as long as somebody listens to it. */
  readonly feeds: Map<string, Feed>
  readonly gate: Gate
}

/** Creates the hub; it listens to the bus until it is closed. */
export function createHub(options: HubOptions): Hub {
  const { bus, presence, streams, pollMs = 5_000 } = options
  const hub: State = { ...options, log: unread, feeds: new Map(), gate: createGate(pagesAtOnce) }
  const unlisten = bus.subscribe((message) => hear(hub, message))
  const forgetPresence = presence.subscribe((change) => forwardPresence(hub, change))
  const timer = setInterval(() => void poll(hub), pollMs)
  timer.unref()
  return {
    readFrom(log) {
      hub.log = log
    },
    open: (request) => openStream(hub, request),
    async close() {
      clearInterval(timer)
      unlisten()
      forgetPresence()
      await streams.closeAll()
    },
  }
}

async function openStream(hub: State, request: StreamRequest): Promise<void> {
  const { reply, deskId, viewer, stillAllowed } = request
  const { streams, presence, feeds } = hub
  const isContact = 'contactId' in viewer
  streams.reserve(request.request, reply, isContact ? viewer.contactId : undefined)
  const { start, head } = await startOf(hub, deskId, request.after)
  const known = feeds.get(deskId)
  const feed = known ?? newFeed(deskId, head)
  feeds.set(deskId, feed)
  const subscriber: Subscriber = { viewer, feed, stream: undefined, position: start, live: false }
  subscribe(subscriber)
  presence.opened(deskId, viewer)
  const owner = {
    checkRounds: isContact ? checkRounds.contact : checkRounds.agent,
    stillAllowed,
    position: () => resumePosition(subscriber),
    onClose: () => leave(hub, subscriber),
  }
  const stream = streams.open(reply, owner, `:\nretry: 2000\nid: ${start}\n\n`)
  if (!stream) return leave(hub, subscriber)
  subscriber.stream = stream
  // What the contact missed of it is not in the log.
  if (isContact) streams.send(stream, agentsFrame(presence.agentsOnline(deskId)))
  // A new feed was not there to hear what happened since its head was read.
  if (!known || head > feed.cursor) wake(hub, feed)
  catchUp(hub, subscriber, stream).catch((error: unknown) => {
    hub.logger.warn({ err: error, deskId }, 'a stream could not catch up')
    // It resumes from the last event it got.
    stream.response.end()
  })
}

/** Where a stream begins, and where the log is. */
async function startOf(
  { feeds, log }: State,
  deskId: string,
  after: number | undefined,
): Promise<{ start: number; head: number }> {
  const cursor = feeds.get(deskId)?.cursor
  if (cursor !== undefined && after !== undefined && after <= cursor) return { start: after, head: cursor }
  const head = (await log.heads([deskId])).get(deskId) ?? 0
  return { start: Math.min(after ?? head, head), head }
}

/** Reads for one stream what happened before it, until it can join the others without a gap. */
async function catchUp({ gate, log, streams }: State, subscriber: Subscriber, stream: Stream): Promise<void> {
  const { feed, viewer } = subscriber
  const toFrame = framesFor(viewer)
  while (!stream.closed && !join(subscriber)) {
    const { events, cursor } = await gate(() =>
      log.page(feed.deskId, viewer, subscriber.position, eventsPerPage),
    )
    for (const event of events) {
      streams.send(stream, toFrame(event))
      await drained(stream)
    }
    subscriber.position = Math.max(subscriber.position, cursor)
  }
}

function leave({ feeds, presence }: State, subscriber: Subscriber): void {
  const { feed, viewer } = subscriber
  unsubscribe(subscriber)
  if (isEmpty(feed) && feeds.get(feed.deskId) === feed) feeds.delete(feed.deskId)
  presence.closed(feed.deskId, viewer)
}

function hear(hub: State, message: BusMessage): void {
  if (message.type === 'missed') void poll(hub)
  const feed = 'deskId' in message ? hub.feeds.get(message.deskId) : undefined
  if (!feed) return
  if (message.type === 'events') wake(hub, feed)
  if (message.type === 'typing') forwardTyping(hub, feed, message)
  if (message.type === 'desk') {
    for (const { stream } of [...members(feed.contacts), ...members(feed.agents)]) {
      if (stream) hub.streams.recheck(stream)
    }
  }
}

function wake({ log, streams, logger }: State, feed: Feed): void {
  readOn(feed, log, streams.send).catch((error: unknown) => {
    // The streams stay where they are, and the next poll begins there.
    logger.warn({ err: error, deskId: feed.deskId }, 'events could not be read')
  })
}

/** Looks whether something happened that nobody told. */
async function poll(hub: State): Promise<void> {
  const { feeds, log, logger } = hub
  if (feeds.size === 0) return
  try {
    for (const [deskId, head] of await log.heads([...feeds.keys()])) {
      const feed = feeds.get(deskId)
      if (feed && head > feed.cursor) wake(hub, feed)
    }
  } catch (error) {
    logger.warn({ err: error }, 'the positions of the desks could not be read')
  }
}

/** Sends what passes to those who can take it now: it is not worth waiting for. */
function pass({ streams }: State, subscribers: Iterable<Subscriber>, frame: Frame): void {
  for (const { live, stream } of subscribers) {
    if (live && stream?.blockedSince === 0) streams.send(stream, frame)
  }
}

/** Contacts see agents type, agents see contacts and each other. */
function forwardTyping(hub: State, feed: Feed, message: Extract<BusMessage, { type: 'typing' }>): void {
  const { conversationId, contactId, by, agentId, name } = message
  const own = by === 'agent' ? concernedBy(feed, { contactId }).flatMap((group) => [...group]) : []
  const concerned = own.filter(
    ({ viewer }) => !('only' in viewer) || (viewer.only ?? conversationId) === conversationId,
  )
  if (concerned.length > 0) pass(hub, concerned, visitorFrame({ type: 'typing', conversationId, by, name }))
  const others = [...feed.agents].flatMap(([id, subscribers]) => (id === agentId ? [] : [...subscribers]))
  if (others.length > 0) pass(hub, others, agentFrame({ type: 'typing', conversationId, by, agentId, name }))
}

function forwardPresence(hub: State, change: PresenceChange): void {
  const feed = hub.feeds.get(change.deskId)
  if (!feed) return
  if ('contactId' in change) {
    const { contactId, online } = change
    pass(hub, members(feed.agents), agentFrame({ type: 'presence', contactId, online }))
  } else {
    pass(hub, members(feed.contacts), agentsFrame(change.agentsOnline))
  }
}

const agentsFrame = (agentsOnline: boolean) => visitorFrame({ type: 'presence', agentsOnline })

const notReady = () => Promise.reject(new Error('The hub has not been told how to read the log'))
const unread: EventLog = {
  heads: notReady,
  rows: notReady,
  forContact: notReady,
  forAgents: notReady,
  page: notReady,
}
