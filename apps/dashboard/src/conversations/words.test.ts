import type { AgentMessage } from '@helpdesk/core/api'
import { describe, expect, test } from 'vitest'
import { browserText, changeText, contactName, emailText } from './words.ts'

const at = new Date().toISOString()
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(at))

describe('what became of an e-mail', () => {
  test.each([
    ['scheduled', null, `E-mail due ${time}`],
    ['sending', null, 'E-mail on its way…'],
    ['sent', null, `E-mail sent ${time}`],
    ['skipped', 'read', `E-mail skipped: read at ${time}`],
    ['skipped', 'no_email', 'E-mail skipped: no e-mail address'],
    ['skipped', 'rate_limited', 'E-mail skipped: too many e-mails to this unverified address'],
    ['skipped', 'opted_out', 'E-mail skipped: they want no e-mails from this desk'],
    ['skipped', 'bounced', 'E-mail skipped: the address does not take our e-mails'],
    ['failed', 'undeliverable', `E-mail failed ${time}: the mailbox does not accept it`],
  ] as const)('%s %s', (state, reason, text) => {
    expect(emailText({ state, reason, lastError: null, at, notificationId: 'n' })).toBe(text)
  })

  test.each([
    ['scheduled', null, '451 Later', `E-mail not sent yet, next try ${time}: 451 Later`],
    ['failed', 'undeliverable', '550 No such user', `E-mail failed ${time}: 550 No such user`],
    [
      'failed',
      'bounced',
      '550 No such user',
      `E-mail failed ${time}: the address does not take our e-mails: 550 No such user`,
    ],
    ['sent', null, '451 Later', `E-mail sent ${time}`],
  ] as const)('%s %s in the words of the mail server: %s', (state, reason, lastError, text) => {
    expect(emailText({ state, reason, lastError, at, notificationId: 'n' })).toBe(text)
  })
})

describe('a change of state in words', () => {
  const change = (
    field: NonNullable<AgentMessage['change']>['field'],
    from: string | null,
    to: string | null,
    author: Partial<AgentMessage['author']> = {},
  ) =>
    changeText(
      {
        id: '1',
        conversationId: '2',
        seq: 3,
        kind: 'event',
        body: '',
        attachments: [],
        via: null,
        change: { field, from, to },
        author: { type: 'agent', id: 'sam', name: 'Sam', ...author },
        email: null,
        original: null,
        createdAt: at,
      },
      'me',
    )

  test('names who and what', () => {
    expect(change('status', 'pending', 'resolved')).toBe('Sam resolved this')
    expect(change('status', 'pending', 'in_progress', { id: 'me' })).toBe('You set this to in progress')
    expect(change('assignee', null, 'Sam')).toBe('Sam took this')
    expect(change('assignee', 'Sam', null, { id: 'me' })).toBe('You gave this back')
    expect(change('assignee', null, 'Ola')).toBe('Sam assigned this to Ola')
  })

  test('names priority, category and contact', () => {
    expect(change('priority', 'normal', 'urgent')).toBe('Sam set the priority to urgent')
    expect(change('category', null, 'Billing', { id: 'me' })).toBe('You set the category to Billing')
    expect(change('category', 'Billing', null)).toBe('Sam removed the category Billing')
    expect(change('contact', 'Ben', 'Ann')).toBe('Sam moved this from Ben to Ann')
    const system = { type: 'system', id: null, name: null } as const
    expect(change('contact', null, 'Ann', system)).toBe('Moved from Visitor to Ann')
    expect(change('priority', 'low', 'high', system)).toBe('Priority: high')
  })

  test('needs nobody for what happens by itself', () => {
    const system = { type: 'system', id: null, name: null } as const
    expect(change('status', 'resolved', 'pending', system)).toBe('Now pending')
    expect(change('assignee', 'Ola', null, system)).toBe('No longer assigned to Ola')
  })
})

test('a contact is called by its name, else its address', () => {
  expect(contactName({ name: 'Ann', email: 'ann@example.com' })).toBe('Ann')
  expect(contactName({ name: null, email: 'ann@example.com' })).toBe('ann@example.com')
  expect(contactName({ name: null, email: null })).toBe('Visitor')
})

test('browsers are told by their user agent', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
  expect(browserText(chrome)).toBe('Chrome 142 on Windows')
  expect(browserText(`${chrome} Edg/142.0.0.0`)).toBe('Edge 142 on Windows')
  expect(browserText(null)).toBe('Unknown')
})
