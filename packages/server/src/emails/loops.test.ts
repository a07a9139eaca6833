import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../testing.ts'
import { letter } from './testing.ts'
import { autoSubmitted } from './testing-answers.ts'
import { type MailDesk, replyToOf, startMailDesk } from './testing-desk.ts'
import { bounces, complaints, ours } from './testing-reports.ts'

describe.each(databaseKinds)('A53 programs that write to a desk, on %s', (kind) => {
  let desk: MailDesk
  beforeAll(async () => {
    desk = await startMailDesk(kind)
  })
  afterAll(() => desk?.close())

  /** A conversation that is resolved, and the e-mail about its last answer. */
  async function resolved(email: string) {
    // An unverified address gets one automatic e-mail in ten minutes and three a day.
    desk.clock.advance(86_400_000)
    const started = await desk.start({ email })
    const mail = (await desk.answer(started.conversationId)).find((one) => one.to.address === email)
    if (!mail) throw new Error('The contact got no e-mail')
    const url = `/api/desks/${desk.deskId}/conversations/${started.conversationId}`
    await desk.asOwner({ method: 'PATCH', url, payload: { status: 'resolved' } })
    await desk.deliver()
    return { ...started, mail }
  }
  let reports = 0
  /** The corpus is about an e-mail with another id; each report has an id of its own. */
  const about = (raw: Buffer, messageId: string) =>
    Buffer.from(
      raw.toString().replaceAll(ours.messageId, messageId).replaceAll('<letter-', `<letter-${++reports}-`),
    )
  const contactOf = async (conversationId: string) =>
    (await desk.thread(conversationId)).contact as unknown as {
      emailBounce: object | null
      emailOptedOut: boolean
    }

  test('89 answering machines and 126 bounces begin nothing, reopen nothing and are answered by nothing', async () => {
    const { conversationId, mail } = await resolved(ours.address)
    const before = [desk.mail.mails.length, await desk.conversations()]
    const to = replyToOf(mail)
    for (const { raw, name } of [...autoSubmitted, ...bounces]) {
      const became = await desk.arrive(about(raw, mail.messageId), { to: [to] })
      expect(became.state, name).toBe('ignored')
    }
    await desk.deliver()
    expect([desk.mail.mails.length, await desk.conversations()]).toEqual(before)
    const thread = await desk.thread(conversationId)
    expect(thread.status).toBe('resolved')
    expect(thread.messages.filter((one) => one.kind === 'reply')).toHaveLength(2)
  }, 120_000)

  test('a bounce marks the address only when it is for good, and only for an e-mail that we sent', async () => {
    const passing = bounces.find((one) => !one.permanent)
    const [other, lasting] = bounces.filter((one) => one.permanent)
    if (!passing || !other || !lasting) throw new Error('The corpus has not both')
    const { conversationId, mail } = await resolved('gone@visitor.example')
    expect(await desk.arrive(about(passing.raw, mail.messageId))).toMatchObject({
      state: 'ignored',
      reason: 'bounce',
    })
    expect((await contactOf(conversationId)).emailBounce).toBe(null)
    await desk.arrive(about(other.raw, '<hd.0198f3a2-0000-4000-8000-000000000000@shop.example>'))
    expect((await contactOf(conversationId)).emailBounce).toBe(null)
    await desk.arrive(about(lasting.raw, mail.messageId))
    expect((await contactOf(conversationId)).emailBounce).toMatchObject({
      detail: expect.stringContaining('550-5.1.1'),
    })
  })

  test('a complaint lets the contact hear no more', async () => {
    const { conversationId, mail } = await resolved('angry@visitor.example')
    const [complaint, , taken] = complaints
    await desk.arrive(about(taken?.raw ?? Buffer.from(''), mail.messageId))
    expect((await contactOf(conversationId)).emailOptedOut).toBe(false)
    expect(await desk.arrive(about(complaint?.raw ?? Buffer.from(''), mail.messageId))).toMatchObject({
      state: 'ignored',
    })
    expect((await contactOf(conversationId)).emailOptedOut).toBe(true)
    expect(await desk.answer(conversationId)).toEqual([])
  })

  test.each([
    ['the sender of the installation', 'support@shop.example', 'own_address'],
    ['a reply address', `reply+${'a'.repeat(42)}@in.shop.example`, 'own_address'],
    ['the address of a desk', 'shop@in.shop.example', 'own_address'],
  ])('%s is no sender', async (_, address, reason) => {
    expect(await desk.arrive(letter({ From: address }))).toMatchObject({ state: 'ignored', reason })
  })

  test('the sender and the mailbox of a desk are no senders, with a plus or without', async () => {
    const { deps } = desk.handle
    const settings = {
      sender: { name: null, address: 'Help@Own.example' },
      smtp: null,
      replyAddress: 'in@own.example',
      imap: null,
      dkim: null,
    }
    await deps.db.run(
      {
        name: 'own_sender',
        text: 'insert into helpdesk.desk_mail (desk_id, settings, updated_at) values ($1, $2::text::jsonb, $3)',
      },
      [desk.record.deskId, JSON.stringify(settings), deps.now()],
    )
    for (const address of ['help@own.example', 'in+x@own.example', 'IN@own.example'])
      expect(await desk.arrive(letter({ From: address }))).toMatchObject({
        state: 'ignored',
        reason: 'own_address',
      })
    await deps.db.run(
      { name: 'own_sender_gone', text: 'delete from helpdesk.desk_mail where desk_id = $1' },
      [desk.record.deskId],
    )
  })

  test('our own e-mail that comes back is no answer', async () => {
    const { mail, conversationId } = await resolved('mirror@visitor.example')
    const back = letter(
      { From: 'mirror@visitor.example', To: replyToOf(mail), 'Message-ID': mail.messageId },
      mail.text,
    )
    expect(await desk.arrive(back)).toMatchObject({ state: 'ignored', reason: 'own_message' })
    expect((await desk.thread(conversationId)).status).toBe('resolved')
  })

  test('two programs that do not say so stop after twenty e-mails an hour', async () => {
    const { mail, conversationId } = await resolved('robot@visitor.example')
    const states: string[] = []
    for (let i = 0; i < 25; i++) {
      const became = await desk.arrive(
        letter({ From: 'robot@visitor.example', To: replyToOf(mail) }, `Ping ${i}`),
      )
      states.push(became.reason ?? became.state)
    }
    expect(states.slice(0, 20)).toEqual(Array(20).fill('taken'))
    expect(states.slice(20)).toEqual(Array(5).fill('too_many'))
    expect(await desk.replies(conversationId)).toHaveLength(22)
  })

  test('every e-mail of ours says that a program sent it', () => {
    for (const mail of desk.mail.mails) expect(mail.headers['Auto-Submitted']).toMatch(/^auto-/)
    expect(desk.mail.mails.length).toBeGreaterThan(0)
  })
})
