import type { Queryable } from '../db/db.ts'
import type { Mail, MailAdapter } from './mail.ts'

/** A mail that was kept instead of sent. */
export interface KeptMail {
  id: string
  mail: Mail
  createdAt: Date
}

/** A kept mail as a line of the list. */
export interface KeptMailLine {
  id: string
  to: Mail['to']
  subject: string
  createdAt: Date
}

const keptAtMost = 200

const insertKept = {
  name: 'kept_mail_insert',
  text: `with old as (
      delete from helpdesk.kept_mails where id in (
        select id from helpdesk.kept_mails order by created_at desc, id desc offset ${keptAtMost - 1}
      )
    )
    insert into helpdesk.kept_mails (id, mail, created_at) values ($1, $2::text::jsonb, $3)`,
}

const selectKept = {
  name: 'kept_mail_list',
  text: `select id, mail -> 'to' as "to", mail ->> 'subject' as subject, created_at as "createdAt"
    from helpdesk.kept_mails order by created_at desc, id desc limit ${keptAtMost}`,
}

const selectKeptById = {
  name: 'kept_mail_get',
  text: `select id, mail, created_at as "createdAt" from helpdesk.kept_mails where id = $1`,
}

/** Keeps the newest 200 mails in the database instead of sending them; `/dev/mail` shows them. */
export function keepMail(db: Queryable, source: { now: () => Date; newId: () => string }): MailAdapter {
  return {
    keeps: true,
    async send(mail) {
      await db.run(insertKept, [source.newId(), JSON.stringify(mail), source.now()])
    },
  }
}

/** The kept mails, newest first. */
export function listKeptMails(db: Queryable): Promise<KeptMailLine[]> {
  return db.run<KeptMailLine>(selectKept, [])
}

/** One kept mail, or null. */
export async function getKeptMail(db: Queryable, id: string): Promise<KeptMail | null> {
  // The id stands in an address that anybody can type.
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null
  const [mail] = await db.run<KeptMail>(selectKeptById, [id])
  return mail ?? null
}
