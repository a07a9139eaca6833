import type { ArticlesFound } from '@helpdesk/client'
import { cutText } from '@helpdesk/core'
import type { Model } from '../model.ts'
import { memoryOf } from './memory.ts'

/** How many results are shown. */
const most = 8
/** What the desk takes. */
const longest = 200

/** A text as it is searched for: writing it in another way finds nothing else. */
export function searchedText(text: string): string {
  return cutText(text.trim().replace(/\s+/g, ' '), longest).toLowerCase()
}

/** What is known already about a text, in the language that is spoken. */
export function knownResults(model: Model, text: string): ArticlesFound | undefined {
  return memoryOf(model).found.get(keyOf(model, text))
}

/** Articles for a text that is still being typed. @throws {ApiError} */
export async function searchArticles(
  model: Model,
  text: string,
  signal: AbortSignal,
): Promise<ArticlesFound> {
  const key = keyOf(model, text)
  const { found } = memoryOf(model)
  const known = found.get(key)
  if (known) return known
  const { locale } = model.store.get().texts
  const answer = await model.client.articles.search(text, { locale, limit: most, signal })
  if (!found.has(key)) found.set(key, answer)
  return found.get(key) ?? answer
}

/** Whether the desk has been told that somebody looks for this. */
export function isCounted(model: Model, text: string): boolean {
  return memoryOf(model).counted.has(keyOf(model, text))
}

/**
 * Searches once more when the visitor has stopped typing: the desk looks harder, and its team learns what readers look
 * for. What was found before stays where it is, because somebody may be reading it. @throws {ApiError}
 */
export async function finishSearch(model: Model, text: string): Promise<ArticlesFound> {
  const key = keyOf(model, text)
  const { found, counted } = memoryOf(model)
  counted.add(key)
  const { locale } = model.store.get().texts
  const { signal } = model
  try {
    const answer = await model.client.articles.search(text, { locale, limit: most, final: true, signal })
    const before = found.get(key)
    const more = answer.hits.filter(({ slug }) => !before?.hits.some((hit) => hit.slug === slug))
    const all = before?.hits.length
      ? { hits: [...before.hits, ...more].slice(0, most), corrected: before.corrected }
      : answer
    found.set(key, all)
    return all
  } catch (cause) {
    counted.delete(key)
    throw cause
  }
}

function keyOf({ store }: Model, text: string): string {
  return `${store.get().texts.locale} ${text}`
}
