import { type ConversationStatus, conversationStatuses, nextStatus } from '@helpdesk/core'
import { routes } from '@helpdesk/core/api'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
const agents = [
  { name: 'Ola Nowak', email: 'ola@example.com' },
  { name: 'Vic View', email: 'vic@example.com', role: 'viewer' as const },
]
const seed = { agents, signedIn: true, otherDesks: { second: { name: 'Second' } } }
const { handlers, state } = createHelpdeskHandlers({ seed })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const agent = createAgentClient({ url })
const hello = { email: 'ann@example.com', name: 'Ann', message: 'Hello?' }
const base = `${url}/api/messaging/widget/acme`
const post = (path: string, body: unknown, headers: HeadersInit = {}) =>
  fetch(base + path, { method: 'POST', body: JSON.stringify(body), headers })

async function startVisitor(desk = 'acme') {
  const visitor = createVisitorClient({ url, desk })
  const started = await visitor.conversations.start(hello)
  return { visitor, ...started }
}

test('every route of the contract has a handler', () => {
  const handled = handlers.map(({ info }) => `${info.method} ${info.path}`)
  const asked = handled.filter((line) => !line.startsWith('OPTIONS'))
  expect(asked.toSorted()).toEqual(routes.map(({ method, path }) => `${method} *${path}`).toSorted())
})

describe('the two sides', () => {
  test('what one writes the other one reads, at once on both streams', async () => {
    const { visitor, conversationId } = await startVisitor()
    const stop = new AbortController()
    const options = { after: 0, signal: stop.signal }
    const heard: string[] = []
    const listen = async (who: string, events: AsyncIterable<{ type: string }>) => {
      for await (const { type } of events) heard.push(`${who} ${type}`)
    }
    const listening = [
      listen('visitor', visitor.events(options)),
      listen('agent', agent.events('acme', options)),
    ]
    await expect.poll(() => state.streams).toBe(2)
    heard.length = 0
    await agent.conversations.reply('acme', conversationId, { message: 'Hi!' })
    await agent.conversations.note('acme', conversationId, { message: 'Psst' })
    await visitor.conversations.typing(conversationId)
    await agent.conversations.typing('acme', conversationId)
    await agent.conversations.update('acme', conversationId, { status: 'resolved', assignee: 'me' })
    await expect
      .poll(() => heard.toSorted())
      .toEqual([
        'agent conversation.updated',
        'agent conversation.updated',
        'agent message.created',
        'agent message.created',
        'agent typing',
        'visitor conversation.updated',
        'visitor conversation.updated',
        'visitor message.created',
        'visitor typing',
      ])
    stop.abort()
    await Promise.all(listening)
    const { conversations } = await visitor.conversations.history()
    expect(conversations[0]?.messages.map(({ body }) => body)).toEqual(['Hello?', 'Hi!'])
  })

  test('each sees whether the other one is there', async () => {
    const { visitor, conversationId } = await startVisitor()
    const stop = new AbortController()
    const seen: unknown[] = []
    const listening = (async () => {
      for await (const event of visitor.events({ signal: stop.signal })) {
        if (event.type === 'presence') seen.push(event.agentsOnline)
        if (seen.length === 2) stop.abort()
      }
    })()
    await expect.poll(() => seen).toEqual([false])
    expect(await agent.conversations.get('acme', conversationId)).toMatchObject({ contact: { online: true } })
    const other = new AbortController()
    const events = agent.events('acme', { signal: other.signal })[Symbol.asyncIterator]()
    const first = events.next()
    await listening
    expect(seen).toEqual([false, true])
    expect(await first).toMatchObject({ value: { type: 'presence', online: false } })
    other.abort()
    await events.next()
  })

  test('settings that an agent changes are those that pages get', async () => {
    const visitor = createVisitorClient({ url, desk: 'acme' })
    await agent.desks.update('acme', {
      name: 'Renamed',
      widget: { position: 'left' },
      messaging: { enabled: false },
    })
    expect(await visitor.settings()).toMatchObject({
      name: 'Renamed',
      messaging: false,
      widget: { position: 'left' },
    })
    expect(state.desk.name).toBe('Renamed')
  })

  test.each(conversationStatuses)('from %s the status goes on as core says', async (from) => {
    const { visitor, conversationId } = await startVisitor()
    const status = async () => (await agent.conversations.get('acme', conversationId)).status
    const acts: [Parameters<typeof nextStatus>[1], () => Promise<unknown>][] = [
      [{ type: 'contact_writes' }, () => visitor.conversations.reply({ conversationId, message: 'And?' })],
      [
        { type: 'agent_replies' },
        () => agent.conversations.reply('acme', conversationId, { message: 'So.' }),
      ],
      [
        { type: 'agent_replies', resolve: true },
        () => agent.conversations.reply('acme', conversationId, { message: 'So.', resolve: true }),
      ],
      [{ type: 'agent_takes' }, () => agent.conversations.update('acme', conversationId, { assignee: 'me' })],
      [{ type: 'agent_notes' }, () => agent.conversations.note('acme', conversationId, { message: 'Hm' })],
    ]
    for (const [event, act] of acts) {
      state.assign(conversationId, null)
      state.setStatus(conversationId, from)
      await act()
      expect([event, await status()]).toEqual([event, nextStatus(from, event) satisfies ConversationStatus])
    }
  })

  test('an e-mail is planned for each answer, and sent, or skipped for a reason', async () => {
    const { conversationId, visitor } = await startVisitor()
    const nameless = state.contactStarts({ message: 'No address' })
    state.agentReplies(conversationId, 'Read in time')
    const { message } = await agent.conversations.reply('acme', conversationId, {
      message: 'Read in time, too',
    })
    expect(message.email).toMatchObject({ state: 'scheduled' })
    await visitor.conversations.markRead(conversationId, message.seq)
    const unread = state.agentReplies(conversationId, 'Not read')
    state.agentReplies(nameless.conversationId, 'Hi')
    state.deliverEmails()
    const emails = state.conversations.map(({ messages }) => messages.flatMap(({ email }) => email ?? []))
    expect(emails[0]).toMatchObject([{ reason: 'read' }, { reason: 'read' }, { state: 'sent', reason: null }])
    expect(emails[1]).toMatchObject([{ state: 'skipped', reason: 'no_email' }])
    expect(unread.body).toBe('Not read')
  })
})

