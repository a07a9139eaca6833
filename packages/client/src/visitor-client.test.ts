import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Credentials } from './contacts.ts'
import { createHelpdeskHandlers } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test/help/'
const { handlers, state } = createHelpdeskHandlers({ url })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const newVisitor = () => createVisitorClient({ url, desk: 'acme' })
const hello = { email: 'ann@example.com', name: 'Ann', message: 'Hello?' }

describe('credentials', () => {
  test('come with the first message and go into a header, never into an address or a body', async () => {
    const visitor = newVisitor()
    expect(visitor.credentials).toBeNull()
    const { contactId, contactToken, conversationId } = await visitor.conversations.start(hello)
    expect(visitor.credentials).toEqual({ contactId, contactToken })
    await visitor.conversations.reply({ conversationId, message: 'Anybody?' })
    await visitor.conversations.history({ limit: 5 })
    await visitor.contacts.updateEmail({ email: 'ann@example.org' })
    const [first, ...others] = state.requests
    expect(first?.headers.get('authorization')).toBeNull()
    for (const request of others) {
      expect(request.headers.get('authorization')).toBe(`Bearer ${contactId}.${contactToken}`)
      expect(`${request.url} ${JSON.stringify(request.body)}`).not.toContain(contactToken)
    }
  })

  test('are kept where the page says, also those of an earlier visit', async () => {
    const known = state.contactStarts(hello)
    let kept: Credentials | null = { contactId: known.contactId, contactToken: known.contactToken }
    const credentials = {
      get: () => kept,
      set(next: Credentials | null) {
        kept = next
      },
    }
    const visitor = createVisitorClient({ url, desk: 'acme', credentials })
    const { conversations } = await visitor.conversations.history()
    expect(conversations.map(({ id }) => id)).toEqual([known.conversationId])
    visitor.credentials = null
    expect(kept).toBeNull()
    await expect(visitor.conversations.unread()).rejects.toMatchObject({
      code: 'contact_unknown',
      status: 401,
    })
  })

  test('make the next conversation one of the same contact', async () => {
    const visitor = newVisitor()
    const first = await visitor.conversations.start(hello)
    const second = await visitor.conversations.start({ message: 'One more thing' })
    expect(second.contactId).toBe(first.contactId)
    expect(second.number).not.toBe(first.number)
  })

  test('that are wrong are refused, not ignored', async () => {
    const visitor = newVisitor()
    await visitor.conversations.start(hello)
    visitor.credentials = { ...visitor.credentials!, contactToken: 'x'.repeat(43) }
    for (const attempt of [visitor.conversations.start(hello), visitor.conversations.history()]) {
      await expect(attempt).rejects.toMatchObject({ code: 'contact_unknown' })
    }
  })
})

test('credentials that were spoilt in storage are refused, and never shown in an error', async () => {
  const visitor = newVisitor()
  visitor.credentials = { contactId: 'żółw', contactToken: 'secret\nsecret' }
  const error: unknown = await visitor.conversations.history().catch((caught) => caught)
  expect(error).toMatchObject({ code: 'contact_unknown', cause: undefined })
  expect(`${error}`).not.toContain('secret')
})

