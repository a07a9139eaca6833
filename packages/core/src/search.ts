import { cutText } from './contacts.ts'
import type { Locale } from './locales.ts'

// Letters that do not come apart into a Latin letter and its marks.
const spelling: Readonly<Record<string, string>> = {
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/** A text as it is searched: lower case, without marks (`Żółw` is `zolw`, `ї` is `і`), compatibility forms resolved. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[łßæœøđðþı]/g, (letter) => spelling[letter] ?? letter)
    .replace(/[’'ʼ]/g, '')
}

/** The words of a folded text: runs of letters and digits. */
export function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The languages that PostgreSQL can stem, by the name of its configuration; the others are searched by beginnings. */
export const stemmers: Readonly<Partial<Record<Locale, string>>> = {
  en: 'english',
  de: 'german',
  fr: 'french',
  es: 'spanish',
}

/** The configuration of PostgreSQL's full text for a language. */
export const searchConfig = (locale: Locale): string => stemmers[locale] ?? 'simple'

const mostWords = 12
const longestWord = 40

/** The words of what somebody searches for: folded, each once, at most 12. */
export function queryWords(text: string): string[] {
  const words = wordsOf(foldText(cutText(text, 400))).map((word) => cutText(word, longestWord))
  return [...new Set(words)].slice(0, mostWords)
}

/**
 * What a word must begin with to count as a form of another one, where there is no stemmer: `haslo` and `hasla` both
 * begin with `hasl`. Short words stay whole.
 */
export function stemOf(word: string): string {
  if (/\d/.test(word) || word.length < 4) return word
  return cutText(word, word.length - (word.length < 6 ? 1 : 2))
}

/**
 * A query for PostgreSQL's `to_tsquery`, made of letters and digits only, so that nothing in it is an operator.
 * @param words folded
 * @param options `prefix`: the last word may be unfinished; `any`: one of the words is enough
 * @returns `null` when there are no words
 */
export function searchQuery(
  words: readonly string[],
  locale: Locale,
  options: { prefix?: boolean; any?: boolean } = {},
): string | null {
  if (words.length === 0) return null
  const isStemmed = stemmers[locale] !== undefined
  const terms = words.map((word, place) => {
    const isLast = place === words.length - 1
    if (!isStemmed) return `${stemOf(word)}:*`
    return isLast && options.prefix ? `(${word} | ${word}:*)` : word
  })
  return terms.join(options.any ? ' | ' : ' & ')
}

/** What remains of a word when up to two of its first seven letters are left out: words that share one are misspellings. */
export function misspellings(word: string): string[] {
  // Letters, not code units: half a letter is no text, and no database takes it.
  const start = [...cutText(word, 14)].slice(0, 7)
  const found = new Set([start.join('')])
  if (start.length < 4) return [...found]
  const shorten = (letters: string[]) => letters.map((_, place) => letters.filter((_, at) => at !== place))
  for (const one of shorten(start)) {
    found.add(one.join(''))
    if (start.length >= 7) for (const two of shorten(one)) found.add(two.join(''))
  }
  return [...found]
}

/** How alike two words are, 0 to 1: the share of three-letter pieces that they have in common. */
export function likeness(a: string, b: string): number {
  const [one, two] = [trigrams(a), trigrams(b)]
  const common = [...one].filter((piece) => two.has(piece)).length
  return common / (one.size + two.size - common)
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, place) => padded.slice(place, place + 3)))
}

/** How many letters have to be changed, added, left out or swapped with a neighbour to make one word of the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

/**
 * The word that somebody most likely meant: one letter off for short words, two for those of seven and more; the nearest
 * first, then the most alike, and of those the one that stands in most articles; `null` when none is near enough.
 */
export function closestWord(
  word: string,
  known: readonly { word: string; articles: number }[],
): string | null {
  const most = word.length < 7 ? 1 : 2
  const near = known
    .filter((one) => one.word !== word)
    .map((one) => ({ ...one, distance: editDistance(word, one.word) }))
    .filter(({ distance }) => distance <= most)
    .map((one) => ({ ...one, score: likeness(word, one.word) }))
    .sort(
      (a, b) =>
        a.distance - b.distance || b.score - a.score || b.articles - a.articles || (a.word < b.word ? -1 : 1),
    )
  return near[0]?.word ?? null
}

