import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../deps.ts'

/** Lets desks deliver side by side: the slow mail server of one keeps no other waiting. */
export interface DeliveryLanes {
  /**
   * Delivers in the lane of a desk. Resolves when that is done, but does not wait where the lane is full or the mail
   * server slow: then it goes on by itself.
   * @throws what the delivery throws, unless it went on by itself
   */
  run(deskId: string, deliver: () => Promise<unknown>): Promise<void>
  /** Begins no further delivery; resolves when those that run have ended, after 8 seconds at the latest. */
  close(): Promise<void>
}

const atOnce = 10
const waitingAtMost = 1_000
const patienceMs = 2_000
const drainMs = 8_000

interface Lane {
  running: Set<Promise<void>>
  waiting: (() => Promise<unknown>)[]
}

/** Lanes in which nothing runs. What they do not get to is left to the sweep, which finds all that is due. */
export function createLanes(
  log: Pick<Deps['log'], 'error'>,
  wait: (ms: number, signal: AbortSignal) => Promise<unknown> = (ms, signal) =>
    pause(ms, undefined, { signal }),
): DeliveryLanes {
  const lanes = new Map<string, Lane>()
  let isClosed = false

  function begin(deskId: string, lane: Lane, deliver: () => Promise<unknown>): Promise<void> {
    const run = deliver().then(() => undefined)
    const ended = run
      .catch(() => undefined)
      .then(() => {
        lane.running.delete(ended)
        const next = isClosed ? undefined : lane.waiting.shift()
        if (next) alone(begin(deskId, lane, next))
        else if (lane.running.size === 0) lanes.delete(deskId)
      })
    lane.running.add(ended)
    return run
  }

  const alone = (run: Promise<void>) =>
    void run.catch((error: unknown) => log.error({ err: error }, 'A notification could not be looked at'))

  return {
    async run(deskId, deliver) {
      if (isClosed) return
      const lane = lanes.get(deskId) ?? { running: new Set(), waiting: [] }
      lanes.set(deskId, lane)
      if (lane.running.size >= atOnce) {
        if (lane.waiting.length < waitingAtMost) lane.waiting.push(deliver)
        return
      }
      const run = begin(deskId, lane, deliver)
      const patience = new AbortController()
      const late = wait(patienceMs, patience.signal).then(
        () => true,
        () => false,
      )
      const isLate = await Promise.race([run.then(() => false), late]).finally(() => patience.abort())
      if (isLate) alone(run)
    },
    async close() {
      isClosed = true
      const running = [...lanes.values()].flatMap((lane) => [...lane.running])
      const patience = new AbortController()
      await Promise.race([Promise.all(running), wait(drainMs, patience.signal).catch(() => undefined)])
      patience.abort()
    },
  }
}
