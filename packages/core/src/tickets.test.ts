import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkText } from './contacts.ts'
import type { Priority } from './conversations.ts'
import { categoryCodePattern, checkTicketDraft, cleanTitle, excerpt, isTicket } from './tickets.ts'

describe('checkTicketDraft', () => {
  const draft = { title: 'Login problem', content: 'It does not work' }
  const check = (change: object) => checkTicketDraft({ ...draft, ...change }, ['bugs', 'billing'])
  it('accepts a complete draft', () => {
    expect(check({})).toEqual([])
    expect(check({ priority: 'urgent', category: 'bugs' })).toEqual([])
    expect(check({ title: 'x'.repeat(200), content: 'x'.repeat(20_000) })).toEqual([])
  })
  it.each([
    [{ title: '  ' }, 'title', 'required'],
    [{ title: 'x'.repeat(201) }, 'title', 'too_long'],
    [{ title: 'a\0' }, 'title', 'nul'],
    [{ content: '' }, 'content', 'required'],
    [{ content: 'x'.repeat(20_001) }, 'content', 'too_long'],
    [{ content: '\ud800' }, 'content', 'ill_formed'],
    [{ priority: 'bogus' as Priority }, 'priority', 'unknown'],
    [{ category: 'other' }, 'category', 'unknown'],
    [{ category: '' }, 'category', 'unknown'],
  ])('names what is wrong', (change, field, code) => {
    expect(check(change)).toEqual([{ field, code }])
  })
  it('names every wrong field in the order of the form', () => {
    const errors = check({ title: '', content: '', priority: 'x', category: 'y' })
    expect(errors.map((one) => one.field)).toEqual(['title', 'content', 'priority', 'category'])
  })
})

describe('titles', () => {
  it('are one line of text', () => {
    expect(cleanTitle('  a\r\n\tb\u2028c\u0007 ')).toBe('a b c')
  })
  it('make a conversation a ticket', () => {
    expect(isTicket({ subject: 'Login' })).toBe(true)
    expect(isTicket({ subject: ' ' })).toBe(false)
    expect(isTicket({ subject: null })).toBe(false)
  })
  it.each(['bugs', 'A_1.x-y', 'x'.repeat(64)])('%j may be the code of a category', (code) => {
    expect(categoryCodePattern.test(code)).toBe(true)
  })
  it.each(['', '-a', 'a b', 'a\n', 'ż', 'x'.repeat(65)])('%j may not', (code) => {
    expect(categoryCodePattern.test(code)).toBe(false)
  })
})

describe('excerpt', () => {
  it('keeps a short message on one line', () => {
    expect(excerpt('Hello\n\nworld')).toBe('Hello world')
  })
  it('cuts a long one at a word', () => {
    expect(excerpt('one two three four', 12)).toBe('one two…')
    expect(excerpt('x'.repeat(50), 12)).toBe(`${'x'.repeat(11)}…`)
    expect(excerpt(`ab${' '.repeat(100)}c`, 12)).toBe('ab…')
  })
  it('never exceeds its length nor splits a character', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '\0', '🐙', 'ż')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (body, length) => {
        const line = excerpt(body, length)
        expect(line.length).toBeLessThanOrEqual(length)
        expect(checkText(line)).toBeNull()
      }),
    )
  })
})