describe('a test may', () => {
  test('let requests fail, so many times', async () => {
    state.failNext('agents.me', 'forbidden', { times: 2 })
    state.failNext('desks.list', 'too_many_requests', { retryAfter: 60 })
    for (let time = 0; time < 2; time++)
      await expect(agent.agents.me()).rejects.toMatchObject({ code: 'forbidden' })
    await agent.agents.me()
    await expect(agent.desks.list()).rejects.toMatchObject({ retryAfter: 60 })
  })

  test('hold requests back', async () => {
    const release = state.hold('agents.me')
    let answered = false
    const pending = agent.agents.me().then(() => {
      answered = true
    })
    await expect.poll(() => state.requests.length).toBe(1)
    expect(answered).toBe(false)
    release()
    await pending
  })

  test('cut the connection and look at what was asked', async () => {
    state.offline = true
    await expect(post('/message', hello)).rejects.toThrow()
    state.offline = false
    await startVisitor()
    expect(state.requests.map(({ id, body }) => [id, (body as typeof hello).message])).toEqual([
      ['conversations.start', 'Hello?'],
      ['conversations.start', 'Hello?'],
    ])
  })

  test('have events polled', async () => {
    state.streaming = false
    const { visitor } = await startVisitor()
    const stop = new AbortController()
    const states: string[] = []
    for await (const event of visitor.events({
      after: 0,
      signal: stop.signal,
      onState: (one) => states.push(one),
    })) {
      expect(event.type).toBe('message.created')
      stop.abort()
    }
    expect(states).toEqual(['connecting', 'polling'])
  })

  test('begin again', async () => {
    await startVisitor()
    state.signOut()
    state.reset()
    expect(state.conversations).toEqual([])
    expect(state.requests).toEqual([])
    expect((await agent.agents.me()).desks.map(({ id }) => id)).toEqual(['acme', 'second'])
  })

  test('not break the contract: an answer that does not fit it fails loudly', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
    state.updateDesk({ widget: { color: 'red' } })
    const visitor = createVisitorClient({ url, desk: 'acme' })
    await expect(visitor.settings()).rejects.toMatchObject({ status: 500 })
    expect(String(complaint.mock.calls)).toContain('desks.publicSettings would answer with /widget/color')
    complaint.mockRestore()
  })

  test('not sow nonsense', () => {
    const sow = (conversation: object) => () =>
      createHelpdeskHandlers({ seed: { conversations: [conversation as never] } })
    expect(sow({ contact: {}, messages: [['agent', 'Me first']] })).toThrow('the contact’s')
    expect(sow({ contact: {}, messages: [['contact', 'Hi']], assignee: 'who@example.com' })).toThrow(
      'no agent who@',
    )
    expect(() => state.agentReplies('nothing', 'Hi')).toThrow('no conversation nothing')
  })
})
