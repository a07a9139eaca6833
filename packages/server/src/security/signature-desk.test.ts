import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Route, routes } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { databaseKinds } from '../testing.ts'
import {
  type Contact,
  people,
  type Refusal,
  type SecurityDesk,
  startSecurityDesk,
  type Ticket,
} from './testing.ts'

const hour = 60 * 60_000
const visitorRoutes = routes.filter(({ auth }) => auth === 'visitor' || auth === 'contact')

describe.each(databaseKinds)('a desk of level signature, on %s', (kind) => {
  let desk: SecurityDesk
  let browser: Ticket
  /** What opens nothing here, though it was good once or looks like it. */
  const worthless = new Map<string, Contact | null>()

  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
    browser = await desk.ticket(null)
    worthless.set('no credentials', null)
    worthless.set('a browser token from before the switch', browser)
    await desk.setDesk({ security: { level: 'open' } })
    worthless.set('a session of the page', (await desk.identify({ identity: people.zoe })).body)
    await desk.setDesk({ security: { level: 'signature' } })
    worthless.set('an expired session', await desk.signIn(people.jan))
    desk.clock.advance(hour + 1)
    const key = await desk.makeKey()
    const signature = await desk.sign(people.ewa, { key })
    worthless.set(
      'a session of a retired key',
      (await desk.identify({ identity: people.ewa, signature })).body,
    )
    await desk.manage('DELETE', `/secrets/${key.id}`)
    const retiring = await desk.makeKey()
    const later = await desk.sign(people.ewa, { key: retiring })
    worthless.set(
      'a session of a key whose time came',
      (await desk.identify({ identity: people.ewa, signature: later })).body,
    )
    const retiresAt = new Date(desk.clock.now().getTime() + 60_000).toISOString()
    await desk.manage('PATCH', `/secrets/${retiring.id}`, { retiresAt })
    desk.clock.advance(60_000)
    const out = await desk.signIn(people.zoe)
    await desk.post(out, 'sign-out')
    worthless.set('a session that was ended', out)
    worthless.set('the token of a session under another contact', {
      contactId: browser.contactId,
      contactToken: (await desk.signIn(people.jan)).contactToken,
    })
    const other = await desk.elsewhere()
    worthless.set('a session of another desk', await desk.signIn(people.jan, {}, other))
    await desk.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => desk?.close())

  const bodies: Record<string, object> = {
    'contacts.updateEmail': { email: 'new@address.example' },
    'conversations.start': { email: 'a@b.example', message: 'Hello' },
    'conversations.reply': { conversationId: '', message: 'Hello' },
    'conversations.read': { seq: 1 },
    'tickets.create': { title: 'T', content: 'C', email: 'a@b.example' },
  }
  function request(route: Route, who: Contact | null): InjectOptions {
    const { conversationId } = browser
    const url = route.path
      .replace(':helpdeskId', desk.deskId)
      .replace(':conversationId', conversationId)
      .replace(':number', browser.number)
    const headers = who ? desk.bearer(who) : {}
    if (route.upload) {
      const type = { 'content-type': 'application/octet-stream' }
      return {
        method: 'POST',
        url: `${url}?name=a.png`,
        headers: { ...headers, ...type },
        payload: samples.png,
      }
    }
    const body = bodies[route.id]
    const payload = body && 'conversationId' in body ? { ...body, conversationId } : body
    return { method: route.method, url, headers, ...(payload ? { payload } : {}) } as InjectOptions
  }

  it.each(visitorRoutes.map((route) => [route.id, route] as const))(
    'A01: refuses %s without a signature behind it, and writes nothing',
    async (id, route) => {
      const before = await desk.everything()
      for (const [name, who] of worthless) {
        const { status, body } = await desk.call(request(route, who))
        const { code } = body as Refusal
        expect([id, name, status, code]).toEqual([
          id,
          name,
          401,
          who ? 'contact_unknown' : 'identity_required',
        ])
      }
      expect(await desk.everything()).toEqual(before)
    },
  )

  it('A01: refuses credentials in the body and in the query alike', async () => {
    const before = await desk.everything()
    for (const [name, who] of worthless) {
      if (who === null) continue
      const { contactId, contactToken } = who
      const answers = [
        await desk.read(null, `history?contactId=${contactId}&contactToken=${contactToken}`),
        ...(await Promise.all(
          Object.entries({
            message: { email: 'a@b.example', message: 'x' },
            reply: { conversationId: browser.conversationId, message: 'x' },
            'update-email': { email: 'new@address.example' },
            tickets: { title: 'T', content: 'C' },
          }).map(([path, body]) => desk.post(null, path, { ...body, contactId, contactToken })),
        )),
      ]
      expect([name, ...answers.map(({ status }) => status)]).toEqual([name, 401, 401, 401, 401, 401])
    }
    expect(await desk.everything()).toEqual(before)
  })

  it('A01: exchanges nothing but a signature', async () => {
    const before = await desk.everything()
    const { jan } = people
    for (const signature of [undefined, '', null, [], {}, 0, 5, true, false, 'x', 'v2']) {
      const { status, body } = await desk.identify({ identity: jan, signature })
      expect([signature, status, body.code]).toEqual([signature, 401, 'identity_rejected'])
    }
    const { contactId, contactToken } = browser
    expect((await desk.identify({ identity: jan, contactId, contactToken })).status).toBe(401)
    expect(await desk.everything()).toEqual(before)
  })

  it('A10: does not merge what an unsigned browser token of before names', async () => {
    const { contactId, contactToken } = browser
    const session = await desk.signIn(people.jan, { contactId, contactToken })
    const { body } = await desk.read<{ conversations: { id: string }[] }>(session, 'history')
    expect(body.conversations.map(({ id }) => id)).not.toContain(browser.conversationId)
  })

  it('lets a signed session do everything a visitor does', async () => {
    const session = await desk.signIn(people.jan)
    const made = await desk.ticket(session)
    for (const [path, payload] of Object.entries({
      message: { message: 'x' },
      reply: { conversationId: made.conversationId, message: 'x' },
      'update-email': { email: 'jan@nowak.example' },
      [`conversations/${made.conversationId}/read`]: { seq: made.message.seq },
    }))
      expect([path, (await desk.post(session, path, payload)).status < 300]).toEqual([path, true])
  })

  /** Opens a stream; `ended` resolves when the server ends it. */
  async function stream(who: Contact) {
    const { port } = desk.app.server.address() as AddressInfo
    const headers = { accept: 'text/event-stream', ...desk.bearer(who) }
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    get({ port, path: desk.widget('events'), headers, agent: false }, resolve).on('error', reject)
    const response = await promise
    const seen = { text: '', isOpen: true }
    response.setEncoding('utf8').on('data', (text: string) => {
      seen.text += text
    })
    response.once('close', () => {
      seen.isOpen = false
    })
    response.on('error', () => undefined)
    return { status: response.statusCode, seen, close: () => response.destroy() }
  }
  const ends = ({ seen }: Awaited<ReturnType<typeof stream>>) =>
    vi.waitFor(() => expect(seen.isOpen).toBe(false), { timeout: 5_000 })
  /** Every stream is looked at again, as it is every minute. */
  const lookAgain = () => desk.handle.deps.bus.publish({ type: 'desk', deskId: desk.here.deskId })

  it('A18: streams are refused to all who have no signed session', async () => {
    for (const [name, who] of worthless) {
      if (who === null) continue
      const opened = await stream(who)
      opened.close()
      expect([name, opened.status]).toEqual([name, 401])
    }
  })

  it('A18: a stream ends with its session, its key, its sign-out and its link, and others go on', async () => {
    const staying = await stream(await desk.signIn(people.zoe))
    const key = await desk.makeKey()
    const keyed = await desk.identify({
      identity: people.ewa,
      signature: await desk.sign(people.ewa, { key }),
    })
    const ofKey = await stream(keyed.body)
    await desk.manage('DELETE', `/secrets/${key.id}`)
    await ends(ofKey)

    const session = await desk.signIn(people.jan)
    const signedOut = await stream(session)
    await desk.post(session, 'sign-out')
    lookAgain()
    await ends(signedOut)

    const { conversationId } = await desk.ticket(await desk.signIn(people.jan))
    const opened = await desk.openLink(await desk.linkToken(conversationId))
    const ofLink = await stream(opened.body.session)
    expect(ofLink.status).toBe(200)
    await desk.manage('DELETE', `/conversations/${conversationId}/public-link`)
    await ends(ofLink)

    expect(staying.seen.isOpen).toBe(true)
    desk.clock.advance(hour + 1)
    lookAgain()
    await ends(staying)
  })

  it('A18: a stream of a browser token ends when the desk asks for signatures', async () => {
    await desk.setDesk({ security: { level: 'verified' } })
    const ofToken = await stream(browser)
    expect(ofToken.status).toBe(200)
    await desk.setDesk({ security: { level: 'signature' } })
    await ends(ofToken)
  })

  it('A05: a key that is removed while it vouches for somebody leaves no session behind', async () => {
    for (let round = 0; round < 5; round++) {
      const key = await desk.makeKey()
      const payload = { identity: people.jan, signature: await desk.sign(people.jan, { key }) }
      const [, ...answers] = await Promise.all([
        desk.manage('DELETE', `/secrets/${key.id}`),
        ...[1, 2, 3].map(() => desk.identify(payload)),
      ])
      for (const { status, body } of answers)
        if (status === 200) expect((await desk.read(body, 'history')).status).toBe(401)
    }
  })

  it('A05: a session that slipped in behind the removal of its key opens nothing', async () => {
    const key = await desk.makeKey()
    const payload = { identity: people.jan, signature: await desk.sign(people.jan, { key }) }
    const { body: late } = await desk.identify(payload)
    expect((await desk.read(late, 'history')).status).toBe(200)
    await desk.manage('DELETE', `/secrets/${key.id}`)
    // As if it had been written after the removal had shortened all others.
    const expires = new Date(desk.clock.now().getTime() + hour).toISOString()
    await desk.handle.deps.db.orm.execute(
      sql`update helpdesk.contact_sessions set expires_at = ${expires}::timestamptz where key_id = ${key.id}`,
    )
    expect((await desk.read(late, 'history')).status).toBe(401)
  })

  it('A08: is never left without a key that can check a signature, however many ask at once', async () => {
    const { secrets } = await desk.manage<{ secrets: { id: string; live: boolean }[] }>('GET', '/secrets')
    const live = secrets.filter((key) => key.live)
    const removed = await Promise.all(
      live.map(({ id }) => desk.asOwner({ method: 'DELETE', url: desk.team(`/secrets/${id}`) })),
    )
    expect(removed.filter(({ status }) => status === 409)).toHaveLength(1)
    await desk.setDesk({ security: { level: 'verified' } })
    for (let round = 0; round < 5; round++) {
      const { secrets: keys } = await desk.manage<{ secrets: { id: string; live: boolean }[] }>(
        'GET',
        '/secrets',
      )
      const key = keys.find((one) => one.live) ?? (await desk.makeKey())
      await Promise.all([
        desk.asOwner({ method: 'DELETE', url: desk.team(`/secrets/${key.id}`) }),
        desk.asOwner({ method: 'PATCH', url: desk.team(''), payload: { security: { level: 'signature' } } }),
      ])
      const left = await desk.manage<{ secrets: { live: boolean }[] }>('GET', '/secrets')
      const { security } = await desk.manage<{ security: { level: string } }>('GET', '')
      expect(security.level === 'signature' && !left.secrets.some((one) => one.live)).toBe(false)
      await desk.setDesk({ security: { level: 'verified' } })
    }
  })
})
