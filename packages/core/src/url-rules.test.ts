import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import {
  compileUrlRule,
  decideVisibility,
  matchUrl,
  maxUrlRuleLength,
  maxUrlRules,
  parseUrlRules,
} from './url-rules.ts'

/** The rule as domain.md says it, character by character, in time length × length. */
function naiveMatch(pattern: string, url: string): boolean {
  const host = /^[^:/?#]*:\/\/[^/?#]*|^[^/?#]*/.exec(url)?.[0].length ?? 0
  let reachable = new Set([0])
  for (const char of pattern) {
    const next = new Set<number>()
    for (const at of reachable) {
      const same = at < host ? char.toLowerCase() === url[at]?.toLowerCase() : char === url[at]
      if (char === '*') for (let to = at; to <= url.length; to++) next.add(to)
      else if (same) next.add(at + 1)
    }
    reachable = next
  }
  return reachable.has(url.length)
}

describe('matchUrl', () => {
  const cases: [pattern: string, url: string, matches: boolean][] = [
    ['https://example.com/dashboard*', 'https://example.com/dashboard', true],
    ['https://example.com/dashboard*', 'https://example.com/dashboard/a?b#c', true],
    ['https://example.com/dashboard*', 'https://example.com/', false],
    ['https://example.com/dashboard*', 'http://example.com/dashboard', false],
    ['*/app/*', 'https://example.com/app/1', true],
    ['*/app/*', 'https://example.com/application', false],
    ['*/app/*', 'https://example.com/?next=/app/', true],
    ['*/admin/*', 'https://example.com/a/admin/b', true],
    ['*/settings*', 'https://example.com/settings?tab=1#x', true],
    ['*/login', 'https://example.com/login', true],
    ['*/login', 'https://example.com/login?next=1', false],
    ['*/login', 'https://example.com/login/', false],
    ['*/login*', 'https://example.com/login?next=1', true],
    ['*', 'https://example.com/', true],
    ['*', '', true],
    ['**', 'https://example.com/', true],
    ['', 'https://example.com/', false],
    ['', '', true],
    ['  */login  ', 'https://example.com/login', true],
    ['https://example.com/', 'https://example.com/', true],
    ['https://example.com/', 'https://example.com/x', false],
    ['https://example.com/*/a', 'https://example.com/a', false],
    ['https://example.com/*/a', 'https://example.com//a', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['*a*b*c', 'xaxbxc', true],
    ['*a*b*c', 'xbxaxc', false],
    ['*/a*/a', 'https://x.example/a', false],
  ]
  it.each(cases)('%j against %j is %j', (pattern, url, matches) => {
    expect(matchUrl(pattern, url)).toBe(matches)
  })

  const literal = ['.', '?', '+', '(', ')', '[', ']', '{', '}', '^', '$', '|', '\\', '#', '&']
  it.each(literal)('"%s" stands for itself', (char) => {
    expect(matchUrl(`*/a${char}b`, `https://x.example/a${char}b`)).toBe(true)
    expect(matchUrl(`*/a${char}b`, 'https://x.example/ab')).toBe(false)
    expect(matchUrl(`*/a${char}b`, 'https://x.example/axb')).toBe(false)
  })

  const letterCase: [pattern: string, url: string, matches: boolean][] = [
    ['HTTPS://Example.COM/app', 'https://example.com/app', true],
    ['https://example.com/app', 'HTTPS://EXAMPLE.com/app', true],
    ['https://example.com/App', 'https://example.com/app', false],
    ['https://example.com/app', 'https://example.com/App', false],
    ['*Example.com/App', 'https://example.com/App', true],
    ['*Example.com/App', 'https://example.com/app', false],
    ['*EXAMPLE*', 'https://my.example.com/', true],
    ['*EXAMPLE*', 'https://x.example.org/', true],
    ['*LOGIN*', 'https://x.example/login', false],
    ['*LOGIN*', 'https://x.example/LOGIN', true],
    ['*://Example.COM/A*', 'https://example.com/Ab', true],
    ['*//Example.COM/A*', 'https://example.com/Ab', true],
    ['*/Example.COM/A*', 'https://example.com/Ab', true],
    ['*/Example.COM/A*', 'https://x.example/Example.COM/Ab', true],
    ['*/Example.COM/A*', 'https://x.example/example.com/Ab', false],
    ['*.Example.COM?Q=1', 'https://a.example.com?Q=1', true],
    ['*.Example.COM?Q=1', 'https://a.example.com?q=1', false],
    ['*Example.COM', 'https://a.example.com', true],
    ['https://*.Example.COM/*X', 'https://a.example.com/yX', true],
  ]
  it.each(letterCase)('case matters after the host only: %j against %j is %j', (pattern, url, matches) => {
    expect(matchUrl(pattern, url)).toBe(matches)
  })

  const encoded: [pattern: string, url: string, matches: boolean][] = [
    ['*/zażółć', 'https://x.example/za%C5%BC%C3%B3%C5%82%C4%87', true],
    ['*/za%C5%BC*', 'https://x.example/za%C5%BC%C3%B3%C5%82%C4%87', true],
    ['*/a b', 'https://x.example/a%20b', true],
    ['*/café*', 'https://x.example/caf%c3%a9?broken=%E9&x=%zz', true],
    ['*/100%', 'https://x.example/100%', true],
    ['*/b', 'https://x.example/a%2Fb', true],
  ]
  it.each(encoded)('the percent-decoded URL counts too: %j against %j is %j', (pattern, url, matches) => {
    expect(matchUrl(pattern, url)).toBe(matches)
  })

  it('agrees with the naive matcher', () => {
    const char = fc.constantFrom('a', 'A', 'b', 'B', '/', ':', '?', '*', '.', '://', 'a*', 'ab')
    const text = fc.array(char, { maxLength: 9 }).map((parts) => parts.join(''))
    const url = fc
      .oneof(
        text,
        text.map((rest) => `aB://bA${rest}`),
      )
      .map((one) => one.replaceAll('*', ''))
    fc.assert(
      fc.property(text, url, (pattern, one) => {
        expect(matchUrl(pattern, one)).toBe(naiveMatch(pattern, one))
      }),
      { numRuns: 2_000 },
    )
  })
  it('agrees with the naive matcher for patterns cut out of the URL', () => {
    const unit = fc.constantFrom('a', 'A', 'aa', 'b', '/', 'x'.repeat(40), `${'ab'.repeat(20)}A`, '?')
    const url = fc.array(unit, { maxLength: 12 }).map((parts) => `https://Shop.Example/${parts.join('')}`)
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(3)), { maxLength: 4 })
    fc.assert(
      fc.property(url, cuts, fc.integer({ min: -1, max: 60 }), (one, places, flip) => {
        let pattern = one
        for (const [place, length] of places) {
          const at = place % (pattern.length + 1)
          pattern = `${pattern.slice(0, at)}*${pattern.slice(at + length)}`
        }
        const char = pattern.charAt(flip)
        const other = char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()
        if (flip >= 0) pattern = pattern.slice(0, flip) + other + pattern.slice(flip + 1)
        expect(matchUrl(pattern, one)).toBe(naiveMatch(pattern, one))
      }),
      { numRuns: 1_000 },
    )
  })
  it('gives the same answers when a rule is prepared, and after very many rules', () => {
    const rule = compileUrlRule('*/login')
    for (let n = 0; n < 1_100; n++) expect(matchUrl(`*/page-${n}`, `https://x.example/page-${n}`)).toBe(true)
    expect(rule('https://x.example/login')).toBe(true)
    expect(rule('https://x.example/')).toBe(false)
  })
})

