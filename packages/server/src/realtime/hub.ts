import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { EventPage } from '../events/service.ts'
import type { Bus, BusMessage } from './bus.ts'
import {
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
import { createGate } from './gate.ts'
import type { PresenceChange, PresenceTracker, Viewer } from './presence.ts'
import { drained, type Frame, type Streams } from './stream.ts'

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

/** Creates the hub; it listens to the bus until it is closed. */
export function createHub({ bus, presence, streams, logger, pollMs = 5_000 }: HubOptions): Hub {
  const feeds = new Map<string, Feed>()
  const gate = createGate(pagesAtOnce)
  let log: EventLog = unread

  function wake(feed: Feed): void {
    readOn(feed, log, streams.send).catch((error: unknown) => {
      // The streams stay where they are, and the next poll begins there.
      logger.warn({ err: error, deskId: feed.deskId }, 'events could not be read')
    })
  }

  async function poll(): Promise<void> {
    if (feeds.size === 0) return
    try {
      for (const [deskId, head] of await log.heads([...feeds.keys()])) {
        const feed = feeds.get(deskId)
        if (feed && head > feed.cursor) wake(feed)
      }
    } catch (error) {
      logger.warn({ err: error }, 'the positions of the desks could not be read')
    }
  }

  /** Where a stream begins, and where the log is. */
  async function startOf(
    deskId: string,
    after: number | undefined,
  ): Promise<{ start: number; head: number }> {
    const cursor = feeds.get(deskId)?.cursor
    if (cursor !== undefined && after !== undefined && after <= cursor) return { start: after, head: cursor }
    const head = (await log.heads([deskId])).get(deskId) ?? 0
    return { start: Math.min(after ?? head, head), head }
  }

  function feedOf(deskId: string, head: number): Feed {
    const feed = feeds.get(deskId) ?? newFeed(deskId, head)
    feeds.set(deskId, feed)
    return feed
  }

  function leave(subscriber: Subscriber): void {
    const { feed, viewer } = subscriber
    unsubscribe(subscriber)
    if (isEmpty(feed) && feeds.get(feed.deskId) === feed) feeds.delete(feed.deskId)
    presence.closed(feed.deskId, viewer)
  }

  /** Reads for one stream what happened before it, until it can join the others without a gap. */
  async function catchUp(subscriber: Subscriber): Promise<void> {
    const { feed, viewer, stream } = subscriber
    const toFrame = framesFor(viewer)
    while (stream && !stream.closed && !join(subscriber)) {
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

  const unlisten = bus.subscribe((message) => {
    if (message.type === 'missed') void poll()
    const feed = 'deskId' in message ? feeds.get(message.deskId) : undefined
    if (!feed) return
    if (message.type === 'events') wake(feed)
    if (message.type === 'typing') forwardTyping(feed, message, pass)
    if (message.type === 'desk') {
      for (const { stream } of [...members(feed.contacts), ...members(feed.agents)])
        if (stream) streams.recheck(stream)
    }
  })
  const forgetPresence = presence.subscribe((change) => {
    const feed = feeds.get(change.deskId)
    if (feed) forwardPresence(feed, change, pass)
  })
  const timer = setInterval(() => void poll(), pollMs)
  timer.unref()

  function pass(subscribers: Iterable<Subscriber>, frame: Frame): void {
    for (const { live, stream } of subscribers) {
      // What passes is not worth waiting for.
      if (live && stream?.blockedSince === 0) streams.send(stream, frame)
    }
  }

  return {
    readFrom(source) {
      log = source
    },
    async open({ request, reply, deskId, viewer, after, stillAllowed }) {
      const isContact = 'contactId' in viewer
      streams.reserve(request, reply, isContact ? viewer.contactId : undefined)
      const { start, head } = await startOf(deskId, after)
      const isNew = !feeds.has(deskId)
      const feed = feedOf(deskId, head)
      const subscriber: Subscriber = { viewer, feed, stream: undefined, position: start, live: false }
      subscribe(subscriber)
      presence.opened(deskId, viewer)
      const owner = {
        checkRounds: isContact ? checkRounds.contact : checkRounds.agent,
        stillAllowed,
        position: () => resumePosition(subscriber),
        onClose: () => leave(subscriber),
      }
      const stream = streams.open(reply, owner, `:\nretry: 2000\nid: ${start}\n\n`)
      if (!stream) return leave(subscriber)
      subscriber.stream = stream
      // What the contact missed of it is not in the log.
      if (isContact) streams.send(stream, agentsFrame(presence.agentsOnline(deskId)))
      if (isNew || head > feed.cursor) wake(feed)
      catchUp(subscriber).catch((error: unknown) => {
        logger.warn({ err: error, deskId }, 'a stream could not catch up')
        // It resumes from the last event it got.
        stream.response.end()
      })
    },
    async close() {
      clearInterval(timer)
      unlisten()
      forgetPresence()
      await streams.closeAll()
    },
  }
}

const notReady = () => Promise.reject(new Error('The hub has not been told how to read the log'))
const unread: EventLog = {
  heads: notReady,
  rows: notReady,
  forContact: notReady,
  forAgents: notReady,
  page: notReady,
}

type Pass = (subscribers: Iterable<Subscriber>, frame: Frame) => void

const agentsFrame = (agentsOnline: boolean) => visitorFrame({ type: 'presence', agentsOnline })

/** Contacts see agents type, agents see contacts and each other. */
function forwardTyping(feed: Feed, message: Extract<BusMessage, { type: 'typing' }>, pass: Pass): void {
  const { conversationId, contactId, by, agentId, name } = message
  if (by === 'agent') {
    pass(feed.contacts.get(contactId) ?? [], visitorFrame({ type: 'typing', conversationId, by, name }))
  }
  const others = [...feed.agents].flatMap(([id, subscribers]) => (id === agentId ? [] : [...subscribers]))
  if (others.length > 0) pass(others, agentFrame({ type: 'typing', conversationId, by, agentId, name }))
}

function forwardPresence(feed: Feed, change: PresenceChange, pass: Pass): void {
  if ('contactId' in change) {
    const { contactId, online } = change
    pass(members(feed.agents), agentFrame({ type: 'presence', contactId, online }))
  } else {
    pass(members(feed.contacts), agentsFrame(change.agentsOnline))
  }
}
