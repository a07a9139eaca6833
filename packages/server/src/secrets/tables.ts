import { primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** The keys with which a desk's host signs its users. */
export const deskSecrets = schema.table(
  'desk_secrets',
  {
    deskId: uuid('desk_id').notNull(),
    keyId: text('key_id').notNull(),
    /** Encrypted with a key derived from the installation's. */
    sealedSecret: text('sealed_secret').notNull(),
    createdAt: moment('created_at').notNull(),
    createdBy: uuid('created_by'),
    retiresAt: moment('retires_at'),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.keyId] })],
)

/** What belongs to the installation as a whole: its key, when the operator gave none. */
export const installation = schema.table('installation', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  createdAt: moment('created_at').notNull(),
})
