import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgentClient } from '../agent-client.ts'
import { createHelpdeskHandlers } from '../testing.ts'
import { createVisitorClient } from '../visitor-client.ts'

const url = 'http://desk.test'
const agents = [
  { name: 'Ola Nowak', email: 'ola@example.com' },
  { name: 'Vic View', email: 'vic@example.com', role: 'viewer' as const, desks: ['acme'] },
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

test('names every field that is wrong, in a problem document', async () => {
  const response = await post('/message', { email: 'x', message: '\0', color: 'red' })
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = await response.json()
  expect(problem).toMatchObject({ code: 'validation_failed', status: 400 })
  expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
    '/body/color',
    '/body/email',
    '/body/message',
  ])
})

test.each([
  [
    'a body that is no JSON',
    () => fetch(`${base}/message`, { method: 'POST', body: '{' }),
    400,
    'invalid_json',
  ],
  ['a query nobody knows', () => fetch(`${url}/api/desks/acme/conversations?x=1`), 400, 'validation_failed'],
  ['a page of nothing', () => fetch(`${url}/api/desks/acme/conversations?limit=0`), 400, 'validation_failed'],
  [
    'a cursor of no list',
    () => fetch(`${url}/api/desks/acme/conversations?cursor=x`),
    400,
    'validation_failed',
  ],
  ['an id that is none', () => fetch(`${url}/api/desks/acme/conversations/7`), 400, 'validation_failed'],
  ['a desk that is not there', () => fetch(`${url}/api/desks/none`), 404, 'not_found'],
  [
    'a short key',
    () => post('/message', hello, { 'idempotency-key': 'short' }),
    400,
    'idempotency_key_invalid',
  ],
  [
    'half of the credentials',
    () => post('/message', { ...hello, contactToken: 'x'.repeat(43) }),
    401,
    'contact_unknown',
  ],
  ['a missing address', () => post('/message', { message: 'Hi' }), 400, 'validation_failed'],
])('refuses %s', async (_, ask, status, code) => {
  const response = await ask()
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ code, status })
})

test('takes credentials in the query and the body too', async () => {
  const { contactId, contactToken, conversationId } = await startVisitor()
  const query = new URLSearchParams({ contactId, contactToken })
  expect((await fetch(`${base}/history?${query}`)).status).toBe(200)
  const reply = await post('/reply', { contactId, contactToken, conversationId, message: 'Hi' })
  expect(reply.status).toBe(201)
})

test('keeps contacts and their desks apart', async () => {
  const { conversationId } = await startVisitor()
  const { visitor: other } = await startVisitor()
  const reply = other.conversations.reply({ conversationId, message: 'Mine?' })
  await expect(reply).rejects.toMatchObject({ code: 'not_found' })
  const elsewhere = createVisitorClient({ url, desk: 'second' })
  elsewhere.credentials = other.credentials
  await expect(elsewhere.conversations.history()).rejects.toMatchObject({ code: 'contact_unknown' })
})

test.each([
  ['messaging is off', () => state.updateDesk({ widget: { messagingEnabled: false } }), 'messaging_disabled'],
  ['the desk is inactive', () => state.updateDesk({ active: false }), 'desk_inactive'],
  [
    'a signature is needed',
    () => state.updateDesk({ security: { level: 'signature' } }),
    'identity_required',
  ],
])('stays closed while %s', async (_, close, code) => {
  close()
  await expect(startVisitor()).rejects.toMatchObject({ code })
})

test('lets viewers look and not write', async () => {
  const { conversationId } = await startVisitor()
  state.signIn('vic@example.com')
  expect((await agent.desks.get('acme')).role).toBe('viewer')
  const reply = agent.conversations.reply('acme', conversationId, { message: 'Hi' })
  await expect(reply).rejects.toMatchObject({ code: 'forbidden' })
  await expect(agent.desks.update('acme', { name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('shows agents no desk but their own', async () => {
  state.signIn('vic@example.com')
  expect((await agent.desks.list()).desks.map(({ id }) => id)).toEqual(['acme'])
  await expect(agent.desks.get('second')).rejects.toMatchObject({ code: 'not_found' })
})

/** What a stream says, until it has said this. */
async function readUntil(response: Response, last: string): Promise<string> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes(last)) text += (await reader.read()).value ?? ''
  await reader.cancel()
  return text
}

test('streams to a contact what concerns it, after the position it asks for', async () => {
  const { visitor, conversationId, contactId, contactToken } = await startVisitor()
  const { conversationId: foreign } = await startVisitor()
  const { eventSeq } = await visitor.conversations.history()
  state.agentReplies(foreign, 'For somebody else')
  state.agentNotes(conversationId, 'For the team')
  const answer = state.agentReplies(conversationId, 'For you')
  for (const position of [{ 'last-event-id': String(eventSeq) }, {} as Record<string, string>]) {
    const query = 'last-event-id' in position ? '' : `?after=${eventSeq}`
    const authorization = `Bearer ${contactId}.${contactToken}`
    const headers: Record<string, string> = { accept: 'text/event-stream', authorization, ...position }
    const text = await readUntil(await fetch(`${base}/events${query}`, { headers }), 'For you')
    expect(text).toMatch(new RegExp(`^:\\nretry: \\d+\\nid: ${eventSeq}\\n\\n`))
    const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))
    expect(events.map(({ type, seq }) => [type, seq])).toEqual([
      ['presence', undefined],
      ['message.created', answer.seq],
    ])
  }
})

test('tells a contact once that the team has read what it wrote', async () => {
  const { visitor, conversationId } = await startVisitor()
  state.agentReads(conversationId)
  state.agentReads(conversationId, { agent: 'vic@example.com', seq: 1 })
  state.streaming = false
  const stop = new AbortController()
  const types: string[] = []
  state.contactWrites(conversationId, 'The end')
  for await (const event of visitor.events({ after: 0, signal: stop.signal })) {
    types.push(event.type)
    if (event.type === 'message.created' && event.message.body === 'The end') stop.abort()
  }
  expect(types).toEqual(['message.created', 'conversation.read', 'message.created'])
})

test('knows a key again, and refuses it for something else', async () => {
  const { visitor, conversationId } = await startVisitor()
  const write = (message: string) =>
    visitor.conversations.reply({ conversationId, message }, { idempotencyKey: 'same-key-1' })
  expect(await write('Once')).toEqual(await write('Once'))
  await expect(write('Twice')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  expect(state.conversations[0]?.messages).toHaveLength(2)
})
