import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { databaseKinds } from '../testing.ts'
import { takeIn } from './service.ts'
import { letter, letterOf, multipart } from './testing.ts'
import { type MailDesk, replyToOf, startMailDesk } from './testing-desk.ts'

describe.each(databaseKinds)('what agents do with e-mails, on %s', (kind) => {
  let desk: MailDesk
  let visitors = 0
  const at = (path = '') => `/api/desks/${desk.deskId}/emails${path}`
  beforeAll(async () => {
    desk = await startMailDesk(kind)
  })
  afterAll(() => desk?.close())

  async function held(body: string | Uint8Array = 'I write from my other address') {
    const email = `held-${++visitors}@visitor.example`
    const started = await desk.start({ email })
    const mail = (await desk.answer(started.conversationId)).find((one) => one.to.address === email)
    const raw = letter({ From: 'Vera <other@home.example>', To: replyToOf(mail) }, body)
    return { ...started, raw, ...(await desk.arrive(raw)) }
  }
  type List = {
    emails: { id: string; state: string; subject: string }[]
    nextCursor: string | null
    held: number
  }
  const list = async (query = '') => (await desk.asOwner({ url: at(query) })).body as List
  const post = (path: string, payload?: object) =>
    desk.asOwner({ method: 'POST', url: at(path), ...(payload ? { payload } : {}) })
  const events = async (after: number) =>
    (
      (await desk.asOwner({ url: `/api/desks/${desk.deskId}/events?after=${after}` })).body as {
        events: { type: string; seq: number }[]
      }
    ).events

  test('they are listed newest first, page by page, by state and by conversation', async () => {
    const { id, conversationId } = await held()
    for (let i = 0; i < 3; i++) {
      desk.clock.advance(1)
      await desk.arrive(letter({ From: `list-${i}@home.example`, Subject: `List ${i}` }))
    }
    const first = await list('?limit=2')
    expect(first.emails.map((one) => one.subject)).toEqual(['List 2', 'List 1'])
    const second = await list(`?limit=2&cursor=${first.nextCursor}`)
    expect(second.emails[0]?.subject).toBe('List 0')
    expect((await list('?state=held')).emails[0]?.id).toBe(id)
    const others = (await list('?except=held&limit=3')).emails.map((one) => one.subject)
    expect(others).toEqual(['List 2', 'List 1', 'List 0'])
    expect((await list('?except=held&limit=100')).emails.filter((one) => one.id === id)).toEqual([])
    expect((await list(`?conversationId=${conversationId}`)).emails.map((one) => one.id)).toEqual([id])
    expect(first.held).toBeGreaterThan(0)
    expect((await desk.asOwner({ url: at('?cursor=nonsense') })).status).toBe(400)
  })

  test('a held one makes itself known, and so does its end', async () => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/events` })
    const { cursor } = body as { cursor: number }
    const { id, conversationId } = await held()
    const [news] = (await events(cursor)).filter((one) => one.type === 'conversation.updated').slice(-1)
    expect(news).toMatchObject({ conversation: { id: conversationId } })
    await post(`/${id}/dismiss`)
    expect((await events(news?.seq ?? 0)).map((one) => one.type)).toContain('conversation.updated')
  })

  test('accepted as a note it names its sender, who gets to see nothing', async () => {
    const { id, conversationId } = await held()
    const { status, body } = await post(`/${id}/accept`, { as: 'note' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'taken',
      match: 'agent',
      reason: null,
      conversation: { id: conversationId },
    })
    const note = (await desk.thread(conversationId ?? '')).messages.find((one) => one.kind === 'note')
    expect(note).toMatchObject({
      via: 'email',
      original: { emailId: id, from: 'other@home.example', proved: false },
    })
    expect(note?.body).toContain('Vera <other@home.example>')
    expect(note?.body).toContain('I write from my other address')
    expect(await desk.deliver()).toEqual([])
    expect((await post(`/${id}/accept`, { as: 'note' })).status).toBe(409)
    expect((await post(`/${id}/dismiss`)).status).toBe(409)
  })

  test('accepted as new it is a conversation of its sender', async () => {
    const { id, conversationId } = await held()
    const { body } = await post(`/${id}/accept`, { as: 'new' })
    const made = (body as { conversation: { id: string } }).conversation.id
    expect(made).not.toBe(conversationId)
    expect((await desk.thread(made)).contact).toMatchObject({
      email: 'other@home.example',
      emailVerified: false,
    })
  })

  test('two agents who accept one at once write it once', async () => {
    const { id, conversationId } = await held()
    const answers = await Promise.all([1, 2, 3].map(() => post(`/${id}/accept`, { as: 'note' })))
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
    const notes = (await desk.thread(conversationId ?? '')).messages.filter((one) => one.kind === 'note')
    expect(notes).toHaveLength(1)
  })

  test('put aside it stays to be read', async () => {
    const { id } = await held()
    const before = (await list()).held
    expect((await post(`/${id}/dismiss`)).body).toMatchObject({ state: 'dismissed', reason: 'other_sender' })
    expect((await list()).held).toBe(before - 1)
    expect((await desk.asOwner({ url: at(`/${id}`) })).status).toBe(200)
  })

  test('one that was left out or put aside by mistake can be taken in all the same, once', async () => {
    const listed = letter(
      { From: 'Ann <ann@list.example>', 'List-Id': '<support.shop.example>' },
      'I am no list',
    )
    const ignored = await desk.arrive(listed)
    expect(ignored).toMatchObject({ state: 'ignored', reason: 'bulk' })
    const answers = await Promise.all([1, 2, 3].map(() => post(`/${ignored.id}/accept`, { as: 'new' })))
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
    const taken = (await list('?state=taken')).emails.find((one) => one.id === ignored.id) as
      | { conversation: { id: string } }
      | undefined
    const { messages } = await desk.thread(taken?.conversation.id ?? '')
    expect(messages.map((one) => one.body)).toEqual(['I am no list'])
    const aside = await held('Do not throw me away')
    await post(`/${aside.id}/dismiss`)
    expect((await post(`/${aside.id}/dismiss`)).status).toBe(409)
    expect((await post(`/${aside.id}/accept`, { as: 'note' })).body).toMatchObject({
      state: 'taken',
      match: 'agent',
    })
    const notes = (await desk.thread(aside.conversationId ?? '')).messages.filter(
      (one) => one.kind === 'note',
    )
    expect(notes).toHaveLength(1)
  })

  test('one that is taken in, or without a conversation, cannot become a note', async () => {
    const taken = await desk.arrive(letter({ From: 'taken@home.example' }))
    expect((await post(`/${taken.id}/accept`, { as: 'note' })).status).toBe(409)
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { email: { newConversations: false } },
    })
    const off = await desk.arrive(letter({ From: 'off@home.example' }))
    expect((await post(`/${off.id}/accept`, { as: 'note' })).status).toBe(409)
    expect((await post(`/${off.id}/accept`, { as: 'new' })).body).toMatchObject({
      state: 'taken',
      match: 'new',
    })
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { email: { newConversations: true } },
    })
  })

  test('whole, it has what was cut away, and HTML that loads nothing', async () => {
    const html =
      '<p>My answer</p><img src="https://evil.example/x.gif"><script>alert(1)</script><blockquote>Old</blockquote>'
    const both = multipart('alternative', [
      { type: 'text/plain; charset=utf-8', content: 'My answer\n\nOn 02/11/2026 10:04, Shop wrote:\n> Old' },
      { type: 'text/html; charset=utf-8', content: html },
    ])
    const { id } = await desk.arrive(letterOf(both, { From: 'whole@home.example', Subject: 'Whole' }))
    const { body } = await desk.asOwner({ url: at(`/${id}`) })
    expect(body).toMatchObject({
      text: expect.stringContaining('> Old'),
      reply: 'My answer',
      subject: 'Whole',
    })
    const detail = body as { html: string; headers: { name: string }[]; to: string[] }
    expect(detail.html).toContain('<p>My answer</p>')
    expect(detail.html).not.toMatch(/evil|script|alert/)
    expect(detail.headers.map(({ name }) => name)).toContain('Message-ID')
    expect(detail.to).toEqual(['support@shop.example'])
  })

  test('it can be saved as it travelled, and no browser will run it', async () => {
    const raw = letter({ From: 'raw@home.example', Subject: '"/../<b>.html\\' }, '<script>alert(1)</script>')
    const { id } = await desk.arrive(raw)
    const answer = await desk.app.inject({ url: at(`/${id}/raw`), headers: { cookie: desk.owner.cookie } })
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.equals(raw)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[^"/\\]*\.eml"/)
  })

  test('A16 the token of a reply address is in nothing that anybody reads', async () => {
    // What the tests before this one have left.
    await desk.deliver()
    const started = await desk.start({ email: 'token@visitor.example' })
    const [toAgent] = await desk.deliver()
    const address = replyToOf(toAgent)
    const raw = letter(
      { From: desk.owner.email, To: address, Cc: `x <${address.toUpperCase()}>` },
      `Answer to ${address}`,
    )
    const { id, state } = await desk.arrive(raw, { to: [address] })
    expect(state).toBe('taken')
    const token = /\+([a-z2-7]{42})@/.exec(address)?.[1] ?? 'none'
    const urls = [
      at(`/${id}`),
      at(`/${id}/raw`),
      at(),
      `/api/desks/${desk.deskId}/conversations/${started.conversationId}`,
    ]
    for (const url of urls) {
      const answer = await desk.app.inject({ url, headers: { cookie: desk.owner.cookie } })
      expect(answer.statusCode).toBe(200)
      expect(answer.body.toLowerCase(), url).not.toContain(token)
    }
  })

  test('files come along as uploads do; what is refused is named', async () => {
    const mixed = multipart('mixed', [
      { type: 'text/plain', content: 'Two files' },
      {
        type: 'image/png',
        fields: { 'Content-Disposition': 'attachment; filename="photo.png"' },
        content: samples.png,
      },
      {
        type: 'application/x-msdownload',
        fields: { 'Content-Disposition': 'attachment; filename="run.exe"' },
        content: Buffer.from('MZ90'),
      },
      {
        type: 'application/zip',
        fields: { 'Content-Disposition': 'attachment; filename="big.zip"' },
        content: Buffer.alloc(10_485_761, 1),
      },
    ])
    const { conversationId } = await desk.arrive(letterOf(mixed, { From: 'files@home.example' }))
    const [message] = (await desk.thread(conversationId ?? '')).messages
    expect(message?.attachments.map(({ name }) => name)).toEqual(['photo.png'])
    expect(message?.body).toBe(
      'Two files\n\n[attachment run.exe refused: this type of file is not accepted]\n[attachment big.zip refused: larger than 10 MiB]',
    )
  })

  test('ten files come along and no more, none where the desk takes none', async () => {
    const file = (name: string) => ({
      type: 'image/png',
      fields: { 'Content-Disposition': `attachment; filename="${name}.png"` },
      content: samples.png,
    })
    const mixed = () =>
      multipart('mixed', [
        { type: 'text/plain', content: 'Many' },
        ...Array.from({ length: 12 }, (_, i) => file(`p${i}`)),
      ])
    const many = await desk.arrive(letterOf(mixed(), { From: 'many@home.example' }))
    const [message] = (await desk.thread(many.conversationId ?? '')).messages
    expect(message?.attachments).toHaveLength(10)
    expect(message?.body).toContain('[attachment p11.png refused: more than 10 files]')
    const set = (attachments: boolean) =>
      desk.asOwner({
        method: 'PATCH',
        url: `/api/desks/${desk.deskId}`,
        payload: { widget: { attachments } },
      })
    await set(false)
    const none = await desk.arrive(letterOf(mixed(), { From: 'none@home.example' }))
    await set(true)
    const [without] = (await desk.thread(none.conversationId ?? '')).messages
    expect(without?.attachments).toEqual([])
    expect(without?.body).toContain('files are not accepted here')
  })

  test('one that is larger than 25 MiB is known by its header alone', async () => {
    const raw = letter({ From: 'large@home.example', Subject: 'Large' }, Buffer.alloc(26_214_401, 0x61))
    const { deps } = desk.handle
    const { id } = await takeIn(deps, desk.record, { source: 'smtp', raw, envelope: { from: null, to: [] } })
    const { body } = await desk.asOwner({ url: at(`/${id}`) })
    expect(body).toMatchObject({
      state: 'failed',
      reason: 'too_large',
      subject: 'Large',
      bytes: raw.length,
      text: '',
    })
  })

  test('one that cannot be read has failed, and can be saved all the same', async () => {
    const became = await desk.arrive(letter({ From: 'nest@home.example' }, Buffer.alloc(700_000, '\n')))
    expect(became).toMatchObject({ state: 'failed', reason: 'unreadable' })
    expect((await desk.asOwner({ url: at(`/${became.id}`) })).body).toMatchObject({ text: '', html: null })
  })
})
