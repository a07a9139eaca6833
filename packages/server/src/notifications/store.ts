import type { NotificationKind, NotificationReason, NotificationState } from '@helpdesk/core'
import type { Queryable, Tx } from '../db/db.ts'

/** Names one notification. */
export interface NotificationRef {
  deskId: string
  id: string
}

/** A notification that this process may deliver until its lease ends. */
export interface Claimed extends NotificationRef {
  conversationId: string
  recipientType: 'contact' | 'agent'
  recipientId: string
  kind: NotificationKind
  /** An agent asked for it once more: what it covers is fixed from the start. */
  resent: boolean
  firstSeq: number
  lastSeq: number
  /** Which try this is, from 1; with the id it proves that the claim is still ours. */
  attempts: number
  /** Another try, of this process or one that died, may have sent the mail already. */
  maybeSent: boolean
}

/** How a try ended. */
export interface Outcome {
  state: NotificationState
  reason?: NotificationReason
  readSeq?: number
  sentTo?: string
  /** Of the e-mail that was sent. */
  subject?: string
  lastError?: string
  /** With `scheduled`, and with `sending` when it is not known whether the mail left: when to try again. */
  dueAt?: Date
  /** This try does not count. */
  uncounted?: boolean
}

const claimable = (row: string) =>
  `${row}.state in ('scheduled', 'sending') and coalesce(${row}.lease_until, ${row}.due_at) <= $3::timestamptz`

/**
 * The conversation is locked first, as every writer does: a message that is being written either is covered by this
 * claim or finds the notification gone and makes the next one. None falls between.
 */
const claim = {
  name: 'notification_claim',
  text: `with target as (
      select n.conversation_id, n.state = 'sending' as maybe_sent
      from helpdesk.notifications n where n.desk_id = $1 and n.id = $2 and ${claimable('n')}
    ),
    conversation as materialized (
      select last_message_seq from helpdesk.conversations
      where desk_id = $1 and id = (select conversation_id from target) for no key update
    )
    update helpdesk.notifications n
    set state = 'sending', attempts = n.attempts + 1, lease_until = $4::timestamptz, updated_at = $3,
      last_seq = coalesce(n.last_seq, (select last_message_seq from conversation), n.first_seq)
    from target
    where n.desk_id = $1 and n.id = $2 and ${claimable('n')}
    returning n.desk_id as "deskId", n.id, n.conversation_id as "conversationId",
      n.recipient_type as "recipientType", n.recipient_id as "recipientId", n.kind,
      n.resent_from_id is not null as resent, n.first_seq as "firstSeq", n.last_seq as "lastSeq", n.attempts, target.maybe_sent as "maybeSent"`,
}

/** Takes a notification that is due; null when it is not, or when another process has it. */
export async function claimNotification(
  db: Queryable,
  { deskId, id }: NotificationRef,
  now: Date,
  leaseUntil: Date,
): Promise<Claimed | null> {
  const [claimed] = await db.run<Claimed>(claim, [deskId, id, now, leaseUntil])
  return claimed ?? null
}

const selectDue = {
  name: 'notification_due',
  text: `select desk_id as "deskId", id from helpdesk.notifications
    where state in ('scheduled', 'sending') and due_at <= $1::timestamptz and coalesce(lease_until, due_at) <= $1
    order by due_at limit $2`,
}

/** What may be claimed now, the longest overdue first. */
export function dueNotifications(db: Queryable, now: Date, limit: number): Promise<NotificationRef[]> {
  return db.run<NotificationRef>(selectDue, [now, limit])
}

