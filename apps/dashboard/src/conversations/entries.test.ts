import type { AgentMessage } from '@helpdesk/core/api'
import { expect, test } from 'vitest'
import { findLinks, lastOfEmails, lastSeen, toEntries } from './entries.ts'

const message = (seq: number, minutes: number, more: Partial<AgentMessage> = {}): AgentMessage => ({
  id: `m${seq}`,
  conversationId: 'c',
  seq,
  kind: 'reply',
  author: { type: 'agent', id: 'ola', name: 'Ola' },
  body: 'Hello',
  attachments: [],
  via: null,
  change: null,
  email: null,
  original: null,
  createdAt: new Date(2026, 10, 20, 12, minutes).toISOString(),
  ...more,
})

test('a person who speaks on is named once, another person and a pause are not', () => {
  const contact = { author: { type: 'contact', id: 'ann', name: 'Ann' } } as const
  const entries = toEntries([message(1, 0), message(2, 1), message(3, 30), message(4, 31, contact)])
  expect(entries.map((entry) => (entry.type === 'day' ? 'day' : entry.first))).toEqual([
    'day',
    true,
    false,
    true,
    true,
  ])
})

test('a message that came another way says so itself', () => {
  const ann = { author: { type: 'contact', id: 'ann', name: 'Ann' } } as const
  const entries = toEntries([message(1, 0, ann), message(2, 1, { ...ann, via: 'public_link' })])
  expect(entries.map((entry) => entry.type === 'message' && entry.first)).toEqual([false, true, true])
})

test('every day begins with a line', () => {
  const entries = toEntries([message(1, 0), message(2, 24 * 60), message(3, 24 * 60 + 1)])
  expect(entries.map((entry) => entry.type)).toEqual(['day', 'message', 'day', 'message', 'message'])
})

test('the read mark stands at the newest reply of the team that was read, never at a note', () => {
  const note = { kind: 'note' } as const
  expect(lastSeen([message(1, 0), message(2, 1), message(3, 2, note)], 3)).toBe('m2')
  expect(lastSeen([message(1, 0), message(2, 1)], 1)).toBe('m1')
  expect(lastSeen([message(1, 0)], 0)).toBe(null)
})

test('only addresses of pages become links, without the punctuation after them', () => {
  expect(findLinks('See https://a.test/x?y=1, or (http://b.test).')).toEqual([
    { text: 'See ', link: false },
    { text: 'https://a.test/x?y=1', link: true },
    { text: ', or (', link: false },
    { text: 'http://b.test', link: true },
    { text: ').', link: false },
  ])
  expect(findLinks('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', link: false }])
})

test('what came by e-mail from another address says so itself', () => {
  const ann = { author: { type: 'contact', id: 'ann', name: 'Ann' }, via: 'email' } as const
  const from = (address: string, proved: boolean) => ({ emailId: 'e', from: address, proved })
  const entries = toEntries([
    message(1, 0, { ...ann, original: from('ann@example.com', true) }),
    message(2, 1, { ...ann, original: from('ann@example.com', true) }),
    message(3, 2, { ...ann, original: from('ann@example.com', false) }),
    message(4, 3, { ...ann, original: from('ann@home.example', false) }),
  ])
  expect(entries.map((entry) => entry.type === 'message' && entry.first)).toEqual([
    false,
    true,
    false,
    true,
    true,
  ])
})

test('the newest message of an e-mail is known', () => {
  const email = (notificationId: string) =>
    ({
      email: { state: 'sent', reason: null, lastError: null, at: '2026-01-01T00:00:00Z', notificationId },
    }) as const
  const messages = [
    message(1, 0, email('n1')),
    message(2, 1, email('n1')),
    message(3, 2),
    message(4, 3, email('n2')),
  ]
  expect([...lastOfEmails(messages)]).toEqual(['m2', 'm4'])
})
