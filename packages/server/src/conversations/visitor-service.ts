import { HelpdeskError, normalizeNumber } from '@helpdesk/core'
import type { Conversation, ConversationWithMessages, Message } from '@helpdesk/core/api'
import { attachmentViews } from '../attachments/service.ts'
import type { VisitorScope } from '../contacts/scope.ts'
import type { Deps } from '../deps.ts'
import { currentEventSeq, type DeskRecord } from '../desks/service.ts'
import { type MessageRef, newestMessages, refKey } from './service.ts'
import { fromNewest, selectMessageById, selectMessages, selectNewestMessages } from './store.ts'
import { type Attach, conversationView, messageView } from './views.ts'
import {
  type ContactConversationRow,
  selectContactConversationByNumber,
  selectContactConversations,
  selectContactConversationsByIds,
  selectTickets,
  selectUnread,
  type TicketState,
} from './visitor-store.ts'

const attachIn =
  (deps: Deps, deskId: string): Attach =>
  (facts) =>
    attachmentViews(deps, deskId, facts)

/** A contact's conversations with their newest messages, newest activity first. */
export async function readHistory(
  deps: Deps,
  desk: DeskRecord,
  scope: VisitorScope,
  page: { before: number; limit: number },
): Promise<{ conversations: ConversationWithMessages[]; next: number | null; eventSeq: number }> {
  const { rows, eventSeq } = await selectContactConversations(
    deps.db,
    desk.deskId,
    scope,
    page.before,
    page.limit + 1,
  )
  const shown = rows.slice(0, page.limit)
  return {
    conversations: await withMessages(deps, desk.deskId, scope, shown),
    next: rows.length > page.limit ? (shown.at(-1)?.last_message_seq ?? null) : null,
    eventSeq,
  }
}

async function withMessages(
  deps: Deps,
  deskId: string,
  { contactId }: VisitorScope,
  rows: readonly ContactConversationRow[],
): Promise<ConversationWithMessages[]> {
  const ids = rows.map((row) => row.id)
  const messages =
    ids.length > 0
      ? await selectNewestMessages(deps.db, deskId, ids, fromNewest, false, newestMessages + 1)
      : []
  const byConversation = Map.groupBy(messages, (message) => message.conversation_id)
  const attach = attachIn(deps, deskId)
  return rows.map((row) => {
    const found = byConversation.get(row.id) ?? []
    const newest = found.slice(-newestMessages)
    const older = found.length > newestMessages ? String(newest[0]?.seq) : null
    return {
      ...conversationView(row),
      messages: newest.map((message) => messageView(message, contactId, attach)),
      olderMessages: older,
    }
  })
}

/** A page of the tickets that a visitor may see, newest activity first. */
export async function listTickets(
  deps: Deps,
  desk: DeskRecord,
  scope: VisitorScope,
  state: TicketState,
  page: { before: number; limit: number },
): Promise<{ tickets: Conversation[]; next: number | null; eventSeq: number }> {
  const { rows, eventSeq } = await selectTickets(
    deps.db,
    desk.deskId,
    scope,
    state,
    page.before,
    page.limit + 1,
  )
  const shown = rows.slice(0, page.limit)
  return {
    tickets: shown.map(conversationView),
    next: rows.length > page.limit ? (shown.at(-1)?.last_message_seq ?? null) : null,
    eventSeq,
  }
}

/** A conversation by its number, with its newest messages. @throws HelpdeskError not_found, also for a foreign one */
export async function readByNumber(
  deps: Deps,
  desk: DeskRecord,
  scope: VisitorScope,
  number: string,
): Promise<{ ticket: ConversationWithMessages; eventSeq: number }> {
  const eventSeq = await currentEventSeq(deps, desk.deskId)
  const row = await selectContactConversationByNumber(deps.db, desk.deskId, scope, normalizeNumber(number))
  const [ticket] = row ? await withMessages(deps, desk.deskId, scope, [row]) : []
  if (!ticket) throw new HelpdeskError('not_found')
  return { ticket, eventSeq }
}

/** Older messages of a conversation that a visitor may see. @throws HelpdeskError not_found */
export async function readContactMessages(
  deps: Deps,
  desk: DeskRecord,
  scope: VisitorScope,
  conversationId: string,
  page: { before: number; limit: number },
): Promise<{ messages: Message[]; next: number | null }> {
  await assertVisible(deps, desk.deskId, scope, conversationId)
  const rows = await selectNewestMessages(
    deps.db,
    desk.deskId,
    [conversationId],
    page.before,
    false,
    page.limit + 1,
  )
  const shown = rows.slice(-page.limit)
  const attach = attachIn(deps, desk.deskId)
  return {
    messages: shown.map((row) => messageView(row, scope.contactId, attach)),
    next: rows.length > page.limit ? (shown[0]?.seq ?? null) : null,
  }
}

/** How many replies the contact has not seen. */
export function countUnread(deps: Deps, desk: DeskRecord, scope: VisitorScope): Promise<number> {
  return selectUnread(deps.db, desk.deskId, scope)
}

/** Whether a visitor may see a conversation. @throws HelpdeskError not_found */
export async function assertVisible(
  deps: Deps,
  deskId: string,
  scope: VisitorScope,
  id: string,
): Promise<ContactConversationRow> {
  const [row] = await selectContactConversationsByIds(deps.db, deskId, scope, [id])
  if (!row) throw new HelpdeskError('not_found')
  return row
}

/** Conversations that a visitor may see, by id. */
export async function contactConversations(
  deps: Deps,
  deskId: string,
  scope: VisitorScope,
  ids: readonly string[],
): Promise<Map<string, Conversation>> {
  const rows = await selectContactConversationsByIds(deps.db, deskId, scope, ids)
  return new Map(rows.map((row) => [row.id, conversationView(row)]))
}

/** Replies by `conversationId:seq`, as a visitor sees them; notes and events are never among them. */
export async function contactMessages(
  deps: Deps,
  deskId: string,
  contactId: string,
  refs: readonly MessageRef[],
): Promise<Map<string, Message>> {
  const rows = await selectMessages(deps.db, deskId, refs)
  const attach = attachIn(deps, deskId)
  return new Map(
    rows
      .filter((row) => row.kind === 'reply')
      .map((row) => [
        refKey({ conversationId: row.conversation_id, seq: row.seq }),
        messageView(row, contactId, attach),
      ]),
  )
}

/** A reply by id, as a visitor sees it. @throws HelpdeskError not_found */
export async function messageOf(
  deps: Deps,
  deskId: string,
  contactId: string,
  conversationId: string,
  id: string,
): Promise<Message> {
  const row = await selectMessageById(deps.db, deskId, conversationId, id)
  if (!row) throw new HelpdeskError('not_found')
  return messageView(row, contactId, attachIn(deps, deskId))
}
