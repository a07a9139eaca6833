import {
  type ConversationEvent,
  conversationStatuses,
  dueAt,
  HelpdeskError,
  nextStatus,
} from '@helpdesk/core'
import type { Message } from '@helpdesk/core/api'
import type { AgentActor } from '../agents/service.ts'
import { scopeValues } from '../contacts/scope.ts'
import type { ContactActor } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskOffersMessaging } from '../desks/service.ts'
import { type IdempotencyRequest, replayOf } from '../idempotency/service.ts'
import { insertNote } from './changes.ts'
import { type Beside, previewOf, type Written, write } from './making.ts'
import { writeStatements } from './statements.ts'
import { assertVisible, messageOf } from './visitor-service.ts'

/** Core's rule for an event as a table that SQL can look up: the next status by status. */
export const statusTable = (event: ConversationEvent) =>
  JSON.stringify(
    Object.fromEntries(conversationStatuses.map((status) => [status, nextStatus(status, event)])),
  )

const afterContact = statusTable({ type: 'contact_writes' })
const afterReply = statusTable({ type: 'agent_replies' })
const afterReplyAndResolve = statusTable({ type: 'agent_replies', resolve: true })

/** Tells every stream of the desk that its log has grown. */
export function wake(deps: Deps, deskId: string): void {
  deps.bus.publish({ type: 'events', deskId })
}

/** Desk switches that stop visitors from writing. @throws HelpdeskError messaging_disabled */
export function assertMessaging(desk: DeskRecord): void {
  if (!deskOffersMessaging(desk)) throw new HelpdeskError('messaging_disabled')
}

/** Visitors' files, where the desk takes them. @throws HelpdeskError attachments_disabled */
export function assertAttachments(desk: DeskRecord, attachments: readonly string[] | undefined): void {
  if (attachments?.length && !desk.settings.widget.attachments)
    throw new HelpdeskError('attachments_disabled')
}

/**
 * The text of a message, which may be empty only beside files.
 * @param field its name in the body of the request
 * @throws HelpdeskError validation_failed
 */
export function readBody(
  input: { message: string; attachments?: readonly string[] | undefined },
  field = 'message',
): string {
  if (/\S/.test(input.message)) return input.message
  if (input.attachments?.length) return ''
  throw new HelpdeskError('validation_failed', {
    detail: `Check ${field}`,
    errors: [{ pointer: `/body/${field}`, detail: 'must not be blank' }],
  })
}

/** The e-mail that a message came in as. */
export interface MessageOriginal {
  emailId: string
  /** Whom it names as its sender. */
  from: string
  /** Only the holder of that mailbox can have sent it. */
  proved: boolean
}

/** How the e-mail of a message is written down. */
export const originalValue = (original: MessageOriginal | undefined) =>
  original ? JSON.stringify(original) : null

/**
 * A visitor writes in a conversation that it may see: one statement. A ticket takes comments also where messaging is
 * off.
 * @throws HelpdeskError not_found, messaging_disabled, attachments_disabled, validation_failed
 */
export async function replyAsContact(
  deps: Deps,
  desk: DeskRecord,
  contact: ContactActor,
  input: {
    conversationId: string
    message: string
    attachments?: readonly string[] | undefined
    original?: MessageOriginal | undefined
  },
  idempotency: IdempotencyRequest | null,
): Promise<Message> {
  assertAttachments(desk, input.attachments)
  const body = readBody(input)
  // Whoever got an e-mail can answer it, whatever the widget offers.
  const messaging = deskOffersMessaging(desk) || input.original !== undefined
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const now = deps.now()
  const [, ...access] = scopeValues(contact.scope)
  const via = input.original ? 'email' : contact.via === 'link' ? 'public_link' : null
  const values = [
    desk.deskId,
    input.conversationId,
    now,
    contact.id,
    written.messageId,
    body,
    previewOf(body),
    afterContact,
    dueAt(now, { instant: false }),
    ...claimValues(contact.id, idempotency, written),
    ...access,
    messaging,
    via,
    originalValue(input.original),
  ]
  const files = { keys: input.attachments ?? [], beside: undefined, ...written }
  const { row, attachments } = await write<WriteRow>(
    deps,
    desk,
    writeStatements(deps).contactReply,
    values,
    files,
  )
  if (row?.found === 0 && !messaging) {
    await assertVisible(deps, desk.deskId, contact.scope, input.conversationId)
    throw new HelpdeskError('messaging_disabled')
  }
  const made = await settle(deps, desk, contact.id, idempotency, row, written)
  if (row?.seq == null) return messageOf(deps, desk.deskId, contact.id, made.conversationId, made.messageId)
  return { ...newMessage(written, row.seq, contact.name, body, now), attachments, via }
}

interface WriteRow {
  found: number
  seq: number | null
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
    author: { type: 'contact', name, self: true },
    body,
    attachments: [],
    via: null,
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
    attachments?: readonly string[] | undefined
    sendInstantly?: boolean | undefined
    resolve?: boolean | undefined
    original?: MessageOriginal | undefined
  },
  idempotency: IdempotencyRequest | null,
): Promise<Written> {
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const now = deps.now()
  const body = readBody(input)
  const instant = input.sendInstantly ?? desk.settings.messaging.sendInstantlyDefault
  const values = [
    desk.deskId,
    input.conversationId,
    now,
    agent.id,
    written.messageId,
    body,
    previewOf(body),
    input.resolve ? afterReplyAndResolve : afterReply,
    dueAt(now, { instant }),
    ...claimValues(agent.id, idempotency, written),
    originalValue(input.original),
  ]
  const files = { keys: input.attachments ?? [], beside: undefined, ...written }
  const { row } = await write<WriteRow>(deps, desk, writeStatements(deps).agentReply, values, files)
  return settle(deps, desk, agent.id, idempotency, row, written)
}

/** An agent writes a note that only agents see. @throws HelpdeskError not_found */
export async function writeNote(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  input: {
    conversationId: string
    message: string
    attachments?: readonly string[] | undefined
    original?: MessageOriginal | undefined
    beside?: Beside | undefined
  },
  idempotency: IdempotencyRequest | null,
): Promise<Written> {
  const written = { conversationId: input.conversationId, messageId: deps.newId() }
  const values = [
    desk.deskId,
    input.conversationId,
    deps.now(),
    agent.id,
    written.messageId,
    readBody(input),
    ...claimValues(agent.id, idempotency, written),
    originalValue(input.original),
  ]
  const files = { keys: input.attachments ?? [], beside: input.beside, ...written }
  const { row } = await write<WriteRow>(deps, desk, insertNote, values, files)
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
  row: WriteRow | undefined,
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
