import type { Queryable, Statement, Tx } from '../db/db.ts'
import { threadMark } from './store.ts'

/** Locks the conversation of a notification first, as every writer does. $1 desk $2 notification */
const lockedConversation = `conversation as materialized (
    select id, contact_id from helpdesk.conversations
    where desk_id = $1 and id = (select conversation_id from helpdesk.notifications where desk_id = $1 and id = $2)
    for no key update
  )`

const logged = (of: string, now: string) => `
  counter as (
    update helpdesk.desk_counters c set event_seq = c.event_seq + 1 from ${of} where c.desk_id = $1 returning c.event_seq
  ),
  event as (
    insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, data, at)
    select $1, event_seq, 'notification.updated', 'agents', conversation.id, conversation.contact_id,
      jsonb_build_object('firstSeq', ${of}.first_seq, 'lastSeq', ${of}.last_seq) || ${of}.mark, ${now}
    from counter, ${of}, conversation
  )`

/**
 * A statement of its own: what waits for a lock still sees what was there when it began, and so not the repeat that
 * another agent asked for meanwhile.
 */
const lockForResend: Statement = {
  name: 'notification_resend_lock',
  text: `with ${lockedConversation} select id from conversation`,
}

/** $1 desk $2 notification $3 new notification $4 now */
const resend: Statement = {
  name: 'notification_resend',
  text: `with ${lockedConversation},
  found as (
    select n.* from helpdesk.notifications n, conversation where n.desk_id = $1 and n.id = $2
  ),
  made as (
    insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, kind, state,
      first_seq, last_seq, due_at, resent_from_id, created_at, updated_at)
    select $1, $3::uuid, conversation_id, recipient_type, recipient_id, kind, 'scheduled',
      first_seq, coalesce(last_seq, first_seq), $4::timestamptz, id, $4, $4
    from found
    where state not in ('scheduled', 'sending') and not exists (
      select 1 from helpdesk.notifications o
      where o.desk_id = $1 and o.conversation_id = found.conversation_id and o.resent_from_id = found.id
        and o.state in ('scheduled', 'sending'))
    returning first_seq, last_seq, ${threadMark('notifications')} as mark
  ),
  ${logged('made', '$4')}
  select (select count(*)::int from found) as found, (select count(*)::int from made) as made`,
}

/** $1 desk $2 notification $3 words of the mail server $4 now */
const bounce: Statement = {
  name: 'notification_bounce',
  text: `with ${lockedConversation},
  bounced as (
    update helpdesk.notifications n
    set state = 'failed', reason = 'bounced', last_error = $3, lease_until = null, updated_at = $4::timestamptz
    from conversation
    where n.desk_id = $1 and n.id = $2 and n.sent_to is not null
      and (n.state = 'sent' or (n.state = 'sending' and n.due_at > n.updated_at))
    returning n.recipient_type, n.recipient_id, n.sent_to, n.first_seq, n.last_seq, ${threadMark('n')} as mark
  ),
  ${logged('bounced', '$4')}
  select recipient_type as "recipientType", recipient_id as "recipientId", sent_to as "sentTo" from bounced`,
}

const mark: Statement = {
  name: 'contact_bounced',
  text: `with recursive chain as (
      select id, merged_into_id from helpdesk.contacts where desk_id = $1 and id = $2
      union
      select c.id, c.merged_into_id from helpdesk.contacts c join chain on c.id = chain.merged_into_id
      where c.desk_id = $1
    )
    update helpdesk.contacts
    set email_bounce = jsonb_build_object('at', $4::text, 'detail', $5::text, 'address', lower($3::text))
    where desk_id = $1 and id in (select id from chain) and lower(email) = lower($3)`,
}

/** Makes a notification about what another one was about. @returns whether there is that one, and whether this was made */
export async function insertResend(
  tx: Tx,
  deskId: string,
  of: { id: string; newId: string },
  now: Date,
): Promise<{ found: boolean; made: boolean }> {
  await tx.run(lockForResend, [deskId, of.id])
  const [row] = await tx.run<{ found: number; made: number }>(resend, [deskId, of.id, of.newId, now])
  return { found: row?.found === 1, made: row?.made === 1 }
}

/** Whom an e-mail that came back was for. */
export interface BouncedRow {
  recipientType: 'contact' | 'agent'
  recipientId: string
  sentTo: string
}

/** Notes that an e-mail came back; null when none of this notification can have. */
export async function failBounced(
  db: Queryable,
  deskId: string,
  id: string,
  detail: string,
  now: Date,
): Promise<BouncedRow | null> {
  const [row] = await db.run<BouncedRow>(bounce, [deskId, id, detail, now])
  return row ?? null
}

/** Notes on a contact, and on what it became part of, that its address does not take e-mails, while it has that one. */
export async function markBounced(
  db: Queryable,
  deskId: string,
  contactId: string,
  of: { address: string; detail: string; at: Date },
): Promise<void> {
  await db.run(mark, [deskId, contactId, of.address, of.at.toISOString(), of.detail])
}
