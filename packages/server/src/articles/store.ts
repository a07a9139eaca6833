import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement, Tx } from '../db/db.ts'

/** An article without its texts. */
export interface ArticleRow {
  id: string
  collectionId: string | null
  internal: boolean
  featured: boolean
  place: number
}

/** An article in one language. */
export interface TextRow {
  articleId: string
  locale: Locale
  slug: string
  title: string
  markdown: string
  revision: number
  updatedAt: Date
  publishedAt: Date | null
  publishedRevision: number | null
  helpful: number
  unhelpful: number
}

const articleColumns = `a.id, a.collection_id as "collectionId", a.internal, a.featured, a.place`

const textColumns = (markdown: boolean) => `t.article_id as "articleId", t.locale, t.slug, t.title,
  ${markdown ? 't.markdown' : `''`} as markdown, t.revision, t.updated_at as "updatedAt",
  t.published_at as "publishedAt", t.published_revision as "publishedRevision", t.helpful, t.unhelpful`

const list: Statement = {
  name: 'articles',
  text: `select ${articleColumns} from helpdesk.articles a
    where a.desk_id = $1 and ($2::uuid is null or a.collection_id = $2) and (a.place, a.id) > ($3::int, $4::uuid)
    order by a.place, a.id limit $5`,
}

const byId: Statement = {
  name: 'article',
  text: `select ${articleColumns} from helpdesk.articles a where a.desk_id = $1 and a.id = $2`,
}

const lock: Statement = {
  name: 'article_lock',
  text: `select ${articleColumns} from helpdesk.articles a where a.desk_id = $1 and a.id = $2 for update`,
}

const insert: Statement = {
  name: 'article_insert',
  text: `insert into helpdesk.articles (desk_id, id, collection_id, place, internal, featured, created_at)
    select $1, $2, $3::uuid, coalesce((select max(place) + 1 from helpdesk.articles where desk_id = $1), 0), $4, $5, $6`,
}

const update: Statement = {
  name: 'article_update',
  text: `update helpdesk.articles set collection_id = $3::uuid, internal = $4, featured = $5
    where desk_id = $1 and id = $2`,
}

const setAudience: Statement = {
  name: 'article_set_audience',
  text: `update helpdesk.article_texts set audience = case when published_at is null then null else $3 end
    where desk_id = $1 and article_id = $2`,
}

const remove: Statement = {
  name: 'article_remove',
  text: `with texts as (delete from helpdesk.article_texts where desk_id = $1 and article_id = $2),
    slugs as (delete from helpdesk.article_slugs where desk_id = $1 and article_id = $2),
    revisions as (delete from helpdesk.article_revisions where desk_id = $1 and article_id = $2),
    feedback as (delete from helpdesk.article_feedback where desk_id = $1 and article_id = $2)
    delete from helpdesk.articles where desk_id = $1 and id = $2 returning id`,
}

const order: Statement = {
  name: 'articles_order',
  text: `update helpdesk.articles a set place = wanted.place
    from unnest($2::uuid[]) with ordinality as wanted (id, place) where a.desk_id = $1 and a.id = wanted.id`,
}

const texts: Statement = {
  name: 'article_texts',
  text: `select ${textColumns(false)} from helpdesk.article_texts t
    where t.desk_id = $1 and t.article_id = any($2::uuid[]) order by t.locale`,
}

const textsWithMarkdown: Statement = {
  name: 'article_texts_whole',
  text: `select ${textColumns(true)} from helpdesk.article_texts t
    where t.desk_id = $1 and t.article_id = any($2::uuid[]) order by t.locale`,
}

const slugTaken: Statement = {
  name: 'article_slug_taken',
  text: `select slug from helpdesk.article_texts where desk_id = $1 and locale = $2 and slug like $3 || '%' and article_id <> $4`,
}

// Who writes saves every few seconds: what the same author saved a moment ago is replaced, with a number of its own even
// so. What comes back from the history is no such save, nor is what follows it.
const upsertText: Statement = {
  name: 'article_text_save',
  text: `with before as (
      select slug from helpdesk.article_texts where desk_id = $1 and article_id = $2 and locale = $3
    ),
    kept as (
      insert into helpdesk.article_slugs (desk_id, locale, slug, article_id)
      select $1, $3, before.slug, $2 from before where before.slug <> $4::text
      on conflict (desk_id, locale, slug) do update set article_id = excluded.article_id
    ),
    freed as (delete from helpdesk.article_slugs where desk_id = $1 and locale = $3 and slug = $4),
    last as (
      select r.revision, r.title, r.markdown from helpdesk.article_revisions r
      where r.desk_id = $1 and r.article_id = $2 and r.locale = $3 and r.revision = $7::int - 1
        and r.author_id is not distinct from $8::uuid and not r.published and r.created_at > $10::timestamptz
    ),
    replaced as (
      update helpdesk.article_revisions r set revision = $7::int, title = $5::text, markdown = $6::text from last
      where r.desk_id = $1 and r.article_id = $2 and r.locale = $3 and r.revision = last.revision and not exists (
        select from helpdesk.article_revisions o
        where o.desk_id = $1 and o.article_id = $2 and o.locale = $3 and o.revision < last.revision
          and ((o.title = $5 and o.markdown = $6) or (o.title = last.title and o.markdown = last.markdown)))
      returning r.revision
    ),
    revision as (
      insert into helpdesk.article_revisions (desk_id, article_id, locale, revision, title, markdown, author_id, created_at)
      select $1, $2, $3, $7::int, $5, $6, $8::uuid, $9::timestamptz where not exists (select from replaced)
    )
    insert into helpdesk.article_texts (desk_id, article_id, locale, slug, title, markdown, revision, updated_at)
    values ($1, $2, $3, $4, $5::text, $6::text, $7::int, $9::timestamptz)
    on conflict (desk_id, article_id, locale) do update set slug = excluded.slug, title = excluded.title,
      markdown = excluded.markdown, revision = excluded.revision, updated_at = excluded.updated_at`,
}

