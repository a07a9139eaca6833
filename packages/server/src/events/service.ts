import type { AgentEvent, AgentMessage, VisitorEvent } from '@helpdesk/core/api'
import type { VisitorScope } from '../contacts/scope.ts'
import { agentMessages, agentRepliesBetween, inboxItems, type MessageRef } from '../conversations/service.ts'
import { contactConversations, contactMessages } from '../conversations/visitor-service.ts'
import type { Deps } from '../deps.ts'
import { createGate, type Gate } from '../gate.ts'
import type { EventLog } from '../realtime/hub.ts'
import type { Viewer } from '../realtime/presence.ts'
import {
  type EventRow,
  selectContactEvents,
  selectEventSeq,
  selectEventSeqs,
  selectEventsAfter,
} from './store.ts'

/** An event that stands in the log, as a contact sees it. */
export type LoggedVisitorEvent = Extract<VisitorEvent, { seq: number }>
/** An event that stands in the log, as an agent sees it. */
export type LoggedAgentEvent = Extract<AgentEvent, { seq: number }>
/** An event that stands in the log, as somebody sees it. */
export type LoggedEvent = LoggedVisitorEvent | LoggedAgentEvent

/** Some events and where to go on. */
export interface EventPage {
  events: LoggedEvent[]
  /** Everything up to here is in this page or does not concern the viewer. */
  cursor: number
  more: boolean
}

/** The log as the hub reads it. */
export function eventLog(deps: Deps): EventLog {
  return {
    heads: (deskIds) => selectEventSeqs(deps.db, deskIds),
    rows: (deskId, after, limit) => selectEventsAfter(deps.db, deskId, after, limit),
    forContact: (deskId, scope, rows) => contactEvents(deps, deskId, scope, rows),
    forAgents: (deskId, agentIds, rows) => agentEvents(deps, deskId, agentIds, rows),
    page: (deskId, viewer, after, limit) => readEvents(deps, deskId, viewer, after, limit),
  }
}

/** A contact's events are looked for in stretches of this length: one query stays cheap however far back it begins. */
const stretchLength = 5_000
const stretchesPerPage = 10
const readsAtOnce = 4

/**
 * The events after a position as the viewer sees them; polls and the catching up of streams are this function.
 * @param after beyond the newest event it counts as the newest; undefined: from now on, so nothing yet
 */
export async function readEvents(
  deps: Deps,
  deskId: string,
  viewer: Viewer,
  after: number | undefined,
  limit: number,
): Promise<EventPage> {
  const head = await selectEventSeq(deps.db, deskId)
  if (after === undefined || after >= head) return { events: [], cursor: head, more: false }
  if ('contactId' in viewer) return readContactPage(deps, deskId, viewer, { after, head, limit })
  const rows = await selectEventsAfter(deps.db, deskId, after, limit)
  const seen = await agentEvents(deps, deskId, [viewer.agentId], rows)
  const cursor = lastSeq(rows) ?? head
  return { events: seen.get(viewer.agentId) ?? [], cursor, more: cursor < head }
}

async function readContactPage(
  deps: Deps,
  deskId: string,
  scope: VisitorScope,
  { after, head, limit }: { after: number; head: number; limit: number },
): Promise<EventPage> {
  const rows: EventRow[] = []
  let cursor = after
  for (let i = 0; i < stretchesPerPage && cursor < head && rows.length < limit; i++) {
    const until = Math.min(cursor + stretchLength, head)
    const stretch = { after: cursor, until, limit: limit - rows.length }
    const found = await selectContactEvents(deps.db, deskId, scope, stretch)
    rows.push(...found)
    cursor = found.length < stretch.limit ? until : (lastSeq(found) ?? until)
  }
  return { events: await contactEvents(deps, deskId, scope, rows), cursor, more: cursor < head }
}

/**
 * Whether a visitor may have to know of an event: of its own conversations, its client's and the desk, never of what is
 * for agents. Whether it may see the conversation is asked again when it is read.
 */
export function concernsContact(row: EventRow, { contactId, clientId }: VisitorScope): boolean {
  if (row.audience !== 'all') return false
  return (
    row.contactId === contactId ||
    (clientId !== null && row.clientId === clientId) ||
    row.type === 'desk.updated'
  )
}

/** Rows of the log as one visitor sees them. What concerns others, or is gone, is left out. */
export async function contactEvents(
  deps: Deps,
  deskId: string,
  scope: VisitorScope,
  rows: readonly EventRow[],
): Promise<LoggedVisitorEvent[]> {
  const own = rows.filter((row) => concernsContact(row, scope))
  const created = own.filter((row) => row.type === 'message.created')
  const [conversations, messages] = await Promise.all([
    unlessEmpty(conversationIds(own), (ids) => contactConversations(deps, deskId, scope, ids)),
    unlessEmpty(messageRefs(created), (refs) => contactMessages(deps, deskId, scope.contactId, refs)),
  ])
  return own.flatMap((row): LoggedVisitorEvent[] => {
    const place = { seq: row.seq, at: row.at.toISOString() }
    if (row.type === 'desk.updated') return [{ ...place, type: row.type }]
    const conversation = conversations.get(row.conversationId ?? '')
    if (!conversation) return []
    switch (row.type) {
      case 'message.created': {
        const message = messages.get(messageKey(row))
        return message ? [{ ...place, type: row.type, conversation, message }] : []
      }
      case 'conversation.updated':
        return [{ ...place, type: row.type, conversation }]
      case 'conversation.read':
        return [{ ...place, type: row.type, conversation, by: row.data?.by ?? 'contact' }]
      default:
        return []
    }
  })
}

