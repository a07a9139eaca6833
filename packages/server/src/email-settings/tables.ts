import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** How to reach a mail server; its password stands apart, sealed. */
export interface MailServer {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string | null
}

/** What a desk sends with and where its answers come in. */
export interface DeskMailSettings {
  sender: { name: string | null; address: string | null }
  smtp: MailServer | null
  replyAddress: string | null
  imap: (MailServer & { folder: string }) | null
  dkim: { domain: string; selector: string; publicKey: string } | null
}

/** How far a mailbox was read and how the connection to it is. */
export interface MailboxProgress {
  state: 'connecting' | 'connected' | 'failing'
  since: string
  lastError: string | null
  lastMailAt: string | null
  /** IMAP's own name for the folder's numbers; when it changes, e-mails since the last one are looked at again. */
  uidValidity: string | null
  lastUid: number
}

/** The e-mail of a desk; a desk without a row uses the installation's. */
export const deskMail = schema.table('desk_mail', {
  deskId: uuid('desk_id').primaryKey(),
  settings: jsonb('settings').$type<DeskMailSettings>().notNull(),
  smtpPassword: text('smtp_password'),
  imapPassword: text('imap_password'),
  dkimKey: text('dkim_key'),
  /** The webhook's secret is made of it and the installation's key. */
  webhookVersion: integer('webhook_version').notNull().default(1),
  mailbox: jsonb('mailbox').$type<MailboxProgress>(),
  /** Which reader reads the mailbox, until when; both go when the settings of the mailbox change. */
  readerId: uuid('reader_id'),
  readerUntil: moment('reader_until'),
  updatedAt: moment('updated_at').notNull(),
})
