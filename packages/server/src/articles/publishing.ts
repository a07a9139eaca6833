import { HelpdeskError, type Locale, searchConfig } from '@helpdesk/core'
import type { ArticleDraft } from '@helpdesk/core/api'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { imagesOf } from './places.ts'
import { publishText, unpublishText } from './publishing-store.ts'
import { type Rendered, renderArticle, searchedWords } from './rendering.ts'
import { lockArticle, selectTexts } from './store.ts'
import { countWords, differentWords } from './words.ts'
import { readDraft } from './writing.ts'

/** A draft as readers and searches need it. */
export interface ReadyText {
  rendered: Rendered
  titleWords: string
  textWords: string
  words: string[]
}

/** Makes a draft ready for readers, which takes the time that no transaction should wait for. */
export function makeReady(
  deps: Deps,
  desk: DeskRecord,
  { title, markdown }: { title: string; markdown: string },
): ReadyText {
  const rendered = renderArticle(markdown, imagesOf(deps, desk))
  return {
    rendered,
    titleWords: searchedWords(title),
    textWords: searchedWords(rendered.text),
    words: differentWords(`${title} ${rendered.text}`),
  }
}

/** Shows a revision to readers, and notes its words. */
export async function publishReady(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  text: { articleId: string; internal: boolean; locale: Locale; revision: number },
  { rendered, titleWords, textWords, words }: ReadyText,
): Promise<void> {
  const { articleId, internal, locale, revision } = text
  const audience = internal ? ('agents' as const) : ('public' as const)
  const config = searchConfig(locale)
  const publication = { articleId, locale, revision, ...rendered, audience, config, titleWords, textWords }
  await countWords(tx, desk.deskId, articleId, locale, words)
  await publishText(tx, desk.deskId, publication, deps.now())
}

/** Shows the draft to readers: renders it, and notes its words. @throws HelpdeskError not_found */
export async function publishDraft(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
): Promise<ArticleDraft> {
  await deps.db.transaction(async (tx) => {
    const article = await lockArticle(tx, desk.deskId, id)
    const draft = (await selectTexts(tx, desk.deskId, [id], true)).find((one) => one.locale === locale)
    if (!article || !draft) throw new HelpdeskError('not_found')
    const text = { articleId: id, internal: article.internal, locale, revision: draft.revision }
    await publishReady(tx, deps, desk, text, makeReady(deps, desk, draft))
  })
  return readDraft(deps, desk, id, locale)
}

/** Takes a language from the readers; the draft stays. @throws HelpdeskError not_found */
export async function withdraw(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
): Promise<ArticleDraft> {
  await deps.db.transaction(async (tx) => {
    await lockArticle(tx, desk.deskId, id)
    await countWords(tx, desk.deskId, id, locale, [])
    if (!(await unpublishText(tx, desk.deskId, id, locale))) throw new HelpdeskError('not_found')
  })
  return readDraft(deps, desk, id, locale)
}