const renew = {
  name: 'notification_renew',
  text: `update helpdesk.notifications set lease_until = $4::timestamptz
    where desk_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
}

/** Keeps the claim of a try that takes long. */
export async function renewLease(db: Queryable, claimed: Claimed, leaseUntil: Date): Promise<void> {
  await db.run(renew, [claimed.deskId, claimed.id, claimed.attempts, leaseUntil])
}

/** Marks in the log an e-mail of which the thread shows nothing: it is a confirmation, or to an agent. */
export const threadMark = (notification: string) =>
  `case when ${notification}.recipient_type = 'contact' and ${notification}.kind = 'message' then '{}'::jsonb
    else '{"inThread":false}'::jsonb end`

/** Logged as `notification.updated` with the range of messages, at the next position of the desk. */
const settle = {
  name: 'notification_settle',
  text: `with conversation as materialized (
      select id, contact_id from helpdesk.conversations where desk_id = $1 and id = $2 for no key update
    ),
    settled as (
      update helpdesk.notifications n
      set state = $5, reason = $6, read_seq = $7::bigint, sent_to = $8, last_error = $9,
        due_at = coalesce($10::timestamptz, n.due_at),
        lease_until = case when $5 = 'sending' then $10 end,
        last_seq = case when $5 = 'scheduled' and n.kind = 'message' and n.resent_from_id is null then null else n.last_seq end,
        attempts = n.attempts - $11::int, updated_at = $12::timestamptz, subject = $14
      where n.desk_id = $1 and n.id = $3 and n.state = 'sending' and n.attempts = $4
        and (select count(*) from conversation) >= 0
      returning n.first_seq, ${threadMark('n')} as mark
    ),
    counter as (
      update helpdesk.desk_counters c set event_seq = c.event_seq + 1
      from settled, conversation where c.desk_id = $1
      returning c.event_seq
    ),
    event as (
      insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, data, at)
      select $1, event_seq, 'notification.updated', 'agents', $2, conversation.contact_id,
        jsonb_build_object('firstSeq', settled.first_seq, 'lastSeq', $13::bigint) || settled.mark, $12
      from counter, settled, conversation
    )
    select (select count(*)::int from settled) as settled, (select event_seq from counter) as "eventSeq"`,
}

/** Whether the claim was still ours, and whether the desk's log tells of it. */
export interface Settled {
  settled: boolean
  logged: boolean
}

/** Ends a try: state, reason and log entry in one statement. Nothing happens when the claim was lost meanwhile. */
export async function settleNotification(
  db: Queryable,
  claimed: Claimed,
  outcome: Outcome,
  now: Date,
): Promise<Settled> {
  const [row] = await db.run<{ settled: number; eventSeq: number | null }>(settle, [
    claimed.deskId,
    claimed.conversationId,
    claimed.id,
    claimed.attempts,
    outcome.state,
    outcome.reason ?? null,
    outcome.readSeq ?? null,
    outcome.sentTo ?? null,
    outcome.lastError ?? null,
    outcome.dueAt ?? null,
    outcome.uncounted ? 1 : 0,
    now,
    claimed.lastSeq,
    outcome.subject ?? null,
  ])
  return { settled: row?.settled === 1, logged: (row?.eventSeq ?? null) !== null }
}

const lock = {
  name: 'notification_lock_conversation',
  text: `select id from helpdesk.conversations where desk_id = $1 and id = $2 for no key update`,
}

const hold = {
  name: 'notification_hold',
  text: `select 1 as held from helpdesk.notifications
    where desk_id = $1 and id = $2 and state = 'sending' and attempts = $3 for update`,
}

const absorb = {
  name: 'notification_absorb',
  text: `delete from helpdesk.notifications
    where desk_id = $1 and conversation_id = $2 and recipient_type = $3 and recipient_id = $4 and state = 'scheduled'
      and kind = 'message' and resent_from_id is null
    returning due_at as "dueAt"`,
}

/**
 * Removes the notification that later messages have made meanwhile, so that this one can wait again and cover them.
 * Who has lost the claim removes nothing: nobody would cover those messages then.
 * @returns when the removed one was due
 */
export async function absorbScheduled(tx: Tx, claimed: Claimed): Promise<Date | null> {
  const { deskId, id, attempts, conversationId, recipientType, recipientId } = claimed
  await tx.run(lock, [deskId, conversationId])
  if ((await tx.run(hold, [deskId, id, attempts])).length === 0) return null
  const values = [deskId, conversationId, recipientType, recipientId]
  const [removed] = await tx.run<{ dueAt: Date }>(absorb, values)
  return removed?.dueAt ?? null
}
