import { type Locale, locales } from '@helpdesk/core'
import type { Queryable, Statement, Tx } from '../db/db.ts'

// Two imports at once would each make the article of which they bring a language.
const oneAtATime: Statement = {
  name: 'article_files_lock',
  text: `select pg_advisory_xact_lock(hashtextextended('helpdesk.article-files.' || $1, 0))`,
}

// Every language is named, so that the index of slugs answers.
const bySlug: Statement = {
  name: 'article_places_by_slug',
  text: `select t.article_id as id, t.locale, c.slug as "collectionSlug" from helpdesk.article_texts t
    join helpdesk.articles a on a.desk_id = t.desk_id and a.id = t.article_id
    left join helpdesk.collections c on c.desk_id = a.desk_id and c.id = a.collection_id
    where t.desk_id = $1 and t.locale = any($4::text[]) and t.slug = $3
    order by t.locale = $2 desc, t.locale`,
}

const page: Statement = {
  name: 'article_files',
  text: `select t.locale, t.slug, t.title, t.markdown, t.published_at is not null as published, a.featured, a.internal,
      c.slug as "collectionSlug", t.article_id || '.' || t.locale as key
    from helpdesk.article_texts t
    join helpdesk.articles a on a.desk_id = t.desk_id and a.id = t.article_id
    left join helpdesk.collections c on c.desk_id = a.desk_id and c.id = a.collection_id
    where t.desk_id = $1 and ($2::text is null or t.article_id || '.' || t.locale > $2)
    order by t.article_id || '.' || t.locale limit $3`,
}

/** Where an article stands that has a slug. */
export interface SlugPlace {
  id: string
  locale: Locale
  collectionSlug: string | null
}

/** Lets nobody else take in files of the desk until the transaction ends. */
export async function lockImports(tx: Tx, deskId: string): Promise<void> {
  await tx.run(oneAtATime, [deskId])
}

/** The articles that have a slug in any language, drafts included; that of the given language first. */
export function selectBySlugAnyState(
  db: Queryable,
  deskId: string,
  locale: Locale,
  slug: string,
): Promise<SlugPlace[]> {
  return db.run(bySlug, [deskId, locale, slug, locales])
}

/** Texts after a key, whole. */
export function selectTextsPage(
  db: Queryable,
  deskId: string,
  after: string | null,
  limit: number,
): Promise<
  {
    locale: Locale
    slug: string
    title: string
    markdown: string
    published: boolean
    featured: boolean
    internal: boolean
    collectionSlug: string | null
    key: string
  }[]
> {
  return db.run(page, [deskId, after, limit])
}
