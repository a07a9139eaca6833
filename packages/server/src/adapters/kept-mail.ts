import type { Queryable, Statement } from '../db/db.ts'
import type { Mail, MailAdapter } from './mail.ts'

/** The e-mail as which an answer was taken in. */
export interface TakenInAs {
  deskId: string
  emailId: string
}

/** A mail that was kept instead of sent, or one that was written to the desk where kept mails are read. */
export interface KeptMail {
  id: string
  mail: Mail
  createdAt: Date
  /** With a mail to the desk. */
  takenInAs: TakenInAs | null
}

/** A kept mail as a line of the list. */
export interface KeptMailLine {
  id: string
  from: Mail['from']
  to: Mail['to']
  subject: string
  /** How its text begins. */
  begin: string
  messageId: string
  /** The Message-IDs of the thread that it belongs to. */
  references: string[]
  createdAt: Date
  takenInAs: TakenInAs | null
}

const keptAtMost = 200

const insertKept: Statement = {
  name: 'kept_mail_insert',
  text: `with old as (
      delete from helpdesk.kept_mails where id in (
        select id from helpdesk.kept_mails order by created_at desc, id desc offset ${keptAtMost - 1}
      )
    )
    insert into helpdesk.kept_mails (id, mail, created_at) values ($1, $2::text::jsonb, $3)`,
}

const selectLines: Statement = {
  name: 'kept_mail_lines',
  text: `select id, mail -> 'from' as "from", mail -> 'to' as "to", mail ->> 'subject' as subject,
      left(mail ->> 'text', 600) as begin, mail ->> 'messageId' as "messageId",
      coalesce(mail -> 'references', '[]') ||
        case when mail ? 'inReplyTo' then jsonb_build_array(mail -> 'inReplyTo') else '[]' end as "references",
      created_at as "createdAt", mail -> 'takenInAs' as "takenInAs"
    from helpdesk.kept_mails order by created_at desc, id desc limit ${keptAtMost}`,
}

const whole = `id, mail - 'takenInAs' as mail, created_at as "createdAt", mail -> 'takenInAs' as "takenInAs"`

const selectWhole: Statement = {
  name: 'kept_mail_list',
  text: `select ${whole} from helpdesk.kept_mails order by created_at desc, id desc limit ${keptAtMost}`,
}

const selectKeptById: Statement = {
  name: 'kept_mail_get',
  text: `select ${whole} from helpdesk.kept_mails where id = $1`,
}

const deleteAll: Statement = { name: 'kept_mail_delete_all', text: 'delete from helpdesk.kept_mails' }

interface Source {
  now: () => Date
  newId: () => string
}

/** Keeps the newest 200 mails in the database instead of sending them; `/dev/mail` shows them. */
export function keepMail(db: Queryable, source: Source): MailAdapter {
  return {
    keeps: true,
    async send(mail) {
      await db.run(insertKept, [source.newId(), JSON.stringify(mail), source.now()])
    },
  }
}

/** Keeps a mail that was written to the desk, beside those that the desk wrote. @returns its id */
export async function keepWritten(
  db: Queryable,
  source: Source,
  mail: Mail,
  takenInAs: TakenInAs,
): Promise<string> {
  const id = source.newId()
  await db.run(insertKept, [id, JSON.stringify({ ...mail, takenInAs }), source.now()])
  return id
}

/** The kept mails as lines, newest first. */
export function listKeptMails(db: Queryable): Promise<KeptMailLine[]> {
  return db.run<KeptMailLine>(selectLines, [])
}

/** The kept mails with everything in them, newest first. */
export function listWholeKeptMails(db: Queryable): Promise<KeptMail[]> {
  return db.run<KeptMail>(selectWhole, [])
}

/** One kept mail, or null. */
export async function getKeptMail(db: Queryable, id: string): Promise<KeptMail | null> {
  // The id stands in an address that anybody can type.
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null
  const [mail] = await db.run<KeptMail>(selectKeptById, [id])
  return mail ?? null
}

/** Forgets every kept mail. */
export async function deleteKeptMails(db: Queryable): Promise<void> {
  await db.run(deleteAll, [])
}
