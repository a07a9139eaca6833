import type { Tx } from '../db/db.ts'
import type { Claimed } from './store.ts'

const lock = {
  name: 'notification_lock_address',
  text: `select pg_advisory_xact_lock(hashtextextended('helpdesk.mail ' || $1::text, 0))`,
}

const selectSent = {
  name: 'notification_sent_times',
  text: `select min(updated_at) as at, desk_id = $3 and conversation_id = $5 as own from helpdesk.notifications
    where sent_to = $1 and updated_at > $2::timestamptz
      and (state = 'sent' or (state = 'sending' and not (desk_id = $3 and id = $4)))
    group by desk_id, conversation_id
    union all
    select created_at, false from helpdesk.email_links where email = $1 and created_at > $2 and code_hash <> ''`,
}

// `or` and not `in`, which no index answers: the two states stand in different ones.
const selectForLink = {
  name: 'notification_link_times',
  text: `select min(updated_at) as at, false as "isLink" from helpdesk.notifications
    where sent_to = $1 and updated_at > $2::timestamptz and (state = 'sent' or state = 'sending')
    group by desk_id, conversation_id
    union all
    select created_at, true from helpdesk.email_links
    where email = $1 and created_at > $2 and code_hash <> '' and id <> $3`,
}

const reserve = {
  name: 'notification_reserve',
  text: `update helpdesk.notifications set sent_to = $4
    where desk_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
}

/** Lets nobody else ask for an address until the transaction ends. */
export async function lockAddress(tx: Tx, address: string): Promise<void> {
  await tx.run(lock, [address])
}

/** When one-time links went to an address on any desk, apart from this one, and when automatic e-mails of any kind did. */
export async function timesForLink(
  tx: Tx,
  linkId: string,
  address: string,
  since: Date,
): Promise<{ links: Date[]; all: Date[] }> {
  const rows = await tx.run<{ at: Date; isLink: boolean }>(selectForLink, [address, since, linkId])
  return { links: rows.filter(({ isLink }) => isLink).map(({ at }) => at), all: rows.map(({ at }) => at) }
}

/**
 * When the first mail of each conversation, and one-time links, went or are just going to an address on any desk. Until the transaction
 * ends nobody else asks for the same address, so what is decided on the answer stays true.
 * @returns nothing when this conversation has written there already: answers in it are not rationed
 */
export async function sentTimes(tx: Tx, claimed: Claimed, address: string, since: Date): Promise<Date[]> {
  await lockAddress(tx, address)
  const { deskId, id, conversationId } = claimed
  const rows = await tx.run<{ at: Date; own: boolean }>(selectSent, [
    address,
    since,
    deskId,
    id,
    conversationId,
  ])
  return rows.some((row) => row.own) ? [] : rows.map((row) => row.at)
}

/** Makes a mail that is about to go count for its address. */
export async function reserveAddress(tx: Tx, claimed: Claimed, address: string): Promise<void> {
  await tx.run(reserve, [claimed.deskId, claimed.id, claimed.attempts, address])
}
