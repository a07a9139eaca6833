import { errorTable, locales } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { catalog as en } from './en.ts'
import { catalogs, chooseLocale, loadAllTexts, loadTexts, partsCatalogs } from './index.ts'
import { catalog as partsEn } from './parts-en.ts'
import type { Plural } from './texts.ts'

type AnyCatalog = Readonly<Record<string, string | Plural>>

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
const formsOf = (text: string | Plural) => (typeof text === 'string' ? [text] : Object.values(text))

/** Words that really are the same in both languages. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  de: ['priority.normal', 'ticket'],
  es: ['no', 'priority.normal'],
}

const halves = locales.flatMap((locale) => [
  { locale, half: 'first', english: en as AnyCatalog, load: catalogs[locale] },
  { locale, half: 'parts', english: partsEn as AnyCatalog, load: partsCatalogs[locale] },
])

describe.each(halves)('the $half catalog of $locale', ({ locale, english, load }) => {
  const read = async (): Promise<AnyCatalog> => (await load()).catalog

  test('has every text and no other, with the same values to fill in', async () => {
    const catalog = await read()
    expect(Object.keys(catalog).sort()).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(english)) {
      const other = catalog[key] ?? ''
      expect(typeof other, key).toBe(typeof text)
      const wanted = placeholders(formsOf(text)[0] ?? '')
      for (const form of formsOf(other)) expect(placeholders(form), key).toEqual(wanted)
    }
  })

  test('has every plural category of its language and no other', async () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted()
    for (const [key, forms] of Object.entries(await read())) {
      if (typeof forms === 'string') continue
      expect(Object.keys(forms).sort(), key).toEqual(categories)
      for (const form of Object.values(forms)) expect(form, key).toContain('{count}')
    }
  })

  test('leaves nothing empty, ends no text with a space, and writes its marks in one way', async () => {
    for (const text of Object.values(await read()).flatMap(formsOf)) {
      expect(text.trim()).toBe(text)
      expect(text).not.toBe('')
      expect(text).not.toMatch(/\.\.\.|'| {2}/)
    }
  })

  test.runIf(locale !== 'en')('leaves nothing in English', async () => {
    const same = Object.entries(await read()).filter(
      ([key, text]) => formsOf(text).join() === formsOf(english[key] ?? '').join(),
    )
    const allowed = sameAsEnglish[locale]?.filter((key) => key in english) ?? []
    expect(same.map(([key]) => key).sort()).toEqual(allowed)
  })
})

test.each(locales)('%s has words for every error of the desk and of the way there', async (locale) => {
  const catalog = { ...(await catalogs[locale]()).catalog, ...(await partsCatalogs[locale]()).catalog }
  const codes = [...Object.keys(errorTable), 'network', 'timeout', 'aborted', 'unexpected']
  expect(
    Object.keys(catalog)
      .filter((key) => key.startsWith('error.'))
      .sort(),
  ).toEqual(codes.map((code) => `error.${code}`).sort())
})

test('the two halves have no text in common', () => {
  expect(Object.keys(partsEn).filter((key) => key in en)).toEqual([])
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
    const counted = {
      uk: 'повідомлення',
      cs: 'zprávy',
      sk: 'správy',
      fr: 'messages',
      es: 'mensajes',
    } as const
    for (const [locale, three] of Object.entries(counted)) {
      const texts = await loadTexts(locale as keyof typeof counted)
      const [one, few, many] = [1, 3, 5].map((count) => texts.plural('unread', count))
      expect(few).toContain(three)
      expect(new Set([one, few, many?.replace('5', '3')]).size).toBe(
        locale === 'fr' || locale === 'es' ? 2 : 3,
      )
    }
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
    const all = await loadAllTexts('en')
    expect(all.error('quota_exceeded')).toBe(partsEn['error.quota_exceeded'])
    expect(all.error('unavailable')).toBe(en['error.unavailable'])
  })
})

test('the language is the first wanted one that there is, else English', () => {
  expect(chooseLocale([undefined, 'pl-PL', 'en'])).toBe('pl')
  expect(chooseLocale(['it', 'de-AT', 'fr'])).toBe('de')
  expect(chooseLocale(['it', 'pt'])).toBe('en')
  expect(chooseLocale(['xx', 'EN_gb'])).toBe('en')
})
