import type { AgentEvent, AgentMessage, InboxItem, VisitorEvent } from '@helpdesk/core/api'
import { describe, expect, it } from 'vitest'
import { ownScope } from '../contacts/scope.ts'
import { agentFrame, framesFor, visitorFrame } from './frames.ts'

const id = '00000000-0000-7000-8000-000000000001'
const at = '2026-11-21T12:00:00.000Z'
const conversation = {
  id,
  number: '2647-1',
  subject: null,
  status: 'pending' as const,
  priority: 'normal' as const,
  category: null,
  channel: 'widget' as const,
  author: { name: null, self: true },
  preview: 'a',
  createdAt: at,
  lastMessageAt: at,
  unreadCount: 0,
  contactReadSeq: 1,
  teamReadSeq: 0,
}
const message = {
  id,
  conversationId: id,
  seq: 1,
  author: { type: 'agent' as const, name: 'Olga', self: false },
  body: 'a',
  attachments: [],
  via: null,
  createdAt: at,
}

describe('a frame', () => {
  it('has the position as id, the type as event and the event as one line of JSON', () => {
    const event: VisitorEvent = {
      type: 'message.created',
      seq: 7,
      at,
      conversation,
      message: { ...message, body: 'a\n\nid: 9\r\n\u2028' },
    }
    const [idLine, eventLine, dataLine, ...end] = visitorFrame(event).toString().split('\n')
    expect([idLine, eventLine, end]).toEqual(['id: 7', 'event: message.created', ['', '']])
    expect(dataLine).not.toContain('\r')
    expect(JSON.parse(dataLine!.slice('data: '.length))).toEqual(event)
  })

  it('has no id when the event only passes, so that a client resumes after the last one that stays', () => {
    expect(visitorFrame({ type: 'presence', agentsOnline: true }).toString()).toBe(
      'event: presence\ndata: {"type":"presence","agentsOnline":true}\n\n',
    )
  })

  it('A19: carries what the contract names for its viewer and nothing else', () => {
    const leaky = {
      ...{ type: 'message.created' as const, seq: 7, at, internal: 'secret' },
      conversation: { ...conversation, pageUrl: 'secret' },
      message: { ...message, author: { ...message.author, id: 'secret' }, email: 'secret' },
    }
    expect(framesFor(ownScope(id))(leaky).toString()).not.toContain('secret')
    expect(visitorFrame(leaky).toString()).toContain('"body":"a"')
  })

  it('is made for every type of event that the contract has for agents', () => {
    const contact = { id, name: null, email: 'vera@visitor.example' }
    const item: InboxItem = {
      ...{
        id,
        number: '2647-1',
        subject: null,
        preview: 'a',
        status: 'pending',
        priority: 'normal',
        channel: 'widget',
      },
      ...{
        contact,
        category: null,
        client: null,
        assignee: null,
        unread: true,
        lastAuthor: 'contact',
        createdAt: at,
        lastMessageAt: at,
      },
    }
    const note: AgentMessage = {
      ...message,
      kind: 'note',
      author: { type: 'agent', id, name: 'Olga' },
      change: null,
      email: null,
      original: null,
    }
    const email = { state: 'skipped', reason: 'read', lastError: null, at, notificationId: id } as const
    const events: AgentEvent[] = [
      { type: 'message.created', seq: 1, at, conversation: item, message: note },
      {
        type: 'conversation.updated',
        seq: 2,
        at,
        conversation: { ...item, assignee: { id, name: 'Olga' } },
        message: null,
      },
      { type: 'conversation.read', seq: 3, at, conversation: item, by: 'agent', agentId: id, readSeq: 2 },
      { type: 'notification.updated', seq: 4, at, conversationId: id, emails: [{ messageId: id, email }] },
      { type: 'desk.updated', seq: 5, at },
      { type: 'typing', conversationId: id, by: 'contact', agentId: null, name: null },
      { type: 'presence', contactId: id, online: false },
    ]
    for (const event of events) {
      const [, data] = /^data: (.*)$/m.exec(agentFrame(event).toString()) ?? []
      expect(JSON.parse(data!)).toEqual(event)
    }
  })

  it('is refused for an event that the contract does not have', () => {
    expect(() =>
      visitorFrame({ type: 'notification.updated', seq: 1, at } as unknown as VisitorEvent),
    ).toThrow(TypeError)
  })
})
