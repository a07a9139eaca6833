import type { Queryable, Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'

/** What nobody has searched for in this time says nothing about what to write next. */
const rememberedMs = 180 * 86_400_000

/** How much is kept at most. */
export interface Kept {
  /** Searches of a desk. */
  searches: number
  /** Revisions of a language that readers have never seen. */
  revisions: number
}

const mostKept: Kept = { searches: 20_000, revisions: 200 }

const oldSearches: Statement = {
  name: 'article_searches_forget',
  text: `delete from helpdesk.article_searches where last_at < $1`,
}

// Whoever floods a desk with searches makes each of them once.
const tooManySearches: Statement = {
  name: 'article_searches_limit',
  text: `with full_desks as (
      select desk_id from helpdesk.article_searches group by desk_id having count(*) > $1::int
    ),
    placed as (
      select s.desk_id, s.locale, s.words,
        row_number() over (partition by s.desk_id order by s.times desc, s.last_at desc, s.locale, s.words) as place
      from helpdesk.article_searches s join full_desks using (desk_id)
    )
    delete from helpdesk.article_searches s using placed
    where placed.place > $1 and s.desk_id = placed.desk_id and s.locale = placed.locale and s.words = placed.words`,
}

// The number of a text's draft tells whether it can have so many: most are passed over without a look at their history.
const tooManyRevisions: Statement = {
  name: 'article_revisions_limit',
  text: `with long as (
      select t.desk_id, t.article_id, t.locale, (
        select r.revision from helpdesk.article_revisions r
        where r.desk_id = t.desk_id and r.article_id = t.article_id and r.locale = t.locale and not r.published
        order by r.revision desc offset $1::int limit 1
      ) as last
      from helpdesk.article_texts t where t.revision > $1
    )
    delete from helpdesk.article_revisions r using long
    where r.desk_id = long.desk_id and r.article_id = long.article_id and r.locale = long.locale
      and r.revision <= long.last and not r.published`,
}

/** Forgets old searches, and of searches and revisions what is beyond the most that is kept. */
export async function tidyArticles(
  { db, now }: { db: Queryable } & Pick<Deps, 'now'>,
  kept: Kept = mostKept,
): Promise<void> {
  await db.run(oldSearches, [new Date(now().getTime() - rememberedMs)])
  await db.run(tooManySearches, [kept.searches])
  await db.run(tooManyRevisions, [kept.revisions])
}
