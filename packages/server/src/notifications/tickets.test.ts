import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Statement } from '../db/db.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('the confirmation of a ticket on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind, { incomingMail: { domain: 'in.shop.example' } })
  })
  afterAll(() => desk?.close())

  type Opened = { contactId: string; contactToken: string; conversationId: string; number: string }
  const open = async (payload: object, headers: Record<string, string> = {}) => {
    const ticket = { title: 'PRINTER on fire', content: 'It BURNS.', ...payload }
    const url = `/api/messaging/widget/${desk.deskId}/tickets`
    const { status, body } = await desk.call({ method: 'POST', url, payload: ticket, headers })
    expect(status).toBe(201)
    return body as Opened
  }
  /** What goes out now, without what goes to the team. */
  const sent = async () => {
    const before = desk.mail.mails.length
    await desk.handle.deliverDue()
    return desk.mail.mails.slice(before).filter((mail) => mail.to.address !== desk.owner.email)
  }
  const run = (text: string, values: unknown[] = []) =>
    desk.handle.deps.db.run<Record<string, unknown>>({ name: `ticket_test_${text.length}`, text }, values)
  const states = (conversationId: string) =>
    run(
      `select kind, state, reason, first_seq = last_seq as one from helpdesk.notifications
       where conversation_id = $1 and recipient_type = 'contact'`,
      [conversationId],
    )
  const setDesk = (email: object) =>
    desk.asOwner({ method: 'PATCH', url: `/api/desks/${desk.deskId}`, payload: { email } })

  test('A27: goes at once; to an unproved address it is number, link and fixed words', async () => {
    const { number, conversationId } = await open({ email: 'vera@visitor.example', name: 'VERA' })
    const [mail, ...others] = await sent()
    expect(others).toEqual([])
    expect(mail).toMatchObject({
      to: { name: '', address: 'vera@visitor.example' },
      subject: `[Support] Your request (${number})`,
      headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    })
    expect(mail?.text).toContain(`Your request has the number ${number}.`)
    expect(mail?.text).toContain('http://localhost/t/')
    expect(JSON.stringify(mail)).not.toMatch(/PRINTER|BURNS|VERA/)
    expect(mail?.replyTo?.address).toMatch(/^reply\+[a-z2-7]{42}@in\.shop\.example$/)
    expect(await states(conversationId)).toEqual([
      { kind: 'ticket_created', state: 'sent', reason: null, one: true },
    ])
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/events?after=0` })
    const { events } = body as { events: { type: string; conversationId?: string; emails?: unknown[] }[] }
    expect(events.filter((event) => event.conversationId === conversationId)).toMatchObject([
      { type: 'notification.updated', emails: [] },
    ])
  })

  test('to a proved address it repeats title and text, and answers join its thread', async () => {
    const first = await open({ email: 'paul@visitor.example', name: 'Paul' })
    await sent()
    await run('update helpdesk.contacts set email_verified = true where id = $1', [first.contactId])
    const opened = await open({}, desk.bearer(first))
    const [mail] = await sent()
    expect(mail).toMatchObject({
      to: { name: 'Paul', address: 'paul@visitor.example' },
      subject: `[Support] PRINTER on fire (${opened.number})`,
    })
    expect(mail?.text).toMatch(/Paul, .*\nIt BURNS\.\n/)

    const url = `/api/desks/${desk.deskId}/conversations/${opened.conversationId}/replies`
    const payload = { message: 'Use water.', sendInstantly: true }
    await desk.asOwner({ method: 'POST', url, payload })
    const [answer] = await sent()
    expect(answer?.subject).toBe(`Re: [Support] PRINTER on fire (${opened.number})`)
    expect(answer?.inReplyTo).toBe(mail?.messageId)
    expect(answer?.references).toEqual([...(mail?.references ?? []), mail?.messageId])
    expect(answer?.text).not.toContain('BURNS')
  })

  test('is made by the one statement that begins the ticket, with its job', async () => {
    const { db } = desk.handle.deps
    const seen: string[] = []
    const original = db.run
    const spied = db as { run: typeof db.run }
    spied.run = (statement: Statement, values) => {
      if (/insert into helpdesk\.(notifications|conversations)/.test(statement.text))
        seen.push(statement.name)
      return original(statement, values) as never
    }
    const { conversationId } = await open({ email: 'olaf@visitor.example' }).finally(() => {
      spied.run = original
    })
    expect(seen).toEqual(['conversation_start'])
    const jobs = await run(
      `select j.start_after <= $2::timestamptz as due from helpdesk_jobs.job j
       join helpdesk.notifications n on n.id::text = j.data ->> 'id' where n.conversation_id = $1 and n.kind = 'ticket_created'`,
      [conversationId, desk.clock.now()],
    )
    expect(jobs).toEqual([{ due: true }])
  })

  test('is not made without an address, for a chat, or where the desk sends none', async () => {
    await setDesk({ ticketCreated: false })
    const off = await open({ email: 'off@visitor.example' })
    await setDesk({ ticketCreated: true })
    const chat = await desk.start({ email: 'chat@visitor.example' })
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { widget: { emailRequired: false } },
    })
    const nameless = await open({})
    for (const { conversationId } of [off, chat, nameless]) expect(await states(conversationId)).toEqual([])
  })

  test('A27: a thousand tickets with somebody else’s address send three e-mails a day, ten minutes apart', async () => {
    const victim = 'victim@elsewhere.example'
    for (let i = 0; i < 30; i++)
      await open({ email: victim, title: `BUY pills ${i}`, content: 'https://evil.example' })
    const times: number[] = []
    for (let minutes = 0; minutes < 24 * 60; minutes += 5) {
      const mails = (await sent()).filter((mail) => mail.to.address === victim)
      expect(mails.length).toBeLessThanOrEqual(1)
      if (mails.length > 0) times.push(minutes)
      expect(JSON.stringify(mails)).not.toMatch(/pills|evil/)
      if (minutes >= 60) break
      desk.clock.advance(5 * 60_000)
    }
    expect(times).toEqual([0, 10, 20])
    const rows = await run(
      `select n.state, n.reason, count(*)::int as count from helpdesk.notifications n
       join helpdesk.contacts c on c.id = n.recipient_id where c.email = $1 group by 1, 2 order by 1`,
      [victim],
    )
    expect(rows).toEqual([
      { state: 'sent', reason: null, count: 3 },
      { state: 'skipped', reason: 'rate_limited', count: 27 },
    ])
  })

  test('one that a mail server puts off is sent later, whatever was answered meanwhile', async () => {
    const { conversationId } = await open({ email: 'late@visitor.example' })
    const send = desk.mail.send
    desk.mail.send = async () => {
      throw new Error('not now')
    }
    await desk.handle.deliverDue()
    desk.mail.send = send
    const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`
    await desk.asOwner({ method: 'POST', url, payload: { message: 'Use water.', sendInstantly: true } })
    expect((await sent()).map((mail) => mail.text.split('\n')[2])).toEqual(['You have a new reply'])
    desk.clock.advance(60_000)
    const [mail] = (await sent()).filter(({ to }) => to.address === 'late@visitor.example')
    expect(mail?.text).toContain('We have received your request')
    expect(mail?.text).not.toContain('Use water.')
  })
})
