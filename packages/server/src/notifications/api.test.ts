import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('e-mail around the API on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk.close())

  const read = async (conversationId: string) => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/conversations/${conversationId}` })
    return (body as { messages: { seq: number; body: string; email: unknown }[] }).messages
  }
  const reply = (conversationId: string, message: string, sendInstantly = false) =>
    desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`,
      payload: { message, sendInstantly },
    })

  test('the team hears of a visitor after a minute, the visitor of the answer when it is sent instantly', async () => {
    const { conversationId } = await desk.start({ email: 'vera@visitor.example', message: 'Is it in stock?' })
    await desk.handle.deliverDue()
    expect(desk.mail.mails).toEqual([])
    desk.clock.advance(60_000)
    expect(await desk.handle.deliverDue()).toBe(1)
    expect(desk.mail.mails).toMatchObject([{ to: { address: desk.owner.email } }])

    await reply(conversationId, 'First words')
    const due = new Date(desk.clock.now().getTime() + 60_000).toISOString()
    expect((await read(conversationId)).map((message) => message.email)).toEqual([
      null,
      { state: 'scheduled', reason: null, lastError: null, at: due, notificationId: expect.any(String) },
    ])
    await reply(conversationId, 'Last words', true)
    await desk.handle.deliverDue()
    expect(desk.mail.mails[1]).toMatchObject({ to: { name: '', address: 'vera@visitor.example' } })
    expect(desk.mail.mails[1]?.text).toMatch(/First words[\s\S]*Last words/)
    const sent = {
      state: 'sent',
      reason: null,
      lastError: null,
      at: desk.clock.now().toISOString(),
      notificationId: expect.any(String),
    }
    expect((await read(conversationId)).map((message) => message.email)).toEqual([null, sent, sent])
  })

  test('what the visitor has seen is not sent', async () => {
    const started = await desk.start({ email: 'otto@visitor.example', message: 'Hello?' })
    await reply(started.conversationId, 'Hello!')
    const answer = (await read(started.conversationId)).at(-1)
    const { status } = await desk.call({
      method: 'POST',
      url: `/api/messaging/widget/${desk.deskId}/conversations/${started.conversationId}/read`,
      headers: desk.bearer(started),
      payload: { seq: answer?.seq },
    })
    expect(status).toBe(200)
    desk.clock.advance(60_000)
    await desk.handle.deliverDue()
    expect(desk.mail.mails.map((mail) => mail.to.address)).not.toContain('otto@visitor.example')
    expect((await read(started.conversationId)).at(-1)?.email).toMatchObject({
      state: 'skipped',
      reason: 'read',
    })
  })
})
