import type { Tx } from '../db/db.ts'
import type { Claimed } from './store.ts'

const lockAddress = {
  name: 'notification_lock_address',
  text: `select pg_advisory_xact_lock(hashtextextended('helpdesk.mail ' || $1::text, 0))`,
}

const selectSent = {
  name: 'notification_sent_times',
  text: `select updated_at as at from helpdesk.notifications
      where state = 'sent' and sent_to = $1 and updated_at > $2::timestamptz
    union all
    select updated_at from helpdesk.notifications
      where state = 'sending' and sent_to = $1 and updated_at > $2 and not (desk_id = $3 and id = $4)`,
}

const reserve = {
  name: 'notification_reserve',
  text: `update helpdesk.notifications set sent_to = $4
    where desk_id = $1 and id = $2 and state = 'sending' and attempts = $3`,
}

/**
 * When mails went, or are just going, to an address on any desk. Until the transaction ends nobody else asks for the
 * same address, so what is decided on the answer stays true.
 */
export async function sentTimes(tx: Tx, claimed: Claimed, address: string, since: Date): Promise<Date[]> {
  await tx.run(lockAddress, [address])
  const rows = await tx.run<{ at: Date }>(selectSent, [address, since, claimed.deskId, claimed.id])
  return rows.map((row) => row.at)
}

/** Makes a mail that is about to go count for its address. */
export async function reserveAddress(tx: Tx, claimed: Claimed, address: string): Promise<void> {
  await tx.run(reserve, [claimed.deskId, claimed.id, claimed.attempts, address])
}
