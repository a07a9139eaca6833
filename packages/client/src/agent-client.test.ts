// @vitest-environment jsdom
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, sampleSeed, seedPassword } from './testing.ts'

const { handlers, state } = createHelpdeskHandlers({ seed: { ...sampleSeed, signedIn: true } })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const client = createAgentClient({ url: 'http://desk.test' })
const ola = { email: 'ola@example.com', password: seedPassword }

test('signing in checks the password, signing out ends the session', async () => {
  await client.agents.signOut()
  await expect(client.agents.me()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 })
  const wrong = client.agents.signIn({ ...ola, password: 'wrong' })
  await expect(wrong).rejects.toMatchObject({ code: 'sign_in_failed' })
  const session = await client.agents.signIn(ola)
  expect(session).toMatchObject({ agent: { name: 'Ola Nowak' }, desks: [{ id: 'acme', role: 'owner' }] })
  expect(await client.agents.me()).toEqual(session)
})

test('an agent changes what is its own', async () => {
  const { agent } = await client.agents.updateMe({
    name: 'Ola N.',
    locale: 'pl',
    notifications: { email: 'none' },
  })
  expect(agent).toMatchObject({ name: 'Ola N.', locale: 'pl', notifications: { email: 'none' } })
})

test('the first owner is made once', async () => {
  const fresh = createHelpdeskHandlers({ seed: { setupNeeded: true } })
  server.use(...fresh.handlers)
  expect(await client.agents.setupState()).toEqual({ needed: true })
  const owner = { name: 'Eve', email: 'eve@example.com', password: 'long enough', deskName: 'Eve’s desk' }
  await expect(client.agents.setup({ ...owner, setupToken: 'wrong' })).rejects.toMatchObject({
    code: 'forbidden',
  })
  const { desks } = await client.agents.setup({ ...owner, setupToken: 'setup', locale: 'de' })
  expect(desks).toEqual([{ id: 'acme', name: 'Eve’s desk', role: 'owner' }])
  expect(await client.agents.setupState()).toEqual({ needed: false })
  await expect(client.agents.setup({ ...owner, setupToken: 'setup' })).rejects.toMatchObject({
    code: 'setup_done',
  })
  server.resetHandlers()
})

test('settings are listed, read and changed; what is not named stays', async () => {
  const { desks } = await client.desks.list()
  expect(desks).toEqual([await client.desks.get('acme')])
  const changed = await client.desks.update('acme', {
    widget: { color: '#ff0000' },
    messaging: { enabled: false },
  })
  expect(changed.widget).toEqual({ ...desks[0]!.widget, color: '#ff0000' })
  expect(changed.messaging).toEqual({ enabled: false, sendInstantlyDefault: false })
  const refused = client.desks.update('acme', { numberPattern: 'no sequence', timeZone: 'Mars' })
  await expect(refused).rejects.toMatchObject({
    fields: { '/body/numberPattern': expect.any(String), '/body/timeZone': expect.any(String) },
  })
})

test('the inbox filters, counts and pages', async () => {
  const all = await client.conversations.list('acme')
  expect(all.conversations.map(({ status }) => status)).toEqual([
    'pending',
    'pending',
    'in_progress',
    'waiting',
    'resolved',
  ])
  const open = await client.conversations.list('acme', { status: 'open' })
  expect(open.conversations).toEqual(all.conversations.slice(0, 4))
  const mine = await client.conversations.list('acme', { assignee: 'me', status: 'in_progress' })
  expect(mine.conversations).toEqual([all.conversations[2]])
  expect(await client.conversations.counts('acme')).toEqual({
    all: 5,
    open: 4,
    pending: 2,
    in_progress: 1,
    waiting: 1,
    resolved: 1,
    mine: 1,
    unassigned: 2,
  })
  const first = await client.conversations.list('acme', { limit: 3 })
  const ticket = all.conversations[0]!
  for (const query of [{ client: ticket.client!.id }, { contact: ticket.contact.id }]) {
    expect((await client.conversations.list('acme', query)).conversations).toEqual([ticket])
  }
  const second = await client.conversations.list('acme', { limit: 3, cursor: first.nextCursor! })
  expect([...first.conversations, ...second.conversations]).toEqual(all.conversations)
  expect(second.nextCursor).toBeNull()
})

test('a conversation is read, answered, noted upon, taken and resolved', async () => {
  const { id } = state.conversations.at(-1)!
  const before = await client.conversations.get('acme', id)
  expect(before).toMatchObject({ status: 'pending', unread: true, assignee: null })
  expect(await client.conversations.markRead('acme', id, before.messages[0]!.seq)).toEqual({
    readSeq: before.messages[0]!.seq,
  })
  const { message, status } = await client.conversations.reply('acme', id, {
    message: 'Yes!',
    sendInstantly: true,
  })
  expect(status).toBe('waiting')
  expect(message).toMatchObject({ kind: 'reply', author: { type: 'agent', name: 'Ola Nowak' } })
  expect(message.email).toMatchObject({ state: 'scheduled', reason: null, at: message.createdAt })
  const noted = await client.conversations.note('acme', id, { message: 'Nice person' })
  expect(noted.message).toMatchObject({ kind: 'note', email: null })
  expect(await client.conversations.update('acme', id, { assignee: 'me' })).toMatchObject({
    assignee: { name: 'Ola Nowak' },
    status: 'waiting',
    unread: false,
  })
  const resolved = await client.conversations.reply('acme', id, { message: 'Bye', resolve: true })
  expect(resolved.status).toBe('resolved')
  const page = await client.conversations.messages('acme', id, { limit: 2 })
  expect(page.messages.map(({ kind }) => kind)).toEqual(['event', 'reply'])
  expect(page.olderMessages).not.toBeNull()
  expect(await client.conversations.typing('acme', id)).toBeUndefined()
})

test('events bring what visitors do', async () => {
  const { id } = state.conversations[0]!
  const { eventSeq } = await client.conversations.get('acme', id)
  const stop = new AbortController()
  const seen: string[] = []
  const listening = (async () => {
    for await (const event of client.events('acme', { after: eventSeq, signal: stop.signal })) {
      seen.push(event.type)
      if (event.type === 'notification.updated') stop.abort()
    }
  })()
  await expect.poll(() => state.streams).toBe(1)
  state.contactTypes(id)
  state.contactWrites(id, 'It broke again')
  state.agentNotes(id, 'Hm', { agent: 'sam@example.com' })
  state.agentReplies(id, 'Again?', { agent: 'sam@example.com' })
  state.contactReads(id)
  state.deliverEmails()
  await listening
  expect(seen).toEqual([
    'typing',
    'message.created',
    'message.created',
    'message.created',
    'conversation.read',
    'notification.updated',
  ])
})

test('a conversation of nobody and a desk of others are both not found', async () => {
  const absent = '01900000-0000-7000-8000-00000000ffff'
  await expect(client.conversations.get('acme', absent)).rejects.toMatchObject({
    code: 'not_found',
    status: 404,
  })
  await expect(client.conversations.list('other')).rejects.toMatchObject({ code: 'not_found', status: 404 })
})

test('cookies stay on the page’s own origin unless asked otherwise', async () => {
  const modes: unknown[] = []
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    modes.push(init?.credentials)
    return Response.json({})
  }
  await createAgentClient({ url: '', fetch }).agents.me()
  await createAgentClient({ url: '', fetch, credentials: 'include' }).agents.me()
  expect(modes).toEqual(['same-origin', 'include'])
})
