import type { NotificationKind, NotificationReason, NotificationState } from '@helpdesk/core'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, position, schema } from '../db/pg-schema.ts'

/**
 * An e-mail owed to one recipient about the messages first_seq … last_seq of a conversation. While it is scheduled
 * it covers everything that follows; last_seq and read_seq are fixed when a worker claims it.
 */
export const notifications = schema.table(
  'notifications',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    recipientType: text('recipient_type').$type<'contact' | 'agent'>().notNull(),
    recipientId: uuid('recipient_id').notNull(),
    kind: text('kind').$type<NotificationKind>().notNull().default('message'),
    state: text('state').$type<NotificationState>().notNull(),
    reason: text('reason').$type<NotificationReason>(),
    firstSeq: position('first_seq').notNull(),
    lastSeq: position('last_seq'),
    /** How far the recipient had read when it was decided; messages up to here were not sent. */
    readSeq: position('read_seq'),
    dueAt: moment('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** While `sending`: another worker may take over after this. */
    leaseUntil: moment('lease_until'),
    sentTo: text('sent_to'),
    /** Of the e-mail that was sent: those that follow it in its thread go on under it. */
    subject: text('subject'),
    lastError: text('last_error'),
    /** An agent asked for it once more: sent whether read or not, and joined by nothing. */
    resentFromId: uuid('resent_from_id'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('notifications_open')
      .on(table.deskId, table.conversationId, table.recipientType, table.recipientId)
      .where(
        sql`${table.state} = 'scheduled' and ${table.kind} = 'message' and ${table.resentFromId} is null`,
      ),
    index('notifications_conversation').on(table.deskId, table.conversationId, table.firstSeq),
    index('notifications_newest').on(table.deskId, table.createdAt, table.id),
    index('notifications_due').on(table.dueAt).where(sql`${table.state} in ('scheduled', 'sending')`),
    index('notifications_sent_to').on(table.sentTo, table.updatedAt).where(sql`${table.state} = 'sent'`),
  ],
)

/** Mails kept instead of sent, when there is no SMTP server; `/dev/mail` shows them. */
export const keptMails = schema.table(
  'kept_mails',
  {
    id: uuid('id').primaryKey(),
    mail: jsonb('mail').$type<Record<string, unknown>>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('kept_mails_created').on(table.createdAt)],
)
