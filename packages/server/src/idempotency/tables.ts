import { index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** What a request with an `Idempotency-Key` made; written in the transaction of what it made. */
export const idempotencyKeys = schema.table(
  'idempotency_keys',
  {
    deskId: uuid('desk_id').notNull(),
    /** Who used the key: an agent, a contact, or `anonymous`. */
    scope: text('scope').notNull(),
    /** SHA-256 of the key, hex. */
    keyHash: text('key_hash').notNull(),
    /** SHA-256 of route and body: another request with the same key is refused. */
    requestHash: text('request_hash').notNull(),
    /** Ids of the rows it made. */
    made: jsonb('made').$type<Record<string, string>>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.scope, table.keyHash] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
)
