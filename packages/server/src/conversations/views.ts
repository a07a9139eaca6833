import type {
  AgentMessage,
  Attachment,
  Conversation,
  EmailState,
  InboxItem,
  Message,
} from '@helpdesk/core/api'
import type { ConversationRow, MessageRow } from './store.ts'
import type { AttachmentFacts } from './tables.ts'
import type { ContactConversationRow } from './visitor-store.ts'

/** Gives files their addresses. */
export type Attach = (facts: AttachmentFacts[] | null) => Attachment[]

const categoryRef = (row: { category_code: string | null; category_name: string | null }) =>
  row.category_code === null
    ? null
    : { code: row.category_code, name: row.category_name ?? row.category_code }

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
    category:
      row.category_code === null || row.category_id === null
        ? null
        : { id: row.category_id, code: row.category_code, name: row.category_name ?? row.category_code },
    contact: { id: row.contact_id, name: row.contact_name, email: row.contact_email },
    client: row.client_id === null ? null : { id: row.client_id, name: row.client_name },
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    unread: row.contact_seq > (row.agent_read_seq ?? 0),
    lastAuthor: row.last_author,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
  }
}

/** A message as agents see it. */
export function agentMessageView(row: MessageRow, email: EmailState | null, attach: Attach): AgentMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    author: { type: row.author_type, id: row.author_id, name: row.author_name },
    body: row.body,
    attachments: attach(row.attachments),
    via: row.via,
    change: row.change,
    email,
    original: row.original,
    createdAt: row.created_at.toISOString(),
  }
}

/** A message as a visitor sees it: no ids of agents, nothing internal. @param contactId the visitor's */
export function messageView(row: MessageRow, contactId: string, attach: Attach): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    author: {
      type: row.author_type,
      name: row.author_name,
      self: row.author_type === 'contact' && row.author_id === contactId,
    },
    body: row.body,
    attachments: attach(row.attachments),
    via: row.via,
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
    priority: row.priority,
    category: categoryRef(row),
    channel: row.channel,
    author: { name: row.author_name, self: row.own },
    preview: row.preview,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at.toISOString(),
    unreadCount: row.unread_count,
    contactReadSeq: row.contact_read_seq,
    teamReadSeq: row.team_read_seq,
  }
}
