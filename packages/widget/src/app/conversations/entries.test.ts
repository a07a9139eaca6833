import type { ConversationWithMessages, Message } from '@helpdesk/core/api'
import { expect, test } from 'vitest'
import type { TicketList } from '../state.ts'
import { entriesOf } from './entries.ts'
import type { OutboxItem } from './outbox.ts'
import { withOlder, withRead } from './reading.ts'
import { countUnread, withConversation, withMessage, withPage, withTicket } from './threads.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes)).toISOString()

function message(seq: number, author: 'contact' | 'agent', minutes: number, body = `Text ${seq}`): Message {
  const name = author === 'agent' ? 'Ola' : null
  return {
    id: `m${seq}`,
    conversationId: 'c1',
    seq,
    author: { type: author, name, self: author === 'contact' },
    body,
    attachments: [],
    via: null,
    createdAt: at(minutes),
  }
}

function thread(messages: Message[], rest: Partial<ConversationWithMessages> = {}): ConversationWithMessages {
  return {
    id: 'c1',
    number: '2601-1',
    subject: null,
    status: 'pending',
    priority: 'normal',
    category: null,
    channel: 'widget',
    author: { name: null, self: true },
    preview: '',
    createdAt: at(0),
    lastMessageAt: messages.at(-1)?.createdAt ?? at(0),
    unreadCount: 0,
    contactReadSeq: 0,
    teamReadSeq: 0,
    messages,
    olderMessages: null,
    ...rest,
  }
}

const pending = (rest: Partial<OutboxItem> = {}): OutboxItem => ({
  key: 'k1',
  conversationId: 'c1',
  body: 'On its way',
  createdAt: at(30),
  afterSeq: 2,
  state: 'sending',
  ...rest,
})

test('messages of one person within five minutes are one run', () => {
  const entries = entriesOf(
    'c1',
    thread([
      message(1, 'contact', 0),
      message(2, 'contact', 2),
      message(3, 'contact', 9),
      message(4, 'agent', 9),
    ]),
    [],
  )
  expect(entries.map(({ startsRun, endsRun }) => [startsRun, endsRun])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ])
  expect(entries.map(({ startsDay }) => startsDay)).toEqual([true, false, false, false])
})

test('a new day begins a new run', () => {
  const entries = entriesOf('c1', thread([message(1, 'contact', 0), message(2, 'contact', 24 * 60)]), [])
  expect(entries.map(({ startsDay, startsRun }) => startsDay && startsRun)).toEqual([true, true])
})

test('what is on its way comes last, and only in its own conversation', () => {
  const items = [pending(), pending({ key: 'k2', conversationId: 'c2' })]
  expect(entriesOf('c1', thread([message(1, 'agent', 0)]), items).map(({ key }) => key)).toEqual(['m1', 'k1'])
})

test('a first message on its way is a thread by its key', () => {
  const [entry] = entriesOf('k9', undefined, [pending({ key: 'k9', conversationId: undefined })])
  expect(entry).toMatchObject({ key: 'k9', isOwn: true, startsDay: true })
})

test('an own message whose event was faster than its answer is not shown twice', () => {
  const arrived = thread([message(1, 'contact', 0, 'On its way'), message(3, 'contact', 30, 'On its way')])
  expect(entriesOf('c1', arrived, [pending()]).map(({ key }) => key)).toEqual(['m1', 'm3'])
  expect(entriesOf('c1', arrived, [pending({ afterSeq: 3 })])).toHaveLength(3)
  expect(entriesOf('c1', arrived, [pending({ state: 'failed' })])).toHaveLength(3)
})

test('"seen" stands below the newest own message that was, unless an answer says more', () => {
  const messages = [message(1, 'contact', 0), message(2, 'contact', 1), message(3, 'contact', 2)]
  const seenUpTo = (teamReadSeq: number, all = messages) =>
    entriesOf('c1', thread(all, { teamReadSeq }), []).flatMap(({ key, isSeen }) => (isSeen ? [key] : []))
  expect(seenUpTo(0)).toEqual([])
  expect(seenUpTo(2)).toEqual(['m2'])
  expect(seenUpTo(9)).toEqual(['m3'])
  expect(seenUpTo(9, [...messages, message(4, 'agent', 3)])).toEqual([])
})

