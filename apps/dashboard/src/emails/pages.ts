import { useEffect, useRef, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { type OpenDesk, useDesk } from '../desks/open-desk.ts'
import { pageVisible } from '../ui/visibility.ts'

interface Page {
  nextCursor: string | null
}

/** A list that is loaded page by page, as far as it has come. */
export interface Pages<P extends Page> {
  /** The pages so far; `null` before the first answer. */
  pages: readonly P[] | null
  error: unknown
  loading: boolean
  hasMore: boolean
  more(): void
  reload(): void
}

interface State<P> {
  key: string
  pages: readonly P[] | null
  error: unknown
  loading: boolean
}

/** Asks for the first page when a component comes up, and again when `key` changes; the rest when it is asked for. */
export function usePages<P extends Page>(key: string, ask: (cursor: string | null) => Promise<P>): Pages<P> {
  const [state, setState] = useState<State<P>>({ key, pages: null, error: null, loading: true })
  const turn = useRef(0)
  const latest = useRef({ key, ask, state })
  latest.current = { key, ask, state }
  const load = async (known: readonly P[], atLeast: number, how: 'fresh' | 'more' | 'again') => {
    const mine = ++turn.current
    const { key, ask } = latest.current
    setState((before) => ({
      key,
      pages: how === 'fresh' ? null : before.pages,
      error: how === 'again' ? before.error : null,
      loading: true,
    }))
    const pages = [...known]
    try {
      do {
        const cursor = pages.at(-1)?.nextCursor ?? null
        pages.push(await withSession(() => ask(cursor)))
      } while (pages.length < atLeast && pages.at(-1)?.nextCursor)
      if (mine === turn.current) setState({ key, pages, error: null, loading: false })
    } catch (error) {
      // A look that was not asked for may fail in silence: what is shown is a little old.
      const isSilent = (before: State<P>) => how === 'again' && before.pages !== null
      if (mine !== turn.current) return
      setState((before) => ({ ...before, key, error: isSilent(before) ? null : error, loading: false }))
    }
  }
  useEffect(() => {
    void load([], 1, 'fresh')
    return () => {
      turn.current++
    }
  }, [key])
  const own = state.key === key
  const pages = own ? state.pages : null
  return {
    pages,
    error: own ? state.error : null,
    loading: !own || state.loading,
    hasMore: Boolean(pages?.at(-1)?.nextCursor),
    more: () => {
      const { pages, loading } = latest.current.state
      if (pages && !loading) void load(pages, pages.length + 1, 'more')
    },
    reload: () => void load([], Math.max(1, latest.current.state.pages?.length ?? 1), 'again'),
  }
}

/** What a list of pages has in it, each once: one that moved while pages were asked for may come twice. */
export function itemsOf<P, I extends { id: string }>(
  pages: readonly P[] | null,
  of: (page: P) => readonly I[],
): readonly I[] {
  const byId = new Map<string, I>()
  for (const page of pages ?? []) for (const item of of(page)) byId.set(item.id, item)
  return [...byId.values()]
}

const soonMs = 300
const nowAndThenMs = 20_000

/**
 * Does something again whenever the desk tells of news, and now and then while the page is looked at: what happens
 * to e-mails is not all told by the stream.
 */
export function keepFresh(desk: OpenDesk, work: () => void): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined
  const run = () => {
    clearTimeout(soon)
    soon = undefined
    work()
  }
  const stopEvents = desk.onEvent((event) => {
    if ('seq' in event && event.type !== 'conversation.read') soon ??= setTimeout(run, soonMs)
  })
  const timer = setInterval(() => pageVisible.peek() && run(), nowAndThenMs)
  let wasVisible = pageVisible.peek()
  const stopVisible = pageVisible.subscribe((visible) => {
    if (visible && !wasVisible) run()
    wasVisible = visible
  })
  return () => {
    clearTimeout(soon)
    clearInterval(timer)
    stopEvents()
    stopVisible()
  }
}

/** {@link keepFresh} as long as a component is there. */
export function useFresh(work: () => void): void {
  const desk = useDesk()
  const latest = useRef(work)
  latest.current = work
  useEffect(() => keepFresh(desk, () => latest.current()), [desk])
}
