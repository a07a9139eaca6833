import { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from '@helpdesk/core/api'
import { maySee } from './contact-views.ts'
import { agentsPresence, contactPresence, tell } from './log.ts'
import type { AgentRecord, DeskRecord, Listener, LogEntry, Passing, Viewer } from './records.ts'
import { findErrors, type Schema } from './schema.ts'
import { toAgentEvent, toVisitorEvent } from './views.ts'

const heartbeatMs = 15_000

/** Who listens, from where. */
export interface Subscription {
  desk: DeskRecord
  viewer: Viewer | null
  agent: AgentRecord | null
  /** The position after which to begin; now when absent. */
  after: number | undefined
  signal: AbortSignal
}

/** A stream of server-sent events over the log of a desk. */
export function openStream({ desk, viewer, agent, after, signal }: Subscription): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let close = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const listener: Listener = {
        viewer,
        agent,
        tell(news) {
          const event = view(desk, news, viewer, agent)
          if (event) send(block(checked(event, viewer ? visitorEvent : agentEvent)))
        },
        close: () => close(),
      }
      const heartbeat = setInterval(() => send(': \n\n'), heartbeatMs)
      close = () => {
        close = () => {}
        clearInterval(heartbeat)
        signal.removeEventListener('abort', listener.close)
        leave(desk, listener)
        // Whoever listened may have gone first.
        try {
          controller.close()
        } catch {}
      }
      signal.addEventListener('abort', listener.close)
      const start = Math.min(after ?? desk.seq, desk.seq)
      send(`:\nretry: 1000\nid: ${start}\n\n`)
      // What the contact missed of it is not in the log.
      if (viewer) listener.tell(agentsPresence(desk))
      for (const entry of desk.log) if (entry.seq > start) listener.tell(entry)
      enter(desk, listener)
    },
    cancel: () => close(),
  })
}

function view(
  desk: DeskRecord,
  news: LogEntry | Passing,
  viewer: Viewer | null,
  agent: AgentRecord | null,
): VisitorEvent | AgentEvent | undefined {
  if ('seq' in news) return viewer ? toVisitorEvent(desk, news, viewer) : toAgentEvent(desk, news, agent)
  if (!viewer) return news.by === agent?.id ? undefined : news.agent
  const { event, conversation } = news.visitor ?? {}
  return conversation && !maySee(desk, viewer, conversation) ? undefined : event
}

function checked(event: VisitorEvent | AgentEvent, schema: unknown) {
  const [broken] = findErrors(schema as Schema, event, '')
  if (broken) throw new Error(`An event ${event.type} would have ${broken.pointer} that ${broken.detail}`)
  return event
}

function block(event: VisitorEvent | AgentEvent): string {
  const position = 'seq' in event ? `id: ${event.seq}\n` : ''
  return `${position}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

function enter(desk: DeskRecord, listener: Listener): void {
  const before = isPresent(desk, listener)
  desk.listeners.add(listener)
  if (!before) tellPresence(desk, listener)
}

function leave(desk: DeskRecord, listener: Listener): void {
  desk.listeners.delete(listener)
  if (!isPresent(desk, listener)) tellPresence(desk, listener)
}

function isPresent(desk: DeskRecord, { viewer }: Listener): boolean {
  return [...desk.listeners].some((one) => one.viewer?.contact === viewer?.contact)
}

function tellPresence(desk: DeskRecord, { viewer }: Listener): void {
  tell(desk, viewer ? contactPresence(desk, viewer.contact) : agentsPresence(desk))
}
