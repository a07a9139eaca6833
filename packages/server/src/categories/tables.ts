import { sql } from 'drizzle-orm'
import { integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

export const categories = schema.table(
  'categories',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    /** The value of the `c` URL parameter. */
    code: text('code').notNull(),
    /** Texts per locale. */
    name: jsonb('name').$type<Record<string, string>>().notNull(),
    helpText: jsonb('help_text').$type<Record<string, string>>().notNull(),
    place: integer('place').notNull(),
    createdAt: moment('created_at').notNull(),
    /** No longer offered; conversations that have it keep it. */
    removedAt: moment('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('categories_code')
      .on(table.deskId, sql`lower(${table.code})`)
      .where(sql`${table.removedAt} is null`),
  ],
)
