import { createHash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { HelpdeskError } from '@helpdesk/core'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/**
 * What an address counts as in every limit: an IPv4 address by itself, IPv6 by its /64 (one customer has at least
 * that many addresses), `unknown` for anything else.
 */
export function ipKey(ip: string): string {
  const [address = ''] = ip.split('%')
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return 'unknown'
  const groups = ipv6Groups(address)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of a valid IPv6 address. */
function ipv6Groups(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const [, start = '', ...bytes] = dotted ?? []
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
  const plain = dotted ? `${start}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : address
  const [head = '', tail] = plain.split('::')
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const first = read(head)
  const last = read(tail ?? '')
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last]
}

/** Slows guessing down: counts failures per address and per account. */
export interface Throttle {
  /**
   * Does the work if neither address nor account has failed too often. It counts as a failure unless it succeeds
   * or breaks for another reason than a refusal.
   * @param account what is guessed at, known or not
   * @throws HelpdeskError too_many_requests with the seconds to wait, or whatever the work throws
   */
  attempt<T>(ip: string, account: string, work: () => Promise<T>): Promise<T>
}

/**
 * Failures in so many seconds, in this process's memory. One address gets less than one account, so that nobody
 * locks somebody else out from a single place.
 */
const windows = [
  { by: 'address', points: 5, duration: 20 },
  { by: 'address', points: 15, duration: 300 },
  { by: 'account', points: 20, duration: 300 },
] as const

/** Creates a throttle with counts of its own. */
export function createThrottle(): Throttle {
  const limiters = windows.map(({ by, points, duration }) => ({
    by,
    limiter: new RateLimiterMemory({ points, duration }),
  }))
  return {
    async attempt(ip, account, work) {
      const keys = {
        address: ipKey(ip),
        account: createHash('sha256').update(account.toLowerCase()).digest('hex'),
      }
      // Counted before the work, so that guesses sent all at once do not slip through together.
      for (const { by, limiter } of limiters) await consume(limiter, keys[by])
      try {
        const result = await work()
        await Promise.all(limiters.map(({ by, limiter }) => limiter.reward(keys[by])))
        return result
      } catch (error) {
        const refused = error instanceof HelpdeskError && error.status < 500
        if (!refused) await Promise.all(limiters.map(({ by, limiter }) => limiter.reward(keys[by])))
        throw error
      }
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new HelpdeskError('too_many_requests', { detail: `Try again in ${retryAfter} s`, retryAfter })
  }
}
