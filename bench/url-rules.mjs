// Are URL rules as fast as compiled regular expressions, and what does a hostile rule cost?
import { performance } from 'node:perf_hooks'
import { compileUrlRule } from '@helpdesk/core'
import { printTable } from './load/report.mjs'
import { median } from './load/rounds.mjs'

const words = ['shop', 'blog', 'orders', 'account', 'checkout', 'help', 'search', 'products', 'cart', 'news']
const word = (n) => words[n % words.length]

/** The kinds of rule that people write: a section, a word anywhere, subdomains, queries, one page. */
const patterns = Array.from({ length: 1000 }, (_, n) => {
  const kinds = [
    `https://shop.example/${word(n)}/${n}/*`,
    `*${word(n)}/${n % 50}*`,
    `https://*.example/${word(n)}*`,
    `*/${word(n)}*?*page=${n % 9}*`,
    `https://shop.example/${word(n)}/${n}`,
  ]
  return kinds[n % kinds.length]
})
const urls = Array.from({ length: 1000 }, (_, n) => {
  const host = n % 3 === 0 ? `${word(n + 1)}.example` : 'shop.example'
  const query = n % 4 === 0 ? `?sort=price&page=${n % 9}&utm_source=newsletter` : ''
  return `https://${host}/${word(n)}/${n % 100}/${word(n * 7)}/item-${n}${query}`
})

const toRegExp = (pattern) => {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return new RegExp(`^${pieces.join('.*?')}$`, 's')
}

/** As a page does it: one URL, all rules. */
function countMatches(tests) {
  let matches = 0
  for (const url of urls) for (const test of tests) if (test(url)) matches += 1
  return matches
}

const engines = {
  'RegExp .*?': patterns.map(toRegExp).map((expression) => (url) => expression.test(url)),
  core: patterns.map(compileUrlRule),
}

function compareEngines() {
  const nanoseconds = Object.fromEntries(Object.keys(engines).map((name) => [name, []]))
  const found = new Set()
  for (let round = 0; round < 12; round++) {
    const order = Object.entries(engines)
    if (Math.random() < 0.5) order.reverse()
    for (const [name, tests] of order) {
      const begin = performance.now()
      found.add(countMatches(tests))
      // The first rounds are the compiler's.
      if (round > 1)
        nanoseconds[name].push(((performance.now() - begin) * 1e6) / patterns.length / urls.length)
    }
  }
  if (found.size !== 1) throw new Error(`The engines do not agree: ${[...found].join(', ')} matches`)
  const [floor, own] = Object.values(nanoseconds).map(median)
  const rows = Object.entries(nanoseconds).map(([name, values]) => [name, median(values).toFixed(1)])
  printTable(['1,000 rules × 1,000 URLs', 'ns per match'], rows)
  console.log(
    `ratio core / RegExp (time): ${(own / floor).toFixed(2)}, ${[...found][0]} of 1,000,000 match\n`,
  )
}

/** Milliseconds of the best of some tries: what another process takes away is not the rule's. */
function fastest(test, url) {
  const times = Array.from({ length: 9 }, (_, round) => {
    // Another URL every time: the last one's views are kept.
    const other = url.slice(round)
    const begin = performance.now()
    test(other)
    return performance.now() - begin
  })
  return Math.min(...times).toFixed(3)
}

/** Rules that begin and end like the URL, so that all of the middle has to be looked for and is not there. */
function compareHostile() {
  const url = 'a'.repeat(16_384)
  const hostile = {
    '1,021 pieces: *a*a…a*ab*': `*${'a*'.repeat(1021)}ab*`,
    'one of 2,046: *aaa…ab*': `*${'a'.repeat(2045)}b*`,
    'one of 2,046: *baaa…a*': `*b${'a'.repeat(2045)}*`,
    '64 of 31: *aaa…ab*aaa…ab*…': `*${`${'a'.repeat(30)}b*`.repeat(63)}`,
    'the same, all but the last there': `*${`${'a'.repeat(31)}*`.repeat(62)}${'a'.repeat(30)}b*`,
  }
  const rows = Object.entries(hostile).map(([name, pattern]) => {
    const test = compileUrlRule(pattern)
    return [name, 'core', '16,384', fastest(test, url)]
  })
  const name = '*a*a*a*a*a*a*a*ab*'
  rows.push([name, 'core', '16,384', fastest(compileUrlRule(name), url)])
  const expression = toRegExp(name)
  for (const length of [16, 24, 32]) {
    rows.push([name, 'RegExp .*?', length, fastest((text) => expression.test(text), 'a'.repeat(length))])
  }
  printTable(['hostile rule of up to 2 kB', 'engine', 'URL of', 'ms'], rows)
}

compareEngines()
compareHostile()
