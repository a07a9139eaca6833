import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

// One voice each: the counts move by what changes.
const rate: Statement = {
  name: 'article_rate',
  text: `with text as (
      select article_id from helpdesk.article_texts
      where desk_id = $1 and article_id = $2 and locale = $3 and audience = 'public' for update
    ),
    before as (
      select helpful from helpdesk.article_feedback
      where desk_id = $1 and article_id = $2 and locale = $3 and reader = $4
    ),
    voice as (
      insert into helpdesk.article_feedback as f (desk_id, article_id, locale, reader, helpful, comment, created_at)
      select $1, article_id, $3, $4, $5::boolean, $6, $7 from text
      on conflict (desk_id, article_id, locale, reader) do update
      set helpful = excluded.helpful, comment = coalesce(excluded.comment, f.comment), created_at = excluded.created_at
    )
    update helpdesk.article_texts t set
      helpful = t.helpful + $5::int - coalesce((select helpful::int from before), 0),
      unhelpful = t.unhelpful + (not $5)::int - coalesce((select (not helpful)::int from before), 0)
    from text where t.desk_id = $1 and t.article_id = text.article_id and t.locale = $3 returning t.article_id`,
}

const comments: Statement = {
  name: 'article_comments',
  text: `select locale, helpful, comment, created_at as "createdAt" from helpdesk.article_feedback
    where desk_id = $1 and article_id = $2 and comment is not null order by created_at desc limit 200`,
}

const missed: Statement = {
  name: 'article_searches_missed',
  text: `select text, locale, times, last_at as "lastAt" from helpdesk.article_searches
    where desk_id = $1 and hits = 0 order by times desc, last_at desc limit 50`,
}

const unhelpful: Statement = {
  name: 'articles_unhelpful',
  text: `select article_id as id, locale, published_title as title, helpful, unhelpful from helpdesk.article_texts
    where desk_id = $1 and audience is not null and unhelpful > 0
    order by unhelpful - helpful desc, unhelpful desc, article_id limit 20`,
}

/** Notes a reader's voice. @returns whether there is such an article */
export async function rateArticle(
  db: Queryable,
  deskId: string,
  voice: { articleId: string; locale: Locale; reader: string; helpful: boolean; comment: string | null },
  now: Date,
): Promise<boolean> {
  const { articleId, locale, reader, helpful, comment } = voice
  return (await db.run(rate, [deskId, articleId, locale, reader, helpful, comment, now])).length === 1
}

/** What readers wrote about an article, newest first. */
export function selectComments(
  db: Queryable,
  deskId: string,
  articleId: string,
): Promise<{ locale: Locale; helpful: boolean; comment: string; createdAt: Date }[]> {
  return db.run(comments, [deskId, articleId])
}

/** Searches that found nothing, the most frequent first. */
export function selectMissed(
  db: Queryable,
  deskId: string,
): Promise<{ text: string; locale: Locale; times: number; lastAt: Date }[]> {
  return db.run(missed, [deskId])
}

/** Articles that did not help, the worst first. */
export function selectUnhelpful(
  db: Queryable,
  deskId: string,
): Promise<{ id: string; locale: Locale; title: string; helpful: number; unhelpful: number }[]> {
  return db.run(unhelpful, [deskId])
}
