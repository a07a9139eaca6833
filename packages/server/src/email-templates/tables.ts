import type { EmailTemplateKind, Locale } from '@helpdesk/core'
import { primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** A desk's own words for a kind of e-mail in one language. */
export const emailTemplates = schema.table(
  'email_templates',
  {
    deskId: uuid('desk_id').notNull(),
    kind: text('kind').$type<EmailTemplateKind>().notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.kind, table.locale] })],
)
