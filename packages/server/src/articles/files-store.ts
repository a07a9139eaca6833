import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

const bySlug: Statement = {
  name: 'article_id_by_slug',
  text: `select article_id as id from helpdesk.article_texts where desk_id = $1 and locale = $2 and slug = $3`,
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

/** The article with a slug, drafts included. */
export async function selectBySlugAnyState(
  db: Queryable,
  deskId: string,
  locale: Locale,
  slug: string,
): Promise<string | null> {
  const [row] = await db.run<{ id: string }>(bySlug, [deskId, locale, slug])
  return row?.id ?? null
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
