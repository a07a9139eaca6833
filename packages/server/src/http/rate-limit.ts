import { HelpdeskError } from '@helpdesk/core'
import type { RateClass } from '@helpdesk/core/api'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimits } from '../options.ts'

/** Counts a call. @throws HelpdeskError too_many_requests with the seconds to wait */
export type RateLimiter = (limit: RateClass | 'agentWrite', key: string) => Promise<void>

/** Limits per class of route, in this process's memory. */
export function createRateLimiter(limits: RateLimits | null): RateLimiter {
  if (!limits) return async () => undefined
  const limiters = new Map(
    Object.entries(limits).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    ]),
  )
  return async (limit, key) => {
    try {
      await limiters.get(limit)?.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
      throw new HelpdeskError('too_many_requests', { detail: `Try again in ${retryAfter} s`, retryAfter })
    }
  }
}
