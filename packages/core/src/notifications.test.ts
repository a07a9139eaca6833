import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageKinds } from './conversations.ts'
import {
  type DeliveryFacts,
  decideDelivery,
  delaySeconds,
  dueAt,
  mayMailUnverified,
  nextAttempt,
  notificationReasons,
  notificationStates,
  retryDelaysSeconds,
  unwanted,
  wantsEmail,
} from './notifications.ts'

const now = new Date('2026-04-15T12:00:00Z')
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

const message = (
  seq: number,
  authorId: string | null = 'agent',
  kind: (typeof messageKinds)[number] = 'reply',
) => ({
  seq,
  kind,
  authorId,
})
type Facts = DeliveryFacts<ReturnType<typeof message>>
const facts: Facts = {
  messages: [message(1), message(2)],
  recipientId: 'contact',
  email: 'a@b.example',
  readSeq: 0,
  enabled: true,
}

describe('when a notification is due', () => {
  it('is 60 seconds after the first unsent message', () => {
    expect(delaySeconds).toBe(60)
    expect(dueAt(now, { instant: false })).toEqual(after(60))
  })
  it('is at once when the agent chose so', () => {
    expect(dueAt(now, { instant: true })).toEqual(now)
  })
})

describe('decideDelivery', () => {
  it('sends the unread replies, oldest first', () => {
    expect(decideDelivery({ ...facts, messages: [message(5), message(3)] })).toEqual({
      send: [message(3), message(5)],
    })
  })
  it('drops what the recipient has read meanwhile', () => {
    expect(decideDelivery({ ...facts, readSeq: 1 })).toEqual({ send: [message(2)] })
  })
  it('does not change the messages it is given', () => {
    const messages = Object.freeze([message(5), message(3)])
    decideDelivery({ ...facts, messages })
    expect(messages).toEqual([message(5), message(3)])
  })
  it('sends what the system wrote', () => {
    expect(decideDelivery({ ...facts, messages: [message(1, null)] })).toEqual({ send: [message(1, null)] })
  })
  const skipped: [name: string, change: Partial<Facts>, reason: (typeof notificationReasons)[number]][] = [
    ['everything is read', { readSeq: 2 }, 'read'],
    ['there is no address', { email: null }, 'no_email'],
    ['the address is empty', { email: '' }, 'no_email'],
    ['everything is read and there is no address', { readSeq: 2, email: null }, 'read'],
    ['the recipient wants none', { enabled: false }, 'notifications_off'],
    ['the conversation is gone', { gone: true, enabled: false }, 'conversation_gone'],
    ['the address has had its share', { rateLimited: true }, 'rate_limited'],
    ['there are only notes', { messages: [message(1, 'agent', 'note')] }, 'nothing_to_send'],
    ['there are only events', { messages: [message(1, 'agent', 'event')] }, 'nothing_to_send'],
    ['the recipient wrote it all', { messages: [message(1, 'contact')] }, 'nothing_to_send'],
    ['there is no message', { messages: [] }, 'nothing_to_send'],
    ['the conversation is a colleague’s', { refusal: 'not_yours' }, 'not_yours'],
    ['the contact has asked for none', { refusal: 'opted_out' }, 'opted_out'],
    ['the contact has asked for none, also by hand', { refusal: 'opted_out', resent: true }, 'opted_out'],
    ['the address has bounced', { bounced: true }, 'bounced'],
    ['everything is read and the address has bounced', { bounced: true, readSeq: 2 }, 'read'],
    ['it is sent once more and there is no address', { resent: true, email: null }, 'no_email'],
    ['the message of a confirmation is gone', { kind: 'ticket_created', messages: [] }, 'nothing_to_send'],
  ]
  it.each(skipped)('skips when %s', (_name, change, reason) => {
    expect(decideDelivery({ ...facts, ...change })).toEqual({ skip: reason })
    expect(notificationReasons).toContain(reason)
  })
  it('sends what was read, and to an address that bounced, when an agent asks for it once more', () => {
    expect(decideDelivery({ ...facts, readSeq: 2, bounced: true, resent: true })).toEqual({
      send: [message(1), message(2)],
    })
  })
  it('confirms what the recipient has written and so has read', () => {
    const own = [message(1, 'contact')]
    expect(decideDelivery({ ...facts, messages: own, readSeq: 1, kind: 'ticket_created' })).toEqual({
      send: own,
    })
  })
  it('never sends a note, an own message or a read one, and never an empty e-mail', () => {
    const messages = fc.array(
      fc.record({
        seq: fc.integer({ min: 1, max: 20 }),
        kind: fc.constantFrom(...messageKinds),
        authorId: fc.constantFrom('agent', 'contact', null),
      }),
    )
    fc.assert(
      fc.property(messages, fc.nat(20), fc.boolean(), (all, readSeq, enabled) => {
        const decision = decideDelivery({ ...facts, messages: all, readSeq, enabled })
        const owed = all.filter(
          (one) => one.kind === 'reply' && one.authorId !== 'contact' && one.seq > readSeq && enabled,
        )
        if ('skip' in decision) expect(owed).toEqual([])
        else expect(decision.send).toEqual(owed.sort((a, b) => a.seq - b.seq))
      }),
    )
  })
})

