import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** A file; its row is written once the whole file is stored, so that a broken upload leaves nothing. */
export const attachments = schema.table(
  'attachments',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    /** The message that has it; null until one names it. An image of articles has its own id here: it is kept. */
    messageId: uuid('message_id'),
    conversationId: uuid('conversation_id'),
    /** Who uploaded it, for the quota: `contact:<id>`, `agent:<id>` or `ip:<hash>`. */
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width'),
    height: integer('height'),
    /** Where the files adapter keeps it. */
    fileKey: text('file_key').notNull(),
    /** The same of its small image. */
    previewKey: text('preview_key'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    index('attachments_owner').on(table.deskId, table.owner, table.createdAt),
    index('attachments_conversation').on(table.deskId, table.conversationId),
    index('attachments_orphans').on(table.createdAt).where(sql`${table.messageId} is null`),
  ],
)
