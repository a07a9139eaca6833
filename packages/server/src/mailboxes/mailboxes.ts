import type { Deps } from '../deps.ts'
import { defaultTiming, type MailboxReader, type ReaderTiming, startReader } from './reader.ts'
import { claimMailboxes, releaseMailbox, renewMailboxes } from './store.ts'

/** So long a mailbox is a process's after it last said so. */
export const mailboxLeaseMs = 60_000

const lookEveryMs = 10_000

/** Begun at once, so that processes which start together share the mailboxes. */
const claimedAtOnce = 20

const drainMs = 8_000

/** The mailboxes that this process reads. */
export interface Mailboxes {
  /** Keeps what it has, ends what it has lost and takes what nobody reads. */
  look(): Promise<void>
  /** Stops within 8 seconds, and leaves the mailboxes to others. */
  close(): Promise<void>
}

/** Reads the desks' mailboxes, each of them in one process at a time. */
export function startMailboxes(deps: Deps, timing: ReaderTiming = defaultTiming): Mailboxes {
  const readers = new Map<string, MailboxReader>()
  let isClosing = false

  const forget = (reader: MailboxReader) => {
    if (readers.get(reader.deskId) === reader) readers.delete(reader.deskId)
  }
  const keep = async () => {
    const held = [...readers.values()]
    if (held.length === 0) return
    const kept = await renewMailboxes(deps.db, held, leaseEnd(deps))
    const still = new Set(kept.map(({ readerId, deskId }) => `${deskId} ${readerId}`))
    const lost = held.filter(({ deskId, readerId }) => !still.has(`${deskId} ${readerId}`))
    await Promise.all(lost.map((reader) => reader.stop()))
  }
  const take = async () => {
    const times = { now: deps.now(), until: leaseEnd(deps) }
    const claimed = await claimMailboxes(deps.db, deps.newId(), times, claimedAtOnce)
    for (const mailbox of claimed) {
      const reader = startReader(deps, mailbox, timing)
      readers.set(reader.deskId, reader)
      void reader.ended.then(() => forget(reader))
    }
    // Closing may have begun while the database was asked.
    if (isClosing) await stopAll()
  }
  const stopAll = () =>
    Promise.all(
      [...readers.values()].map(async (reader) => {
        await reader.stop()
        await releaseMailbox(deps.db, reader).catch(() => undefined)
      }),
    )
  const look = inTurn(async () => {
    if (isClosing) return
    await keep()
    await take()
  })
  const lookQuietly = () =>
    void look().catch((error: unknown) => deps.log.error({ err: error }, 'Looking after mailboxes failed'))

  const timer = setInterval(lookQuietly, lookEveryMs)
  timer.unref()
  const endListening = deps.bus.subscribe((message) => {
    if (message.type === 'desk' || message.type === 'missed') lookQuietly()
  })
  lookQuietly()
  return {
    look,
    async close() {
      isClosing = true
      clearInterval(timer)
      endListening()
      const patience = new AbortController()
      await Promise.race([
        Promise.allSettled([stopAll(), look()]),
        defaultTiming.pause(drainMs, patience.signal),
      ])
      patience.abort()
    },
  }
}

const leaseEnd = (deps: Pick<Deps, 'now'>) => new Date(deps.now().getTime() + mailboxLeaseMs)

/** One after another; who asks while one runs gets one that begins after it. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined
    })
    return running
  }
  return () => {
    if (!running) return start()
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }
}
