import type { ConnectionTest } from '@helpdesk/core/api'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { fieldProblems } from '../client.ts'

/** A test of a connection, and how the last one went. */
export interface TestRun {
  running: boolean
  result: ConnectionTest | null
  error: unknown
  /** What the desk refused to try, by path in the request. */
  problems: Readonly<Record<string, string>>
  start(): void
}

type Outcome = Pick<TestRun, 'result' | 'error' | 'problems'>

const nothing: Outcome = { result: null, error: null, problems: {} }

/**
 * Tries a connection when it is told to; what it found is forgotten as soon as something else would be tried.
 * @param tried what would be tried, as a text
 * @param check what can be seen to be wrong without asking the desk
 */
export function useConnectionTest(
  tried: string,
  check: () => Readonly<Record<string, string>>,
  ask: (signal: AbortSignal) => Promise<ConnectionTest>,
): TestRun {
  const [running, setRunning] = useState(false)
  const [outcome, setOutcome] = useState<Outcome & { of: string }>({ ...nothing, of: tried })
  const current = useRef<AbortController | null>(null)
  // At once, not after the next paint: what is started meanwhile is about the new thing.
  useLayoutEffect(() => {
    // Whoever changes something while it is being tried wants the new thing tried, not the old one.
    current.current?.abort()
  }, [tried])
  useEffect(() => () => current.current?.abort(), [])
  const start = async () => {
    current.current?.abort()
    const found = check()
    if (Object.keys(found).length > 0) return setOutcome({ ...nothing, problems: found, of: tried })
    const stop = new AbortController()
    current.current = stop
    setRunning(true)
    setOutcome({ ...nothing, of: tried })
    const end = (change: Partial<Outcome>) => {
      if (current.current !== stop) return
      current.current = null
      setRunning(false)
      if (!stop.signal.aborted) setOutcome({ ...nothing, ...change, of: tried })
    }
    try {
      end({ result: await withSession(() => ask(stop.signal)) })
    } catch (error) {
      const problems = fieldProblems(error)
      end(Object.keys(problems).length > 0 ? { problems } : { error })
    }
  }
  const { of, ...last } = outcome
  return { running, ...(of === tried ? last : nothing), start: () => void start() }
}
