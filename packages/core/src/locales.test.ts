import { describe, expect, it } from 'vitest'
import { filledTexts, locales, localized, pickLocale } from './locales.ts'

describe('pickLocale', () => {
  it('offers the eight languages', () => {
    expect(locales).toEqual(['pl', 'en', 'uk', 'de', 'fr', 'es', 'cs', 'sk'])
  })
  it.each([
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['DE_at'], 'de'],
    [['zh-Hant-TW', 'cs'], 'cs'],
    [[' sk '], 'sk'],
    [[undefined, null, '', '-', 'uk-UA'], 'uk'],
    [['it', 'pt'], 'en'],
    [[], 'en'],
    [['__proto__', 'constructor'], 'en'],
  ])('%j gives %s', (wanted, locale) => {
    expect(pickLocale(wanted, locales, 'en')).toBe(locale)
  })
  it('finds regional languages too', () => {
    expect(pickLocale(['pt-br'], ['pt', 'pt-BR'], 'pt')).toBe('pt-BR')
    expect(pickLocale(['pt-PT'], ['pt', 'pt-BR'], 'pt-BR')).toBe('pt')
  })
})

describe('localized', () => {
  const texts = { en: 'Hello', pl: 'Cześć', de: '  ' }
  it.each([
    ['pl', 'en', 'Cześć'],
    ['de', 'en', 'Hello'],
    ['fr', 'en', 'Hello'],
    ['fr', 'de', 'Hello'],
    ['__proto__', 'constructor', 'Hello'],
  ])('%s, else %s', (locale, fallback, text) => {
    expect(localized(texts, locale, fallback)).toBe(text)
  })
  it('is empty without any text', () => {
    expect(localized({}, 'en', 'pl')).toBe('')
    expect(localized({ en: ' ' }, 'en', 'pl')).toBe('')
  })
})

it('keeps the languages in which there is a text', () => {
  expect(filledTexts({ en: ' Orders ', pl: '', de: ' \t', uk: undefined })).toEqual({ en: 'Orders' })
})
