import { HelpdeskError } from '@helpdesk/core'
import type { AgentMessage, ConversationDetail, InboxCounts, InboxItem } from '@helpdesk/core/api'
import { attachmentViews } from '../attachments/service.ts'
import { contactViewById } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { emailStates } from '../notifications/service.ts'
import {
  fromNewest,
  type InboxFilter,
  type MessageRow,
  selectAgentReplies,
  selectConversations,
  selectCounts,
  selectInbox,
  selectMessageById,
  selectMessages,
  selectNewestMessages,
} from './store.ts'
import { agentMessageView, inboxItemView } from './views.ts'
/** Where a message stands: its conversation and its position. */
export interface MessageRef {
  conversationId: string
  seq: number
}

/** How many messages a conversation brings along. */
export const newestMessages = 50

/** The key of a message in maps. */
export const refKey = (ref: MessageRef) => `${ref.conversationId}:${ref.seq}`

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
    contact: await contactViewById(deps, desk, row.contact_id),
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
  const attach = (facts: MessageRow['attachments']) => attachmentViews(deps, deskId, facts)
  return rows.map((row) => {
    const state = states.get(refKey({ conversationId: row.conversation_id, seq: row.seq }))
    return agentMessageView(row, state ?? null, attach)
  })
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
