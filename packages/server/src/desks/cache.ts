import type { DeskRecord } from './service.ts'

/** Desks by public id, for a few seconds: every request needs its desk, and settings change rarely. */
export interface DeskCache {
  /** The desk, null for an id known to be absent, undefined when it must be looked up. */
  get(publicId: string): DeskRecord | null | undefined
  set(publicId: string, desk: DeskRecord | null): void
  /** Forgets a desk whose settings changed, here or in another process. */
  forget(deskId: string): void
}

const ttlMs = 5_000
const most = 10_000

/** An empty cache. @param clock milliseconds of a steady clock */
export function createDeskCache(clock: () => number = () => performance.now()): DeskCache {
  const entries = new Map<string, { desk: DeskRecord | null; until: number }>()
  return {
    get(publicId) {
      const entry = entries.get(publicId)
      return entry && entry.until > clock() ? entry.desk : undefined
    },
    set(publicId, desk) {
      // Guessed ids must not fill the memory; the oldest entry goes first.
      const oldest = entries.size >= most ? entries.keys().next().value : undefined
      if (oldest !== undefined) entries.delete(oldest)
      entries.delete(publicId)
      entries.set(publicId, { desk, until: clock() + ttlMs })
    },
    forget(deskId) {
      for (const [publicId, { desk }] of entries)
        if (desk === null || desk.deskId === deskId) entries.delete(publicId)
    },
  }
}
