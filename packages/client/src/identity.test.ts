import { signIdentifier, signIdentity } from '@helpdesk/core'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
let now = new Date('2026-11-21T10:00:00Z')
const { handlers, state } = createHelpdeskHandlers({
  seed: {
    signedIn: true,
    clients: [{ externalId: 'northwind', name: 'Northwind' }],
    contacts: [
      { externalId: 'u-17', name: 'Nina Kern', email: 'nina@northwind.example', client: 'northwind' },
    ],
  },
  now: () => now,
})
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  now = new Date('2026-11-21T10:00:00Z')
  state.reset()
})
afterAll(() => server.close())

const newVisitor = () => createVisitorClient({ url, desk: 'acme' })
const identity = { user_external_id: 'u-17', user_name: 'Nina K.', client_external_id: 'northwind' }
const inAnHour = Math.floor(Date.parse('2026-11-21T11:00:00Z') / 1000)
const secret = 's'.repeat(32)
const sign = (expires = inAnHour) => signIdentity(identity, { desk: 'acme', keyId: 'k1', secret, expires })
const zeros = '0'.repeat(64)

describe('identify', () => {
  test('exchanges an identity for a session, whose credentials go with every later call', async () => {
    const visitor = newVisitor()
    const session = await visitor.identify({ identity, signature: await sign() })
    expect(session).toMatchObject({
      form: 'full',
      conversationNumber: null,
      contact: { name: 'Nina K.', client: { externalId: 'northwind', name: 'Northwind' } },
    })
    const { contactId, contactToken } = session
    expect(visitor.credentials).toEqual({ contactId, contactToken })
    expect((await visitor.conversations.history()).contact).toEqual(session.contact)
    expect(state.requests.at(-1)?.headers.get('authorization')).toBe(`Bearer ${contactId}.${contactToken}`)
    expect(state.contacts).toHaveLength(1)
  })

  test('takes the short form, where it trusts one attribute, and a JWT', async () => {
    const visitor = newVisitor()
    const short = await visitor.identify({ identity, signature: await signIdentifier(identity, secret) })
    expect(short.form).toBe('short')
    expect(state.contacts.at(-1)?.claims).toMatchObject({ user_external_id: 'u-17', user_name: 'Nina K.' })
    state.updateDesk({ security: { allowShort: false } })
    await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const head = part({ alg: 'HS256', kid: 'k1' })
    const token = `${head}.${part({ ...identity, aud: 'acme', exp: inAnHour })}.${'m'.repeat(43)}`
    expect((await newVisitor().identify({ identityToken: token })).form).toBe('jwt')
    const foreign = `${head}.${part({ ...identity, aud: 'other', exp: inAnHour })}.${'m'.repeat(43)}`
    await expect(newVisitor().identify({ identityToken: foreign })).rejects.toMatchObject({
      problem: { reason: 'signature_mismatch' },
    })
  })

  test.each([
    ['none', undefined, 'signature_missing'],
    ['one of another form', 'abc', 'signature_malformed'],
    ['a wrong one', zeros, 'signature_mismatch'],
    ['a wrong full one', `v2.k1.${inAnHour}.${zeros}`, 'signature_mismatch'],
    ['an old one', `v2.k1.${inAnHour - 7_200}.${'a'.repeat(64)}`, 'signature_expired'],
  ])('refuses %s with a reason, and keeps the credentials there were', async (_, signature, reason) => {
    const visitor = newVisitor()
    await visitor.conversations.start({ message: 'Hi', email: 'ann@example.com' })
    const before = visitor.credentials
    const refused = visitor.identify(signature === undefined ? { identity } : { identity, signature })
    await expect(refused).rejects.toMatchObject({
      code: 'identity_rejected',
      status: 401,
      problem: { reason },
    })
    expect(visitor.credentials).toEqual(before)
  })

  test('refuses an identity of nobody', async () => {
    const refused = newVisitor().identify({ identity: { user_name: 'Ann' }, signature: 'a'.repeat(64) })
    await expect(refused).rejects.toMatchObject({ problem: { reason: 'identity_invalid' } })
  })

  test('needs no signature on an open desk, where nothing is proved by it', async () => {
    state.updateDesk({ security: { level: 'open' } })
    const visitor = newVisitor()
    const { contactId } = await visitor.conversations.start({ message: 'Hi', email: 'ann@example.com' })
    const session = await visitor.identify({ identity: { user_email: 'bob@example.com' } })
    expect(session).toMatchObject({ form: 'page', contact: { emailVerified: false } })
    expect(session.contactId).not.toBe(contactId)
    expect(state.contacts).toHaveLength(3)
    state.updateDesk({ security: { level: 'verified' } })
    await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
  })

  test('makes the anonymous contact part of the identified one, and its token worthless', async () => {
    const visitor = newVisitor()
    const { conversationId } = await visitor.conversations.start({ message: 'Before', email: 'a@b.cc' })
    const anonymous = visitor.credentials!
    await visitor.identify({ identity, signature: await sign() })
    expect(JSON.stringify(state.requests.at(-1)?.body)).not.toContain(anonymous.contactToken)
    const { conversations } = await visitor.conversations.history()
    expect(conversations).toMatchObject([
      { id: conversationId, author: { self: true }, messages: [{ author: { self: true, name: 'Nina K.' } }] },
    ])
    const old = newVisitor()
    old.credentials = anonymous
    await expect(old.conversations.history()).rejects.toMatchObject({ code: 'contact_unknown' })
  })

  test('opens everything on a desk that wants signatures, where nothing else does', async () => {
    const old = newVisitor()
    await old.conversations.start({ message: 'Hi', email: 'old@example.com' })
    state.updateDesk({ security: { level: 'signature' } })
    await expect(old.conversations.history()).rejects.toMatchObject({ code: 'contact_unknown' })
    const visitor = newVisitor()
    const hello = { message: 'Hi', email: 'ann@example.com' }
    const closed = [
      visitor.conversations.start(hello),
      visitor.tickets.list(),
      visitor.uploadAttachment(new File(['x'], 'x.txt')),
    ]
    await Promise.all(
      closed.map((one) => expect(one).rejects.toMatchObject({ code: 'identity_required', status: 401 })),
    )

    await visitor.identify({ identity, signature: await sign() })
    const { conversationId } = await visitor.conversations.start(hello)
    expect((await visitor.conversations.history()).conversations[0]?.id).toBe(conversationId)
    const { contactId } = await old.identify({ identity, signature: await sign() })
    expect(contactId).toBe(visitor.credentials?.contactId)
    expect((await old.conversations.history()).conversations).toHaveLength(1)
  })

  test('is asked again when the session is over', async () => {
    const visitor = newVisitor()
    const { expiresAt, contactId } = await visitor.identify({ identity, signature: await sign() })
    now = new Date(expiresAt)
    await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
    now = new Date('2026-11-21T10:30:00Z')
    expect((await visitor.identify({ identity, signature: await sign() })).contactId).toBe(contactId)
    state.endSessions()
    await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
  })
})

