import type { Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

const published: Statement = {
  name: 'article_texts_published',
  text: `select locale, published_title as title, published_text as text from helpdesk.article_texts
    where desk_id = $1 and article_id = $2 and ($3::text is null or locale = $3) and published_at is not null
    order by locale`,
}

// One statement in the order of the words, so that two articles that are published at once do not wait for each other.
const change: Statement = {
  name: 'article_words_change',
  text: `insert into helpdesk.article_words as w (desk_id, locale, word, forms, articles)
    select $1, $2, x.word, x.forms, x.by
    from jsonb_to_recordset($3::jsonb) as x (word text, forms text[], by int) order by x.word
    on conflict (desk_id, locale, word) do update set articles = w.articles + excluded.articles`,
}

const removeUnused: Statement = {
  name: 'article_words_remove_unused',
  text: `delete from helpdesk.article_words
    where desk_id = $1 and locale = $2 and word = any($3::text[]) and articles <= 0`,
}

/** What readers see of an article, in one language or in all. */
export function selectPublished(
  db: Queryable,
  deskId: string,
  articleId: string,
  locale: Locale | null,
): Promise<{ locale: Locale; title: string; text: string }[]> {
  return db.run(published, [deskId, articleId, locale])
}

/** A word that stands in so many articles more. */
export interface WordChange {
  word: string
  forms: readonly string[]
  by: number
}

/** Changes in how many articles words stand; those that stand in none any more go. */
export async function changeArticleWords(
  db: Queryable,
  deskId: string,
  locale: Locale,
  changes: readonly WordChange[],
): Promise<void> {
  if (changes.length === 0) return
  await db.run(change, [deskId, locale, JSON.stringify(changes)])
  const fewer = changes.filter(({ by }) => by < 0).map(({ word }) => word)
  if (fewer.length > 0) await db.run(removeUnused, [deskId, locale, fewer])
}
