import { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from '@helpdesk/core/api'
import { tell } from './acts.ts'
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
      send(after === undefined ? `retry: 1000\nid: ${desk.seq}\n\n` : 'retry: 1000\n\n')
      for (const entry of desk.log) if (entry.seq > (after ?? desk.seq)) listener.tell(entry)
      enter(desk, listener)
    },
    cancel: () => close(),
  })
}

function view(news: LogEntry | Passing, contact: ContactRecord | null, agent: AgentRecord | null) {
  if ('seq' in news) return contact ? toVisitorEvent(news, contact) : toAgentEvent(news, agent)
  if (!contact) return news.agent
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
  const before = presence(desk, listener)
  desk.listeners.add(listener)
  tellPresence(desk, listener, before)
}

function leave(desk: DeskRecord, listener: Listener): void {
  const before = presence(desk, listener)
  desk.listeners.delete(listener)
  tellPresence(desk, listener, before)
}

function presence(desk: DeskRecord, { contact }: Listener): boolean {
  return [...desk.listeners].some((one) => one.contact?.id === contact?.id)
}

function tellPresence(desk: DeskRecord, listener: Listener, before: boolean): void {
  const online = presence(desk, listener)
  const { contact } = listener
  if (online === before) return
  if (contact) tell(desk, { agent: { type: 'presence', contactId: contact.id, online } })
  else tell(desk, { visitor: { event: { type: 'presence', agentsOnline: online } } })
}
