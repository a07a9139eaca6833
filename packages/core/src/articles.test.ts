import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articleStates, slugify, slugPattern, uniqueSlug } from './articles.ts'
import { limits } from './limits.ts'

/** Any code points, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff)))
  .map((codes) => String.fromCodePoint(...codes))

describe('slugify', () => {
  it.each([
    ['Jak zmienić hasło?', 'jak-zmienic-haslo'],
    ['Größe & Maße', 'grosse-masse'],
    ["Qu'est-ce que c'est ?", 'quest-ce-que-cest'],
    ['¿Cómo añado un operador?', 'como-anado-un-operador'],
    ['Příliš žluťoučký kůň', 'prilis-zlutoucky-kun'],
    ['Ľúbezný mäkčeň', 'lubezny-makcen'],
    ['Як змінити пароль', 'iak-zminyty-parol'],
    ['Щастя і їжа', 'shchastia-i-izha'],
    ['  --API v2.0 (beta)--  ', 'api-v2-0-beta'],
    ['ﬁle ②', 'file-2'],
    ['李 🐙', 'article'],
    ['', 'article'],
    ['x'.repeat(200), 'x'.repeat(80)],
    [`${'word '.repeat(50)}`, 'word-'.repeat(16).slice(0, -1)],
  ])('%j becomes %j', (title, slug) => {
    expect(slugify(title)).toBe(slug)
  })
  it('always gives a slug, and the same one for a slug', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const slug = slugify(title)
        expect(slug).toMatch(slugPattern)
        expect(slug.length).toBeLessThanOrEqual(limits.slug)
        expect(slugify(slug)).toBe(slug)
      }),
    )
  })
})

describe('uniqueSlug', () => {
  it('counts up until one is free', () => {
    const taken = new Set(['a', 'a-2', 'a-3'])
    expect(uniqueSlug('b', (slug) => taken.has(slug))).toBe('b')
    expect(uniqueSlug('a', (slug) => taken.has(slug))).toBe('a-4')
  })
  it('stays within the limit', () => {
    const long = `${'x'.repeat(77)}-yy`
    expect(uniqueSlug(long, (slug) => slug === long)).toBe(`${'x'.repeat(77)}-2`)
  })
  it('has two states', () => {
    expect(articleStates).toEqual(['draft', 'published'])
  })
})
