import { type ArticlesFound, isApiError } from '@helpdesk/client'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { finishSearch, isCounted, knownResults, searchArticles, searchedText } from './searching.ts'

/** How long nothing must be typed before it is searched, and before the search counts as one. */
const pause = { typing: 150, done: 1_500 }
/** Shorter texts are on their way to be something else. */
const fewestCounted = 3

/** The results of a search; `text` is what they are for, until those of a newer one have come. */
export interface Results {
  text?: string
  found?: ArticlesFound
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
    const show = (found: ArticlesFound) => {
      if (!stop.signal.aborted) setResults({ text, found })
    }
    const search = () =>
      searchArticles(model, text, stop.signal).then(show, (cause: unknown) => {
        if (!stop.signal.aborted) setResults({ text, error: isApiError(cause) ? cause.code : 'network' })
      })
    // Nobody waits for it: what was found while typing stays when it fails.
    const finish = () => finishSearch(model, text).then(show, () => {})
    const known = knownResults(model, text)
    if (known) show(known)
    const typing = known ? undefined : setTimeout(search, pause.typing)
    const isShort = text.length < fewestCounted || isCounted(model, text)
    const done = isShort ? undefined : setTimeout(finish, pause.done)
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