describe('A47: hostile patterns', () => {
  const text = 'a'.repeat(16_384)
  const hostile: Record<string, [pattern: string, url: string]> = {
    'many stars': [`${'*a'.repeat(1_023)}b`, `https://x.example/${text}`],
    'many stars in capitals': [`${'*A'.repeat(1_023)}/`, `https://${text}`],
    'one long piece, different at its start': [`*b${'a'.repeat(2_045)}*`, `https://x.example/${text}`],
    'one long piece, different at its end': [`*${'a'.repeat(2_045)}b*`, `https://x.example/${text}`],
    'one long piece, different in the middle': [
      `*${'a'.repeat(1_022)}b${'a'.repeat(1_022)}*`,
      `https://x.example/${text}`,
    ],
    'capitals across a long host': [`*${'A'.repeat(1_022)}/B*`, `https://${text}/`],
    'slashes and capitals': [`*${'/A'.repeat(1_022)}*`, `https://${text}/`],
    'many percent signs': ['*a*b', `https://x.example/${'%61'.repeat(5_461)}`],
  }
  it.each(Object.entries(hostile))(
    'A47: %s: 2 kB against 16 kB takes milliseconds',
    (_name, [pattern, url]) => {
      const times: number[] = []
      for (let round = 0; round < 10; round++) {
        const start = performance.now()
        expect(matchUrl(pattern, `${url}${round}c`)).toBe(false)
        times.push(performance.now() - start)
      }
      // Two hundred times what it takes alone; a matcher that backtracks would need hours.
      expect(Math.min(...times)).toBeLessThan(100)
    },
  )
})

