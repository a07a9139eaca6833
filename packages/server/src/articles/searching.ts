import {
  cleanLine,
  closestWord,
  cutText,
  excerptOf,
  type Locale,
  misspellings,
  queryWords,
  searchConfig,
  searchQuery,
} from '@helpdesk/core'
import type { ArticleHit } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { helpCenterUrl } from './places.ts'
import { linkView } from './reading.ts'
import {
  type Audience,
  countSearch,
  type HitRow,
  type Search,
  searchBeginnings,
  searchTitles,
  searchWords,
  selectAlike,
  selectKnown,
} from './search-store.ts'

/** A last word of so few letters begins too many words for the index. */
const fewLetters = 3

// Reading where a word stands takes 0.3 ms for a thousand articles. While somebody types, one that stands in thousands
// tells little anyway.
const hasty = { ranked: 16, tooCommon: 5_000, patient: false, characters: 2_000 }
const thorough = { ranked: 40, tooCommon: 10_000, patient: true, characters: 8_000 }

/** What somebody searches for. */
export interface Wanted {
  text: string
  locale: Locale
  audience: Audience
  limit: number
  /** The reader goes on typing: the last word may be unfinished, and it must be quick. */
  typing: boolean
}

/** What was found. */
export interface Found {
  hits: ArticleHit[]
  /** What was searched for instead, when a word was misspelt. */
  corrected: string | null
}

/**
 * Searches the articles: while somebody types in titles and finished words, then in everything. Where nothing has all
 * the words, misspelt ones are put right; where nothing has them even so, one of them is enough.
 */
export async function searchArticles(deps: Deps, desk: DeskRecord, wanted: Wanted): Promise<Found> {
  const words = queryWords(wanted.text)
  if (words.length === 0) return { hits: [], corrected: null }
  const view = (rows: readonly HitRow[], shown: readonly string[], corrected: string | null) => ({
    hits: rows.map((row) => hitView(deps, desk, wanted.locale, row, shown)),
    corrected,
  })
  const rows = wanted.typing
    ? await whileTyping(deps, desk, wanted, words)
    : await search(deps, desk, wanted, words)
  if (rows.length > 0) return view(rows, words, null)
  const better = await putRight(deps, desk, wanted, words)
  if (better) {
    const found = await search(deps, desk, wanted, better)
    if (found.length > 0) return view(found, better, better.join(' '))
  }
  if (wanted.typing || words.length === 1) return { hits: [], corrected: null }
  return view(await search(deps, desk, wanted, words, { any: true }), words, null)
}

/** The same, and notes what readers look for. */
export async function searchAndCount(deps: Deps, desk: DeskRecord, wanted: Wanted): Promise<Found> {
  const found = await searchArticles(deps, desk, wanted)
  const words = queryWords(wanted.text).join(' ')
  const text = cutText(cleanLine(wanted.text), 200)
  if (words !== '')
    await countSearch(
      deps.db,
      { deskId: desk.deskId, locale: wanted.locale, words, text, hits: found.hits.length },
      deps.now(),
    )
  return found
}

function toSearch(desk: DeskRecord, { locale, audience, limit }: Wanted, query: string): Search {
  return { deskId: desk.deskId, locale, audience, config: searchConfig(locale), query, limit }
}

async function search(
  deps: Deps,
  desk: DeskRecord,
  wanted: Wanted,
  words: readonly string[],
  options: { any?: boolean } = {},
): Promise<HitRow[]> {
  const query = searchQuery(words, wanted.locale, options)
  const part = searchQuery(words, wanted.locale, { any: true })
  if (query === null || part === null) return []
  return searchWords(deps.db, {
    ...toSearch(desk, wanted, query),
    part,
    counted: words.filter(isNoted),
    ...(wanted.typing ? hasty : thorough),
  })
}

async function inTitles(
  deps: Deps,
  desk: DeskRecord,
  wanted: Wanted,
  words: readonly string[],
  options: { prefix?: boolean } = {},
): Promise<HitRow[]> {
  const query = searchQuery(words, wanted.locale, options)
  return query === null ? [] : searchTitles(deps.db, toSearch(desk, wanted, query))
}

/** Articles in whose titles a word begins as the last one does; of one to three letters alone, among the newest. */
async function beginnings(
  deps: Deps,
  desk: DeskRecord,
  wanted: Wanted,
  words: readonly string[],
): Promise<HitRow[]> {
  const last = words.at(-1) ?? ''
  const query = searchQuery(words, wanted.locale, { prefix: true })
  if (query === null || last.length > fewLetters) return inTitles(deps, desk, wanted, words, { prefix: true })
  const finished = searchQuery(words.slice(0, -1), wanted.locale)
  const rows = await searchBeginnings(
    deps.db,
    toSearch(desk, wanted, query),
    finished ?? last,
    finished === null,
  )
  // Three letters that begin few words of the newest titles begin few of all.
  if (rows.length >= wanted.limit || finished !== null || last.length < fewLetters) return rows
  return inTitles(deps, desk, wanted, words, { prefix: true })
}

async function whileTyping(
  deps: Deps,
  desk: DeskRecord,
  wanted: Wanted,
  words: readonly string[],
): Promise<HitRow[]> {
  const titles = await beginnings(deps, desk, wanted, words)
  if (titles.length >= wanted.limit) return titles
  // An unfinished word would match half of all texts: only finished ones are looked for there, or a single one.
  const finished = words.length > 1 ? words.slice(0, -1) : words
  if (titles.length === 0 && words.length > 1) {
    const others = await inTitles(deps, desk, wanted, finished)
    if (others.length > 0) return others
  }
  const more = await search(deps, desk, wanted, words.length > 1 && titles.length > 0 ? words : finished)
  const seen = new Set(titles.map((row) => row.articleId))
  return [...titles, ...more.filter((row) => !seen.has(row.articleId))].slice(0, wanted.limit)
}

/** Only such words are counted, and put right when they are misspelt. */
const isNoted = (word: string) => word.length >= 4 && !/\d/.test(word)

/** The words with those that stand nowhere put right; null when there is nothing to put right. */
async function putRight(
  deps: Deps,
  desk: DeskRecord,
  { locale }: Wanted,
  words: readonly string[],
): Promise<string[] | null> {
  const known = await selectKnown(deps.db, desk.deskId, locale, words)
  const better = await Promise.all(
    words.map(async (word) => {
      if (known.has(word) || !isNoted(word)) return word
      return closestWord(word, await selectAlike(deps.db, desk.deskId, locale, misspellings(word))) ?? word
    }),
  )
  return better.some((word, place) => word !== words[place]) ? better : null
}

function hitView(
  deps: Deps,
  desk: DeskRecord,
  locale: Locale,
  row: HitRow,
  words: readonly string[],
): ArticleHit {
  return {
    ...linkView(desk, locale, row),
    internal: row.internal,
    url: `${helpCenterUrl(deps, desk, locale)}/${row.slug}`,
    excerpt: excerptOf(row.text.replace(/\s{2,}|[^\S ]/g, ' '), words),
  }
}
