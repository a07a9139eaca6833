import type { AuthorType, Channel, ConversationStatus, MessageKind, Priority } from '@helpdesk/core'
import type { ChangeField } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, position, schema } from '../db/pg-schema.ts'

export const conversations = schema.table(
  'conversations',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    number: text('number').notNull(),
    contactId: uuid('contact_id').notNull(),
    status: text('status').$type<ConversationStatus>().notNull(),
    priority: text('priority').$type<Priority>().notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    /** With one, it is a ticket. */
    subject: text('subject'),
    categoryId: uuid('category_id'),
    /** The client whose users see it, if it is a ticket. */
    clientId: uuid('client_id'),
    assigneeId: uuid('assignee_id'),
    /** First words of the newest reply, for the inbox. */
    preview: text('preview').notNull(),
    lastAuthor: text('last_author').$type<AuthorType>().notNull(),
    /** Position of the contact's newest message: unread for an agent whose mark lies before it. */
    contactSeq: position('contact_seq').notNull(),
    contactReadSeq: position('contact_read_seq').notNull(),
    teamReadSeq: position('team_read_seq').notNull(),
    pageUrl: text('page_url'),
    userAgent: text('user_agent'),
    /** Which public link opens it; a new one counts on. */
    linkVersion: integer('link_version').notNull().default(1),
    linkRevoked: boolean('link_revoked').notNull().default(false),
    createdAt: moment('created_at').notNull(),
    lastMessageAt: moment('last_message_at').notNull(),
    lastMessageSeq: position('last_message_seq').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('conversations_number').on(table.deskId, sql`lower(${table.number})`),
    index('conversations_activity').on(table.deskId, table.lastMessageSeq),
    index('conversations_status').on(table.deskId, table.status, table.lastMessageSeq),
    index('conversations_open')
      .on(table.deskId, table.lastMessageSeq)
      .where(sql`${table.status} <> 'resolved'`),
    index('conversations_contact').on(table.deskId, table.contactId, table.lastMessageSeq),
    index('conversations_client')
      .on(table.deskId, table.clientId, table.lastMessageSeq)
      .where(sql`${table.clientId} is not null`),
    index('conversations_assignee')
      .on(table.deskId, table.assigneeId, table.lastMessageSeq)
      .where(sql`${table.status} <> 'resolved'`),
  ],
)

/** What a message keeps of each of its files. */
export interface AttachmentFacts {
  id: string
  name: string
  type: string
  bytes: number
  width: number | null
  height: number | null
  preview: boolean
}

export const messages = schema.table(
  'messages',
  {
    deskId: uuid('desk_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** The position of its event: orders the thread, and read marks name it. */
    seq: position('seq').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    authorType: text('author_type').$type<AuthorType>().notNull(),
    authorId: uuid('author_id'),
    body: text('body').notNull(),
    /** With kind `event`: which field changed, from what to what. */
    change: jsonb('change').$type<{ field: ChangeField; from: string | null; to: string | null }>(),
    /** Its files in order, so that reading a thread needs no second look. */
    attachments: jsonb('attachments').$type<AttachmentFacts[]>(),
    /** With `via` e-mail: which one, who its sender says to be, and whether only the holder of that mailbox can have sent it. */
    original: jsonb('original').$type<{ emailId: string; from: string; proved: boolean }>(),
    via: text('via').$type<'public_link' | 'email'>(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.conversationId, table.seq] }),
    uniqueIndex('messages_id').on(table.deskId, table.id),
  ],
)

/** How far users of a client have seen tickets of their colleagues; the owner's mark stands in the conversation. */
export const contactReads = schema.table(
  'contact_reads',
  {
    deskId: uuid('desk_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    readSeq: position('read_seq').notNull(),
    readAt: moment('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.conversationId, table.contactId] })],
)

/** How far each agent has seen a conversation. */
export const conversationReads = schema.table(
  'conversation_reads',
  {
    deskId: uuid('desk_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    readSeq: position('read_seq').notNull(),
    readAt: moment('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.conversationId, table.agentId] })],
)
