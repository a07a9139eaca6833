import { HelpdeskError } from '@helpdesk/core'
import type {
  AgentMessage,
  Conversation,
  ConversationDetail,
  ConversationWithMessages,
  InboxCounts,
  InboxItem,
  Message,
} from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { emailStates } from '../notifications/service.ts'
import {
  fromNewest,
  type InboxFilter,
  type MessageRow,
  selectAgentReplies,
  selectContactConversations,
  selectContactConversationsByIds,
  selectConversations,
  selectCounts,
  selectInbox,
  selectMessageById,
  selectMessages,
  selectNewestMessages,
  selectUnread,
} from './store.ts'
import { agentMessageView, contactView, conversationView, inboxItemView, messageView } from './views.ts'

/** Where a message stands: its conversation and its position. */
export interface MessageRef {
  conversationId: string
  seq: number
}

/** How many messages a conversation brings along. */
const newestMessages = 50

const refKey = (ref: MessageRef) => `${ref.conversationId}:${ref.seq}`

/** A page of the inbox, newest activity first. */
export async function listInbox(
  deps: Deps,
  desk: DeskRecord,
  agentId: string,
  filter: InboxFilter,
  page: { before: number; limit: number },
): Promise<{ items: InboxItem[]; next: number | null }> {
  const rows = await selectInbox(deps.db, desk.deskId, agentId, filter, page.before, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const next = rows.length > page.limit ? (shown.at(-1)?.last_message_seq ?? null) : null
  return { items: shown.map(inboxItemView), next }
}

/** How many conversations each view has. */
export async function countInbox(deps: Deps, desk: DeskRecord, agentId: string): Promise<InboxCounts> {
  const counts = await selectCounts(deps.db, desk.deskId, agentId)
  if (!counts) throw new HelpdeskError('not_found')
  const { pending, in_progress, waiting, resolved, mine, unassigned } = counts
  const open = pending + in_progress + waiting
  return { all: open + resolved, open, pending, in_progress, waiting, resolved, mine, unassigned }
}

/** A conversation as an agent reads it. @throws HelpdeskError not_found */
export async function readConversation(
  deps: Deps,
  desk: DeskRecord,
  agentId: string,
  conversationId: string,
  eventSeq: number,
): Promise<ConversationDetail> {
  const [rows, page] = await Promise.all([
    selectConversations(deps.db, desk.deskId, agentId, [conversationId]),
    readAgentMessages(deps, desk, conversationId, { before: fromNewest, limit: newestMessages }),
  ])
  const row = rows[0]
  if (!row) throw new HelpdeskError('not_found')
  return {
    ...inboxItemView(row),
    contact: contactView(row, deps.presence.contactOnline(desk.deskId, row.contact_id)),
    contactReadSeq: row.contact_read_seq,
    pageUrl: row.page_url,
    userAgent: row.user_agent,
    messages: page.messages,
    olderMessages: page.next === null ? null : String(page.next),
    eventSeq,
  }
}

/** A page of a thread with notes, events and e-mail states, oldest first. */
export async function readAgentMessages(
  deps: Deps,
  desk: DeskRecord,
  conversationId: string,
  page: { before: number; limit: number },
): Promise<{ messages: AgentMessage[]; next: number | null }> {
  const rows = await selectNewestMessages(
    deps.db,
    desk.deskId,
    [conversationId],
    page.before,
    true,
    page.limit + 1,
  )
  const shown = rows.slice(-page.limit)
  const messages = await withEmailStates(deps, desk.deskId, shown)
  return { messages, next: rows.length > page.limit ? (shown[0]?.seq ?? null) : null }
}

async function withEmailStates(deps: Deps, deskId: string, rows: MessageRow[]): Promise<AgentMessage[]> {
  const replies = rows.filter((row) => row.kind === 'reply' && row.author_type === 'agent')
  const refs = replies.map((row) => ({ conversationId: row.conversation_id, seq: row.seq }))
  const states = refs.length > 0 ? await emailStates(deps.db, deskId, refs) : new Map()
  return rows.map((row) =>
    agentMessageView(row, states.get(refKey({ conversationId: row.conversation_id, seq: row.seq })) ?? null),
  )
}

/** A contact's conversations with their newest messages, newest activity first. */
export async function readHistory(
  deps: Deps,
  desk: DeskRecord,
  contactId: string,
  page: { before: number; limit: number },
): Promise<{ conversations: ConversationWithMessages[]; next: number | null; eventSeq: number }> {
  const { rows, eventSeq } = await selectContactConversations(
    deps.db,
    desk.deskId,
    contactId,
    page.before,
    page.limit + 1,
  )
  const shown = rows.slice(0, page.limit)
  const ids = shown.map((row) => row.id)
  const messages =
    ids.length > 0
      ? await selectNewestMessages(deps.db, desk.deskId, ids, fromNewest, false, newestMessages + 1)
      : []
  const byConversation = Map.groupBy(messages, (message) => message.conversation_id)
  const conversations = shown.map((row) => {
    const found = byConversation.get(row.id) ?? []
    const newest = found.slice(-newestMessages)
    const older = found.length > newestMessages ? String(newest[0]?.seq) : null
    return { ...conversationView(row), messages: newest.map(messageView), olderMessages: older }
  })
  return {
    conversations,
    next: rows.length > page.limit ? (shown.at(-1)?.last_message_seq ?? null) : null,
    eventSeq,
  }
}

/** Older messages of one of the contact's own conversations. @throws HelpdeskError not_found */
export async function readContactMessages(
  deps: Deps,
  desk: DeskRecord,
  contactId: string,
  conversationId: string,
  page: { before: number; limit: number },
): Promise<{ messages: Message[]; next: number | null }> {
  const own = await selectContactConversationsByIds(deps.db, desk.deskId, contactId, [conversationId])
  if (own.length === 0) throw new HelpdeskError('not_found')
  const rows = await selectNewestMessages(
    deps.db,
    desk.deskId,
    [conversationId],
    page.before,
    false,
    page.limit + 1,
  )
  const shown = rows.slice(-page.limit)
  return { messages: shown.map(messageView), next: rows.length > page.limit ? (shown[0]?.seq ?? null) : null }
}

/** How many replies the contact has not seen. */
export function countUnread(deps: Deps, desk: DeskRecord, contactId: string): Promise<number> {
  return selectUnread(deps.db, desk.deskId, contactId)
}

/** Whether the conversation is the contact's own. @throws HelpdeskError not_found */
export async function assertOwnConversation(
  deps: Deps,
  deskId: string,
  contactId: string,
  id: string,
): Promise<void> {
  const own = await selectContactConversationsByIds(deps.db, deskId, contactId, [id])
  if (own.length === 0) throw new HelpdeskError('not_found')
}

/** Whose a conversation is. @throws HelpdeskError not_found */
export async function contactOfConversation(deps: Deps, deskId: string, id: string): Promise<string> {
  const [row] = await selectConversations(deps.db, deskId, null, [id])
  if (!row) throw new HelpdeskError('not_found')
  return row.contact_id
}

/** Inbox rows by id, as an agent sees them. */
export async function inboxItems(
  deps: Deps,
  deskId: string,
  agentId: string | null,
  ids: readonly string[],
): Promise<Map<string, InboxItem>> {
  const rows = await selectConversations(deps.db, deskId, agentId, ids)
  return new Map(rows.map((row) => [row.id, inboxItemView(row)]))
}

/** Messages by `conversationId:seq`, as agents see them. */
export async function agentMessages(
  deps: Deps,
  deskId: string,
  refs: readonly MessageRef[],
): Promise<Map<string, AgentMessage>> {
  const messages = await withEmailStates(deps, deskId, await selectMessages(deps.db, deskId, refs))
  return new Map(messages.map((message) => [refKey(message), message]))
}

/** Agents' replies between two positions, both included. */
export async function agentRepliesBetween(
  deps: Deps,
  deskId: string,
  conversationId: string,
  first: number,
  last: number,
): Promise<AgentMessage[]> {
  return withEmailStates(deps, deskId, await selectAgentReplies(deps.db, deskId, conversationId, first, last))
}

/** A contact's own conversations by id. */
export async function contactConversations(
  deps: Deps,
  deskId: string,
  contactId: string,
  ids: readonly string[],
): Promise<Map<string, Conversation>> {
  const rows = await selectContactConversationsByIds(deps.db, deskId, contactId, ids)
  return new Map(rows.map((row) => [row.id, conversationView(row)]))
}

/** Replies by `conversationId:seq`, as their contact sees them; notes and events are never among them. */
export async function contactMessages(
  deps: Deps,
  deskId: string,
  _contactId: string,
  refs: readonly MessageRef[],
): Promise<Map<string, Message>> {
  const rows = await selectMessages(deps.db, deskId, refs)
  return new Map(
    rows
      .filter((row) => row.kind === 'reply')
      .map((row) => [refKey({ conversationId: row.conversation_id, seq: row.seq }), messageView(row)]),
  )
}

/** A reply by id, as its contact sees it. @throws HelpdeskError not_found */
export async function messageOf(
  deps: Deps,
  deskId: string,
  conversationId: string,
  id: string,
): Promise<Message> {
  const row = await selectMessageById(deps.db, deskId, conversationId, id)
  if (!row) throw new HelpdeskError('not_found')
  return messageView(row)
}

/** A message an agent wrote, as agents see it, and the status of its conversation. @throws HelpdeskError not_found */
export async function agentMessageOf(
  deps: Deps,
  deskId: string,
  written: { conversationId: string; messageId: string },
): Promise<{ message: AgentMessage; status: InboxItem['status'] }> {
  const [row, conversations] = await Promise.all([
    selectMessageById(deps.db, deskId, written.conversationId, written.messageId),
    selectConversations(deps.db, deskId, null, [written.conversationId]),
  ])
  const [message] = row ? await withEmailStates(deps, deskId, [row]) : []
  const status = conversations[0]?.status
  if (!message || !status) throw new HelpdeskError('not_found')
  return { message, status }
}

/** One row of the inbox. @throws HelpdeskError not_found */
export async function oneInboxItem(
  deps: Deps,
  deskId: string,
  agentId: string,
  id: string,
): Promise<InboxItem> {
  const item = (await inboxItems(deps, deskId, agentId, [id])).get(id)
  if (!item) throw new HelpdeskError('not_found')
  return item
}
