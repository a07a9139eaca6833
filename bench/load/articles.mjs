import { misspellings } from '@helpdesk/core'
import pg from 'pg'
import { withoutIndexes } from './rows.mjs'

const wordsOfText = 1500
const batch = 250
const textShared = 10

/** Numbers from 0 to 1, the same ones in every run. */
export function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

// Words that every text is full of and no index has.
const small =
  'the of and to a in is you that it for on are with as this be at have from or by not but what all were when we there can your which their if do will each about how up out them then so these her would him into has more two no could my than been who its now did get'
// What a help centre is about, the most frequent first.
const topics =
  'order account email password page button settings payment invoice delivery address change customer product price number message click open save delete team user return refund parcel card date list file name help support question answer problem error login phone code link shop store cart checkout discount voucher tax country language currency shipping tracking courier stock size colour warranty repair filter kettle grinder coffee beans water temperature scale cup machine cleaning gasket blade handle battery cable screen update version device browser mobile app notification calendar report export import backup security permission role domain certificate server database connection network printer label barcode warehouse supplier contract subscription plan upgrade trial feature limit storage folder document template signature workflow integration webhook token request response search result article collection category tag comment rating review statistics chart dashboard widget theme layout image video audio text font style'

const onsets =
  'b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sk sl sm sn sp st str t th tr v w'
const vowels = 'a e i o u ai ea ee io oa oo ou'
const codas = ' b ck d f g l ll m n nd ng nt p r rd rk rm rn rt s ss st t x'
const endings = ' s ed ing er ly ment ness able ation'

/**
 * English words by how often they stand in texts: small words, the words of help centres, and made-up ones with English
 * endings behind them.
 */
export function vocabulary(random, size = 30_000) {
  const one = (list) => list[Math.floor(random() * list.length)]
  const [starts, middles, ends, tails] = [onsets, vowels, codas, endings].map((text) => text.split(' '))
  const found = new Set(`${small} ${topics}`.split(' '))
  while (found.size < size) {
    const syllable = () => one(starts) + one(middles) + one(ends)
    const stem = random() < 0.5 ? syllable() + one(middles) + one(ends) : syllable() + syllable()
    found.add((stem + one(tails)).slice(0, 16))
  }
  return { words: [...found], smallWords: small.split(' ').length }
}

/** Draws words as texts do: the word at place n stands n times more rarely than the first. */
export function zipf(words, random, from = 0) {
  const steps = 1 << 20
  const weights = words.slice(from).map((_, place) => 1 / (place + 1 + from))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const table = new Uint32Array(steps)
  let filled = 0
  let reached = 0
  weights.forEach((weight, place) => {
    reached += weight
    const end = Math.round((reached / sum) * steps)
    table.fill(from + place, filled, end)
    filled = end
  })
  return () => words[table[Math.floor(random() * steps)]]
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1)

/** A text in sentences, and its words as publishing hands them to the index. */
function writeText(draw, random) {
  const words = Array.from({ length: Math.round(wordsOfText * (0.5 + random())) }, draw)
  let text = ''
  for (let at = 0; at < words.length; ) {
    const end = Math.min(words.length, at + 6 + Math.floor(random() * 14))
    text += `${capital(words[at])} ${words.slice(at + 1, end).join(' ')}. `
    at = end
  }
  return { text, words }
}

const titleStarts = ['How to', 'Setting up', 'When the', 'What is', 'Changing the', 'About', 'No', 'Using']

function* makeTexts(count, draw, random) {
  for (let number = 0; number < count; number++) yield { number, ...writeText(draw, random) }
}

function makeTitles(count, draw, random) {
  return Array.from({ length: count }, (_, number) => {
    const subject = Array.from({ length: 2 + Math.floor(random() * 4) }, draw)
    return `${titleStarts[number % titleStarts.length]} ${subject.join(' ')}`
  })
}

const makeStaging = `create unlogged table bench_texts (number int primary key, text text, words tsvector)
  with (autovacuum_enabled = false)`

const insertTexts = `insert into bench_texts
  select number, text, to_tsvector('english', words) from unnest($1::int[], $2::text[], $3::text[]) x (number, text, words)`

