import { setTimeout as pause } from 'node:timers/promises'
import { type DeliveryDeps, deliverNotification } from './deliver.ts'
import { dueNotifications, type NotificationRef } from './store.ts'

const pageSize = 100
const concurrency = 5
const drainMs = 8_000

/**
 * Delivers what is due on any desk, the longest overdue first; the timers normally were faster.
 * @param options `limit`: how many notifications to look at, 1,000 unless told; `signal`: begin no further one
 * @returns how many this process decided: sent, skipped, put off or given up
 */
export async function deliverDue(
  deps: DeliveryDeps,
  options: { limit?: number; signal?: AbortSignal } = {},
): Promise<number> {
  const { limit = 1_000, signal } = options
  const seen = new Set<string>()
  let decided = 0
  while (seen.size < limit && !signal?.aborted) {
    const page = await dueNotifications(deps.db, deps.now(), pageSize)
    const fresh = page.filter((ref) => !seen.has(keyOf(ref))).slice(0, limit - seen.size)
    if (fresh.length === 0) break
    for (const ref of fresh) seen.add(keyOf(ref))
    decided += await deliverAll(deps, shuffled(fresh), signal)
  }
  return decided
}

const keyOf = ({ deskId, id }: NotificationRef) => `${deskId} ${id}`

async function deliverAll(
  deps: DeliveryDeps,
  refs: NotificationRef[],
  signal?: AbortSignal,
): Promise<number> {
  let decided = 0
  const lane = async (): Promise<void> => {
    for (let ref = refs.pop(); ref !== undefined && !signal?.aborted; ref = refs.pop()) {
      try {
        if ((await deliverNotification(deps, ref.deskId, ref.id)) !== 'not_due') decided += 1
      } catch (error) {
        deps.log.error({ err: error, notification: ref.id }, 'A notification could not be looked at')
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return decided
}

/** Processes that sweep at the same time begin at different ends and so seldom want the same row. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** A sweep that comes again and again. */
export interface Sweeper {
  /** Lets nothing further begin; resolves when what is being sent has ended, after 8 seconds at the latest. */
  stop(): Promise<void>
}

/** Sweeps every `intervalMs` milliseconds, one sweep after another; an error is logged and the next one comes. */
export function startSweeper(deps: DeliveryDeps, intervalMs: number): Sweeper {
  const stopping = new AbortController()
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    sweeping ??= deliverDue(deps, { signal: stopping.signal })
      .then(
        () => undefined,
        (error: unknown) => deps.log.error({ err: error }, 'Looking for due notifications failed'),
      )
      .finally(() => {
        sweeping = undefined
      })
  }, intervalMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      // What a mail server keeps hanging is left to its lease: another process takes it up.
      const patience = new AbortController()
      await Promise.race([
        sweeping,
        pause(drainMs, undefined, { signal: patience.signal }).catch(() => undefined),
      ])
      patience.abort()
    },
  }
}