describe('every method', () => {
  test('settings come without credentials', async () => {
    const visitor = newVisitor()
    await visitor.conversations.start(hello)
    expect(await visitor.settings()).toMatchObject({
      id: 'acme',
      messaging: true,
      widget: { position: 'right' },
    })
    expect(state.requests.at(-1)?.headers.has('authorization')).toBe(false)
  })

  test('writing, being answered, reading', async () => {
    const visitor = newVisitor()
    const { conversationId, message } = await visitor.conversations.start({
      ...hello,
      pageUrl: 'https://a.test/',
    })
    expect(message).toMatchObject({
      conversationId,
      body: 'Hello?',
      author: { type: 'contact', name: 'Ann' },
    })
    const again = await visitor.conversations.reply({ conversationId, message: 'Anybody?' })
    expect(again.seq).toBeGreaterThan(message.seq)
    const answer = state.agentReplies(conversationId, 'Here we are')
    expect(await visitor.conversations.unread()).toEqual({ unreadCount: 1 })
    expect(await visitor.conversations.markRead(conversationId, answer.seq)).toEqual({
      contactReadSeq: answer.seq,
    })
    expect(await visitor.conversations.unread()).toEqual({ unreadCount: 0 })
    const { conversations, contact, eventSeq } = await visitor.conversations.history()
    expect(contact).toMatchObject({ name: 'Ann', email: 'ann@example.com', emailVerified: false })
    expect(conversations[0]?.messages.map(({ body }) => body)).toEqual(['Hello?', 'Anybody?', 'Here we are'])
    expect(conversations[0]).toMatchObject({ status: 'waiting', unreadCount: 0, olderMessages: null })
    expect(eventSeq).toBeGreaterThanOrEqual(answer.seq)
    expect(await visitor.conversations.typing(conversationId)).toBeUndefined()
  })

  test('older messages come page by page', async () => {
    const visitor = newVisitor()
    const { conversationId } = await visitor.conversations.start(hello)
    for (let turn = 1; turn < 75; turn++) state.contactWrites(conversationId, `Message ${turn}`)
    const { conversations } = await visitor.conversations.history()
    expect(conversations[0]?.messages).toHaveLength(50)
    const cursor = conversations[0]?.olderMessages ?? undefined
    const older = await visitor.conversations.messages(conversationId, { cursor, limit: 20 })
    expect(older.messages).toHaveLength(20)
    const oldest = await visitor.conversations.messages(conversationId, { cursor: older.olderMessages! })
    expect(oldest.messages.map(({ body }) => body)).toEqual([
      'Hello?',
      'Message 1',
      'Message 2',
      'Message 3',
      'Message 4',
    ])
    expect(oldest.olderMessages).toBeNull()
  })

  test('the address for answers can be changed', async () => {
    const visitor = newVisitor()
    await visitor.conversations.start(hello)
    const { contact } = await visitor.contacts.updateEmail({
      email: ' Ann@Example.org '.trim(),
      name: 'Ann Lee',
    })
    expect(contact).toMatchObject({ email: 'ann@example.org', name: 'Ann Lee' })
  })

  test('events bring what the team does, over a restart of the server', async () => {
    const visitor = newVisitor()
    const { conversationId } = await visitor.conversations.start(hello)
    const { eventSeq } = await visitor.conversations.history()
    const stop = new AbortController()
    const seen: string[] = []
    const events = visitor.events({ after: eventSeq, signal: stop.signal })
    const listening = (async () => {
      for await (const event of events) {
        if (event.type === 'presence') continue
        seen.push(event.type)
        if (event.type === 'message.created' && event.message.body === 'Second') stop.abort()
      }
    })()
    await expect.poll(() => state.streams).toBe(1)
    state.agentTypes(conversationId)
    state.agentReplies(conversationId, 'First')
    state.agentNotes(conversationId, 'Not for visitors')
    state.disconnect()
    state.agentReads(conversationId)
    state.agentReplies(conversationId, 'Second')
    await listening
    expect(seen).toEqual(['typing', 'message.created', 'conversation.read', 'message.created'])
    await expect.poll(() => state.streams).toBe(0)
  })
})

describe('what goes wrong', () => {
  test('is an ApiError with the code, the status and the fields of the desk', async () => {
    const attempt = newVisitor().conversations.start({ email: 'nobody', message: '\0' })
    await expect(attempt).rejects.toMatchObject({
      name: 'ApiError',
      code: 'validation_failed',
      status: 400,
      fields: { '/body/email': expect.any(String), '/body/message': expect.any(String) },
      message: 'POST /api/messaging/widget/acme/message: 400 validation_failed – Check email, message',
    })
  })

  test('a desk nobody knows is not found', async () => {
    const visitor = createVisitorClient({ url, desk: 'nowhere' })
    await expect(visitor.settings()).rejects.toMatchObject({ code: 'not_found', status: 404 })
  })

  test('a send that fails once is made once', async () => {
    const visitor = newVisitor()
    state.failNext('conversations.start', 'unavailable')
    await visitor.conversations.start(hello)
    expect(state.conversations).toHaveLength(1)
    const keys = state.requests.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys[0]).toMatch(/^[\d-]{8,}$/)
    expect(keys).toEqual([keys[0], keys[0]])
  })

  test('a repeat with the same key gives the same answer, in another session too', async () => {
    const first = await newVisitor().conversations.start(hello, { idempotencyKey: 'outbox-entry-1' })
    const second = await newVisitor().conversations.start(hello, { idempotencyKey: 'outbox-entry-1' })
    expect(second).toEqual(first)
    expect(state.conversations).toHaveLength(1)
  })

  test('offline is `network`', async () => {
    state.offline = true
    await expect(newVisitor().contacts.updateEmail({ email: 'a@b.cc' })).rejects.toMatchObject({
      code: 'network',
    })
  })
})