describe('which e-mails an agent wants', () => {
  it.each([
    [{}, false, null],
    [{ widget: 'all' as const }, false, null],
    [{ widget: 'mine' as const }, true, null],
    [{ widget: 'mine' as const }, false, 'not_yours'],
    [{ widget: 'none' as const }, true, 'notifications_off'],
    [{ email: 'none' as const }, false, null],
  ])('%j, own: %s', (switches, isMine, expected) => {
    expect(unwanted(switches, 'widget', isMine)).toBe(expected)
    expect(wantsEmail(switches, 'widget', isMine)).toBe(expected === null)
  })
})

describe('nextAttempt', () => {
  it('waits longer after every try and gives up after the last', () => {
    const times = retryDelaysSeconds.map((_, at) => nextAttempt(at + 1, now))
    expect(times).toEqual(retryDelaysSeconds.map(after))
    expect([...retryDelaysSeconds]).toEqual([...retryDelaysSeconds].sort((a, b) => a - b))
    expect(nextAttempt(retryDelaysSeconds.length + 1, now)).toBeNull()
  })
  it('knows how it may end', () => {
    expect(notificationStates).toEqual(['scheduled', 'sending', 'sent', 'skipped', 'failed'])
  })
})

describe('A27: mail to an address that nobody has proved', () => {
  const may = (...secondsAgo: number[]) =>
    mayMailUnverified({ sentTimes: secondsAgo.map((one) => after(-one)), now })
  it('A27: is sent once in 10 minutes', () => {
    expect(may()).toBe(true)
    expect(may(0)).toBe(false)
    expect(may(599)).toBe(false)
    expect(may(600)).toBe(true)
  })
  it('A27: is sent three times in 24 hours', () => {
    expect(may(700, 1_400)).toBe(true)
    expect(may(700, 1_400, 86_399)).toBe(false)
    expect(may(700, 86_400, 1_400)).toBe(true)
  })
  it('A27: a time in the future counts as just sent', () => {
    expect(may(-30)).toBe(false)
  })
  it('A27: never exceeds its caps, however often it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { maxLength: 200 }), (waits) => {
        const sentTimes: Date[] = []
        let seconds = 0
        for (const wait of waits) {
          seconds += wait
          if (mayMailUnverified({ sentTimes, now: after(seconds) })) sentTimes.push(after(seconds))
        }
        const times = sentTimes.map((one) => one.getTime() / 1000)
        for (const [at, time] of times.entries()) {
          expect(time - (times[at - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(600)
          expect(time - (times[at - 3] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(86_400)
        }
      }),
    )
  })
})
