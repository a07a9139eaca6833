import type { Identity } from '@helpdesk/core'
import { jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** Customer organisations; every one was vouched for. */
export const clients = schema.table(
  'clients',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    /** `x:` and the external id, or `e:` and the address: by what it is found again. */
    identityKey: text('identity_key').notNull(),
    externalId: text('external_id'),
    email: text('email'),
    name: text('name'),
    url: text('url'),
    plan: text('plan'),
    /** What a page said that nobody has vouched for. */
    claims: jsonb('claims').$type<Identity>().notNull().default({}),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('clients_identity_key').on(table.deskId, table.identityKey),
  ],
)