/** Rows of the log as each of the agents sees them: only what an inbox row says of unread differs. */
export async function agentEvents(
  deps: Deps,
  deskId: string,
  agentIds: readonly string[],
  rows: readonly EventRow[],
): Promise<Map<string, LoggedAgentEvent[]>> {
  const ids = conversationIds(rows.filter((row) => row.type !== 'notification.updated'))
  // However many agents and e-mails there are, some connections must be left for requests.
  const gate = createGate(readsAtOnce)
  const [messages, emails, ...inboxes] = await Promise.all([
    unlessEmpty(messageRefs(rows), (refs) => gate(() => agentMessages(deps, deskId, refs))),
    readEmails(deps, deskId, rows, gate),
    ...agentIds.map((agentId) => unlessEmpty(ids, () => gate(() => inboxItems(deps, deskId, agentId, ids)))),
  ])
  const found = { messages, emails }
  return new Map(
    agentIds.map((agentId, i) => [
      agentId,
      rows.flatMap((row) => toAgentEvent(row, found, inboxes[i]?.get(row.conversationId ?? '')) ?? []),
    ]),
  )
}

interface Found {
  messages: Map<string, AgentMessage>
  emails: Map<number, AgentMessage[]>
}

function toAgentEvent(
  row: EventRow,
  { messages, emails }: Found,
  conversation: Extract<LoggedAgentEvent, { type: 'conversation.updated' }>['conversation'] | undefined,
): LoggedAgentEvent | null {
  const place = { seq: row.seq, at: row.at.toISOString() }
  if (row.type === 'desk.updated') return { ...place, type: row.type }
  if (row.type === 'notification.updated') {
    const about = emails.get(row.seq) ?? []
    const isShown = about.length > 0 || row.data?.inThread === false
    if (row.conversationId === null || !isShown) return null
    const states = about.flatMap(({ id, email }) => (email ? [{ messageId: id, email }] : []))
    return { ...place, type: row.type, conversationId: row.conversationId, emails: states }
  }
  if (!conversation) return null
  const message = messages.get(messageKey(row)) ?? null
  if (row.type === 'conversation.updated') return { ...place, type: row.type, conversation, message }
  if (row.type === 'message.created') return message && { ...place, type: row.type, conversation, message }
  const { by = 'contact', agentId = null, readSeq = 0 } = row.data ?? {}
  return { ...place, type: row.type, conversation, by, agentId, readSeq }
}

/** The messages that each change of an e-mail is about, by the event's position. */
async function readEmails(
  deps: Deps,
  deskId: string,
  rows: readonly EventRow[],
  gate: Gate,
): Promise<Map<number, AgentMessage[]>> {
  const found = new Map<string, Promise<AgentMessage[]>>()
  const changed = rows.flatMap(({ seq, type, conversationId, data }) => {
    if (type !== 'notification.updated' || conversationId === null || data?.inThread === false) return []
    const [first, last] = [data?.firstSeq ?? 0, data?.lastSeq ?? Number.MAX_SAFE_INTEGER]
    // One e-mail changes several times: scheduled, sending, sent.
    const key = `${conversationId}:${first}:${last}`
    const replies =
      found.get(key) ?? gate(() => agentRepliesBetween(deps, deskId, conversationId, first, last))
    found.set(key, replies)
    return [replies.then((messages): [number, AgentMessage[]] => [seq, messages])]
  })
  return new Map(await Promise.all(changed))
}

const lastSeq = (rows: readonly EventRow[]) => rows.at(-1)?.seq

const messageKey = (row: EventRow) => `${row.conversationId}:${row.messageSeq}`

function conversationIds(rows: readonly EventRow[]): string[] {
  return [...new Set(rows.flatMap(({ conversationId }) => (conversationId === null ? [] : [conversationId])))]
}

function messageRefs(rows: readonly EventRow[]): MessageRef[] {
  return rows.flatMap(({ conversationId, messageSeq }) =>
    conversationId === null || messageSeq === null ? [] : [{ conversationId, seq: messageSeq }],
  )
}

async function unlessEmpty<T, V>(
  items: readonly T[],
  read: (items: readonly T[]) => Promise<Map<string, V>>,
): Promise<Map<string, V>> {
  return items.length === 0 ? new Map() : read(items)
}
