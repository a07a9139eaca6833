import type { StreamState } from '@helpdesk/client'
import type { AgentEvent, Desk, DeskChange } from '@helpdesk/core/api'
import { type ReadonlySignal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { createUploads, type Uploads } from '../attachments/uploads.ts'
import { type Categories, createCategories } from '../categories/categories.ts'
import { client, errorCode } from '../client.ts'
import { createInbox, type Inbox } from '../conversations/inbox.ts'
import { createOutbox, type Outbox } from '../conversations/outbox.ts'
import { createThread, type Thread } from '../conversations/thread.ts'

/** Everything the dashboard holds of the desk it shows, kept right by the desk's stream of events. */
export interface OpenDesk {
  readonly id: string
  readonly agentId: string
  readonly settings: ReadonlySignal<Desk | null>
  readonly error: ReadonlySignal<unknown>
  readonly stream: ReadonlySignal<StreamState>
  readonly inbox: Inbox
  readonly categories: Categories
  thread(conversationId: string): Thread
  outbox(conversationId: string): Outbox
  uploads(conversationId: string): Uploads
  /** Loads the settings and the inbox, then follows the stream until `close`. */
  start(): Promise<void>
  update(change: DeskChange): Promise<Desk>
  /** Calls back for every event of the stream, after it has been taken in. */
  onEvent(listener: (event: AgentEvent) => void): () => void
  close(): void
}

const pauseMs = 3_000
const keptThreads = 30

/** A desk as one agent sees it. Nothing is asked of the desk before `start`. */
export function createOpenDesk(id: string, agentId: string): OpenDesk {
  const settings = signal<Desk | null>(null)
  const error = signal<unknown>(null)
  const stream = signal<StreamState>('connecting')
  const inbox = createInbox(id, agentId)
  const categories = createCategories(id)
  const threads = new Map<string, Thread>()
  const outboxes = new Map<string, Outbox>()
  const uploads = new Map<string, Uploads>()
  const listeners = new Set<(event: AgentEvent) => void>()
  const closed = new AbortController()
  let followedFrom: number | null = null

  const loadSettings = async () => {
    settings.value = await withSession(() => client.desks.get(id))
  }

  function take(event: AgentEvent): void {
    inbox.apply(event)
    for (const thread of threads.values()) {
      if ((about(event) ?? thread.id) === thread.id) thread.apply(event)
    }
    if (event.type === 'desk.updated') {
      loadSettings().catch(() => undefined)
      categories.renew()
    }
    for (const listener of listeners) listener(event)
  }

  function openThread(conversationId: string): Thread {
    let renewed = false
    const thread = createThread(id, conversationId, (item, seq) => {
      inbox.put(item, seq)
      if (renewed || followedFrom === null || seq >= followedFrom || closed.signal.aborted) return
      // The answer was overtaken: the stream began to tell only after it. What is asked now is new enough, whatever
      // number it has: a desk that came back from a backup counts from an earlier one.
      renewed = true
      void thread.load()
    })
    return thread
  }

  /** The client reconnects by itself; what ends the stream for good is an ended session or a lost right. */
  async function follow(after: number): Promise<void> {
    let position = after
    while (!closed.signal.aborted) {
      try {
        const options = { after: position, signal: closed.signal, onState: setState }
        for await (const event of client.events(id, options)) {
          if ('seq' in event) position = event.seq
          take(event)
        }
        return
      } catch (caught) {
        if (closed.signal.aborted) return
        if (errorCode(caught) === 'not_found') {
          error.value = caught
          return
        }
        stream.value = 'offline'
        // Brings up the sign-in if that is what is missing, and waits for it.
        await withSession(() => client.agents.me()).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  const setState = (next: StreamState) => {
    stream.value = next
  }

  return {
    id,
    agentId,
    settings,
    error,
    stream,
    inbox,
    categories,
    thread(conversationId) {
      const thread = threads.get(conversationId) ?? openThread(conversationId)
      // The one asked for becomes the youngest; the oldest is let go.
      threads.delete(conversationId)
      threads.set(conversationId, thread)
      const [oldest] = threads.keys()
      if (oldest && threads.size > keptThreads) threads.delete(oldest)
      return thread
    },
    outbox(conversationId) {
      const made = outboxes.get(conversationId)
      if (made) return made
      const outbox = createOutbox(id, conversationId, ({ message, status }) => {
        threads.get(conversationId)?.put(message)
        if (status) inbox.patch(conversationId, { status })
      })
      outboxes.set(conversationId, outbox)
      return outbox
    },
    uploads(conversationId) {
      const its = uploads.get(conversationId) ?? createUploads(id, conversationId)
      uploads.set(conversationId, its)
      return its
    },
    async start() {
      error.value = null
      try {
        const [, opened] = await Promise.all([loadSettings(), inbox.open('all'), inbox.refreshCounts()])
        if (closed.signal.aborted) return
        if (!opened) throw inbox.progress('all').error
        followedFrom = inbox.follow()
        void follow(followedFrom)
      } catch (caught) {
        error.value = caught
      }
    },
    async update(change) {
      const next = await withSession(() => client.desks.update(id, change))
      settings.value = next
      return next
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close() {
      closed.abort()
    },
  }
}

/** The conversation that an event is about, if it is about one. */
function about(event: AgentEvent): string | null {
  if ('conversation' in event) return event.conversation.id
  return 'conversationId' in event ? event.conversationId : null
}

const OpenDeskContext = createContext<OpenDesk | null>(null)

/** Gives the desk to everything below. */
export const OpenDeskProvider = OpenDeskContext.Provider

/** The desk that is shown. */
export function useDesk(): OpenDesk {
  const desk = useContext(OpenDeskContext)
  if (!desk) throw new Error('useDesk needs an OpenDeskProvider')
  return desk
}
