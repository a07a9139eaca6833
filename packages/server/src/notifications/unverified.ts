import { mayMailUnverified } from '@helpdesk/core'

export { lockAddress, timesForLink } from './addresses-store.ts'

const apartMs = 600_000
const dayMs = 86_400_000

/** How far back e-mails to an unproved address matter, in milliseconds. */
export const rememberedMs = dayMs

/** Whether an e-mail may go to an unproved address now, later the same day, or not at all. */
export type UnverifiedSlot = { slot: 'now' } | { slot: 'later'; at: Date } | { slot: 'none' }

/**
 * When the next automatic e-mail may go to an address that nobody has proved. Too early is put off and so joined
 * with what follows; beyond the day's share there is none.
 * @param sentTimes of the automatic e-mails to this address on any desk, in any order
 */
export function unverifiedSlot(sentTimes: readonly Date[], now: Date): UnverifiedSlot {
  if (mayMailUnverified({ sentTimes, now })) return { slot: 'now' }
  const newest = new Date(Math.max(...sentTimes.map((time) => time.getTime())))
  const at = new Date(newest.getTime() + apartMs)
  const today = sentTimes.filter((time) => now.getTime() - time.getTime() < dayMs)
  return today.length < 3 ? { slot: 'later', at } : { slot: 'none' }
}
