import { describe, expect, it } from 'vitest'
import {
  authorTypes,
  type ConversationEvent,
  type ConversationStatus,
  channels,
  conversationStatuses,
  endsSnooze,
  initialStatus,
  isOpen,
  isSnoozed,
  messageKinds,
  nextStatus,
  priorities,
  visibleToContact,
} from './conversations.ts'

describe('the words', () => {
  it('are those of the domain', () => {
    expect(conversationStatuses).toEqual(['pending', 'in_progress', 'waiting', 'resolved'])
    expect(channels).toEqual(['widget', 'contact_form', 'ticket_center', 'email', 'api'])
    expect(priorities).toEqual(['low', 'normal', 'high', 'urgent'])
    expect(messageKinds).toEqual(['reply', 'note', 'event'])
    expect(authorTypes).toEqual(['contact', 'agent', 'system'])
    expect(initialStatus).toBe('pending')
  })
})

describe('nextStatus', () => {
  type Row = [name: string, event: ConversationEvent, after: ConversationStatus[]]
  const table: Row[] = [
    ['the contact writes', { type: 'contact_writes' }, ['pending', 'in_progress', 'pending', 'pending']],
    ['an agent replies', { type: 'agent_replies' }, ['waiting', 'waiting', 'waiting', 'waiting']],
    [
      'an agent replies and does not resolve',
      { type: 'agent_replies', resolve: false },
      ['waiting', 'waiting', 'waiting', 'waiting'],
    ],
    [
      'an agent replies and resolves',
      { type: 'agent_replies', resolve: true },
      ['resolved', 'resolved', 'resolved', 'resolved'],
    ],
    ['an agent takes it', { type: 'agent_takes' }, ['in_progress', 'in_progress', 'waiting', 'resolved']],
    ['an agent writes a note', { type: 'agent_notes' }, [...conversationStatuses]],
    ...conversationStatuses.map(
      (status): Row => [
        `an agent sets ${status} by hand`,
        { type: 'status_set', status },
        [status, status, status, status],
      ],
    ),
  ]
  const cells = table.flatMap(([name, event, after]) =>
    conversationStatuses.map((status, at) => [name, status, after[at]!, event] as const),
  )
  it.each(cells)('when %s, %s becomes %s', (_name, status, after, event) => {
    expect(nextStatus(status, event)).toBe(after)
  })
  it('has a row for every kind of event', () => {
    const all: Record<ConversationEvent['type'], true> = {
      contact_writes: true,
      agent_replies: true,
      agent_takes: true,
      agent_notes: true,
      status_set: true,
    }
    expect(new Set(table.map(([, event]) => event.type))).toEqual(new Set(Object.keys(all)))
  })
})

describe('open and snoozed', () => {
  it('every status but resolved is open', () => {
    expect(conversationStatuses.filter(isOpen)).toEqual(['pending', 'in_progress', 'waiting'])
  })
  it('a conversation is snoozed until its time comes', () => {
    const now = new Date('2026-04-15T12:00:00Z')
    expect(isSnoozed(null, now)).toBe(false)
    expect(isSnoozed(new Date(now.getTime() + 1), now)).toBe(true)
    expect(isSnoozed(now, now)).toBe(false)
    expect(isSnoozed(new Date(now.getTime() - 1), now)).toBe(false)
  })
  it("only the contact's writing ends a snooze", () => {
    expect(endsSnooze({ type: 'contact_writes' })).toBe(true)
    expect(endsSnooze({ type: 'agent_replies', resolve: true })).toBe(false)
    expect(endsSnooze({ type: 'agent_notes' })).toBe(false)
  })
  it('A19: a contact sees replies only', () => {
    expect(messageKinds.filter(visibleToContact)).toEqual(['reply'])
  })
})
