import type { Tx } from '../db/db.ts'
import type { Claimed } from './store.ts'

const lockAddress = {
  name: 'notification_lock_address',
  text: `select pg_advisory_xact_lock(hashtextextended('helpdesk.mail ' || $1::text, 0))`,
}

const selectSent = {
  name: 'notification_sent_times',
  text: `select min(updated_at) as at, desk_id = $3 and conversation_id = $5 as own from helpdesk.notifications
    where sent_to = $1 and updated_at > $2::timestamptz
      and (state = 'sent' or (state = 'sending' and not (desk_id = $3 and id = $4)))
    group by desk_id, conversation_id`,
}

const reserve = {
  name: 'notification_reserve',
  text: `update helpdesk.notifications set sent_to = $4
    where desk_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
}

/**
 * When the first mail of each conversation went, or is just going, to an address on any desk. Until the transaction
 * ends nobody else asks for the same address, so what is decided on the answer stays true.
 * @returns nothing when this conversation has written there already: answers in it are not rationed
 */
export async function sentTimes(tx: Tx, claimed: Claimed, address: string, since: Date): Promise<Date[]> {
  await tx.run(lockAddress, [address])
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
