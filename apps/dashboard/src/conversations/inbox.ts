import type { AgentEvent, InboxCounts, InboxItem } from '@helpdesk/core/api'
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import { belongs, type ViewKey, viewKeys, viewQuery } from './views.ts'

/** How far a view has been loaded. */
export interface ViewProgress {
  state: 'idle' | 'loading' | 'ready' | 'failed'
  error: unknown
  /** Where the next page begins, `null` at the end. */
  cursor: string | null
  /** Everything newer than this has been loaded; `null`: everything has. */
  boundary: string | null
}

/** The inbox of a desk: what is known of its conversations, kept right by the stream. */
export interface Inbox {
  readonly counts: ReadonlySignal<InboxCounts | null>
  /** How many loaded conversations have something the agent has not seen. */
  readonly unread: ReadonlySignal<number>
  /** Every conversation that is known here, newest activity first. */
  readonly known: ReadonlySignal<readonly InboxItem[]>
  rows(view: ViewKey): readonly InboxItem[]
  progress(view: ViewKey): ViewProgress
  item(id: string): InboxItem | undefined
  /**
   * Loads the first page of a view, once however often it is asked for, again after a failure.
   * @returns whether that succeeded
   */
  open(view: ViewKey): Promise<boolean>
  more(view: ViewKey): Promise<void>
  refreshCounts(): Promise<void>
  /**
   * The position from which the stream must tell so that nothing that is shown misses anything: that of the
   * oldest answer so far. An answer that comes later and is older still has to be asked for again.
   */
  follow(): number
  /** Takes in a conversation as it stands at a position of the event log. */
  put(item: InboxItem, seq: number): void
  /** Takes in what an answer of the desk says of a conversation, without a position of its own. */
  patch(id: string, change: Partial<InboxItem>): void
  /** Shows a change before the desk has confirmed it; `null` takes the promise back. */
  expect(id: string, change: Partial<InboxItem> | null): void
  apply(event: AgentEvent): void
}

const pageSize = '50'
const countsDelayMs = 200
const idle: ViewProgress = { state: 'idle', error: null, cursor: null, boundary: null }

interface Known {
  item: InboxItem
  seq: number
}

/** Newest activity first, as the desk sorts. */
function byActivity(one: InboxItem, other: InboxItem): number {
  if (one.lastMessageAt !== other.lastMessageAt) return one.lastMessageAt < other.lastMessageAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}

/** The inbox of a desk as one agent sees it. */
export function createInbox(deskId: string, agentId: string): Inbox {
  const known = signal<ReadonlyMap<string, Known>>(new Map())
  const expected = signal<ReadonlyMap<string, Partial<InboxItem>>>(new Map())
  const counts = signal<InboxCounts | null>(null)
  const progress = Object.fromEntries(
    viewKeys.map((view) => [view, signal<ViewProgress>(idle)]),
  ) as unknown as Record<ViewKey, Signal<ViewProgress>>

  const items = computed(() =>
    [...known.value.values()]
      .map(({ item }) => {
        const change = expected.value.get(item.id)
        return change ? { ...item, ...change } : item
      })
      .sort(byActivity),
  )
  const lists = Object.fromEntries(
    viewKeys.map((view) => [
      view,
      computed(() => {
        const { boundary } = progress[view].value
        return items.value.filter(
          (item) => belongs(view, item, agentId) && (boundary === null || item.lastMessageAt >= boundary),
        )
      }),
    ]),
  ) as unknown as Record<ViewKey, ReadonlySignal<readonly InboxItem[]>>

  function putAll(fresh: readonly InboxItem[], seq: number): void {
    oldest = Math.min(oldest, seq)
    const next = new Map(known.peek())
    for (const item of fresh) {
      if ((next.get(item.id)?.seq ?? -1) <= seq) next.set(item.id, { item, seq })
    }
    known.value = next
  }

  async function load(view: ViewKey, cursor: string | null): Promise<boolean> {
    const before = progress[view].peek()
    const followedBefore = followed
    progress[view].value = { ...before, state: 'loading', error: null }
    try {
      const query = { ...viewQuery(view), limit: pageSize, ...(cursor ? { cursor } : {}) }
      const page = await withSession(() => client.conversations.list(deskId, query))
      // Overtaken: the stream began to tell only after this answer. One that was asked for since is new enough, whatever
      // number it has: a desk that came back from a backup counts from an earlier one.
      if (page.eventSeq < followed && followed !== followedBefore) return load(view, cursor)
      batch(() => {
        putAll(page.conversations, page.eventSeq)
        const last = page.conversations.at(-1)?.lastMessageAt ?? before.boundary
        const boundary = page.nextCursor === null ? null : last
        progress[view].value = { state: 'ready', error: null, cursor: page.nextCursor, boundary }
      })
      return true
    } catch (error) {
      progress[view].value = { ...before, state: 'failed', error }
      return false
    }
  }

  const opened = new Map<ViewKey, Promise<boolean>>()
  let oldest = Number.POSITIVE_INFINITY
  let followed = 0
  const counter = createCounter(async () => {
    counts.value = await withSession(() => client.conversations.counts(deskId))
  })

  return {
    counts,
    known: items,
    unread: computed(() => items.value.filter((item) => item.unread).length),
    rows: (view) => lists[view].value,
    progress: (view) => progress[view].value,
    item: (id) => items.value.find((item) => item.id === id),
    open(view) {
      const opening = progress[view].peek().state === 'failed' ? undefined : opened.get(view)
      const answer = opening ?? load(view, null)
      opened.set(view, answer)
      return answer
    },
    async more(view) {
      const { state, cursor } = progress[view].peek()
      if (cursor && (state === 'ready' || state === 'failed')) await load(view, cursor)
    },
    refreshCounts: counter.now,
    follow() {
      followed = oldest
      return followed
    },
    put: (item, seq) => putAll([item], seq),
    patch(id, change) {
      const before = known.peek().get(id)
      if (before) putAll([{ ...before.item, ...change }], before.seq)
      counter.soon()
    },
    expect(id, change) {
      const next = new Map(expected.peek())
      if (change) next.set(id, { ...next.get(id), ...change })
      else next.delete(id)
      expected.value = next
    },
    apply(event) {
      if (!('conversation' in event)) return
      putAll([event.conversation], event.seq)
      counter.soon()
    },
  }
}

/** Runs work at most once at a time, and soon after the last of many reasons to. */
function createCounter(work: () => Promise<void>): { now(): Promise<void>; soon(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  const now = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (running) await running
    running = work()
      // Counters that are a little old are better than an error about counters.
      .catch(() => undefined)
      .finally(() => {
        running = null
      })
    await running
  }
  return {
    now,
    soon() {
      timer ??= setTimeout(now, countsDelayMs)
    },
  }
}
