import type { IncomingMatch, IncomingReason, IncomingState } from '@helpdesk/core'
import { sql } from 'drizzle-orm'
import { customType, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Every e-mail that came in, whole, and what became of it. It is kept before anybody is told that it was taken over. */
export const emails = schema.table(
  'emails',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    /** SHA-256 of what makes it this e-mail and no other, hex: delivered twice, it is taken in once. */
    fingerprint: text('fingerprint').notNull(),
    source: text('source').$type<'imap' | 'webhook' | 'smtp' | 'dev'>().notNull(),
    /** Return path and recipients of the envelope, as far as they are known. */
    envelope: jsonb('envelope').$type<{ from: string | null; to: string[] }>().notNull(),
    /** The header field, with its angle brackets. */
    messageIdHeader: text('message_id_header'),
    fromAddress: text('from_address'),
    fromName: text('from_name'),
    subject: text('subject').notNull(),
    state: text('state').$type<IncomingState>().notNull(),
    reason: text('reason').$type<IncomingReason>(),
    match: text('match').$type<IncomingMatch>(),
    conversationId: uuid('conversation_id'),
    /** The message that it became. */
    messageId: uuid('message_id'),
    contactId: uuid('contact_id'),
    bytes: integer('bytes').notNull(),
    /** The e-mail as it travelled: here, or under a key of the file store. */
    raw: bytea('raw'),
    fileKey: text('file_key'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    receivedAt: moment('received_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('emails_fingerprint').on(table.deskId, table.fingerprint),
    index('emails_conversation')
      .on(table.deskId, table.conversationId)
      .where(sql`${table.conversationId} is not null`),
    index('emails_held').on(table.deskId, table.id).where(sql`${table.state} = 'held'`),
  ],
)
