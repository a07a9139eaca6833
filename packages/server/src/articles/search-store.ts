import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'
import type { LinkRow } from './reading-store.ts'

/** A hit with the words of its article. */
export interface HitRow extends LinkRow {
  text: string
}

/** Of what matches a title or a text, so many are looked at; of more, those that were stored first. */
const mostMatches = 1000

/** The same for titles while somebody types. */
const mostTitles = 300

/** Titles that have only some of the words: in so many of their texts the others are looked for. */
const mostTexts = 200

/** For each article that is ranked by its text so many are looked at. */
const matchesPerRanked = 10

/** In so many of the newest articles the first letters of a word are looked for. */
const newest = 2000

const hitColumns = (
  text: string,
) => `t.article_id as "articleId", t.slug, t.published_title as title, t.description, a.featured, a.internal,
  a.collection_id as "collectionId", c.slug as "collectionSlug", c.name as "collectionName", coalesce(${text}, '') as text`

const joins = `join helpdesk.articles a on a.desk_id = $1 and a.id = t.article_id
  left join helpdesk.collections c on c.desk_id = a.desk_id and c.id = a.collection_id`

const readable = 't.desk_id = $1 and t.locale = $2 and t.audience = any($3::text[])'

// In a CTE of its own the planner does not see the query: it would plan every search anew, and for a word that stands
// everywhere choose to read all texts. The words stand in the title: the description is excerpt enough, and the text need
// not be unpacked.
const inTitles = (candidates: string, more = '') => `with q as materialized (
    select to_tsquery($4::regconfig, $5) as query${more}
  ), ranked as materialized (
    select t.article_id, ts_rank(t.title_words, q.query) as rank, t.helpful - t.unhelpful as votes from q, lateral (${candidates}) t
    order by rank desc, votes desc, t.article_id limit $6::int
  )
  select ${hitColumns('t.description')} from ranked join helpdesk.article_texts t
    on t.desk_id = $1 and t.article_id = ranked.article_id and t.locale = $2
  ${joins} order by ranked.rank desc, ranked.votes desc, t.article_id`

const titleColumns = 't.article_id, t.title_words, t.helpful, t.unhelpful'

const byTitle: Statement = {
  name: 'articles_search_titles',
  text: inTitles(`select ${titleColumns} from helpdesk.article_texts t
    where ${readable} and t.title_words @@ q.query limit ${mostTitles}`),
}

// So many words begin with one, two or three letters that reading all their lists takes too long. The words before them
// are looked for instead and, where there are none, the newest titles are read.
const byBeginning: Statement = {
  name: 'articles_search_beginnings',
  text: inTitles(
    `(select * from (select ${titleColumns} from helpdesk.article_texts t
        where ${readable} and t.title_words @@ q.finished
        limit case when $8 then ${mostTitles} else ${mostMatches} end) t where t.title_words @@ q.query)
      union all
      (select * from (select ${titleColumns} from helpdesk.article_texts t
          where ${readable} order by t.article_id desc limit ${newest}) t
        where ($8 or numnode(q.finished) = 0) and t.title_words @@ q.query and not t.title_words @@ q.finished)`,
    ', to_tsquery($4::regconfig, $7) as finished',
  ),
}

// First titles that have all the words. Then texts, straight from the index when one of the words stands in few; reading
// the places of common words takes longer than everything else together, so for those the texts of titles with some of
// the words come before it. Nothing is looked for once there is enough to rank.
const byWords: Statement = {
  name: 'articles_search_words',
  text: `with q as materialized (
      select to_tsquery($4::regconfig, $5) as query, to_tsquery($4::regconfig, $7) as part, (
          select case when $5 = $7 then max(w.articles) > $10::int
            else count(*) = cardinality($9::text[]) and min(w.articles) > $10 end from helpdesk.article_words w
          where w.desk_id = $1 and w.locale = $2 and w.word = any($9)
        ) is true as common
    ),
    first as materialized (
      (select t.article_id from (
          select ${titleColumns} from q, helpdesk.article_texts t
          where ${readable} and t.title_words @@ q.query limit $8::int * ${matchesPerRanked}
        ) t, q order by ts_rank(t.title_words, q.query) desc, t.helpful - t.unhelpful desc, t.article_id limit $8)
      union all
      (select t.article_id from q, (
          select t.* from (
            select ${titleColumns}, t.all_words from q, helpdesk.article_texts t
            where q.common and $11 and ${readable} and t.title_words @@ q.part and not t.title_words @@ q.query
            limit $8 * ${matchesPerRanked}
          ) t, q order by ts_rank(t.title_words, q.part) desc, t.helpful - t.unhelpful desc, t.article_id limit ${mostTexts}
        ) t where t.all_words @@ q.query)
      limit $8
    ),
    candidates as materialized (
      select t.article_id from first t
      union all
      (select t.article_id from (
          select ${titleColumns} from q, helpdesk.article_texts t
          where (select count(*) from first) < case when q.common then $6::int else $8 end and ($11 or not q.common)
            and ${readable} and t.all_words @@ q.query and t.article_id not in (select article_id from first)
          limit $8 * ${matchesPerRanked}
        ) t, q order by ts_rank(t.title_words, q.part) desc, t.helpful - t.unhelpful desc, t.article_id limit $8)
    ),
    ranked as materialized (
      select t.article_id, case when t.title_words @@ q.query then 1 when t.title_words @@ q.part then 2 else 3 end as step,
        ts_rank_cd('{0.1, 0.2, 0.4, 1}', t.all_words, q.query, 1) + 2 * ts_rank(t.title_words, q.query) as rank,
        t.helpful - t.unhelpful as votes
      from candidates c join helpdesk.article_texts t
        on t.desk_id = $1 and t.article_id = c.article_id and t.locale = $2, q
      order by step, rank desc, votes desc, t.article_id limit $6::int
    )
    select ${hitColumns('left(t.published_text, $12::int)')} from ranked join helpdesk.article_texts t
      on t.desk_id = $1 and t.article_id = ranked.article_id and t.locale = $2
    ${joins} order by ranked.step, ranked.rank desc, ranked.votes desc, t.article_id`,
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

/** What a search in the texts needs besides. */
export interface TextSearch extends Search {
  /** One of the words is enough. */
  part: string
  /** So many articles are ranked. */
  ranked: number
  /**
   * Those of the words whose articles are counted. They are common when each stands in more than so many, or where one
   * word is enough, when one does.
   */
  counted: readonly string[]
  tooCommon: number
  /** Whether texts are searched for common words as well. */
  patient: boolean
  /** So many characters of a text can be shown. */
  characters: number
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

/**
 * Articles whose titles match while the last word has few letters yet.
 * @param finished the words before it, or the word itself, as it stands
 * @param single whether it is the only one
 */
export function searchBeginnings(
  db: Queryable,
  search: Search,
  finished: string,
  single: boolean,
): Promise<HitRow[]> {
  return db.run(byBeginning, [...values(search), finished, single])
}

/** Articles that match in title or text: all words in the title first, then some of them, then those in texts alone. */
export function searchWords(
  db: Queryable,
  { part, ranked, counted, tooCommon, patient, characters, ...search }: TextSearch,
): Promise<HitRow[]> {
  return db.run(byWords, [...values(search), part, ranked, counted, tooCommon, patient, characters])
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
