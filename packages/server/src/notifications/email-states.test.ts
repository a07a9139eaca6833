import { mayMailUnverified } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { emailStateOf } from './email-states.ts'
import { unverifiedSlot } from './unverified.ts'

const due = new Date('2026-11-21T12:01:00Z')
const updated = new Date('2026-11-21T12:02:00Z')
type Row = Parameters<typeof emailStateOf>[0][number]
const row = (change: Partial<Row>): Row => ({
  id: 'n1',
  state: 'sent',
  reason: null,
  lastError: null,
  firstSeq: 5,
  lastSeq: 9,
  readSeq: null,
  dueAt: due,
  updatedAt: updated,
  ...change,
})

describe('the e-mail state of a message', () => {
  test.each<[string, Partial<Row>, number, string | null]>([
    ['before what the notification covers', {}, 4, null],
    ['after it', {}, 10, null],
    ['at its first message', {}, 5, `sent null ${updated.toISOString()}`],
    ['at its last message', {}, 9, `sent null ${updated.toISOString()}`],
    [
      'covered by one that waits',
      { state: 'scheduled', lastSeq: null },
      99,
      `scheduled null ${due.toISOString()}`,
    ],
    ['being sent', { state: 'sending' }, 7, `sending null ${updated.toISOString()}`],
    [
      'waiting for a repeat',
      { state: 'sending', dueAt: updated, updatedAt: due },
      7,
      `scheduled null ${updated.toISOString()}`,
    ],
    ['read before the e-mail went', { readSeq: 6 }, 6, `skipped read ${updated.toISOString()}`],
    ['unread when the e-mail went', { readSeq: 6 }, 7, `sent null ${updated.toISOString()}`],
    [
      'skipped',
      { state: 'skipped', reason: 'no_email', readSeq: 0 },
      7,
      `skipped no_email ${updated.toISOString()}`,
    ],
    [
      'read and otherwise skipped',
      { state: 'skipped', reason: 'no_email', readSeq: 6 },
      6,
      `skipped read ${updated.toISOString()}`,
    ],
    [
      'failed',
      { state: 'failed', reason: 'undeliverable' },
      7,
      `failed undeliverable ${updated.toISOString()}`,
    ],
    [
      'read although it failed later',
      { state: 'failed', reason: 'undeliverable', readSeq: 8 },
      8,
      `skipped read ${updated.toISOString()}`,
    ],
  ])('%s', (_, change, seq, expected) => {
    const state = emailStateOf([row(change)], seq)
    expect(state && `${state.state} ${state.reason} ${state.at}`).toBe(expected)
  })

  test('says in words why it has not arrived, but not of what was left out of the e-mail', () => {
    const lastError = '550 no such user'
    const failed = row({ state: 'failed', reason: 'undeliverable', lastError, readSeq: 6 })
    expect([6, 7].map((seq) => emailStateOf([failed], seq)?.lastError)).toEqual([null, lastError])
    const waiting = [
      row({ state: 'scheduled', lastError }),
      row({ state: 'sending', lastError, updatedAt: due, dueAt: updated }),
    ]
    expect(waiting.map((one) => emailStateOf([one], 7))).toMatchObject(
      Array(2).fill({ state: 'scheduled', reason: null, lastError }),
    )
  })

  test('is that of the notification which covers it, among many', () => {
    const rows = [
      row({ firstSeq: 1, lastSeq: 3 }),
      row({ firstSeq: 4, lastSeq: 4, state: 'failed', reason: 'undeliverable' }),
      row({ firstSeq: 8, lastSeq: null, state: 'scheduled' }),
    ]
    const states = [1, 3, 4, 5, 8, 100].map((seq) => emailStateOf(rows, seq)?.state ?? null)
    expect(states).toEqual(['sent', 'sent', 'failed', null, 'scheduled', 'scheduled'])
  })
})

describe('A27: the next slot of an unproved address', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const ago = (...minutes: number[]) => minutes.map((one) => new Date(now.getTime() - one * 60_000))

  test.each([
    ['never written to', ago(), 'now'],
    ['written to 10 minutes ago', ago(10), 'now'],
    ['written to 9 minutes ago', ago(9), 'later'],
    ['written to twice today', ago(9, 100), 'later'],
    ['written to three times today', ago(9, 100, 1_439), 'none'],
    ['written to three times today, not lately', ago(20, 100, 1_439), 'none'],
    ['written to three times since yesterday', ago(20, 100, 1_440), 'now'],
  ])('%s', (_, sentTimes, expected) => {
    const slot = unverifiedSlot(sentTimes, now)
    expect(slot.slot).toBe(expected)
    if (slot.slot !== 'later') return
    expect(mayMailUnverified({ sentTimes, now: slot.at })).toBe(true)
    expect(mayMailUnverified({ sentTimes, now: new Date(slot.at.getTime() - 1) })).toBe(false)
  })
})
