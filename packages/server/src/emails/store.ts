import type { IncomingMatch, IncomingReason, IncomingState } from '@helpdesk/core'
import type { Queryable, Statement, Tx } from '../db/db.ts'

/** An e-mail that came in, without its bytes. */
export interface EmailRow {
  id: string
  source: 'imap' | 'webhook' | 'smtp' | 'dev'
  envelope: { from: string | null; to: string[] }
  fromAddress: string | null
  fromName: string | null
  subject: string
  state: IncomingState
  reason: IncomingReason | null
  match: IncomingMatch | null
  conversationId: string | null
  number: string | null
  messageId: string | null
  bytes: number
  lastError: string | null
  receivedAt: Date
  updatedAt: Date
}

/** An e-mail with where its bytes are. */
export interface WholeEmailRow extends EmailRow {
  raw: Uint8Array | null
  fileKey: string | null
  attempts: number
}

/** What became of an e-mail. */
export interface EmailOutcome {
  state: IncomingState
  reason?: IncomingReason | null
  match?: IncomingMatch | null
  conversationId?: string | null
  messageId?: string | null
  contactId?: string | null
  lastError?: string | null
}

const columns = `e.id, e.source, e.envelope, e.from_address as "fromAddress", e.from_name as "fromName", e.subject, e.state,
  e.reason, e.match, e.conversation_id as "conversationId",
  (select k.number from helpdesk.conversations k where k.desk_id = e.desk_id and k.id = e.conversation_id) as number,
  e.message_id as "messageId", e.bytes, e.last_error as "lastError", e.received_at as "receivedAt", e.updated_at as "updatedAt"`

const whole = `${columns}, e.raw, e.file_key as "fileKey", e.attempts`

const begin: Statement = {
  name: 'email_begin_taking',
  text: `update helpdesk.emails e set attempts = e.attempts + 1, updated_at = $3
    where e.desk_id = $1 and e.id = $2 and e.state = 'received' returning ${whole}`,
}

const lock: Statement = {
  name: 'email_lock',
  text: 'select id from helpdesk.emails where desk_id = $1 and id = $2 and state = $3 for update',
}

const trouble: Statement = {
  name: 'email_note_trouble',
  text: `update helpdesk.emails set last_error = $3 where desk_id = $1 and id = $2 and state = 'received'`,
}

// Where an e-mail waits for agents, or waits no longer, their dashboards hear of it.
const finish: Statement = {
  name: 'email_finish',
  text: `
with email as (
  update helpdesk.emails e set state = $4, reason = $5, match = $6, conversation_id = $7::uuid, message_id = $8::uuid,
    contact_id = $9::uuid, last_error = $10, updated_at = $11::timestamptz
  where e.desk_id = $1 and e.id = $2 and e.state = $3 returning e.conversation_id
),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1
  from email where c.desk_id = $1 and 'held' in ($3::text, $4::text) returning c.event_seq
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, at)
  select $1, counter.event_seq, case when k.id is null then 'desk.updated' else 'conversation.updated' end, 'agents',
    k.id, k.contact_id, $11
  from counter, email left join helpdesk.conversations k on k.desk_id = $1 and k.id = email.conversation_id
)
select (select count(*)::int from email) as finished, (select event_seq from counter) as seq`,
}

const list: Statement = {
  name: 'emails_list',
  text: `select ${columns} from helpdesk.emails e
    where e.desk_id = $1 and e.id < $2::uuid and ($3::text is null or e.state = $3) and ($4::text is null or e.state <> $4)
      and ($5::uuid is null or e.conversation_id = $5)
    order by e.id desc limit $6`,
}

const held: Statement = {
  name: 'emails_held',
  text: `select count(*)::int as held from helpdesk.emails where desk_id = $1 and state = 'held'`,
}

const byId: Statement = {
  name: 'email_by_id',
  text: `select ${whole} from helpdesk.emails e where e.desk_id = $1 and e.id = $2::uuid`,
}

// Ids rise with time: of each desk only what came in lately is looked through. The first tries are the job's own; after them
// each pause is twice the one before, so that a file store that is away for hours costs no e-mail.
const waiting: Statement = {
  name: 'emails_waiting',
  text: `select d.desk_id as "deskId", e.id from helpdesk.desks d cross join lateral (
      select id from helpdesk.emails
      where desk_id = d.desk_id and id > $2::uuid and state = 'received'
        and updated_at < $1::timestamptz - interval '5 minutes' * power(2, greatest(attempts - 4, 0))
      order by id limit 20
    ) e limit 100`,
}

/** Begins a try to take an e-mail in; null when that is done. */
export async function beginTaking(
  db: Queryable,
  deskId: string,
  id: string,
  now: Date,
): Promise<WholeEmailRow | null> {
  const [row] = await db.run<WholeEmailRow>(begin, [deskId, id, now])
  return row ?? null
}

/** Keeps everybody else from deciding about an e-mail until the transaction ends. @returns false when it is in another state */
export async function lockEmail(tx: Tx, deskId: string, id: string, state: IncomingState): Promise<boolean> {
  return (await tx.run(lock, [deskId, id, state])).length === 1
}

/** Notes why a try did not succeed. */
export async function noteTrouble(db: Queryable, deskId: string, id: string, error: string): Promise<void> {
  await db.run(trouble, [deskId, id, error])
}

/**
 * Notes what became of an e-mail that is in a state.
 * @returns null when it is in another one by now, else whether the log has grown
 */
export async function finishEmail(
  db: Queryable,
  deskId: string,
  id: string,
  from: IncomingState,
  outcome: EmailOutcome,
  now: Date,
): Promise<{ logged: boolean } | null> {
  const [row] = await db.run<{ finished: number; seq: number | null }>(finish, [
    deskId,
    id,
    from,
    outcome.state,
    outcome.reason ?? null,
    outcome.match ?? null,
    outcome.conversationId ?? null,
    outcome.messageId ?? null,
    outcome.contactId ?? null,
    outcome.lastError ?? null,
    now,
  ])
  return row && row.finished > 0 ? { logged: row.seq !== null } : null
}

/** Which of a desk's e-mails are looked for; `null` is no condition. */
export interface EmailFilter {
  state: string | null
  except: string | null
  conversationId: string | null
}

/** A page of the desk's e-mails, newest first. */
export function selectEmails(
  db: Queryable,
  deskId: string,
  { state, except, conversationId }: EmailFilter,
  page: { before: string; limit: number },
): Promise<EmailRow[]> {
  return db.run<EmailRow>(list, [deskId, page.before, state, except, conversationId, page.limit])
}

/** How many e-mails wait for an agent. */
export async function countHeld(db: Queryable, deskId: string): Promise<number> {
  const [row] = await db.run<{ held: number }>(held, [deskId])
  return row?.held ?? 0
}

/** An e-mail of the desk. */
export async function selectEmail(db: Queryable, deskId: string, id: string): Promise<WholeEmailRow | null> {
  const [row] = await db.run<WholeEmailRow>(byId, [deskId, id])
  return row ?? null
}

/** E-mails whose job was lost, or gave up, and that it is time to try again. @param after the id before the first that is looked at */
export function selectWaiting(
  db: Queryable,
  now: Date,
  after: string,
): Promise<{ deskId: string; id: string }[]> {
  return db.run<{ deskId: string; id: string }>(waiting, [now, after])
}
