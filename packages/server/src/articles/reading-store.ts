import { type Locale, locales } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

/** A published article as a link to it. */
export interface LinkRow {
  articleId: string
  slug: string
  title: string
  description: string
  featured: boolean
  internal: boolean
  collectionId: string | null
  collectionSlug: string | null
  collectionName: Record<string, string> | null
}

/** A published article. */
export interface PublishedRow extends LinkRow {
  locale: Locale
  html: string
  markdown: string
  updatedAt: Date
}

const linkColumns = `t.article_id as "articleId", t.slug, t.published_title as title, t.description, a.featured, a.internal,
  a.collection_id as "collectionId", c.slug as "collectionSlug", c.name as "collectionName"`

const joins = `join helpdesk.articles a on a.desk_id = t.desk_id and a.id = t.article_id
  left join helpdesk.collections c on c.desk_id = a.desk_id and c.id = a.collection_id`

const published: Statement = {
  name: 'articles_published',
  text: `select ${linkColumns} from helpdesk.article_texts t ${joins}
    where t.desk_id = $1 and t.locale = $2 and t.audience = 'public'
    order by c.place nulls last, a.place, a.id limit 2000`,
}

// The present slug first; else one that the article had before.
const bySlug: Statement = {
  name: 'article_by_slug',
  text: `select ${linkColumns}, t.locale, t.published_html as html, t.published_markdown as markdown,
      t.published_at as "updatedAt"
    from helpdesk.article_texts t ${joins}
    where t.desk_id = $1 and t.locale = $2 and t.audience = 'public' and t.article_id = coalesce(
      (select article_id from helpdesk.article_texts where desk_id = $1 and locale = $2 and slug = $3),
      (select article_id from helpdesk.article_slugs where desk_id = $1 and locale = $2 and slug = $3))`,
}

const languages: Statement = {
  name: 'article_languages',
  text: `select locale, slug from helpdesk.article_texts
    where desk_id = $1 and article_id = $2 and audience = 'public' order by locale`,
}

// Asked with every page and search: the first article of each language answers, however many there are.
const usedLocales: Statement = {
  name: 'articles_locales',
  text: `select l.locale from unnest($2::text[]) l (locale) where exists (
      select from helpdesk.article_texts t where t.desk_id = $1 and t.locale = l.locale and t.audience = 'public')
    order by l.locale`,
}

const newest: Statement = {
  name: 'articles_newest',
  text: `select ${linkColumns}, t.locale, '' as html, '' as markdown, t.published_at as "updatedAt"
    from helpdesk.article_texts t ${joins}
    where t.desk_id = $1 and t.audience = 'public' and ($2::text is null or t.locale = $2)
    order by t.published_at desc, t.article_id limit $3`,
}

/** The published articles of a language in their order. */
export function selectPublished(db: Queryable, deskId: string, locale: Locale): Promise<LinkRow[]> {
  return db.run(published, [deskId, locale])
}

/** A published article by its slug, or by one that it had before. */
export async function selectBySlug(
  db: Queryable,
  deskId: string,
  locale: Locale,
  slug: string,
): Promise<PublishedRow | null> {
  const [row] = await db.run<PublishedRow>(bySlug, [deskId, locale, slug])
  return row ?? null
}

/** The languages in which an article is published. */
export function selectLanguages(
  db: Queryable,
  deskId: string,
  articleId: string,
): Promise<{ locale: Locale; slug: string }[]> {
  return db.run(languages, [deskId, articleId])
}

/** In which languages the desk has articles. */
export function selectUsedLocales(db: Queryable, deskId: string): Promise<{ locale: Locale }[]> {
  return db.run(usedLocales, [deskId, locales])
}

/** What was published last, of one language or of all. */
export function selectNewest(
  db: Queryable,
  deskId: string,
  locale: Locale | null,
  limit: number,
): Promise<PublishedRow[]> {
  return db.run(newest, [deskId, locale, limit])
}
