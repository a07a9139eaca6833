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

const fastest = (test, url) => {
  const times = Array.from({ length: 7 }, () => {
    const begin = performance.now()
    test(url)
    return performance.now() - begin
  })
  return median(times).toFixed(3)
}

function compareHostile() {
  const long = 'a'.repeat(16_384)
  const hostile = {
    '1,023 × a*, then b': `${'a*'.repeat(1023)}b`,
    '*a…a*, 2,046 long, not in it': `*${'a'.repeat(2044)}b*`,
    '64 pieces of 31': `*${`${'a'.repeat(30)}b*`.repeat(64)}`,
    '*a*a*a*a*a*a*a*b': '*a*a*a*a*a*a*a*b',
  }
  const rows = Object.entries(hostile).map(([name, pattern]) => {
    const test = compileUrlRule(pattern)
    return [name, 'core', '16,384', fastest(test, long)]
  })
  const expression = toRegExp('*a*a*a*a*a*a*a*b')
  for (const length of [24, 36, 48]) {
    const url = 'a'.repeat(length)
    rows.push(['*a*a*a*a*a*a*a*b', 'RegExp .*?', length, fastest((text) => expression.test(text), url)])
  }
  printTable(['hostile rule', 'engine', 'URL of', 'ms'], rows)
}

compareEngines()
compareHostile()
