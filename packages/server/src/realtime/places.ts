import { HelpdeskError } from '@helpdesk/core'

/** How many streams one process serves: in all, to one address, to one contact. */
export interface StreamLimits {
  perProcess: number
  perAddress: number
  perContact: number
}

/** The places for streams. */
export interface Places {
  /**
   * Takes one.
   * @returns a function that gives it back
   * @throws HelpdeskError too_many_requests
   */
  take(address: string, contactId?: string): () => void
}

const retryAfter = 30

/** Counts who has how many streams. */
export function createPlaces(limits: StreamLimits): Places {
  const counts = new Map<string, number>()
  const limitOf = [limits.perProcess, limits.perAddress, limits.perContact]
  const nameOf = ['server', 'address', 'contact']

  return {
    take(address, contactId) {
      const keys = ['all', `a ${address}`, ...(contactId === undefined ? [] : [`c ${contactId}`])]
      keys.forEach((key, i) => {
        const limit = limitOf[i] ?? 0
        if ((counts.get(key) ?? 0) < limit) return
        throw new HelpdeskError('too_many_requests', {
          detail: `At most ${limit} streams per ${nameOf[i]}`,
          retryAfter,
        })
      })
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
      return () => {
        for (const key of keys) {
          const count = (counts.get(key) ?? 0) - 1
          if (count > 0) counts.set(key, count)
          else counts.delete(key)
        }
      }
    },
  }
}
