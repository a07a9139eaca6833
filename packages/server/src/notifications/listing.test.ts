import type { api, ConversationDetail, Notification, Result } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { MailError } from '../adapters/mail.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { noteBounce } from './service.ts'

type Page = Result<(typeof api)['notifications']['list']>

describe.each(databaseKinds)('what became of e-mails, on %s', (kind) => {
  let desk: TestDesk
  let deskId: string
  beforeAll(async () => {
    desk = await startDesk(kind)
    const [row] = await run<{ desk_id: string }>('select desk_id from helpdesk.desks')
    deskId = row?.desk_id ?? ''
  })
  afterAll(() => desk?.close())

  let statements = 0
  const run = <Row = Record<string, unknown>>(text: string, values: unknown[] = []) =>
    desk.handle.deps.db.run<Row>({ name: `listing_test_${++statements}`, text }, values)
  const at = (path: string) => `/api/desks/${desk.deskId}${path}`
  const list = async (query = '') => (await desk.asOwner({ url: at(`/notifications${query}`) })).body as Page
  const about = async (conversationId: string, query = '') =>
    (await list(`?conversationId=${conversationId}${query}`)).notifications
  const resend = async (id: string) =>
    (await desk.asOwner({ method: 'POST', url: at(`/notifications/${id}/resend`) })) as {
      status: number
      body: Notification & { code?: string }
    }
  const changeContact = async (id: string, payload: object) => {
    const { body } = await desk.asOwner({ method: 'PATCH', url: at(`/contacts/${id}`), payload })
    return (body as Result<(typeof api)['contacts']['update']>).contact
  }
  const contactOf = async (id: string) =>
    ((await desk.asOwner({ url: at(`/contacts/${id}`) })).body as Result<(typeof api)['contacts']['get']>)
      .contact
  const answer = (conversationId: string, message = 'An answer') =>
    desk.asOwner({
      method: 'POST',
      url: at(`/conversations/${conversationId}/replies`),
      payload: { message, sendInstantly: true },
    })
  const mailsTo = async (address: string) => {
    const before = desk.mail.mails.length
    await desk.handle.deliverDue()
    return desk.mail.mails.slice(before).filter((mail) => mail.to.address === address)
  }
  /** A contact with an answer that was sent to it. */
  const answered = async (email: string) => {
    const started = await desk.start({ email, message: 'Hello' })
    await answer(started.conversationId)
    const [mail] = await mailsTo(email)
    const [row] = await about(started.conversationId, '&recipient=contact')
    if (!mail || !row) throw new Error('Nothing was sent')
    return { ...started, mail, row, email }
  }
  const rulingSend = async (fail: () => never, work: () => Promise<unknown>) => {
    const { send } = desk.mail
    desk.mail.send = async () => fail()
    await work()
    desk.mail.send = send
  }

  test('is listed newest first, page by page, with whom it was for and its Message-ID', async () => {
    const { row, mail, number, contactId } = await answered('vera@visitor.example')
    expect(row).toMatchObject({
      kind: 'message',
      conversation: { number, subject: null },
      recipient: { type: 'contact', id: contactId, name: null, email: 'vera@visitor.example' },
      state: 'sent',
      reason: null,
      attempts: 1,
      maybeSent: false,
      messageId: mail.messageId,
    })
    await answered('otto@visitor.example')
    const all = (await list('?limit=100')).notifications.map(({ id }) => id)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await list(`?limit=1${cursor ? `&cursor=${cursor}` : ''}`)
      paged.push(...page.notifications.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all)
    expect(new Set(all).size).toBe(all.length)
    const { status, body } = await desk.asOwner({ url: at('/notifications?cursor=1') })
    expect([status, (body as { code: string }).code]).toEqual([400, 'validation_failed'])
  })

  test('can be filtered by state, side, conversation, address and number', async () => {
    const { conversationId, number, row } = await answered('filter_me@visitor.example')
    const ids = async (query: string) => (await list(query)).notifications.map(({ id }) => id)
    expect(await ids('?search=FILTER_me')).toEqual([row.id])
    expect(await ids('?search=filter%25me')).toEqual([])
    for (const typed of [number, `%23${number}`, `%20%23${number}%20`])
      expect(await ids(`?search=${typed}&recipient=contact`)).toEqual([row.id])
    expect(await ids(`?conversationId=${conversationId}&state=sent`)).toEqual([row.id])
    expect(await ids(`?conversationId=${conversationId}&state=failed`)).toEqual([])
    expect((await about(conversationId)).map(({ recipient }) => recipient.type).sort()).toEqual([
      'agent',
      'contact',
    ])
  })

  test('is counted over seven days, whatever is filtered', async () => {
    const before = (await list()).counts
    await answered('count@visitor.example')
    const after = (await list('?state=failed')).counts
    expect(after).toEqual({ ...before, sent: before.sent + 1, scheduled: before.scheduled + 1 })
    await run(
      `update helpdesk.notifications set created_at = created_at - interval '8 days' where state = 'sent'`,
    )
    expect((await list()).counts.sent).toBe(0)
  })

  test('is sent once more at once, read or not, as an e-mail of its own', async () => {
    const { conversationId, contactId, row, mail, email } = await answered('again@visitor.example')
    await run('update helpdesk.conversations set contact_read_seq = last_message_seq where id = $1', [
      conversationId,
    ])
    const logged = async () =>
      (
        await run(
          `select audience, contact_id from helpdesk.events where conversation_id = $1 and type = 'notification.updated'`,
          [conversationId],
        )
      ).length
    const before = await logged()
    const { status, body } = await resend(row.id)
    expect(status).toBe(201)
    expect(body).toMatchObject({ kind: 'message', state: 'scheduled', recipient: { id: contactId } })
    expect(body.id).not.toBe(row.id)
    expect(await logged()).toBe(before + 1)
    const [job] = await run(`select 1 as one from helpdesk_jobs.job where data ->> 'id' = $1`, [body.id])
    expect(job).toEqual({ one: 1 })
    expect((await resend(row.id)).status).toBe(409)
    expect((await resend(body.id)).body.code).toBe('conflict')

    const [again, ...others] = await mailsTo(email)
    expect(others).toEqual([])
    expect(again?.messageId).toBe(body.messageId)
    expect(again?.text).toContain('An answer')
    expect(again?.references).toContain(mail.messageId)
    expect((await resend(row.id)).status).toBe(201)
    expect((await resend('00000000-0000-7000-8000-000000000000')).status).toBe(404)
  })

  test('is sent once more once, however many agents ask for it at the same moment', async ({ skip }) => {
    if (kind === 'pglite') skip('PGlite lets one wait for the other by itself')
    const { row, email, conversationId } = await answered('race@visitor.example')
    const { asking } = await desk.handle.deps.db.transaction(async (tx) => {
      const text = 'select from helpdesk.conversations where id = $1 for update'
      await tx.run({ name: 'listing_test_writer', text }, [conversationId])
      const asking = Array.from({ length: 3 }, () => resend(row.id))
      await vi.waitFor(async () => {
        const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
        expect(await run(waiting)).toHaveLength(3)
      })
      return { asking }
    })
    expect((await Promise.all(asking)).map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(await mailsTo(email)).toHaveLength(1)
  })

  test('what was sent once more stays apart from what is written meanwhile', async () => {
    const { conversationId, row, email } = await answered('apart@visitor.example')
    const { body } = await resend(row.id)
    const later = () => {
      throw new MailError('451 later', { permanent: false })
    }
    await rulingSend(later, () => desk.handle.deliverDue())
    await answer(conversationId, 'A second answer')
    expect((await mailsTo(email)).map((mail) => /A second answer/.test(mail.text))).toEqual([true])
    desk.clock.advance(60_000)
    const [repeat, ...others] = await mailsTo(email)
    expect(others).toEqual([])
    expect(repeat?.messageId).toBe(body.messageId)
    expect(repeat?.text).not.toContain('A second answer')
  })

  test('says when nobody knows whether it arrived', async () => {
    const { conversationId } = await desk.start({ email: 'maybe@visitor.example', message: 'Hello' })
    await answer(conversationId)
    const hangUp = () => {
      throw new MailError('connection lost', { permanent: false, uncertain: true })
    }
    await rulingSend(hangUp, () => desk.handle.deliverDue())
    const seen = async () => (await about(conversationId, '&recipient=contact'))[0]
    expect(await seen()).toMatchObject({ state: 'sending', maybeSent: true, lastError: 'connection lost' })
    desk.clock.advance(60_000)
    await rulingSend(hangUp, () => desk.handle.deliverDue())
    expect(await seen()).toMatchObject({ state: 'failed', reason: 'undeliverable', maybeSent: true })
  })

  test('an e-mail that comes back has failed; the address gets none until an agent tries again', async () => {
    const { conversationId, contactId, row, email } = await answered('gone@visitor.example')
    const bounce = {
      notificationId: row.id,
      address: 'inner@forwarded.example',
      permanent: true,
      detail: '550 5.1.1 no\r\nsuch user',
    }
    const { deps } = desk.handle
    expect(await noteBounce(deps, deskId, bounce)).toBe(true)
    expect((await about(conversationId, '&state=failed'))[0]).toMatchObject({
      id: row.id,
      reason: 'bounced',
      lastError: '550 5.1.1 no such user',
      maybeSent: false,
    })
    const { body } = await desk.asOwner({ url: at(`/conversations/${conversationId}`) })
    expect((body as ConversationDetail).messages.at(-1)?.email).toMatchObject({
      state: 'failed',
      reason: 'bounced',
      lastError: '550 5.1.1 no such user',
    })
    expect((await contactOf(contactId)).emailBounce).toEqual({
      at: desk.clock.now().toISOString(),
      detail: '550 5.1.1 no such user (inner@forwarded.example)',
    })
    // The same report again, or one about nothing of ours, changes nothing.
    expect(await noteBounce(deps, deskId, bounce)).toBe(false)
    expect(await noteBounce(deps, deskId, { ...bounce, notificationId: deps.newId() })).toBe(false)

    await answer(conversationId)
    expect(await mailsTo(email)).toEqual([])
    expect((await about(conversationId, '&state=skipped'))[0]).toMatchObject({ reason: 'bounced' })
    await resend(row.id)
    expect(await mailsTo(email)).toHaveLength(1)
    expect((await changeContact(contactId, { emailBounce: null })).emailBounce).toBeNull()
    await answer(conversationId)
    expect(await mailsTo(email)).toHaveLength(1)
  })

  test('another address has not bounced, the same one in capitals has', async () => {
    const { contactId, row, conversationId, contactToken } = await answered('one@visitor.example')
    const { deps } = desk.handle
    await noteBounce(deps, deskId, { notificationId: row.id, address: null, permanent: true, detail: '550' })
    const setEmail = (email: string) =>
      desk.call({
        method: 'POST',
        url: `/api/messaging/widget/${desk.deskId}/update-email`,
        headers: desk.bearer({ contactId, contactToken }),
        payload: { email },
      })
    await setEmail('ONE@visitor.example')
    expect((await contactOf(contactId)).emailBounce).not.toBeNull()
    await setEmail('two@visitor.example')
    expect((await contactOf(contactId)).emailBounce).toBeNull()
    await answer(conversationId)
    expect(await mailsTo('two@visitor.example')).toHaveLength(1)
  })

  test('a failure that may pass marks no address, and a report about an agent’s e-mail no contact', async () => {
    const { contactId, row, conversationId } = await answered('full@visitor.example')
    const { deps } = desk.handle
    const words = { address: null, detail: '452 mailbox full' }
    await noteBounce(deps, deskId, { notificationId: row.id, permanent: false, ...words })
    expect((await about(conversationId, '&state=failed'))[0]?.reason).toBe('bounced')
    desk.clock.advance(60_000)
    await desk.handle.deliverDue()
    // The agent who answered has read it: sent all the same when asked for.
    const [read] = await about(conversationId, '&recipient=agent')
    const { body: toAgent } = await resend(read?.id ?? '')
    expect(await mailsTo(desk.owner.email)).toHaveLength(1)
    await noteBounce(deps, deskId, { notificationId: toAgent.id, permanent: true, ...words })
    expect((await about(conversationId, '&recipient=agent&state=failed'))[0]).toMatchObject({
      id: toAgent.id,
      reason: 'bounced',
    })
    expect((await contactOf(contactId)).emailBounce).toBeNull()
  })

  test('what a contact wishes can be noted, and holds until it is taken back', async () => {
    const { contactId, conversationId, email } = await answered('quiet@visitor.example')
    expect((await changeContact(contactId, { emailOptedOut: true })).emailOptedOut).toBe(true)
    await answer(conversationId)
    expect(await mailsTo(email)).toEqual([])
    expect((await changeContact(contactId, {})).emailOptedOut).toBe(true)
    expect((await changeContact(contactId, { emailOptedOut: false })).emailOptedOut).toBe(false)
    await answer(conversationId)
    expect(await mailsTo(email)).toHaveLength(1)
  })
})
