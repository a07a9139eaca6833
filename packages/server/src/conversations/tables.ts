import type { AuthorType, Channel, ConversationStatus, MessageKind, Priority } from '@helpdesk/core'
import { sql } from 'drizzle-orm'
import { index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
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
    subject: text('subject'),
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
    index('conversations_assignee')
      .on(table.deskId, table.assigneeId, table.lastMessageSeq)
      .where(sql`${table.status} <> 'resolved'`),
  ],
)

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
    change: jsonb('change').$type<{ field: 'status' | 'assignee'; from: string | null; to: string | null }>(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.conversationId, table.seq] }),
    uniqueIndex('messages_id').on(table.deskId, table.id),
  ],
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
