import {
  cutText,
  foldText,
  HelpdeskError,
  type Locale,
  misspellings,
  searchConfig,
  wordsOf,
} from '@helpdesk/core'
import type { ArticleDraft } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { imagesOf } from './places.ts'
import { addArticleWords, publishText, unpublishText } from './publishing-store.ts'
import { renderArticle, searchedWords } from './rendering.ts'
import { lockArticle, selectTexts } from './store.ts'
import { readDraft } from './writing.ts'

/** So many different words of an article can be found although they are misspelt. */
const mostWords = 2_000

/** Shows the draft to readers: renders it, and notes its words. @throws HelpdeskError not_found */
export async function publishDraft(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
): Promise<ArticleDraft> {
  const { deskId } = desk
  await deps.db.transaction(async (tx) => {
    const article = await lockArticle(tx, deskId, id)
    const text = (await selectTexts(tx, deskId, [id], true)).find((one) => one.locale === locale)
    if (!article || !text) throw new HelpdeskError('not_found')
    const rendered = renderArticle(text.markdown, imagesOf(deps, desk))
    const publication = {
      articleId: id,
      locale,
      revision: text.revision,
      ...rendered,
      audience: article.internal ? ('agents' as const) : ('public' as const),
      config: searchConfig(locale),
      titleWords: searchedWords(text.title),
      textWords: searchedWords(rendered.text),
    }
    await publishText(tx, deskId, publication, deps.now())
    await addArticleWords(tx, deskId, locale, differentWords(`${text.title} ${rendered.text}`))
  })
  return readDraft(deps, desk, id, locale)
}

function differentWords(text: string): { word: string; forms: string[] }[] {
  const words = new Set<string>()
  for (const word of wordsOf(foldText(text))) {
    if (word.length >= 4 && !/\d/.test(word)) words.add(cutText(word, 40))
    if (words.size >= mostWords) break
  }
  return [...words].sort().map((word) => ({ word, forms: misspellings(word) }))
}

/** Takes a language from the readers; the draft stays. @throws HelpdeskError not_found */
export async function withdraw(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
): Promise<ArticleDraft> {
  if (!(await unpublishText(deps.db, desk.deskId, id, locale))) throw new HelpdeskError('not_found')
  return readDraft(deps, desk, id, locale)
}
