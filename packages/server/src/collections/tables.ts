import { integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

export const collections = schema.table(
  'collections',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    /** Texts per locale. */
    name: jsonb('name').$type<Record<string, string>>().notNull(),
    description: jsonb('description').$type<Record<string, string>>().notNull(),
    place: integer('place').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('collections_slug').on(table.deskId, table.slug),
  ],
)
