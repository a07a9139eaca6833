import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'
import type { LinkRow } from './reading-store.ts'

/** A hit with the words of its article. */
export interface HitRow extends LinkRow {
  text: string
}

/** Ranking looks at no more candidates than this: a word that stands everywhere would make it slow. */
const mostCandidates = 150

const hitColumns = (
  characters: number,
) => `t.article_id as "articleId", t.slug, t.published_title as title, t.description, a.featured, a.internal,
  a.collection_id as "collectionId", c.slug as "collectionSlug", c.name as "collectionName", left(t.published_text, ${characters}) as text`

const joins = `join helpdesk.articles a on a.desk_id = $1 and a.id = t.article_id
  left join helpdesk.collections c on c.desk_id = a.desk_id and c.id = a.collection_id`

// Titles are few words, so that the beginning of one costs little while somebody types. The words stand in the title: the
// beginning of the text is excerpt enough, and the rest need not be unpacked.
const byTitle: Statement = {
  name: 'articles_search_titles',
  text: `select ${hitColumns(2000)} from (
      select t.*, ts_rank(t.title_words, q) as rank from (
        select * from helpdesk.article_texts t
        where t.desk_id = $1 and t.locale = $2 and t.audience = any($3::text[]) and t.title_words @@ to_tsquery($4::regconfig, $5)
        limit ${mostCandidates}
      ) t, to_tsquery($4::regconfig, $5) q
      order by rank desc, t.helpful - t.unhelpful desc, t.article_id limit $6::int
    ) t ${joins} order by t.rank desc, t.helpful - t.unhelpful desc, t.article_id`,
}

const byWords: Statement = {
  name: 'articles_search_words',
  text: `with q as (select to_tsquery($4::regconfig, $5) as query),
    candidates as (
      (select t.article_id from helpdesk.article_texts t, q where t.desk_id = $1 and t.locale = $2
        and t.audience = any($3::text[]) and t.title_words @@ q.query limit ${mostCandidates})
      union
      (select t.article_id from helpdesk.article_texts t, q where t.desk_id = $1 and t.locale = $2
        and t.audience = any($3::text[]) and t.all_words @@ q.query limit ${mostCandidates})
    ),
    ranked as (
      select t.article_id, ts_rank_cd('{0.1, 0.2, 0.4, 1}', t.all_words, q.query, 1)
          + 2 * ts_rank(t.title_words, q.query) as rank, t.helpful - t.unhelpful as votes
      from candidates join helpdesk.article_texts t
        on t.desk_id = $1 and t.article_id = candidates.article_id and t.locale = $2, q
      order by rank desc, votes desc, t.article_id limit $6::int
    )
    select ${hitColumns(20_000)} from ranked join helpdesk.article_texts t
      on t.desk_id = $1 and t.article_id = ranked.article_id and t.locale = $2
    ${joins} order by ranked.rank desc, ranked.votes desc, t.article_id`,
}

const alike: Statement = {
  name: 'article_words_alike',
  text: `select word, articles from helpdesk.article_words
    where desk_id = $1 and locale = $2 and forms && $3::text[] limit 500`,
}

const known: Statement = {
  name: 'article_words_known',
  text: `select word from helpdesk.article_words where desk_id = $1 and locale = $2 and word = any($3::text[])`,
}

const count: Statement = {
  name: 'article_search_count',
  text: `insert into helpdesk.article_searches as s (desk_id, locale, words, text, times, hits, last_at)
    values ($1, $2, $3, $4, 1, $5, $6)
    on conflict (desk_id, locale, words) do update
    set times = s.times + 1, hits = excluded.hits, text = excluded.text, last_at = excluded.last_at`,
}

/** Who searches: everybody sees public articles, agents also internal ones. */
export type Audience = readonly ('public' | 'agents')[]

/** What a search needs. */
export interface Search {
  deskId: string
  locale: Locale
  audience: Audience
  config: string
  query: string
  limit: number
}

const values = ({ deskId, locale, audience, config, query, limit }: Search) => [
  deskId,
  locale,
  audience,
  config,
  query,
  limit,
]

/** Articles whose titles match, the best first. */
export function searchTitles(db: Queryable, search: Search): Promise<HitRow[]> {
  return db.run(byTitle, values(search))
}

/** Articles that match in title or text, the best first. */
export function searchWords(db: Queryable, search: Search): Promise<HitRow[]> {
  return db.run(byWords, values(search))
}

/** Words of the desk's articles that share a shortened form. */
export function selectAlike(
  db: Queryable,
  deskId: string,
  locale: Locale,
  forms: readonly string[],
): Promise<{ word: string; articles: number }[]> {
  return db.run(alike, [deskId, locale, forms])
}

/** Which of the words stand in the desk's articles. */
export async function selectKnown(
  db: Queryable,
  deskId: string,
  locale: Locale,
  words: readonly string[],
): Promise<Set<string>> {
  const rows = await db.run<{ word: string }>(known, [deskId, locale, words])
  return new Set(rows.map(({ word }) => word))
}

/** Counts a search and what it found. */
export async function countSearch(
  db: Queryable,
  search: { deskId: string; locale: Locale; words: string; text: string; hits: number },
  now: Date,
): Promise<void> {
  await db.run(count, [search.deskId, search.locale, search.words, search.text, search.hits, now])
}
