import { errorTable } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { catalog as en } from './en.ts'
import { catalogs, chooseLocale, loadTexts } from './index.ts'
import type { Catalog } from './texts.ts'

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

describe.each(Object.keys(catalogs) as (keyof typeof catalogs)[])('the catalog %s', (locale) => {
  const load = (): Promise<Catalog> => catalogs[locale]()

  test('has every text, with the same values to fill in', async () => {
    const catalog = await load()
    expect(Object.keys(catalog).sort()).toEqual(Object.keys(en).sort())
    for (const [key, text] of Object.entries(en)) {
      const other = catalog[key as keyof Catalog]
      expect(typeof other, key).toBe(typeof text)
      if (typeof text === 'string') expect(placeholders(other as string), key).toEqual(placeholders(text))
    }
  })

  test('has every plural category of its language', async () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted()
    for (const [key, forms] of Object.entries(await load())) {
      if (typeof forms === 'string') continue
      expect(Object.keys(forms).sort(), key).toEqual(categories)
      for (const form of Object.values(forms)) expect(form, key).toContain('{count}')
    }
  })

  test('has words for every error of the desk and of the way there', async () => {
    const catalog = await load()
    const codes = [...Object.keys(errorTable), 'network', 'timeout', 'aborted', 'unexpected']
    expect(Object.keys(catalog)).toEqual(expect.arrayContaining(codes.map((code) => `error.${code}`)))
  })

  test('leaves nothing empty, and ends no text with a space', async () => {
    for (const text of Object.values(await load()).flatMap((one) =>
      typeof one === 'string' ? one : Object.values(one),
    )) {
      expect(text.trim()).toBe(text)
      expect(text).not.toBe('')
    }
  })
})

describe('texts', () => {
  test('count in the way of the language', async () => {
    const polish = await loadTexts('pl')
    expect([1, 3, 5, 22, 1_000].map((count) => polish.plural('unread', count))).toEqual([
      '1 nowa wiadomość',
      '3 nowe wiadomości',
      '5 nowych wiadomości',
      '22 nowe wiadomości',
      '1000 nowych wiadomości',
    ])
    const english = await loadTexts('en')
    expect([1, 2].map((count) => english.plural('unread', count))).toEqual([
      '1 new message',
      '2 new messages',
    ])
  })

  test('fill in values once, whatever is in them', async () => {
    const { t } = await loadTexts('en')
    expect(t('fromYou', { text: '{desk} $& {text}' })).toBe('You: {desk} $& {text}')
  })

  test('say times and days in the language', async () => {
    const now = new Date(2026, 2, 5, 12, 0).getTime()
    const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString()
    const polish = await loadTexts('pl')
    expect(polish.time(at(2026, 2, 5, 9, 7))).toBe('09:07')
    expect(polish.day(at(2026, 2, 5, 0, 1), now)).toBe('Dzisiaj')
    expect(polish.day(at(2026, 2, 4, 23, 59), now)).toBe('Wczoraj')
    expect(polish.day(at(2026, 2, 2, 12), now)).toBe('poniedziałek, 2 marca')
    const english = await loadTexts('en')
    expect(english.ago(at(2026, 2, 5, 11, 59), now)).toMatch(/^1 min/)
    expect(english.ago(at(2026, 2, 5, 9), now)).toMatch(/^3 hr/)
    expect(english.ago(at(2026, 2, 4, 9), now)).toBe('yesterday')
    expect(english.ago(at(2026, 0, 4), now)).toContain('2026')
    // A clock that is behind the server's.
    expect(english.ago(at(2026, 2, 5, 12, 1), now)).toBe('now')
  })

  test('have words for an error they have never heard of', async () => {
    const { error } = await loadTexts('en')
    expect(error('made_up')).toBe(en['error.unexpected'])
    expect(error('constructor')).toBe(en['error.unexpected'])
    expect(error('unavailable')).toBe(en['error.unavailable'])
  })
})

test('the language is the first wanted one that there is, else English', () => {
  expect(chooseLocale([undefined, 'pl-PL', 'en'])).toBe('pl')
  expect(chooseLocale(['de', 'fr'])).toBe('en')
  expect(chooseLocale(['xx', 'EN_gb'])).toBe('en')
})
