import { jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, position, schema } from '../db/pg-schema.ts'

/** What the log says happened; streams, polls and (later) webhooks read it. */
export type LoggedEventType =
  | 'message.created'
  | 'conversation.updated'
  | 'conversation.read'
  | 'notification.updated'
  | 'desk.updated'

/** Facts of an event that the rows it names do not have. */
export interface LoggedEventData {
  by?: 'contact' | 'agent'
  agentId?: string
  readSeq?: number
  /** With `notification.updated`: false when the thread shows nothing of that e-mail, only the list of e-mails does. */
  inThread?: boolean
  firstSeq?: number
  lastSeq?: number
}

export const events = schema.table(
  'events',
  {
    deskId: uuid('desk_id').notNull(),
    seq: position('seq').notNull(),
    type: text('type').$type<LoggedEventType>().notNull(),
    /** Who may see it: everybody concerned, or agents only (notes, e-mail states). */
    audience: text('audience').$type<'all' | 'agents'>().notNull(),
    conversationId: uuid('conversation_id'),
    contactId: uuid('contact_id'),
    /** The client whose users may see it, of tickets. */
    clientId: uuid('client_id'),
    messageSeq: position('message_seq'),
    data: jsonb('data').$type<LoggedEventData>(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.seq] })],
)