test('events in any order give the same conversations', () => {
  const first = [thread([message(1, 'contact', 0)])]
  const [two, three] = [message(2, 'agent', 1), message(3, 'agent', 2)]
  const forward = withMessage(withMessage(first, two), three)
  const backward = withMessage(withMessage(withMessage(first, three), two), three)
  expect(backward).toEqual(forward)
  expect(forward[0]!.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(forward[0]!.lastMessageAt).toBe(at(2))
  expect(withMessage([], two)).toEqual([])
})

test('the newest activity comes first', () => {
  const one = thread([], { id: 'c1', lastMessageAt: at(1) })
  const two = thread([], { id: 'c2', lastMessageAt: at(2) })
  expect(withPage([one], [two]).map(({ id }) => id)).toEqual(['c2', 'c1'])
  const risen = withConversation([two, one], { ...one, lastMessageAt: at(3), status: 'waiting' })
  expect(risen.map(({ id, status }) => [id, status])).toEqual([
    ['c1', 'waiting'],
    ['c2', 'pending'],
  ])
})

test('older messages go before those that are known, each once', () => {
  const [known] = withOlder([thread([message(2, 'agent', 1), message(3, 'agent', 2)])], 'c1', {
    messages: [message(1, 'contact', 0), message(2, 'agent', 1)],
    olderMessages: 'more',
  })
  expect(known!.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(known!.olderMessages).toBe('more')
})

test('reading counts only what came after it', () => {
  const unread = [
    thread([message(1, 'contact', 0), message(2, 'agent', 1), message(3, 'agent', 2)], { unreadCount: 2 }),
  ]
  expect(countUnread(withRead(unread, 'c1', 2))).toBe(1)
  expect(withRead(unread, 'c1', 3)[0]).toMatchObject({ unreadCount: 0, contactReadSeq: 3 })
})

test('what a colleague wrote is not one’s own, begins a run, and is never what the team has seen of one', () => {
  const colleague: Message = {
    ...message(2, 'contact', 1),
    author: { type: 'contact', name: 'Ben', self: false },
    via: 'public_link',
  }
  const entries = entriesOf('c1', thread([message(1, 'contact', 0), colleague], { teamReadSeq: 2 }), [])
  expect(
    entries.map(({ isOwn, isColleague, name, startsRun, isSeen, via }) => ({
      isOwn,
      isColleague,
      name,
      startsRun,
      isSeen,
      via,
    })),
  ).toEqual([
    { isOwn: true, isColleague: false, name: null, startsRun: true, isSeen: false, via: null },
    { isOwn: false, isColleague: true, name: 'Ben', startsRun: true, isSeen: false, via: 'public_link' },
  ])
})

test('a message of files alone has arrived when one with as many files has', () => {
  const item = pending({
    body: '',
    afterSeq: 1,
    attachments: [{ key: 'k', name: 'a.png', type: 'image/png', bytes: 1 }],
  })
  const empty = { ...message(2, 'contact', 1, ''), attachments: [] }
  const arrived = { ...empty, attachments: [{ id: 'a1' }] as unknown as Message['attachments'] }
  expect(entriesOf('c1', thread([message(1, 'contact', 0), empty]), [item])).toHaveLength(3)
  expect(entriesOf('c1', thread([message(1, 'contact', 0), arrived]), [item])).toHaveLength(2)
})

test('the number of unread messages leaves out what colleagues have opened', () => {
  const own = thread([], { unreadCount: 2 })
  const foreign = thread([], { id: 'c2', unreadCount: 3, author: { name: 'Ben', self: false } })
  expect(countUnread([own, foreign])).toBe(2)
})

test('a list of tickets follows what happens to them', () => {
  const ticket = (id: string, rest: Partial<ConversationWithMessages> = {}) =>
    thread([], { id, subject: 'Title', lastMessageAt: at(1), ...rest })
  const list: TicketList = { status: 'open', state: 'ready', items: [ticket('c1')], nextCursor: null }
  const ids = (one: TicketList | null) => one?.items.map(({ id }) => id)
  expect(ids(withTicket(list, ticket('c2', { lastMessageAt: at(2) })))).toEqual(['c2', 'c1'])
  expect(ids(withTicket(list, ticket('c1', { status: 'resolved' })))).toEqual([])
  expect(ids(withTicket({ ...list, status: 'resolved' }, ticket('c3', { status: 'resolved' })))).toContain(
    'c3',
  )
  expect(withTicket(list, ticket('c4', { subject: null }))).toBe(list)
  expect(withTicket(null, ticket('c1'))).toBeNull()
})
