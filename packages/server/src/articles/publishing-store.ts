import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

const publish: Statement = {
  name: 'article_publish',
  text: `with revision as (
      update helpdesk.article_revisions set published = true
      where desk_id = $1 and article_id = $2 and locale = $3 and revision = $4::int
    )
    update helpdesk.article_texts t set published_title = t.title, published_markdown = t.markdown,
      published_html = $5, published_text = $6, description = $7, published_at = $8::timestamptz,
      published_revision = t.revision, audience = $9,
      title_words = to_tsvector($10::regconfig, $11),
      all_words = setweight(to_tsvector($10::regconfig, $11), 'A') || to_tsvector($10::regconfig, $12)
    where t.desk_id = $1 and t.article_id = $2 and t.locale = $3 and t.revision = $4 returning t.slug`,
}

const unpublish: Statement = {
  name: 'article_unpublish',
  text: `update helpdesk.article_texts set published_title = null, published_markdown = null, published_html = null,
      published_text = null, description = null, published_at = null, published_revision = null, audience = null,
      title_words = null, all_words = null
    where desk_id = $1 and article_id = $2 and locale = $3 returning slug`,
}

/** What publishing writes. */
export interface Publication {
  articleId: string
  locale: Locale
  revision: number
  html: string
  text: string
  description: string
  audience: 'public' | 'agents'
  /** The configuration of PostgreSQL's full text, and what it indexes: folded words. */
  config: string
  titleWords: string
  textWords: string
}

/** Shows a draft to readers, if it is still the newest. @returns whether it was */
export async function publishText(
  db: Queryable,
  deskId: string,
  publication: Publication,
  now: Date,
): Promise<boolean> {
  const { articleId, locale, revision, html, text, description, audience, config, titleWords, textWords } =
    publication
  const values = [
    deskId,
    articleId,
    locale,
    revision,
    html,
    text,
    description,
    now,
    audience,
    config,
    titleWords,
    textWords,
  ]
  return (await db.run(publish, values)).length === 1
}

/** Takes a language from the readers. @returns whether there is one */
export async function unpublishText(
  db: Queryable,
  deskId: string,
  articleId: string,
  locale: Locale,
): Promise<boolean> {
  return (await db.run(unpublish, [deskId, articleId, locale])).length === 1
}
