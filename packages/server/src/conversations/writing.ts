import {
  type ConversationEvent,
  type ConversationStatus,
  conversationStatuses,
  dueAt,
  HelpdeskError,
  nextStatus,
} from '@helpdesk/core'
import type { Message } from '@helpdesk/core/api'
import type { AgentActor } from '../agents/service.ts'
import type { ContactActor } from '../contacts/service.ts'
import type { Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskOffersMessaging } from '../desks/service.ts'
import { type IdempotencyRequest, replayOf } from '../idempotency/service.ts'
import { insertNote, markAgentRead, markContactRead, updateState } from './changes.ts'
import { messageOf } from './service.ts'
import { writeStatements } from './statements.ts'

/** Where a write left its mark. */
export interface Written {
  conversationId: string
  messageId: string
}

/** Core's rule for an event as a table that SQL can look up: the next status by status. */
const statusTable = (event: ConversationEvent) =>
  JSON.stringify(
    Object.fromEntries(conversationStatuses.map((status) => [status, nextStatus(status, event)])),
  )

const afterContact = statusTable({ type: 'contact_writes' })
const afterReply = statusTable({ type: 'agent_replies' })
const afterReplyAndResolve = statusTable({ type: 'agent_replies', resolve: true })
const afterTaking = statusTable({ type: 'agent_takes' })
const unchanged = statusTable({ type: 'agent_notes' })

/** The first words of a message, on one line. */
export const previewOf = (body: string) =>
  Array.from(body.slice(0, 400).replace(/\s+/g, ' ').trim()).slice(0, 140).join('')

/** Tells every stream of the desk that its log has grown. */
export function wake(deps: Deps, deskId: string): void {
  deps.bus.publish({ type: 'events', deskId })
}

/** Desk switches that stop visitors from writing. @throws HelpdeskError messaging_disabled */
export function assertMessaging(desk: DeskRecord): void {
  if (!deskOffersMessaging(desk)) throw new HelpdeskError('messaging_disabled')
}

/** The contact writes in one of its conversations: one statement. @throws HelpdeskError not_found, messaging_disabled */
export async function replyAsContact(
  deps: Deps,
  desk: DeskRecord,
  contact: ContactActor,
  input: { conversationId: string; message: string },
  idempotency: IdempotencyRequest | null,
): Promise<Message> {
  assertMessaging(desk)
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const now = deps.now()
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(writeStatements(deps).contactReply, [
    desk.deskId,
    input.conversationId,
    now,
    contact.id,
    written.messageId,
    input.message,
    previewOf(input.message),
    afterContact,
    dueAt(now, { instant: false }),
    ...claimValues(contact.id, idempotency, written),
  ])
  const made = await settle(deps, desk, contact.id, idempotency, row, written)
  if (row?.seq == null) return messageOf(deps, desk.deskId, made.conversationId, made.messageId)
  return newMessage(written, row.seq, contact.name, input.message, now)
}

/** What a contact wrote just now, as it sees it: what the statement put down, without reading it again. */
export function newMessage(
  written: Written,
  seq: number,
  name: string | null,
  body: string,
  now: Date,
): Message {
  const { conversationId, messageId } = written
  return {
    id: messageId,
    conversationId,
    seq,
    author: { type: 'contact', name },
    body,
    createdAt: now.toISOString(),
  }
}

/** An agent answers: one statement; the e-mail is due in 60 seconds, or at once. @throws HelpdeskError not_found */
export async function replyAsAgent(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  input: {
    conversationId: string
    message: string
    sendInstantly?: boolean | undefined
    resolve?: boolean | undefined
  },
  idempotency: IdempotencyRequest | null,
): Promise<Written> {
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const now = deps.now()
  const instant = input.sendInstantly ?? desk.settings.messaging.sendInstantlyDefault
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(writeStatements(deps).agentReply, [
    desk.deskId,
    input.conversationId,
    now,
    agent.id,
    written.messageId,
    input.message,
    previewOf(input.message),
    input.resolve ? afterReplyAndResolve : afterReply,
    dueAt(now, { instant }),
    ...claimValues(agent.id, idempotency, written),
  ])
  return settle(deps, desk, agent.id, idempotency, row, written)
}

/** An agent writes a note that only agents see. @throws HelpdeskError not_found */
export async function writeNote(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  input: { conversationId: string; message: string },
  idempotency: IdempotencyRequest | null,
): Promise<Written> {
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(insertNote, [
    desk.deskId,
    input.conversationId,
    deps.now(),
    agent.id,
    written.messageId,
    input.message,
    ...claimValues(agent.id, idempotency, written),
  ])
  return settle(deps, desk, agent.id, idempotency, row, written)
}

const claimValues = (scope: string, idempotency: IdempotencyRequest | null, made: Written) => [
  scope,
  idempotency?.keyHash ?? null,
  idempotency?.requestHash ?? null,
  JSON.stringify(made),
]

/** What a write made, or what the first request with its key made. */
async function settle(
  deps: Deps,
  desk: DeskRecord,
  scope: string,
  idempotency: IdempotencyRequest | null,
  row: { found: number; seq: number | null } | undefined,
  written: Written,
): Promise<Written> {
  if (!row || row.found === 0) throw new HelpdeskError('not_found')
  if (row.seq === null) {
    if (!idempotency) throw new HelpdeskError('internal')
    return (await replayOf(deps.db, desk.deskId, scope, idempotency)) as unknown as Written
  }
  wake(deps, desk.deskId)
  return written
}

/** Sets the status by hand. @throws HelpdeskError not_found */
export function setStatus(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  id: string,
  status: ConversationStatus,
) {
  return change(deps, desk, agent, id, statusTable({ type: 'status_set', status }), { field: 'status' })
}

/** The agent takes a conversation, or gives it back. @throws HelpdeskError not_found */
export function assign(deps: Deps, desk: DeskRecord, agent: AgentActor, id: string, assignee: string | null) {
  return change(deps, desk, agent, id, assignee ? afterTaking : unchanged, { field: 'assignee', assignee })
}

async function change(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  conversationId: string,
  table: string,
  to: { field: 'status' } | { field: 'assignee'; assignee: string | null },
): Promise<void> {
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(updateState, [
    desk.deskId,
    conversationId,
    deps.now(),
    agent.id,
    deps.newId(),
    table,
    to.field === 'assignee',
    to.field === 'assignee' ? to.assignee : null,
    to.field,
  ])
  if (!row || row.found === 0) throw new HelpdeskError('not_found')
  if (row.seq !== null) wake(deps, desk.deskId)
}

/** The contact has seen everything up to a position. @returns its mark @throws HelpdeskError not_found */
export async function readAsContact(
  deps: Deps,
  desk: DeskRecord,
  contactId: string,
  id: string,
  seq: number,
): Promise<number> {
  return markRead(deps, desk, markContactRead, id, contactId, seq)
}

/** An agent has seen everything up to a position. @returns its mark @throws HelpdeskError not_found */
export async function readAsAgent(
  deps: Deps,
  desk: DeskRecord,
  agentId: string,
  id: string,
  seq: number,
): Promise<number> {
  return markRead(deps, desk, markAgentRead, id, agentId, seq)
}

async function markRead(
  deps: Deps,
  desk: DeskRecord,
  statement: Statement,
  id: string,
  reader: string,
  seq: number,
) {
  const [row] = await deps.db.run<{ read_seq: number; seq: number | null }>(statement, [
    desk.deskId,
    id,
    deps.now(),
    reader,
    seq,
  ])
  if (!row) throw new HelpdeskError('not_found')
  if (row.seq !== null) wake(deps, desk.deskId)
  return row.read_seq
}
