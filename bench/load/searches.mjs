import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { seeded } from './articles.mjs'
import { printTable } from './report.mjs'

const perKind = 100
const rounds = 3

/**
 * What people search for, by kind: while they type, beginnings of words that stand in titles; then whole words, common
 * and rare ones and such with a slip of the finger.
 * @param {{ titles: string[], words: string[] }} data from `insertArticles`
 */
export function makeSearches({ titles, words }) {
  const random = seeded(42)
  const one = (list) => list[Math.floor(random() * list.length)]
  const many = (make) => Array.from({ length: perKind }, make)
  const from = (first, last) => one(words.slice(first, last))
  // The hundred most frequent words are such as "the"; the next hundreds stand in every second text.
  const common = () => from(100, 300)
  const rare = () => from(3000, 20_000)
  const subject = () => one(titles).toLowerCase().split(' ').slice(2)
  const begin = (word, letters) => word.slice(0, letters)
  const typing = Object.fromEntries(
    [2, 3, 4, 5, 6].map((letters) => [
      `${letters} letters`,
      many(() => begin(one(subject().filter((word) => word.length >= letters)) ?? 'delivery', letters)),
    ]),
  )
  const twoWords = many(() => {
    const [first, second = 'delivery'] = subject()
    return `${first} ${begin(second, 2 + Math.floor(random() * 5))}`
  })
  const others = many(() => `${common()} ${begin(rare(), 2 + Math.floor(random() * 5))}`)
  return {
    typing: { ...typing, 'a word and 2 to 6 letters': twoWords, 'the same, in no title together': others },
    final: {
      'a common word': many(common),
      'a rare word': many(rare),
      'two common words': many(() => `${common()} ${common()}`),
      'a common and a rare one': many(() => `${common()} ${rare()}`),
      'three words': many(() => `${common()} ${from(300, 3000)} ${common()}`),
      'of a title': many(() => subject().slice(0, 3).join(' ')),
      'a typo': many(() =>
        slip(
          long(() => from(100, 20_000)),
          random,
        ),
      ),
      'two words, a typo': many(() => `${common()} ${slip(long(rare), random)}`),
      'nothing has it': many(() => `${slip('zeppelin', random)}${slip('quartz', random)}`),
    },
  }
}

function long(draw) {
  for (;;) {
    const word = draw()
    if (word.length >= 5) return word
  }
}

/** A word with two letters swapped, one left out or another one added. */
function slip(word, random) {
  const at = 1 + Math.floor(random() * (word.length - 2))
  const [start, end] = [word.slice(0, at), word.slice(at)]
  const slips = [start + end.slice(1), `${start}x${end}`, start + end[1] + end[0] + end.slice(2)]
  return slips[Math.floor(random() * slips.length)]
}

/** Asks the server at a port over one connection that stays open, and reads the whole answer. */
export function httpClient(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: (path) =>
      new Promise((resolve, reject) => {
        const request = get({ port, host: '127.0.0.1', path, agent }, (response) => {
          const chunks = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            if (response.statusCode === 200) resolve(JSON.parse(text))
            else reject(new Error(`${path}: ${response.statusCode} ${text}`))
          })
        })
        request.once('error', reject)
      }),
    close: () => agent.destroy(),
  }
}

/**
 * Searches one by one, every search once in each round.
 * @param {Record<string, string[]>} kinds
 * @param {(text: string) => Promise<{ hits: object[] }>} ask
 */
export async function timeSearches(kinds, ask) {
  const all = Object.entries(kinds).flatMap(([kind, texts]) =>
    texts.map((text) => ({ kind, text, times: [] })),
  )
  for (const search of all.slice(0, 200)) await ask(search.text)
  for (let round = 0; round < rounds; round++) {
    for (const search of shuffled(all)) {
      const begin = performance.now()
      const { hits } = await ask(search.text)
      search.times.push(performance.now() - begin)
      search.hits = hits.length
    }
  }
  return all
}

const shuffled = (items) =>
  items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)

/**
 * Prints how long each kind of search took. A search's own time is that of its fastest round, since what another process
 * takes away is not the search's; beside it stands what was measured in all rounds.
 */
export function printSearches(title, searches, goal) {
  const at = (values, share) => {
    const sorted = [...values].sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  }
  const row = (name, some) => {
    const own = some.map(({ times }) => Math.min(...times))
    const every = some.flatMap(({ times }) => times)
    const found = some.filter(({ hits }) => hits > 0).length / some.length
    const figures = [at(own, 0.5), at(own, 0.99), at(every, 0.5), at(every, 0.99)]
    return [name, `${Math.round(found * 100)} %`, ...figures.map((figure) => figure.toFixed(2))]
  }
  const rows = [...Map.groupBy(searches, ({ kind }) => kind)].map(([kind, some]) => row(kind, some))
  const all = row('all', searches)
  const units = ['found', 'p50 ms', 'p99 ms', 'all rounds p50', 'all rounds p99']
  printTable([title, ...units], [...rows, all])
  const p99 = Number(all[3])
  console.log(`goal: p99 ≤ ${goal} ms, ${p99 <= goal ? 'reached' : 'MISSED'} with ${p99}\n`)
}
