import type { Priority } from '@helpdesk/core'
import type { SentFile } from '../attachments/files.ts'

/** A message on its way to the desk. */
export interface OutboxItem {
  /** The idempotency key: the same for every try, also after a reload. */
  key: string
  /** Absent for the message that starts a conversation. */
  conversationId?: string
  body: string
  /** Files that have arrived already. */
  attachments?: readonly SentFile[]
  /** What makes a first message a ticket. */
  ticket?: { title: string; priority?: Priority; category?: string }
  email?: string
  name?: string
  pageUrl?: string
  createdAt: string
  /** The newest message of the conversation when this one was written. */
  afterSeq: number
  state: 'waiting' | 'sending' | 'failed'
  /** The error code, when it has failed. */
  error?: string
}

/** How a try ended: `later` means that it will be tried again. */
export type Outcome =
  | { type: 'sent' }
  | { type: 'later'; afterMs?: number }
  | { type: 'refused'; error: string; fields?: Readonly<Record<string, string>> }

/** What the outbox needs of the world. */
export interface OutboxOptions {
  send(item: OutboxItem): Promise<Outcome>
  /** What other tabs and earlier pages have left, oldest first. */
  load(): OutboxItem[]
  /** Keeps an item; answers whether other tabs can see it now. */
  save(item: OutboxItem): boolean
  remove(key: string): void
  onChange(items: readonly OutboxItem[]): void
  /** Runs an act while no other tab runs one. */
  exclusively(act: () => Promise<void>): Promise<void>
}

/** Messages on their way: sent in order, one at a time, by one tab. */
export interface Outbox {
  /** Puts a message in and tries to send it. */
  add(item: Omit<OutboxItem, 'state'>): Promise<Outcome>
  retry(key: string): void
  discard(key: string): void
  /** Looks again at what other tabs have done, and sends what waits. */
  sync(): Promise<void>
  /** Keeps what has been in memory so far: storage may be used now. */
  persist(): void
  /** Forgets everything and answers what it was. */
  clear(): readonly OutboxItem[]
}

const firstPauseMs = 2_000
const longestPauseMs = 60_000

/** Creates an outbox with what an earlier page has left in it; its timer ends with the signal. */
export function createOutbox(options: OutboxOptions, signal: AbortSignal): Outbox {
  const { send, save, remove, onChange } = options
  let items: readonly OutboxItem[] = []
  let isRunning = false
  let isWanted = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Those that other tabs can see: what is no longer kept was sent or discarded by one of them. */
  const kept = new Set<string>()
  const settling = new Map<string, (outcome: Outcome) => void>()

  const set = (next: readonly OutboxItem[]) => {
    items = next
    onChange(items)
  }
  const keep = (item: OutboxItem) => save(item) && kept.add(item.key)
  const change = (key: string, change: Partial<OutboxItem>) => {
    set(items.map((item) => (item.key === key ? { ...item, error: undefined, ...change } : item)))
    // A page that dies while it sends leaves a message that waits.
    const changed = items.find((item) => item.key === key && item.state !== 'sending')
    if (changed && kept.has(key)) save(changed)
  }
  const drop = (key: string) => {
    remove(key)
    kept.delete(key)
    set(items.filter((item) => item.key !== key))
  }
  const settle = (outcome: Outcome, ...keys: string[]) => {
    for (const key of keys) {
      settling.get(key)?.(outcome)
      settling.delete(key)
    }
  }
  const merge = () => {
    const stored = options.load()
    const own = items.filter(({ key }) => !kept.has(key))
    for (const { key } of stored) kept.add(key)
    set([...own, ...stored].sort((a, b) => a.createdAt.localeCompare(b.createdAt)))
  }
  /** Sends one message; answers whether to go on with the next one. */
  const sendOne = async (item: OutboxItem): Promise<boolean> => {
    change(item.key, { state: 'sending' })
    const outcome = await send(item)
    if (signal.aborted) return false
    if (outcome.type === 'later') {
      change(item.key, { state: 'waiting' })
      const pauseMs = Math.min(firstPauseMs * 2 ** failures++, longestPauseMs)
      clearTimeout(timer)
      timer = setTimeout(sync, Math.max(pauseMs, outcome.afterMs ?? 0))
    } else {
      failures = 0
      if (outcome.type === 'sent') drop(item.key)
      else change(item.key, { state: 'failed', error: outcome.error })
    }
    // Nothing overtakes a message that has to wait.
    settle(outcome, ...(outcome.type === 'later' ? settling.keys() : [item.key]))
    return outcome.type !== 'later'
  }
  const run = () =>
    options.exclusively(async () => {
      merge()
      for (;;) {
        const next = items.find(({ state }) => state === 'waiting')
        if (!next || signal.aborted || !(await sendOne(next))) return
      }
    })
  async function sync(): Promise<void> {
    clearTimeout(timer)
    isWanted = !signal.aborted
    if (isRunning) return
    isRunning = true
    while (isWanted) {
      isWanted = false
      await run().catch(() => {})
    }
    isRunning = false
  }
  merge()
  signal.addEventListener('abort', () => clearTimeout(timer))

  return {
    add(item) {
      const added: OutboxItem = { ...item, state: 'waiting' }
      set([...items, added])
      keep(added)
      return new Promise((resolve) => {
        settling.set(item.key, resolve)
        void sync()
      })
    },
    retry(key) {
      change(key, { state: 'waiting' })
      void sync()
    },
    discard: drop,
    sync,
    persist: () => items.forEach(keep),
    clear() {
      const before = items
      for (const { key } of before) drop(key)
      return before
    },
  }
}
