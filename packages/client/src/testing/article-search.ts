import {
  cleanLine,
  closestWord,
  cutText,
  excerptOf,
  foldText,
  type Locale,
  queryWords,
  stemmers,
  stemOf,
  wordsOf,
} from '@helpdesk/core'
import type { ArticleHit } from '@helpdesk/core/api'
import { helpCenterUrl, type Readable, readables, toFeedback, toLink } from './article-views.ts'
import type { DeskRecord, World } from './records.ts'

/** What somebody searches for. */
export interface Wanted {
  text: string
  locale: Locale
  limit: number
  /** The reader goes on typing: the last word may be unfinished. */
  typing: boolean
  /** Agents find internal articles too. */
  internal: boolean
}

interface Found {
  readable: Readable
  title: string[]
  all: string[]
}

// Words that say nothing about an article; English knows them only.
const unsearched = new Set(
  'a an and are can do does for how i in is it my of on or the to what when where why with you your'.split(
    ' ',
  ),
)

// What is added to a stem in English, German, French and Spanish, more or less.
const endings = new Set(',a,as,e,ed,em,en,ent,er,es,ez,ing,n,o,os,s,t,te,ung'.split(','))

/**
 * Searches the articles: while somebody types in titles first, then in everything. Where nothing has all the words,
 * misspelt ones are put right; where nothing has them even so, one of them is enough once the search is finished.
 */
export function searchArticles(
  base: string,
  desk: DeskRecord,
  wanted: Wanted,
): { hits: ArticleHit[]; corrected: string | null } {
  const words = queryWords(wanted.text)
  const all = readables(desk, wanted.locale, wanted).map(toFound)
  const answer = (found: Found[], shown: string[], corrected: string | null) => ({
    hits: found.slice(0, wanted.limit).map((one) => toHit(base, desk, one.readable, shown)),
    corrected,
  })
  const first = wanted.typing ? whileTyping(all, words, wanted) : withAll(all, words, wanted.locale)
  if (first.length > 0) return answer(first, words, null)
  const better = putRight(desk, wanted.locale, words)
  const found = better ? withAll(all, better, wanted.locale) : []
  if (better && found.length > 0) return answer(found, better, better.join(' '))
  if (wanted.typing || words.length < 2) return answer([], words, null)
  const any = all.filter(({ all: known }) =>
    searched(words, wanted.locale).some((word) => has(known, word, wanted.locale)),
  )
  return answer(any, words, null)
}

/** The same, and notes what readers look for. */
export function searchAndCount(base: string, world: World, desk: DeskRecord, wanted: Wanted) {
  const found = searchArticles(base, desk, wanted)
  const words = queryWords(wanted.text).join(' ')
  if (words === '') return found
  const { searches } = desk.knowledge
  const known = searches.find((one) => one.words === words && one.locale === wanted.locale)
  const search = known ?? { locale: wanted.locale, words, text: '', times: 0, hits: 0, lastAt: '' }
  if (!known) searches.push(search)
  search.text = cutText(cleanLine(wanted.text), 200)
  search.times++
  search.hits = found.hits.length
  search.lastAt = world.now().toISOString()
  return found
}

function toFound(readable: Readable): Found {
  const { title, text } = readable.published
  const words = wordsOf(foldText(title))
  return { readable, title: words, all: [...words, ...wordsOf(foldText(text))] }
}

function searched(words: readonly string[], locale: Locale): string[] {
  return words.filter((word) => locale !== 'en' || !unsearched.has(word))
}

/** Whether a form of a word stands there. */
function has(known: readonly string[], word: string, locale: Locale): boolean {
  return known.some((one) => isForm(one, word, locale))
}

/** As the server does it: by the beginning, or by a stem where there is a stemmer; here roughly one. */
function isForm(one: string, word: string, locale: Locale): boolean {
  if (stemmers[locale] === undefined) return one.startsWith(stemOf(word))
  let common = 0
  while (common < word.length && one[common] === word[common]) common++
  const differ = [one.slice(common), word.slice(common)]
  return one === word || (common > 2 && differ.every((ending) => endings.has(ending)))
}

/** What has all the words, most of them in the title first, then what readers like best. */
function withAll(all: Found[], words: readonly string[], locale: Locale): Found[] {
  const wanted = searched(words, locale)
  const votes = ({ readable }: Found) => {
    const { yes, no } = toFeedback(readable.text)
    return yes - no
  }
  const inTitle = ({ title }: Found) => wanted.filter((word) => has(title, word, locale)).length
  return all
    .filter(({ all: known }) => wanted.length > 0 && wanted.every((word) => has(known, word, locale)))
    .toSorted((a, b) => inTitle(b) - inTitle(a) || votes(b) - votes(a))
}

function whileTyping(all: Found[], words: readonly string[], { locale, limit }: Wanted): Found[] {
  const last = words.at(-1) ?? ''
  const before = searched(words.slice(0, -1), locale)
  const titles = all.filter(
    ({ title }) =>
      last !== '' &&
      before.every((word) => has(title, word, locale)) &&
      (has(title, last, locale) || title.some((word) => word.startsWith(last))),
  )
  if (titles.length >= limit) return titles
  // An unfinished word would match half of all texts: only finished ones are looked for there, or a single one.
  const finished = words.length > 1 && titles.length === 0 ? words.slice(0, -1) : words
  const more = withAll(all, finished, locale)
  return [...titles, ...more.filter((one) => !titles.includes(one))]
}

/** The words with those that stand nowhere put right; null when there is nothing to put right. */
function putRight(desk: DeskRecord, locale: Locale, words: readonly string[]): string[] | null {
  const articles = new Map<string, number>()
  for (const { all } of readables(desk, locale, { internal: true }).map(toFound)) {
    for (const word of new Set(all)) {
      if (word.length >= 4 && !/\d/.test(word)) articles.set(word, (articles.get(word) ?? 0) + 1)
    }
  }
  const known = [...articles].map(([word, count]) => ({ word, articles: count }))
  const better = words.map((word) => {
    if (articles.has(word) || word.length < 4 || /\d/.test(word)) return word
    return closestWord(word, known) ?? word
  })
  return better.some((word, index) => word !== words[index]) ? better : null
}

function toHit(base: string, desk: DeskRecord, readable: Readable, words: string[]): ArticleHit {
  const { article, text, published } = readable
  return {
    ...toLink(desk, readable),
    internal: article.internal,
    url: `${helpCenterUrl(base, desk, text.locale)}/${text.slug}`,
    excerpt: excerptOf(published.text.replace(/\s+/g, ' '), words),
  }
}
