import type { IdentityKey } from '@helpdesk/core'

/** The keys of desks, for a few seconds. */
export interface KeyCache {
  get(deskId: string): IdentityKey[] | undefined
  set(deskId: string, keys: IdentityKey[]): void
  forget(deskId: string): void
}

const ttlMs = 5_000
const most = 10_000

/** An empty cache. @param clock milliseconds of a steady clock */
export function createKeyCache(clock: () => number = () => performance.now()): KeyCache {
  const entries = new Map<string, { keys: IdentityKey[]; until: number }>()
  return {
    get(deskId) {
      const entry = entries.get(deskId)
      return entry && entry.until > clock() ? entry.keys : undefined
    },
    set(deskId, keys) {
      if (entries.size >= most) entries.clear()
      entries.set(deskId, { keys, until: clock() + ttlMs })
    },
    forget: (deskId) => void entries.delete(deskId),
  }
}
