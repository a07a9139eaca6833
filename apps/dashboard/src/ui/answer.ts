import { useEffect, useRef, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'

/** What was asked for, as far as it has come. */
export interface Answer<V> {
  /** The newest answer; `null` before the first one. */
  value: V | null
  error: unknown
  loading: boolean
  reload(): void
  /** Shows something else than what was answered, for example after a change. */
  put(value: V): void
}

/** Asks for something when a component comes up, and again when `key` changes. */
export function useAnswer<V>(key: string, ask: () => Promise<V>): Answer<V> {
  const [state, setState] = useState<{ key: string; value: V | null; error: unknown; loading: boolean }>({
    key,
    value: null,
    error: null,
    loading: true,
  })
  const turn = useRef(0)
  // Whoever reloads may have come up long before: what is asked for now is asked again.
  const latest = useRef({ key, ask })
  latest.current = { key, ask }
  const load = () => {
    const mine = ++turn.current
    const { key, ask } = latest.current
    const set = (change: { value: V | null; error: unknown }) => {
      if (mine === turn.current) setState({ key, loading: false, ...change })
    }
    setState((before) => ({
      key,
      value: before.key === key ? before.value : null,
      error: null,
      loading: true,
    }))
    withSession(ask).then(
      (value) => set({ value, error: null }),
      (error: unknown) => set({ value: null, error }),
    )
  }
  useEffect(() => {
    load()
    return () => {
      turn.current++
    }
  }, [key])
  const own = state.key === key
  return {
    value: own ? state.value : null,
    error: own ? state.error : null,
    loading: !own || state.loading,
    reload: load,
    put: (value) => {
      turn.current++
      setState({ key, value, error: null, loading: false })
    },
  }
}