describe('decideVisibility', () => {
  const url = 'https://example.com/app/settings'
  it('shows everywhere without rules', () => {
    expect(decideVisibility(url, {})).toEqual({ visible: true, because: 'no-rules' })
    expect(decideVisibility(url, { show: [], hide: [] })).toEqual({ visible: true, because: 'no-rules' })
    expect(decideVisibility(url, { show: ['', '  '], hide: [' '] })).toEqual({
      visible: true,
      because: 'no-rules',
    })
  })
  it('names the first show rule that matches', () => {
    expect(decideVisibility(url, { show: ['*/x', '*/app/*', '*'], hide: ['*/admin/*'] })).toEqual({
      visible: true,
      because: 'show',
      pattern: '*/app/*',
    })
  })
  it('hides when there are show rules and none matches', () => {
    expect(decideVisibility(url, { show: ['*/x', ''] })).toEqual({ visible: false, because: 'no-show-match' })
  })
  it('lets hide rules win', () => {
    expect(decideVisibility(url, { show: ['*'], hide: ['*/x', '*/settings*'] })).toEqual({
      visible: false,
      because: 'hide',
      pattern: '*/settings*',
    })
  })
  it('shows when there are hide rules only and none matches', () => {
    expect(decideVisibility(url, { hide: ['*/login'] })).toEqual({ visible: true, because: 'no-rules' })
  })
})

describe('parseUrlRules', () => {
  it('reads one rule per line, trimmed, without blank lines', () => {
    expect(parseUrlRules('\n */admin/* \r\n\r\n\t*/login\r*')).toEqual({
      rules: ['*/admin/*', '*/login', '*'],
      errors: [],
    })
    expect(parseUrlRules('')).toEqual({ rules: [], errors: [] })
  })
  it('names every line that is too long', () => {
    const long = 'x'.repeat(maxUrlRuleLength)
    expect(parseUrlRules(`*\n${long}x\n  ${long}  \n\n${long}y`)).toEqual({
      rules: ['*', long],
      errors: [
        { line: 2, code: 'too_long' },
        { line: 5, code: 'too_long' },
      ],
    })
  })
  it('names the first line that is one too many', () => {
    const lines = Array.from({ length: maxUrlRules + 5 }, (_, at) => `*/${at}`)
    const { rules, errors } = parseUrlRules(`\n${lines.join('\n')}`)
    expect(rules).toEqual(lines.slice(0, maxUrlRules))
    expect(errors).toEqual([{ line: maxUrlRules + 2, code: 'too_many' }])
  })
  it('has the limits that are published', () => {
    expect([maxUrlRules, maxUrlRuleLength]).toEqual([limits.urlRules, limits.urlRule])
  })
})
