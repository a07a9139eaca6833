import { type IdentityInput, signIdentifier, signIdentity } from '@helpdesk/core'
import type { api, Result } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

type Session = Result<(typeof api)['contacts']['identify']>
type Ticket = Result<(typeof api)['tickets']['create']>

const jan = {
  client_external_id: 'CRM-123',
  client_name: 'Nowak i Synowie',
  client_plan: 'Premium',
  user_external_id: 'USR-1',
  user_email: 'jan@nowak.example',
  user_name: 'Jan Nowak',
}
const ewa = {
  ...jan,
  user_external_id: 'USR-2',
  user_email: 'ewa@nowak.example',
  user_name: 'Ewa Nowak',
}
const stranger = { client_external_id: 'CRM-9', user_external_id: 'USR-9', user_email: 'zoe@other.example' }

describe.each(databaseKinds)('signed identities, on %s', (kind) => {
  let desk: TestDesk
  let key: { id: string; secret: string }
  const at = (path: string) => `/api/messaging/widget/${desk.deskId}/${path}`
  const seconds = () => Math.floor(desk.clock.now().getTime() / 1000)
  const sign = (identity: IdentityInput, ahead = 86_400) =>
    signIdentity(identity, {
      desk: desk.deskId,
      keyId: key.id,
      secret: key.secret,
      expires: seconds() + ahead,
    })
  const identify = async (payload: object) =>
    desk.call({ method: 'POST', url: at('identify'), payload }) as unknown as Promise<{
      status: number
      body: Session & { code: string; reason: string }
    }>
  const signIn = async (identity: IdentityInput, more: object = {}) => {
    const { status, body } = await identify({ identity, signature: await sign(identity), ...more })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return body
  }
  const ticket = async (who: Session | null, payload: object = {}) => {
    const { status, body } = await desk.call({
      method: 'POST',
      url: at('tickets'),
      payload: { title: 'Printer on fire', content: 'It burns.', ...payload },
      ...(who ? { headers: desk.bearer(who) } : {}),
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body as Ticket
  }
  const get = (who: Session, path: string) =>
    desk.call({ url: at(path), headers: desk.bearer(who) }) as Promise<{ status: number; body: never }>
  const list = async (who: Session) => {
    const { body } = await get(who, 'tickets')
    return (body as Result<(typeof api)['tickets']['list']>).tickets
  }
  const setDesk = async (change: object) => {
    const answer = await desk.asOwner({ method: 'PATCH', url: `/api/desks/${desk.deskId}`, payload: change })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }

  beforeAll(async () => {
    desk = await startDesk(kind)
    const made = await desk.asOwner({ method: 'POST', url: `/api/desks/${desk.deskId}/secrets` })
    const { key: view, secret } = made.body as { key: { id: string }; secret: string }
    key = { id: view.id, secret }
  })
  afterAll(() => desk?.close())

  it('are exchanged for a session that knows who it is', async () => {
    const session = await signIn(jan)
    expect(session).toMatchObject({
      form: 'full',
      contact: {
        name: 'Jan Nowak',
        email: 'jan@nowak.example',
        emailVerified: true,
        client: { externalId: 'CRM-123', name: 'Nowak i Synowie' },
      },
    })
    expect((await get(session, 'history')).status).toBe(200)
    expect((await signIn(jan)).contactId).toBe(session.contactId)
  })

  it("show the client's tickets to all its users, each with its author, and to nobody else", async () => {
    const [one, two, other] = [await signIn(jan), await signIn(ewa), await signIn(stranger)]
    const made = await ticket(one)
    expect(made.conversation).toMatchObject({
      subject: 'Printer on fire',
      author: { name: 'Jan Nowak', self: true },
    })
    expect(await list(two)).toMatchObject([
      { number: made.number, author: { name: 'Jan Nowak', self: false } },
    ])
    expect(await list(other)).toEqual([])
    const foreign = await get(other, `tickets/${made.number}`)
    const absent = await get(other, 'tickets/2647-999999')
    const plain = (body: object) => ({ ...body, instance: '' })
    expect([foreign.status, plain(foreign.body)]).toEqual([404, plain(absent.body)])
    expect((await get(two, `tickets/%23${made.number}`)).body).toMatchObject({
      ticket: { messages: [{ author: { self: false, name: 'Jan Nowak' } }] },
    })
  })

  it("lets a colleague comment, with a read mark of its own, under its own name and without the owner's rights on it", async () => {
    const [one, two] = [await signIn(jan), await signIn(ewa)]
    const made = await ticket(one)
    const reply = await desk.call({
      method: 'POST',
      url: at('reply'),
      payload: { conversationId: made.conversationId, message: 'Here as well' },
      headers: desk.bearer(two),
    })
    expect(reply.status).toBe(201)
    const { body } = await get(one, `tickets/${made.number}`)
    const seen = (body as Result<(typeof api)['tickets']['get']>).ticket
    expect(seen.messages.map(({ author }) => [author.name, author.self])).toEqual([
      ['Jan Nowak', true],
      ['Ewa Nowak', false],
    ])
    const read = await desk.call({
      method: 'POST',
      url: at(`conversations/${made.conversationId}/read`),
      payload: { seq: seen.messages.at(-1)?.seq },
      headers: desk.bearer(two),
    })
    expect(read.status).toBe(200)
    // What Ewa has read is not read by Jan.
    expect(seen.contactReadSeq).toBe(seen.messages[0]?.seq)
  })

  it("narrow the list to the user's own when the desk says so", async () => {
    await setDesk({ tickets: { ownOnly: true } })
    const [one, two] = [await signIn(jan), await signIn(ewa)]
    const own = await ticket(two, { title: 'Only mine' })
    expect((await list(two)).map(({ subject }) => subject)).toEqual(['Only mine'])
    expect((await get(one, `tickets/${own.number}`)).status).toBe(404)
    await setDesk({ tickets: { ownOnly: false } })
    expect((await get(one, `tickets/${own.number}`)).status).toBe(200)
  })

  it('of the short form trust one identifier, and mark the rest', async () => {
    const identity = { client_external_id: 'CRM-5', user_external_id: 'USR-1', user_name: 'Somebody' }
    const signature = await signIdentifier(identity, key.secret)
    const { status, body } = await identify({ identity, signature })
    expect([status, body.form, body.contact.emailVerified]).toEqual([200, 'short', false])
    // The same user id under full signature is another contact.
    expect(body.contactId).not.toBe((await signIn(jan)).contactId)
    const view = await desk.asOwner({ url: `/api/desks/${desk.deskId}/contacts/${body.contactId}` })
    expect(view.body).toMatchObject({
      contact: {
        identity: 'short',
        externalId: null,
        claims: { user_external_id: 'USR-1', user_name: 'Somebody' },
        client: { externalId: 'CRM-5' },
      },
    })
    await setDesk({ security: { allowShort: false } })
    expect((await get(body, 'history')).status).toBe(401)
    expect((await identify({ identity, signature })).body.reason).toBe('signature_malformed')
    await setDesk({ security: { allowShort: true } })
  })

  it('take the anonymous conversations of the browser with them, once', async () => {
    const started = await desk.start({ message: 'Before signing in' })
    const session = await signIn(stranger, {
      contactId: started.contactId,
      contactToken: started.contactToken,
    })
    const { body } = await get(session, 'history')
    const history = (body as Result<(typeof api)['conversations']['history']>).conversations
    expect(history.map(({ id }) => id)).toContain(started.conversationId)
    expect(history[0]?.messages[0]?.author.self).toBe(true)
    const old = await desk.call({ url: at('history'), headers: desk.bearer(started) })
    expect(old.status).toBe(401)
    // The merge can be taken back by an agent.
    const detail = await desk.asOwner({ url: `/api/desks/${desk.deskId}/contacts/${session.contactId}` })
    const { merges } = detail.body as Result<(typeof api)['contacts']['get']>
    expect(merges).toMatchObject([{ by: 'signature', conversations: 1 }])
    const undone = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/contact-merges/${merges[0]?.id}/undo`,
    })
    expect([undone.status, (undone.body as { contact: { id: string } }).contact.id]).toEqual([
      200,
      started.contactId,
    ])
    const after = (await get(session, 'history')).body as Result<(typeof api)['conversations']['history']>
    expect(after.conversations.map(({ id }) => id)).not.toContain(started.conversationId)
  })

  it('end with their key, their time and their sign-out', async () => {
    const signedOut = await signIn(jan)
    await desk.call({ method: 'POST', url: at('sign-out'), headers: desk.bearer(signedOut) })
    expect((await get(signedOut, 'history')).status).toBe(401)

    const late = await signIn(jan)
    desk.clock.advance(61 * 60_000)
    expect((await get(late, 'history')).status).toBe(401)

    const made = await desk.asOwner({ method: 'POST', url: `/api/desks/${desk.deskId}/secrets` })
    const second = made.body as { key: { id: string }; secret: string }
    const first = key
    key = { id: second.key.id, secret: second.secret }
    const session = await signIn(jan)
    expect(
      (
        await desk.asOwner({
          method: 'DELETE',
          url: `/api/desks/${desk.deskId}/secrets/${second.key.id}`,
        })
      ).status,
    ).toBe(204)
    expect((await get(session, 'history')).status).toBe(401)
    expect((await identify({ identity: jan, signature: await sign(jan) })).body.reason).toBe(
      'signature_unknown_key',
    )
    key = first
    expect((await signIn(jan)).form).toBe('full')
  })

  it('are the only way in on a desk of that level', async () => {
    const started = await desk.start({ message: 'Still open' })
    await setDesk({ security: { level: 'signature' } })
    const anonymous = await desk.call({
      method: 'POST',
      url: at('message'),
      payload: { email: 'a@b.example', message: 'x' },
    })
    expect([anonymous.status, (anonymous.body as { code: string }).code]).toEqual([401, 'identity_required'])
    expect((await desk.call({ url: at('history'), headers: desk.bearer(started) })).status).toBe(401)
    expect((await get(await signIn(jan), 'history')).status).toBe(200)
    const last = await desk.asOwner({
      method: 'DELETE',
      url: `/api/desks/${desk.deskId}/secrets/${key.id}`,
    })
    expect(last.status).toBe(409)
    await setDesk({ security: { level: 'verified' } })
  })

  it("open the page's word on an open desk, until it is no longer one", async () => {
    await setDesk({ security: { level: 'open' } })
    const { status, body } = await identify({ identity: jan })
    expect([status, body.form]).toEqual([200, 'page'])
    await setDesk({ security: { level: 'verified' } })
    expect((await get(body, 'history')).status).toBe(401)
    expect((await identify({ identity: jan })).body).toMatchObject({
      code: 'identity_rejected',
      reason: 'signature_missing',
    })
  })

  it('open one conversation for whoever has its public link, until it is replaced or revoked', async () => {
    const made = await ticket(await signIn(jan))
    const link = `/api/desks/${desk.deskId}/conversations/${made.conversationId}/public-link`
    const { body } = await desk.asOwner({ url: link })
    const token = (body as { url: string }).url.split('/t/')[1] ?? ''
    const open = (value: string) =>
      desk.call({ method: 'POST', url: '/api/messaging/public-ticket', payload: { token: value } })
    const { session } = (await open(token)).body as { session: Session }
    expect(session.conversationNumber).toBe(made.number)
    expect((await list(session)).map(({ number }) => number)).toEqual([made.number])
    const reply = await desk.call({
      method: 'POST',
      url: at('reply'),
      payload: { conversationId: made.conversationId, message: 'By link' },
      headers: desk.bearer(session),
    })
    expect(reply.body).toMatchObject({ via: 'public_link', author: { self: true } })
    const begin = await desk.call({
      method: 'POST',
      url: at('tickets'),
      payload: { title: 'Another', content: 'one' },
      headers: desk.bearer(session),
    })
    expect(begin.status).toBe(403)
    const replaced = (await desk.asOwner({ method: 'POST', url: link })).body as { url: string }
    expect([(await open(token)).status, (await get(session, 'history')).status]).toEqual([404, 401])
    const next = replaced.url.split('/t/')[1] ?? ''
    expect((await open(next)).status).toBe(200)
    expect((await desk.asOwner({ method: 'DELETE', url: link })).status).toBe(204)
    const refusals = [next, `${next.slice(0, -1)}A`, 'x'.repeat(86), '', next.slice(1)]
    for (const wrong of refusals.filter(Boolean)) expect((await open(wrong)).status).toBe(404)
  })
})