// As publishing writes it, of articles that were never edited; readers' HTML is not searched and left small.
const insertPublished = `insert into helpdesk.article_texts (desk_id, article_id, locale, slug, title, markdown, revision,
    updated_at, published_title, published_markdown, published_html, published_text, description, published_at,
    published_revision, audience, title_words, all_words)
  select $1, ('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'en', 'article-' || n, title, '', 1, now(),
    title, '', '', text, left(text, 160), now(), 1, 'public', to_tsvector('english', lower(title)),
    setweight(to_tsvector('english', lower(title)), 'A') || words
  from unnest($2::int[], $3::text[]) x (n, title) join bench_texts b on b.number = n % $4::int`

/**
 * Published articles of about 1,500 words each in one language, with the words that misspelt searches are compared to.
 * Each has its own title; ten at a time have the same text, which takes most of the time to make.
 * @param {{ client: import('pg').Client, url: string, deskId: string, count: number, writers?: number,
 *   say?: (text: string) => void }} options `say` hears how far it is
 * @returns {Promise<{ titles: string[], words: string[] }>} what can be searched for; words by frequency
 */
export async function insertArticles({ client, url, deskId, count, writers = 2, say = () => undefined }) {
  const random = seeded(4711)
  const { words, smallWords } = vocabulary(random)
  const titles = makeTitles(count, zipf(words, random, smallWords), random)
  const different = Math.ceil(count / textShared)
  const standing = new Map()
  const stand = (found, times) => {
    for (const word of new Set(found)) standing.set(word, (standing.get(word) ?? 0) + times)
  }
  for (const title of titles) stand(title.toLowerCase().split(' '), 1)
  await client.query(
    `insert into helpdesk.articles (desk_id, id, collection_id, place, created_at)
     select $1, ('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, null, n, now()
     from generate_series(1, $2::int) n`,
    [deskId, count],
  )
  await client.query(makeStaging)
  await write(
    makeTexts(different, zipf(words, random), random),
    { url, writers, say, name: 'texts' },
    (rows) => {
      for (const row of rows) stand(row.words, Math.round(count / different))
      const values = [rows.map(({ number }) => number), rows.map(({ text }) => text)]
      return [insertTexts, [...values, rows.map((row) => row.words.join(' '))]]
    },
  )
  // A clean-up in the middle would take the processors from those who write.
  const quiet = (off) =>
    client.query(`alter table helpdesk.article_texts
      set (autovacuum_enabled = ${!off}, toast.autovacuum_enabled = ${!off})`)
  await quiet(true)
  await withoutIndexes(client, 'article_texts', async () => {
    await write(titles.entries(), { url, writers, say, name: 'articles' }, (rows) => [
      insertPublished,
      [deskId, rows.map(([place]) => place + 1), rows.map(([, title]) => title), different],
    ])
    say('indexes')
  })
  await quiet(false)
  await client.query('drop table bench_texts')
  await insertWords(client, deskId, standing)
  return { titles, words: [...standing].sort((a, b) => b[1] - a[1]).map(([word]) => word) }
}

/** Several connections take what comes by the batch, and say from time to time how far they are. */
async function write(items, { url, writers, say, name }, toStatement) {
  const source = Iterator.from(items)
  let written = 0
  const one = async () => {
    const writer = new pg.Client({ connectionString: url })
    await writer.connect()
    await writer.query('set synchronous_commit = off')
    for (let rows = take(source); rows.length > 0; rows = take(source)) {
      await writer.query(...toStatement(rows))
      written += rows.length
      if (written % (batch * 20) === 0) say(`${written.toLocaleString('en')} ${name}`)
    }
    await writer.end()
  }
  await Promise.all(Array.from({ length: writers }, one))
}

function take(source) {
  const rows = []
  while (rows.length < batch) {
    const { done, value } = source.next()
    if (done) break
    rows.push(value)
  }
  return rows
}

async function insertWords(client, deskId, standing) {
  const words = [...standing].filter(([word]) => word.length >= 4)
  for (let at = 0; at < words.length; at += 2000) {
    const rows = words
      .slice(at, at + 2000)
      .map(([word, articles]) => ({ word, articles, forms: misspellings(word) }))
    await client.query(
      `insert into helpdesk.article_words (desk_id, locale, word, forms, articles)
       select $1, 'en', x.word, x.forms, x.articles
       from jsonb_to_recordset($2::jsonb) as x (word text, forms text[], articles int)`,
      [deskId, JSON.stringify(rows)],
    )
  }
}
