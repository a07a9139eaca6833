import { cutText, foldText, type Locale, misspellings, wordsOf } from '@helpdesk/core'
import type { Tx } from '../db/db.ts'
import { changeArticleWords, selectPublished } from './words-store.ts'

/** So many different words of an article can be found although they are misspelt. */
const mostWords = 2_000

/** The words by which a text can be found although they are misspelt, each once, in order. */
export function differentWords(text: string): string[] {
  const words = new Set<string>()
  for (const word of wordsOf(foldText(text))) {
    if (word.length >= 4 && !/\d/.test(word)) words.add(cutText(word, 40))
    if (words.size >= mostWords) break
  }
  return [...words].sort()
}

/**
 * Counts the words of what readers are about to see of an article instead of those that they see now; in how many
 * articles a word stands says how common it is.
 * @param words none when nothing is seen any more
 */
export async function countWords(
  tx: Tx,
  deskId: string,
  articleId: string,
  locale: Locale,
  words: readonly string[],
): Promise<void> {
  const [seen] = await selectPublished(tx, deskId, articleId, locale)
  const before = new Set(seen ? differentWords(`${seen.title} ${seen.text}`) : [])
  const after = new Set(words)
  const changes = [
    ...[...after]
      .filter((word) => !before.has(word))
      .map((word) => ({ word, forms: misspellings(word), by: 1 })),
    ...[...before].filter((word) => !after.has(word)).map((word) => ({ word, forms: [], by: -1 })),
  ]
  await changeArticleWords(tx, deskId, locale, changes)
}

/** Takes the words of an article from the counts, in every language, before it goes. */
export async function forgetWords(tx: Tx, deskId: string, articleId: string): Promise<void> {
  for (const { locale } of await selectPublished(tx, deskId, articleId, null)) {
    await countWords(tx, deskId, articleId, locale, [])
  }
}
