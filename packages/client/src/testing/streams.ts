import { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from '@helpdesk/core/api'
import { agentsPresence, contactPresence, tell } from './log.ts'
import type { AgentRecord, ContactRecord, DeskRecord, Listener, LogEntry, Passing } from './records.ts'
import { findErrors, type Schema } from './schema.ts'
import { toAgentEvent, toVisitorEvent } from './views.ts'

const heartbeatMs = 15_000

/** Who listens, from where. */
export interface Subscription {
  desk: DeskRecord
  contact: ContactRecord | null
  agent: AgentRecord | null
  /** The position after which to begin; now when absent. */
  after: number | undefined
  signal: AbortSignal
}

/** A stream of server-sent events over the log of a desk. */
export function openStream({
  desk,
  contact,
  agent,
  after,
  signal,
}: Subscription): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let close = () => {}
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const listener: Listener = {
        contact,
        agent,
        tell(news) {
          const event = view(news, contact, agent)
          if (event) send(block(checked(event, contact ? visitorEvent : agentEvent)))
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
      if (contact) listener.tell(agentsPresence(desk))
      for (const entry of desk.log) if (entry.seq > start) listener.tell(entry)
      enter(desk, listener)
    },
    cancel: () => close(),
  })
}

function view(news: LogEntry | Passing, contact: ContactRecord | null, agent: AgentRecord | null) {
  if ('seq' in news) return contact ? toVisitorEvent(news, contact) : toAgentEvent(news, agent)
  if (!contact) return news.by === agent?.id ? undefined : news.agent
  const { event, contactId = contact.id } = news.visitor ?? {}
  return contactId === contact.id ? event : undefined
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

function isPresent(desk: DeskRecord, { contact }: Listener): boolean {
  return [...desk.listeners].some((one) => one.contact?.id === contact?.id)
}

function tellPresence(desk: DeskRecord, { contact }: Listener): void {
  tell(desk, contact ? contactPresence(desk, contact) : agentsPresence(desk))
}