describe('signing out', () => {
  test('ends the session on the desk and forgets the credentials', async () => {
    const visitor = newVisitor()
    await visitor.identify({ identity, signature: await sign() })
    const before = visitor.credentials
    await visitor.signOut()
    expect(visitor.credentials).toBeNull()
    visitor.credentials = before
    await expect(visitor.conversations.unread()).rejects.toMatchObject({ code: 'contact_unknown' })
  })

  test('forgets the credentials even without a connection', async () => {
    const visitor = newVisitor()
    await visitor.identify({ identity, signature: await sign() })
    state.offline = true
    await expect(visitor.signOut()).rejects.toMatchObject({ code: 'network' })
    expect(visitor.credentials).toBeNull()
  })
})

describe('keys', () => {
  const agent = createAgentClient({ url })

  test('are made, shown without their secret, and retired with the sessions that they opened', async () => {
    const { key, secret: shown } = await agent.secrets.create('acme')
    expect(shown).toMatch(/^[0-9a-f]{64}$/)
    const other = await agent.secrets.create('acme')
    const options = { desk: 'acme', keyId: key.id, secret: shown, expires: inAnHour }
    const signature = await signIdentity(identity, options)
    const visitor = newVisitor()
    await visitor.identify({ identity, signature })
    const { secrets } = await agent.secrets.list('acme')
    expect(secrets).toEqual([
      other.key,
      { ...key, lastUsedAt: now.toISOString(), live: true, createdBy: 'Ola Nowak' },
    ])
    expect(JSON.stringify(secrets)).not.toContain(shown)
    const retiresAt = '2026-11-22T10:00:00Z'
    expect(await agent.secrets.update('acme', other.key.id, { retiresAt })).toMatchObject({
      retiresAt,
      live: true,
    })
    await agent.secrets.remove('acme', key.id)
    await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
    await expect(visitor.identify({ identity, signature })).rejects.toMatchObject({
      problem: { reason: 'signature_unknown_key' },
    })
    state.updateDesk({ security: { level: 'signature' } })
    await expect(agent.secrets.remove('acme', other.key.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(agent.secrets.remove('acme', 'nobody')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('are ten at most', async () => {
    for (let made = 0; made < 10; made++) await agent.secrets.create('acme')
    await expect(agent.secrets.create('acme')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('the debugger says what it finds', async () => {
    expect(await agent.secrets.check('acme', { identity, signature: await sign() })).toEqual({
      ok: true,
      form: 'full',
      keyId: 'k1',
      reason: null,
      expiresAt: '2026-11-21T11:00:00.000Z',
      trusted: ['client_external_id', 'user_external_id', 'user_name'],
      unverified: [],
      hints: [],
    })
    const report = await agent.secrets.check('acme', { identity, signature: zeros })
    expect(report).toMatchObject({ ok: false, form: null, reason: 'signature_mismatch', trusted: [] })
    expect(report.hints.map(({ code }) => code)).toEqual(['wrong_key'])
    expect(await agent.secrets.check('acme', { identity })).toMatchObject({ reason: 'signature_missing' })
  })
})
