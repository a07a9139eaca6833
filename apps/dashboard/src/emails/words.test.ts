import type { Email, Notification } from '@helpdesk/core/api'
import { describe, expect, test } from 'vitest'
import { formatMoment } from '../ui/time.ts'
import { receivedWhy, senderName, sentText } from './words.ts'

const at = new Date().toISOString()
const later = new Date(Date.now() + 60_000).toISOString()
const time = formatMoment(at)

const notification = (known: Partial<Notification>): Notification => ({
  id: 'n',
  kind: 'message',
  conversation: { id: 'c', number: '1', subject: null },
  recipient: { type: 'contact', id: 'a', name: 'Ann', email: 'ann@example.com' },
  state: 'scheduled',
  reason: null,
  attempts: 0,
  lastError: null,
  maybeSent: false,
  messageId: '<hd.n@desk.test>',
  createdAt: at,
  dueAt: at,
  updatedAt: at,
  ...known,
})

describe('what became of an e-mail in one sentence', () => {
  test.each<[Partial<Notification>, string]>([
    [{}, `Due ${time}`],
    [{ state: 'sending', attempts: 1 }, 'On its way'],
    [{ attempts: 1, lastError: '451 later' }, `Failed once, next try ${time}: 451 later`],
    [{ attempts: 3 }, `Failed 3 times, next try ${time}`],
    [{ state: 'sent', attempts: 1 }, `Sent ${time}`],
    [{ state: 'sent', attempts: 2 }, `Sent ${time}, on try 2`],
    [{ state: 'skipped', reason: 'read', dueAt: later }, `Skipped: read at ${time} before it was due`],
    [{ state: 'skipped', reason: 'read' }, `Skipped: read before it was due ${time}`],
    [{ state: 'skipped', reason: 'no_email' }, 'Skipped: no e-mail address'],
    [
      { state: 'failed', reason: 'undeliverable', attempts: 1 },
      'Failed after 1 try: the mailbox does not accept it',
    ],
    [
      { state: 'failed', reason: 'undeliverable', attempts: 12, lastError: '550 no such mailbox' },
      'Failed after 12 tries: 550 no such mailbox',
    ],
    [
      { state: 'failed', reason: 'bounced', attempts: 1, lastError: '5.1.1' },
      'Failed after 1 try: the address does not take our e-mails: 5.1.1',
    ],
  ])('%j', (known, text) => {
    expect(sentText(notification(known))).toBe(text)
  })
})

test('an e-mail that came in says why it stands as it does', () => {
  const email = (known: Partial<Email>) =>
    receivedWhy({ reason: null, match: null, lastError: null, ...known } as Email)
  expect(email({ reason: 'empty' })).toBe('There is no text in it.')
  expect(email({ match: 'new' })).toBe('Began a conversation.')
  expect(email({ reason: 'unreadable', lastError: 'No boundary' })).toBe('It could not be read. No boundary')
  expect(email({})).toBe('')
})

test('a sender without a name is called by the address, one without any is unknown', () => {
  expect(senderName({ name: 'Ann', address: 'a@b.cc' })).toBe('Ann')
  expect(senderName({ name: null, address: 'a@b.cc' })).toBe('a@b.cc')
  expect(senderName({ name: '', address: null })).toBe('Unknown sender')
})
