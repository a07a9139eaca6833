import { type ArticlesFound, isApiError } from '@helpdesk/client'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { finishSearch, isCounted, knownResults, searchArticles, searchedText } from './searching.ts'

/**
 * How long nothing must be typed before it is searched, and before the search counts as one: sooner when nothing has
 * been found so far, because the desk looks only then at more than titles.
 */
const pause = { typing: 150, done: 1_500, inVain: 700 }
/** Shorter texts are on their way to be something else. */
const fewestCounted = 3

/** The results of a search; `text` is what they are for, until those of a newer one have come. */
export interface Results {
  text?: string
  found?: ArticlesFound
  /** The desk is still looking: that nothing was found means nothing yet. */
  isLooking?: boolean
  /** The code of an error. */
  error?: string
}

/** Searches while somebody types. */
export function useSearch(query: string): Results & { retry: () => void } {
  const model = useModel()
  const { locale } = useTexts()
  const connection = useStore((state) => state.connection)
  const text = searchedText(query)
  const [results, setResults] = useState<Results>({})
  const [tries, setTries] = useState(0)
  useLayoutEffect(() => {
    if (!text) return
    const stop = new AbortController()
    const isDone = () => text.length < fewestCounted || isCounted(model, text)
    let done: ReturnType<typeof setTimeout> | undefined
    const finishIn = (pause: number) => {
      clearTimeout(done)
      if (!isDone()) done = setTimeout(finish, pause)
    }
    const show = (found: ArticlesFound, isLooking = false) => {
      if (stop.signal.aborted) return
      setResults({ text, found, isLooking })
      if (isLooking) finishIn(pause.inVain)
    }
    const showTyped = (found: ArticlesFound) => show(found, found.hits.length === 0 && !isDone())
    const fail = (cause: unknown) => {
      if (!stop.signal.aborted) setResults({ text, error: isApiError(cause) ? cause.code : 'network' })
    }
    const finish = () =>
      finishSearch(model, text).then(
        (found) => show(found),
        (cause: unknown) => {
          // What was found while typing stays.
          if (!knownResults(model, text)?.hits.length) fail(cause)
        },
      )
    finishIn(pause.done)
    const known = knownResults(model, text)
    if (known) showTyped(known)
    const typing = known
      ? undefined
      : setTimeout(() => searchArticles(model, text, stop.signal).then(showTyped, fail), pause.typing)
    return () => {
      stop.abort()
      clearTimeout(typing)
      clearTimeout(done)
      // Somebody has found what they looked for, or writes to the desk instead.
      const hasLeft = model.store.get().screen.name !== 'home' && !model.signal.aborted
      if (hasLeft && !isCounted(model, text)) finishSearch(model, text).catch(() => {})
    }
  }, [model, text, locale, connection, tries])
  return { ...results, retry: () => setTries(tries + 1) }
}
