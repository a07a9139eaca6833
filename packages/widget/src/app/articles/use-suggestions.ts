import type { ArticleHit } from '@helpdesk/core/api'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import type { Model } from '../model.ts'
import { memoryOf } from './memory.ts'
import { searchArticles, searchedText } from './searching.ts'

/** Shorter texts say too little. */
const fewestCharacters = 12
const mostSuggestions = 3
/** Longer than for a search: nobody has asked. */
const pause = 500

/** A few articles for what is being written; they stay until there are better ones, so that nothing jumps. */
export function useSuggestions(text: string): { hits: readonly ArticleHit[]; dismiss: () => void } {
  const model = useModel()
  const { locale } = useTexts()
  const isOffered = useStore(
    ({ desk, helpCenter }) =>
      desk.widget.homes.articles && !(helpCenter?.state === 'ready' && helpCenter.articles.length === 0),
  )
  const memory = memoryOf(model)
  const [hits, setHits] = useState<readonly ArticleHit[]>([])
  const wanted = isOffered && !memory.isQuiet ? searchedText(text) : ''
  useLayoutEffect(() => {
    if (wanted.length < fewestCharacters) {
      // Who begins anew writes about something else.
      if (!wanted) setHits([])
      return
    }
    const stop = new AbortController()
    const suggest = async () => {
      const found = await suggestionsFor(model, wanted, stop.signal).catch(() => [])
      if (found.length > 0 && !stop.signal.aborted && !memory.isQuiet) setHits(found)
    }
    const timer = setTimeout(suggest, pause)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [model, memory, wanted, locale])
  const dismiss = () => {
    memory.isQuiet = true
    setHits([])
  }
  return { hits, dismiss }
}

/** Words that say what a sentence is about are long ones. */
const longWord = /[\p{L}\p{N}]{5,}/gu

/** What is there for the whole text, else for the longest of its words: few articles have all the words of a sentence. */
async function suggestionsFor(model: Model, text: string, signal: AbortSignal): Promise<ArticleHit[]> {
  const words = [...new Set(text.match(longWord))].sort((a, b) => b.length - a.length)
  for (const query of [text, ...words.slice(0, mostSuggestions)]) {
    const { hits } = await searchArticles(model, query, signal)
    if (hits.length > 0) return hits.slice(0, mostSuggestions)
  }
  return []
}
