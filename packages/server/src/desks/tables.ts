import type { DeskSettings } from '@helpdesk/core'
import { integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, position, schema } from '../db/pg-schema.ts'

export const desks = schema.table(
  'desks',
  {
    deskId: uuid('desk_id').primaryKey(),
    publicId: text('public_id').notNull(),
    settings: jsonb('settings').$type<DeskSettings>().notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [uniqueIndex('desks_public_id').on(table.publicId)],
)

/**
 * One row per desk that every write of the desk updates and so locks until it commits: the position of its newest
 * event (gap-free, in the order that readers see) and how many conversations have each status.
 */
export const deskCounters = schema.table('desk_counters', {
  deskId: uuid('desk_id').primaryKey(),
  eventSeq: position('event_seq').notNull().default(0),
  pending: integer('pending').notNull().default(0),
  inProgress: integer('in_progress').notNull().default(0),
  waiting: integer('waiting').notNull().default(0),
  resolved: integer('resolved').notNull().default(0),
})

/** The last number given out, per desk and dated part of its pattern. */
export const deskNumbers = schema.table(
  'desk_numbers',
  {
    deskId: uuid('desk_id').notNull(),
    period: text('period').notNull(),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.period] })],
)
