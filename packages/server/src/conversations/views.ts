import type { AgentMessage, Contact, Conversation, EmailState, InboxItem, Message } from '@helpdesk/core/api'
import type { ContactConversationRow, ConversationRow, MessageRow } from './store.ts'

/** A row of the inbox. */
export function inboxItemView(row: ConversationRow): InboxItem {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    preview: row.preview,
    status: row.status,
    priority: row.priority,
    channel: row.channel,
    contact: { id: row.contact_id, name: row.contact_name, email: row.contact_email },
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    unread: row.contact_seq > (row.agent_read_seq ?? 0),
    lastAuthor: row.last_author,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
  }
}

/** The contact of a conversation, as agents see it. */
export function contactView(row: ConversationRow, online: boolean): Contact {
  return {
    id: row.contact_id,
    name: row.contact_name,
    email: row.contact_email,
    emailVerified: row.contact_email_verified,
    online,
    createdAt: row.contact_created_at.toISOString(),
    lastSeenAt: row.contact_last_seen_at?.toISOString() ?? null,
  }
}

/** A message as agents see it. */
export function agentMessageView(row: MessageRow, email: EmailState | null): AgentMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    author: { type: row.author_type, id: row.author_id, name: row.author_name },
    body: row.body,
    change: row.change,
    email,
    createdAt: row.created_at.toISOString(),
  }
}

/** A message as its contact sees it: no ids of agents, nothing internal. */
export function messageView(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    author: { type: row.author_type, name: row.author_name },
    body: row.body,
    createdAt: row.created_at.toISOString(),
  }
}

/** A conversation as its contact sees it. */
export function conversationView(row: ContactConversationRow): Conversation {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    status: row.status,
    channel: row.channel,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
    unreadCount: row.unread_count,
    contactReadSeq: row.contact_read_seq,
    teamReadSeq: row.team_read_seq,
  }
}