/** A piece of an excerpt. */
export interface ExcerptPart {
  text: string
  mark: boolean
}

interface Place {
  from: number
  to: number
}

/**
 * The place of a text where most of the words stand together, cut at words, with the words marked.
 * @param words folded
 * @param length characters, roughly
 */
export function excerptOf(text: string, words: readonly string[], length = 180): ExcerptPart[] {
  const hits = wordsBeginningWith(text, words.map(stemOf))
  const best = densest(hits, length)
  const start =
    wordsAround(text, best - length / 4).findLast(({ from }) => from <= Math.max(0, best - length / 4))
      ?.from ?? 0
  const end =
    wordsAround(text, start + length).findLast(({ to }) => to <= start + length)?.to ??
    Math.min(text.length, length)
  const parts: ExcerptPart[] = []
  const push = (part: string, mark: boolean) => {
    if (part !== '') parts.push({ text: part, mark })
  }
  let at = start
  for (const hit of hits.filter((one) => one.from >= start && one.to <= end)) {
    push(text.slice(at, hit.from), false)
    push(text.slice(hit.from, hit.to), true)
    at = hit.to
  }
  push(text.slice(at, end), false)
  const [first] = parts
  const last = parts.at(-1)
  if (first && start > 0) first.text = first.mark ? first.text : `…${first.text}`
  if (last && end < text.length) parts.push({ text: '…', mark: false })
  return parts
}

/** The words that begin, when they are folded, with one of the stems. */
function wordsBeginningWith(text: string, stems: readonly string[]): (Place & { stem: string })[] {
  const starts = stems.filter((stem) => /^[a-z0-9]/.test(stem)).map(startOf)
  const others = `[’']|(?![\\0-\\x7f])${inWord}`
  const pattern = new RegExp(`(?:${[...starts, others].join('|')})(?<!${inWord}.)${inWord}*`, 'gu')
  return [...text.matchAll(pattern)].flatMap(({ 0: word, index }) => {
    const folded = isPlain.test(word) ? word.toLowerCase() : foldText(word)
    const stem = stems.find((one) => folded.startsWith(one))
    return stem === undefined ? [] : [{ from: index, to: index + word.length, stem }]
  })
}

const isPlain = /^[a-z0-9]*$/i

/**
 * Folding keeps ASCII letters, so most words need not be folded to be passed over: their first two letters tell, where
 * folding does not leave out or change the second.
 */
function startOf(stem: string): string {
  const [first, second] = [stem.charAt(0), stem.charAt(1)].map((letter) => letter + letter.toUpperCase())
  return /^[a-z0-9]/.test(second ?? '')
    ? `[${first}](?![\\0-\\x7f])|[${first}](?=[’'${second}])`
    : `[${first}]`
}

const inWord = "[\\p{L}\\p{M}\\p{N}’']"

/** Where the most different stems, and of those places where the most words, stand within so many characters. */
function densest(hits: readonly (Place & { stem: string })[], length: number): number {
  let best = { from: 0, score: 0 }
  hits.forEach(({ from }, place) => {
    const stems = new Set<string>()
    let next = place
    for (let hit = hits[next]; hit && hit.to <= from + length; hit = hits[++next]) stems.add(hit.stem)
    const score = stems.size * 100 + next - place
    if (score > best.score) best = { from, score }
  })
  return best.from
}

/** The words near a place, all of them whole as long as none is longer than anybody writes. */
function wordsAround(text: string, place: number): Place[] {
  const begin = Math.max(0, Math.floor(place) - 400)
  const found = text.slice(begin, Math.max(0, place) + 200).matchAll(new RegExp(`${inWord}+`, 'gu'))
  return [...found].map(({ 0: word, index }) => ({ from: begin + index, to: begin + index + word.length }))
}
