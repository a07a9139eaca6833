import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  closestWord,
  editDistance,
  excerptOf,
  foldText,
  likeness,
  misspellings,
  queryWords,
  searchConfig,
  searchQuery,
  stemOf,
  wordsOf,
} from './search.ts'

describe('folding', () => {
  it.each([
    ['Żółw', 'zolw'],
    ['Straße', 'strasse'],
    ['naïve CAFÉ', 'naive cafe'],
    ['Їжак', 'іжак'],
    ['Příliš žluťoučký', 'prilis zlutoucky'],
    ['ﬁle', 'file'],
    ["don't", 'dont'],
  ])('makes %s %s', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('gives words of letters and digits', () => {
    expect(wordsOf(foldText('E-mail: a_b@x.pl, 2 razy!'))).toEqual([
      'e',
      'mail',
      'a',
      'b',
      'x',
      'pl',
      '2',
      'razy',
    ])
  })
})

describe('a query', () => {
  it('has each word once, a dozen at most', () => {
    expect(queryWords('How how HOW to?')).toEqual(['how', 'to'])
    expect(queryWords('a b c d e f g h i j k l m n o')).toHaveLength(12)
  })

  it('is stemmed where PostgreSQL can, and goes by beginnings elsewhere', () => {
    expect([searchConfig('de'), searchConfig('pl')]).toEqual(['german', 'simple'])
    expect(searchQuery(['reset', 'passw'], 'en', { prefix: true })).toBe('reset & (passw | passw:*)')
    expect(searchQuery(['zmiana', 'hasla'], 'pl')).toBe('zmia:* & hasl:*')
    expect(searchQuery(['a', 'b'], 'en', { any: true })).toBe('a | b')
    expect(searchQuery([], 'en')).toBe(null)
  })

  it('A30: has nothing of what is searched for but letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const query = searchQuery(queryWords(text), 'pl', { prefix: true }) ?? ''
        expect(query.replace(/[\p{L}\p{N}]|:\*| & | \| |[()]/gu, '')).toBe('')
      }),
    )
    expect(queryWords(`%_'":*&|!()\\`)).toEqual([])
  })

  it('keeps short words and numbers whole', () => {
    expect(['vat', 'v60', 'haslo', 'faktura'].map(stemOf)).toEqual(['vat', 'v60', 'hasl', 'faktu'])
  })
})

describe('misspelt words', () => {
  it('are as far apart as letters must be changed', () => {
    expect([
      editDistance('grinder', 'grinder'),
      editDistance('grinder', 'gridner'),
      editDistance('grinder', 'grider'),
      editDistance('', 'abc'),
    ]).toEqual([0, 1, 1, 3])
  })

  it('share a shortened form when they are one or two letters off', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (word, where) => {
        const place = where % word.length
        const typo = word.slice(0, place) + word.slice(place + 1)
        const shared = misspellings(typo).filter((form) => misspellings(word).includes(form))
        if (place < 6 && typo.length >= 4) expect(shared.length).toBeGreaterThan(0)
      }),
    )
  })

  it('never take a letter apart', () => {
    for (const word of ['𐐨𐐩𐐪𐐫', 'abcdef𐐨', 'a𐐨bc', '𠀀𠀁𠀂𠀃𠀄𠀅𠀆']) {
      const forms = misspellings(word)
      expect(forms.length).toBeGreaterThan(1)
      expect(forms.filter((form) => !form.isWellFormed())).toEqual([])
    }
  })

  it('find the word that was meant, never one that is too far', () => {
    const known = ['grinder', 'grind', 'kettle', 'filter'].map((word) => ({ word, articles: 1 }))
    expect(closestWord('gridner', known)).toBe('grinder')
    expect(closestWord('kettel', known)).toBe('kettle')
    expect(closestWord('coffee', known)).toBe(null)
    const near = ['invite', 'invoice'].map((word) => ({ word, articles: 9 }))
    expect(closestWord('invioce', near)).toBe('invoice')
    expect(likeness('kettle', 'kettle')).toBe(1)
  })
})

describe('an excerpt', () => {
  const text = `${'Nothing of interest here. '.repeat(20)}To change the password of your account, open the settings. Passwords have ten characters.`

  it('shows where the words stand together, and marks them', () => {
    const parts = excerptOf(text, ['password', 'change'])
    expect(parts.filter((part) => part.mark).map((part) => part.text)).toEqual([
      'change',
      'password',
      'Passwords',
    ])
    expect(parts[0]?.text.startsWith('…')).toBe(true)
    expect(parts.map((part) => part.text).join('').length).toBeLessThan(260)
  })

  it('marks what is folded, in the text as it is written', () => {
    expect(excerptOf('Zmień hasło do konta', ['haslo']).find((part) => part.mark)?.text).toBe('hasło')
  })

  it.each([
    ['Ölkanne, ÖL, Öl–Tuch', 'ol', ['Ölkanne', 'ÖL', 'Öl']],
    ['’order reorder Order o’rder', 'order', ['’order', 'Order', 'o’rder']],
    ['Їжак і їжакам', 'їжак', ['Їжак', 'їжакам']],
    ['a 2nd 12nd x2nd', '2nd', ['2nd']],
  ])('of %s marks for %s only words that begin with it', (written, word, marked) => {
    const parts = excerptOf(written, [foldText(word)])
    expect(parts.filter((part) => part.mark).map((part) => part.text)).toEqual(marked)
    expect(parts.map((part) => part.text).join('')).toBe(written)
  })

  it('is the beginning when no word stands in it', () => {
    expect(excerptOf('Short text', ['absent'])).toEqual([{ text: 'Short text', mark: false }])
    expect(excerptOf('', ['x'])).toEqual([])
  })
})
