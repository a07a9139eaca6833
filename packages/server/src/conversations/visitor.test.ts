import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('what a visitor does, on %s', (kind) => {
  let desk: TestDesk
  const at = (path: string, id = desk.deskId) => `/api/messaging/widget/${id}/${path}`
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  describe('POST /message', () => {
    it('starts a conversation and gives the credentials of the new contact', async () => {
      const started = await desk.start({
        email: 'Anna@Visitor.example',
        name: 'Anna',
        message: 'Where is my order?',
      })
      expect(started).toEqual({
        contactId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        contactToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        conversationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        number: expect.stringMatching(/^2647-\d+$/),
        message: {
          id: expect.any(String),
          conversationId: started.conversationId,
          seq: expect.any(Number),
          author: { type: 'contact', name: 'Anna', self: true },
          body: 'Where is my order?',
          attachments: [],
          via: null,
          createdAt: desk.clock.now().toISOString(),
        },
      })
      const { body } = await desk.call({ url: at('history'), headers: desk.bearer(started) })
      expect(body).toMatchObject({
        contact: { id: started.contactId, name: 'Anna', email: 'anna@visitor.example', emailVerified: false },
        conversations: [
          {
            number: started.number,
            status: 'pending',
            channel: 'widget',
            unreadCount: 0,
            messages: [started.message],
            olderMessages: null,
          },
        ],
        nextCursor: null,
      })
    })

    it('gives numbers without gaps or repeats when many start at once', async () => {
      const other = await desk.desk({ publicId: `numbers_${kind}` })
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          desk.call({
            method: 'POST',
            url: at('message', other),
            payload: { email: 'a@b.example', message: `No. ${index}` },
          }),
        ),
      )
      const numbers = answers.map(({ body }) => Number((body as { number: string }).number.split('-')[1]))
      expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    })

    it('begins another conversation of the same contact when its credentials come along', async () => {
      const first = await desk.start()
      const { status, body } = await desk.call({
        method: 'POST',
        url: at('message'),
        payload: { contactId: first.contactId, contactToken: first.contactToken, message: 'One more thing' },
      })
      expect(status).toBe(201)
      expect(body).toMatchObject({ contactId: first.contactId, contactToken: first.contactToken })
      const history = await desk.call({ url: at('history'), headers: desk.bearer(first) })
      expect((history.body as { conversations: unknown[] }).conversations).toHaveLength(2)
    })

    it('asks for an e-mail address unless the desk does without', async () => {
      const refused = await desk.call({ method: 'POST', url: at('message'), payload: { message: 'Hi' } })
      expect(refused).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', errors: [{ pointer: '/body/email', detail: 'is required' }] },
      })
      const relaxed = await desk.desk({
        publicId: `relaxed_${kind}`,
        settings: { widget: { emailRequired: false } },
      })
      const { status } = await desk.call({
        method: 'POST',
        url: at('message', relaxed),
        payload: { message: 'Hi' },
      })
      expect(status).toBe(201)
    })

    it('is refused when a switch is off, and on a desk that accepts signed requests only', async () => {
      const cases = [
        [{ messaging: { enabled: false } }, 403, 'messaging_disabled'],
        [{ widget: { messagingEnabled: false } }, 403, 'messaging_disabled'],
        [{ active: false }, 403, 'desk_inactive'],
        [{ security: { level: 'signature' } }, 401, 'identity_required'],
      ] as const
      for (const [settings, status, code] of cases) {
        const other = await desk.desk({ settings })
        const payload = { email: 'a@b.example', message: 'Hi' }
        expect(await desk.call({ method: 'POST', url: at('message', other), payload })).toMatchObject({
          status,
          body: { code },
        })
      }
      const unknown = await desk.call({
        method: 'POST',
        url: at('message', 'nobody'),
        payload: { email: 'a@b.example', message: 'Hi' },
      })
      expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } })
    })
  })

  describe('Idempotency-Key', () => {
    const payload = { email: 'twice@visitor.example', message: 'Only once, please' }
    const send = (key: string, body: object = payload) =>
      desk.call({ method: 'POST', url: at('message'), payload: body, headers: { 'idempotency-key': key } })

    it('gives the first answer again, token included, and does nothing twice', async () => {
      const first = await send('key-of-a-start-1')
      const again = await send('key-of-a-start-1')
      expect(again).toMatchObject({ status: 201, body: first.body })
      const history = await desk.call({ url: at('history'), headers: desk.bearer(again.body) })
      expect((history.body as { conversations: unknown[] }).conversations).toHaveLength(1)
    })

    it('runs once when both arrive together', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => send('key-of-a-start-2')))
      const ids = answers.map(({ body }) => (body as { conversationId: string }).conversationId)
      expect(new Set(ids).size).toBe(1)
    })

    it('refuses the key for another request and a key that is none', async () => {
      await send('key-of-a-start-3')
      expect(await send('key-of-a-start-3', { ...payload, message: 'Else' })).toMatchObject({
        status: 409,
        body: { code: 'idempotency_key_reused' },
      })
      expect(await send('short')).toMatchObject({ status: 400, body: { code: 'idempotency_key_invalid' } })
    })

    it('holds for replies as well', async () => {
      const started = await desk.start()
      const reply = () =>
        desk.call({
          method: 'POST',
          url: at('reply'),
          payload: { conversationId: started.conversationId, message: 'Again' },
          headers: { ...desk.bearer(started), 'idempotency-key': 'key-of-a-reply' },
        })
      const [first, second] = [await reply(), await reply()]
      expect(second.body).toEqual(first.body)
      const history = await desk.call({ url: at('history'), headers: desk.bearer(started) })
      expect(history.body).toMatchObject({
        conversations: [{ messages: [{ body: 'Hello' }, { body: 'Again' }] }],
      })
    })
  })

  describe('POST /reply and GET /history', () => {
    it('take the credentials in the body and in the query, as the page documents', async () => {
      const started = await desk.start()
      const { contactId, contactToken, conversationId } = started
      const reply = await desk.call({
        method: 'POST',
        url: at('reply'),
        payload: { contactId, contactToken, conversationId, message: 'In the body' },
      })
      expect(reply).toMatchObject({ status: 201, body: { body: 'In the body', author: { type: 'contact' } } })
      const history = await desk.call({
        url: at(`history?contactId=${contactId}&contactToken=${contactToken}`),
      })
      expect(history.status).toBe(200)
      expect(history.headers['cache-control']).toBe('no-store')
      expect(history.body).toMatchObject({
        conversations: [{ messages: [{ body: 'Hello' }, { body: 'In the body' }] }],
      })
    })

    it('give one answer for a wrong token, an unknown contact and none at all', async () => {
      const started = await desk.start()
      const other = await desk.start()
      const wrong = [
        { contactId: started.contactId, contactToken: other.contactToken },
        { contactId: '00000000-0000-7000-8000-000000000000', contactToken: started.contactToken },
      ]
      const answers = await Promise.all([
        ...wrong.map((credentials) => desk.call({ url: at('history'), headers: desk.bearer(credentials) })),
        desk.call({ url: at('history') }),
        desk.call({ url: at('history'), headers: { authorization: 'Bearer nonsense' } }),
      ])
      for (const { status, body } of answers) {
        expect(status).toBe(401)
        expect(body).toMatchObject({ code: 'contact_unknown' })
        expect(body).not.toHaveProperty('detail')
      }
    })

    it('treat a foreign conversation like an absent one (A13)', async () => {
      const mine = await desk.start()
      const foreign = await desk.start()
      const ask = async (conversationId: string) => {
        const { status, body } = await desk.call({
          method: 'POST',
          url: at('reply'),
          payload: { conversationId, message: 'Let me in' },
          headers: desk.bearer(mine),
        })
        return { status, body: { ...(body as object), instance: '' } }
      }
      const [one, two] = [
        await ask(foreign.conversationId),
        await ask('00000000-0000-7000-8000-00000000abcd'),
      ]
      expect(one).toEqual(two)
      expect(one.status).toBe(404)
    })

    it('page through a long conversation, oldest first on every page', async () => {
      const started = await desk.start({ message: 'No. 0' })
      for (let index = 1; index < 120; index++) {
        const payload = { conversationId: started.conversationId, message: `No. ${index}` }
        await desk.call({ method: 'POST', url: at('reply'), payload, headers: desk.bearer(started) })
      }
      const { body } = await desk.call({ url: at('history'), headers: desk.bearer(started) })
      const [conversation] = (
        body as { conversations: { messages: { body: string }[]; olderMessages: string | null }[] }
      ).conversations
      const seen = conversation!.messages.map((message) => message.body)
      let cursor = conversation!.olderMessages
      while (cursor !== null) {
        const url = at(`conversations/${started.conversationId}/messages?cursor=${cursor}&limit=30`)
        const page = (await desk.call({ url, headers: desk.bearer(started) })).body as typeof conversation &
          object
        seen.unshift(...page.messages.map((message) => message.body))
        cursor = page.olderMessages
      }
      expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `No. ${index}`))
    })
  })

  describe('read marks', () => {
    it('count what the contact has not seen, and only move forward', async () => {
      const started = await desk.start()
      const url = `/api/desks/${desk.deskId}/conversations/${started.conversationId}/replies`
      const reply = await desk.asOwner({ method: 'POST', url, payload: { message: 'On its way' } })
      const { seq } = (reply.body as { message: { seq: number } }).message
      const unread = async () => (await desk.call({ url: at('unread'), headers: desk.bearer(started) })).body
      expect(await unread()).toEqual({ unreadCount: 1 })
      const mark = (to: number) =>
        desk.call({
          method: 'POST',
          url: at(`conversations/${started.conversationId}/read`),
          payload: { seq: to },
          headers: desk.bearer(started),
        })
      expect((await mark(seq)).body).toEqual({ contactReadSeq: seq })
      expect(await unread()).toEqual({ unreadCount: 0 })
      expect((await mark(0)).body).toEqual({ contactReadSeq: seq })
      // A mark in the future would silence e-mails that are yet to come.
      expect((await mark(seq + 1_000_000)).body).toEqual({ contactReadSeq: seq })
    })
  })

  describe('POST /update-email', () => {
    it('sets the address of the contact, unverified', async () => {
      const started = await desk.start()
      const payload = {
        contactId: started.contactId,
        contactToken: started.contactToken,
        email: 'New@Visitor.example',
      }
      const { status, body } = await desk.call({ method: 'POST', url: at('update-email'), payload })
      expect(status).toBe(200)
      expect(body).toMatchObject({ contact: { email: 'new@visitor.example', emailVerified: false } })
    })
  })

  describe('public settings', () => {
    it('can be cached and asked for again by ETag', async () => {
      const first = await desk.call({ url: at('settings') })
      expect(first).toMatchObject({
        status: 200,
        body: { id: desk.deskId, messaging: true, widget: { position: 'right' } },
      })
      const headers = { 'if-none-match': String(first.headers.etag) }
      expect(await desk.call({ url: at('settings'), headers })).toMatchObject({ status: 304, body: null })
    })

    it('change at once with the dashboard', async () => {
      const change = { widget: { color: '#aa3300', position: 'left' } }
      await desk.asOwner({ method: 'PATCH', url: `/api/desks/${desk.deskId}`, payload: change })
      expect((await desk.call({ url: at('settings') })).body).toMatchObject(change)
    })

    it('are open to every page, without credentials', async () => {
      const headers = { origin: 'https://anywhere.example' }
      const { headers: answer } = await desk.call({ url: at('settings'), headers })
      expect(answer['access-control-allow-origin']).toBe('*')
      expect(answer).not.toHaveProperty('access-control-allow-credentials')
      const preflight = await desk.call({ method: 'OPTIONS', url: at('message'), headers })
      expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } })
    })
  })
})
