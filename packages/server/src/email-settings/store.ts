import type { Queryable, Statement, Tx } from '../db/db.ts'
import type { DeskMailSettings, MailboxProgress } from './tables.ts'

/** What a desk without a row has. */
export const noSettings: DeskMailSettings = {
  sender: { name: null, address: null },
  smtp: null,
  replyAddress: null,
  imap: null,
  dkim: null,
}

/** The e-mail of a desk as it is stored: passwords and keys sealed. */
export interface DeskMailRow {
  settings: DeskMailSettings
  smtpPassword: string | null
  imapPassword: string | null
  dkimKey: string | null
  webhookVersion: number
  mailbox: MailboxProgress | null
  readerUntil: Date | null
}

const columns = `settings, smtp_password as "smtpPassword", imap_password as "imapPassword",
  dkim_key as "dkimKey", webhook_version as "webhookVersion", mailbox, reader_until as "readerUntil"`

const select: Statement = {
  name: 'desk_mail_get',
  text: `select ${columns} from helpdesk.desk_mail where desk_id = $1`,
}

const begin: Statement = {
  name: 'desk_mail_begin',
  text: `insert into helpdesk.desk_mail (desk_id, settings, updated_at) values ($1, $2::text::jsonb, $3)
    on conflict (desk_id) do nothing`,
}

const lock: Statement = {
  name: 'desk_mail_lock',
  text: `select ${columns} from helpdesk.desk_mail where desk_id = $1 for update`,
}

const update: Statement = {
  name: 'desk_mail_update',
  text: `update helpdesk.desk_mail set settings = $2::text::jsonb, smtp_password = $3, imap_password = $4,
      dkim_key = $5, webhook_version = $6, mailbox = $7::text::jsonb, updated_at = $8
    where desk_id = $1`,
}

const endReading: Statement = {
  name: 'desk_mail_end_reading',
  text: `update helpdesk.desk_mail set reader_id = null, reader_until = null where desk_id = $1`,
}

/** For the team only: a visitor's page has no business with a mailbox. */
const announce: Statement = {
  name: 'desk_mail_announce',
  text: `with counter as (
      update helpdesk.desk_counters set event_seq = event_seq + 1 where desk_id = $1 returning event_seq
    )
    insert into helpdesk.events (desk_id, seq, type, audience, at)
    select $1, event_seq, 'desk.updated', 'agents', $2 from counter`,
}

const nothing: Omit<DeskMailRow, 'settings'> = {
  smtpPassword: null,
  imapPassword: null,
  dkimKey: null,
  webhookVersion: 1,
  mailbox: null,
  readerUntil: null,
}

/** The e-mail of a desk; of one that has none of its own, what that means. */
export async function selectDeskMail(db: Queryable, deskId: string): Promise<DeskMailRow> {
  const [row] = await db.run<DeskMailRow>(select, [deskId])
  return row ?? { settings: noSettings, ...nothing }
}

/** The same, locked until the transaction ends; a desk that had no row has one then. */
export async function lockDeskMail(tx: Tx, deskId: string, now: Date): Promise<DeskMailRow> {
  await tx.run(begin, [deskId, JSON.stringify(noSettings), now])
  const [row] = await tx.run<DeskMailRow>(lock, [deskId])
  if (!row) throw new Error('The e-mail settings of the desk are gone')
  return row
}

/** Writes what `lockDeskMail` gave, changed. */
export async function updateDeskMail(tx: Tx, deskId: string, row: DeskMailRow, now: Date): Promise<void> {
  await tx.run(update, [
    deskId,
    JSON.stringify(row.settings),
    row.smtpPassword,
    row.imapPassword,
    row.dkimKey,
    row.webhookVersion,
    row.mailbox === null ? null : JSON.stringify(row.mailbox),
    now,
  ])
}

/** Takes the mailbox away from who reads it, so that it is opened anew with what holds now. */
export async function endMailboxReading(tx: Tx, deskId: string): Promise<void> {
  await tx.run(endReading, [deskId])
}

/** Logs `desk.updated` for the desk's agents. */
export async function logMailUpdated(db: Queryable, deskId: string, now: Date): Promise<void> {
  await db.run(announce, [deskId, now])
}
