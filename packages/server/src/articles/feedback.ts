import { cutText, HelpdeskError, type Locale } from '@helpdesk/core'
import type { api, Result } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { rateArticle, selectComments, selectMissed, selectUnhelpful } from './feedback-store.ts'
import { selectBySlug } from './reading-store.ts'
import { selectArticle } from './store.ts'

/**
 * Notes whether an article was helpful; a reader has one voice, the last counts.
 * @param reader what tells readers apart; it is stored as a keyed hash only
 * @throws HelpdeskError not_found
 */
export async function rate(
  deps: Deps,
  desk: DeskRecord,
  locale: Locale,
  slug: string,
  voice: { helpful: boolean; comment?: string | undefined; reader: string },
): Promise<void> {
  const article = await selectBySlug(deps.db, desk.deskId, locale, slug)
  const comment = voice.comment?.trim() ? cutText(voice.comment.trim(), 2000) : null
  const reader = deps.vault.mac('readers', `${desk.deskId} ${voice.reader}`)
  const rated =
    article !== null &&
    (await rateArticle(
      deps.db,
      desk.deskId,
      { articleId: article.articleId, locale, reader, helpful: voice.helpful, comment },
      deps.now(),
    ))
  if (!rated) throw new HelpdeskError('not_found')
}

/** What readers wrote about an article, newest first. @throws HelpdeskError not_found */
export async function listComments(
  deps: Deps,
  desk: DeskRecord,
  articleId: string,
): Promise<Result<(typeof api)['articles']['comments']>> {
  if (!(await selectArticle(deps.db, desk.deskId, articleId))) throw new HelpdeskError('not_found')
  const rows = await selectComments(deps.db, desk.deskId, articleId)
  return { comments: rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt.toISOString() })) }
}

/** What to write next: searches that found nothing, and articles that did not help. */
export async function readInsights(
  deps: Deps,
  desk: DeskRecord,
): Promise<Result<(typeof api)['articles']['insights']>> {
  const [searches, unhelpful] = await Promise.all([
    selectMissed(deps.db, desk.deskId),
    selectUnhelpful(deps.db, desk.deskId),
  ])
  return {
    searches: searches.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt.toISOString() })),
    unhelpful: unhelpful.map(({ helpful: yes, unhelpful: no, ...row }) => ({
      ...row,
      feedback: { yes, no },
    })),
  }
}
