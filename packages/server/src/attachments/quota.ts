import { HelpdeskError } from '@helpdesk/core'
import type { Db } from '../db/db.ts'
import { selectUsage } from './store.ts'

/** How much may be uploaded in 24 hours. */
export interface Quota {
  bytes: number
  files: number
}

/** What is being uploaded in this process and has no row yet. */
export type InFlight = Map<string, Quota>

/** Room for one upload. */
export interface Reservation {
  /** How many bytes it may have at most. */
  bytes: number
  /** Gives the room back; the row counts from then on. */
  release(): void
}

const dayMs = 24 * 60 * 60 * 1000

/**
 * Keeps room for an upload, counting what was uploaded within 24 hours and what is under way at the moment.
 * @param wanted how many bytes it will have; null when nobody knows yet
 * @throws HelpdeskError quota_exceeded
 */
export async function reserveQuota(
  { db, inFlight, now }: { db: Db; inFlight: InFlight; now: Date },
  of: { deskId: string; owner: string; quota: Quota | null },
  wanted: number | null,
): Promise<Reservation> {
  if (of.quota === null) return { bytes: Number.POSITIVE_INFINITY, release: () => undefined }
  const key = `${of.deskId} ${of.owner}`
  const under = inFlight.get(key) ?? { bytes: 0, files: 0 }
  const taken = { bytes: wanted ?? 0, files: 1 }
  const release = () => add(inFlight, key, { bytes: -taken.bytes, files: -taken.files })
  // Noted before the database is asked, so that uploads sent all at once do not slip through together.
  add(inFlight, key, taken)
  try {
    const used = await selectUsage(db, of.deskId, of.owner, new Date(now.getTime() - dayMs))
    const left = of.quota.bytes - used.bytes - under.bytes
    if (used.files + under.files >= of.quota.files || left < Math.max(1, taken.bytes)) throw quotaExceeded()
    if (wanted === null) {
      taken.bytes = Math.min(left, unknownBytes)
      add(inFlight, key, { bytes: taken.bytes, files: 0 })
    }
    return { bytes: left, release }
  } catch (error) {
    release()
    throw error
  }
}

/** What an upload of unknown length is taken for: more than most, less than the largest. */
const unknownBytes = 1024 * 1024

/** Too much in a day. */
export const quotaExceeded = () =>
  new HelpdeskError('quota_exceeded', { detail: 'Too many files in 24 hours; try again later' })

function add(inFlight: InFlight, key: string, { bytes, files }: Quota): void {
  const before = inFlight.get(key) ?? { bytes: 0, files: 0 }
  const after = { bytes: before.bytes + bytes, files: before.files + files }
  if (after.files <= 0) inFlight.delete(key)
  else inFlight.set(key, after)
}
