import type { Queryable, Statement } from '../db/db.ts'
import type { DeskMailSettings, MailboxProgress } from '../email-settings/tables.ts'

/** A mailbox that this process has to read until its lease ends. */
export interface ClaimedMailbox {
  deskId: string
  readerId: string
  imap: NonNullable<DeskMailSettings['imap']>
  imapPassword: string | null
  mailbox: MailboxProgress | null
}

/** Who reads what. */
export interface Reading {
  deskId: string
  readerId: string
}

const claim: Statement = {
  name: 'mailbox_claim',
  text: `with free as materialized (
      select desk_id from helpdesk.desk_mail
      where jsonb_typeof(settings -> 'imap') = 'object' and (reader_until is null or reader_until <= $3)
      order by desk_id limit $4 for update skip locked
    )
    update helpdesk.desk_mail mail set reader_id = $1, reader_until = $2 from free
    where mail.desk_id = free.desk_id
    returning mail.desk_id as "deskId", mail.reader_id as "readerId", mail.settings -> 'imap' as imap,
      mail.imap_password as "imapPassword", mail.mailbox`,
}

const renew: Statement = {
  name: 'mailbox_renew',
  text: `update helpdesk.desk_mail mail set reader_until = $3
    from unnest($1::uuid[], $2::uuid[]) as held (desk_id, reader_id)
    where mail.desk_id = held.desk_id and mail.reader_id = held.reader_id
    returning mail.desk_id as "deskId", mail.reader_id as "readerId"`,
}

const release: Statement = {
  name: 'mailbox_release',
  text: `update helpdesk.desk_mail set reader_id = null, reader_until = null
    where desk_id = $1 and reader_id = $2`,
}

const progress: Statement = {
  name: 'mailbox_progress',
  text: `update helpdesk.desk_mail set mailbox = $3::text::jsonb where desk_id = $1 and reader_id = $2
    returning desk_id`,
}

/** Takes up to `limit` mailboxes that nobody reads. @param readerId a new one each time */
export function claimMailboxes(
  db: Queryable,
  readerId: string,
  times: { until: Date; now: Date },
  limit: number,
): Promise<ClaimedMailbox[]> {
  return db.run<ClaimedMailbox>(claim, [readerId, times.until, times.now, limit])
}

/** Keeps mailboxes for longer. @returns those that are still this process's */
export function renewMailboxes(db: Queryable, held: readonly Reading[], until: Date): Promise<Reading[]> {
  const [desks, readers] = [held.map(({ deskId }) => deskId), held.map(({ readerId }) => readerId)]
  return db.run<Reading>(renew, [desks, readers, until])
}

/** Leaves a mailbox to others. */
export async function releaseMailbox(db: Queryable, { deskId, readerId }: Reading): Promise<void> {
  await db.run(release, [deskId, readerId])
}

/** Notes how far a mailbox was read and how the connection is. @returns false when another reads it by now */
export async function saveProgress(
  db: Queryable,
  { deskId, readerId }: Reading,
  mailbox: MailboxProgress,
): Promise<boolean> {
  return (await db.run(progress, [deskId, readerId, JSON.stringify(mailbox)])).length === 1
}
