import { boolean, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

export const contacts = schema.table(
  'contacts',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name'),
    email: text('email'),
    emailVerified: boolean('email_verified').notNull().default(false),
    /** SHA-256 of the contact token, hex; null when it was revoked. */
    tokenHash: text('token_hash'),
    createdAt: moment('created_at').notNull(),
    lastSeenAt: moment('last_seen_at'),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.id] })],
)