const removeText: Statement = {
  name: 'article_text_remove',
  text: `with revisions as (
      delete from helpdesk.article_revisions where desk_id = $1 and article_id = $2 and locale = $3
    ),
    slugs as (delete from helpdesk.article_slugs where desk_id = $1 and article_id = $2 and locale = $3),
    feedback as (delete from helpdesk.article_feedback where desk_id = $1 and article_id = $2 and locale = $3)
    delete from helpdesk.article_texts where desk_id = $1 and article_id = $2 and locale = $3`,
}

const revisions: Statement = {
  name: 'article_revisions',
  text: `select r.revision, r.title, r.markdown, a.name as author, r.published,
      case when r.revision = t.revision then t.updated_at else r.created_at end as "createdAt"
    from helpdesk.article_revisions r
    join helpdesk.article_texts t on t.desk_id = r.desk_id and t.article_id = r.article_id and t.locale = r.locale
    left join helpdesk.agents a on a.id = r.author_id
    where r.desk_id = $1 and r.article_id = $2 and r.locale = $3 and r.revision < $4
    order by r.revision desc limit $5`,
}

/** Articles after a place, in their order. */
export function selectArticles(
  db: Queryable,
  deskId: string,
  collectionId: string | null,
  after: { place: number; id: string },
  limit: number,
): Promise<ArticleRow[]> {
  return db.run(list, [deskId, collectionId, after.place, after.id, limit])
}

/** An article. */
export async function selectArticle(db: Queryable, deskId: string, id: string): Promise<ArticleRow | null> {
  const [row] = await db.run<ArticleRow>(byId, [deskId, id])
  return row ?? null
}

/** An article, locked until the transaction ends. */
export async function lockArticle(tx: Tx, deskId: string, id: string): Promise<ArticleRow | null> {
  const [row] = await tx.run<ArticleRow>(lock, [deskId, id])
  return row ?? null
}

/** A new article at the end. */
export async function insertArticle(
  db: Queryable,
  deskId: string,
  article: Omit<ArticleRow, 'place'>,
  now: Date,
): Promise<void> {
  const { id, collectionId, internal, featured } = article
  await db.run(insert, [deskId, id, collectionId, internal, featured, now])
}

/** Sets where an article stands, and who finds its published texts. */
export async function updateArticle(tx: Tx, deskId: string, article: ArticleRow): Promise<void> {
  const { id, collectionId, internal, featured } = article
  await tx.run(update, [deskId, id, collectionId, internal, featured])
  await tx.run(setAudience, [deskId, id, internal ? 'agents' : 'public'])
}

/** Deletes an article with all that belongs to it. @returns whether there was one */
export async function removeArticle(db: Queryable, deskId: string, id: string): Promise<boolean> {
  return (await db.run(remove, [deskId, id])).length === 1
}

/** Puts articles in the order of their ids. */
export async function orderArticles(db: Queryable, deskId: string, ids: readonly string[]): Promise<void> {
  await db.run(order, [deskId, ids])
}

/** The texts of articles. @param whole with their Markdown */
export function selectTexts(
  db: Queryable,
  deskId: string,
  articleIds: readonly string[],
  whole: boolean,
): Promise<TextRow[]> {
  return db.run(whole ? textsWithMarkdown : texts, [deskId, articleIds])
}

/** The slugs of other articles that begin so. */
export async function selectTakenSlugs(
  db: Queryable,
  deskId: string,
  locale: Locale,
  slug: string,
  articleId: string,
): Promise<Set<string>> {
  const rows = await db.run<{ slug: string }>(slugTaken, [deskId, locale, slug, articleId])
  return new Set(rows.map((row) => row.slug))
}

/** Saves of one author within this time of a revision's first one are one revision. */
const togetherMs = 10 * 60_000

/** Saves a draft as a revision; the slug it had before goes on leading to it. @param draft `alone`: a revision for itself */
export async function saveText(
  db: Queryable,
  deskId: string,
  draft: {
    articleId: string
    locale: Locale
    slug: string
    title: string
    markdown: string
    revision: number
    alone: boolean
  },
  authorId: string | null,
  now: Date,
): Promise<void> {
  const { articleId, locale, slug, title, markdown, revision, alone } = draft
  const since = new Date(alone ? now : now.getTime() - togetherMs)
  const values = [deskId, articleId, locale, slug, title, markdown, revision, authorId, now, since]
  await db.run(upsertText, values)
}

/** Deletes a language of an article. */
export async function deleteText(
  db: Queryable,
  deskId: string,
  articleId: string,
  locale: Locale,
): Promise<void> {
  await db.run(removeText, [deskId, articleId, locale])
}

/** Earlier states of a text, newest first. */
export function selectRevisions(
  db: Queryable,
  deskId: string,
  articleId: string,
  locale: Locale,
  before: number,
  limit: number,
): Promise<
  {
    revision: number
    title: string
    markdown: string
    author: string | null
    published: boolean
    createdAt: Date
  }[]
> {
  return db.run(revisions, [deskId, articleId, locale, before, limit])
}
