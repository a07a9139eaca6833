import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('what an agent does, on %s', (kind) => {
  let desk: TestDesk
  const at = (path = '', id = desk.deskId) => `/api/desks/${id}/conversations${path}`
  const list = async (query = '') =>
    (await desk.asOwner({ url: at(query) })).body as {
      conversations: { id: string; status: string; unread: boolean }[]
      nextCursor: string | null
    }
  const counts = async () => (await desk.asOwner({ url: at('/counts') })).body as Record<string, number>
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  it('sees a new message on top of the inbox, unread and pending', async () => {
    const started = await desk.start({ name: 'Vera', message: 'First\n  line  \nsecond' })
    const [row] = (await list()).conversations
    expect(row).toMatchObject({
      id: started.conversationId,
      number: started.number,
      status: 'pending',
      channel: 'widget',
      preview: 'First line second',
      contact: { name: 'Vera', email: 'vera@visitor.example' },
      assignee: null,
      unread: true,
      lastAuthor: 'contact',
    })
  })

  it('answers: the status waits for the contact, the e-mail is scheduled 60 seconds later', async () => {
    const started = await desk.start()
    const { status, body } = await desk.asOwner({
      method: 'POST',
      url: at(`/${started.conversationId}/replies`),
      payload: { message: 'We are on it' },
    })
    expect(status).toBe(201)
    const due = new Date(desk.clock.now().getTime() + 60_000).toISOString()
    expect(body).toMatchObject({
      status: 'waiting',
      message: {
        kind: 'reply',
        author: { type: 'agent', name: 'Olga' },
        email: { state: 'scheduled', reason: null, at: due },
      },
    })
  })

  it('sends instantly when asked to, or when it is the desk’s default', async () => {
    const started = await desk.start()
    const reply = (payload: object, id = desk.deskId, conversation = started.conversationId) =>
      desk.asOwner({ method: 'POST', url: at(`/${conversation}/replies`, id), payload })
    const now = desk.clock.now().toISOString()
    expect((await reply({ message: 'Now', sendInstantly: true })).body).toMatchObject({
      message: { email: { at: now } },
    })
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { messaging: { sendInstantlyDefault: true } },
    })
    const other = await desk.start()
    expect((await reply({ message: 'Now' }, desk.deskId, other.conversationId)).body).toMatchObject({
      message: { email: { at: now } },
    })
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { messaging: { sendInstantlyDefault: false } },
    })
  })

  it('replies and resolves, and the contact reopens', async () => {
    const started = await desk.start()
    const url = at(`/${started.conversationId}`)
    const reply = await desk.asOwner({
      method: 'POST',
      url: `${url}/replies`,
      payload: { message: 'Done', resolve: true },
    })
    expect(reply.body).toMatchObject({ status: 'resolved' })
    const payload = { conversationId: started.conversationId, message: 'Not quite' }
    await desk.call({
      method: 'POST',
      url: `/api/messaging/widget/${desk.deskId}/reply`,
      payload,
      headers: desk.bearer(started),
    })
    expect((await desk.asOwner({ url })).body).toMatchObject({ status: 'pending', unread: true })
  })

  it('writes notes that the contact never gets (A19)', async () => {
    const started = await desk.start()
    const { status } = await desk.asOwner({
      method: 'POST',
      url: at(`/${started.conversationId}/notes`),
      payload: { message: 'Difficult customer' },
    })
    expect(status).toBe(201)
    const history = await desk.app.inject({
      url: `/api/messaging/widget/${desk.deskId}/history`,
      headers: desk.bearer(started),
    })
    expect(history.body).not.toContain('Difficult')
    expect(history.body).not.toContain('olga@shop.example')
    const detail = await desk.asOwner({ url: at(`/${started.conversationId}`) })
    expect(detail.body).toMatchObject({
      status: 'pending',
      messages: [{ kind: 'reply' }, { kind: 'note', email: null }],
    })
  })

  it('takes a conversation, gives it back and sets statuses; each change stands in the thread', async () => {
    const started = await desk.start()
    const patch = (payload: object) =>
      desk.asOwner({ method: 'PATCH', url: at(`/${started.conversationId}`), payload })
    expect((await patch({ assignee: 'me' })).body).toMatchObject({
      status: 'in_progress',
      assignee: { name: 'Olga' },
    })
    expect((await patch({ assignee: null })).body).toMatchObject({ status: 'in_progress', assignee: null })
    expect((await patch({ status: 'resolved' })).body).toMatchObject({ status: 'resolved' })
    expect((await patch({ status: 'resolved' })).status).toBe(200)
    const detail = (await desk.asOwner({ url: at(`/${started.conversationId}`) })).body as {
      messages: { change: unknown }[]
    }
    expect(detail.messages.map((message) => message.change)).toEqual([
      null,
      { field: 'assignee', from: null, to: 'Olga' },
      { field: 'assignee', from: 'Olga', to: null },
      { field: 'status', from: 'in_progress', to: 'resolved' },
    ])
  })

  it('pages through every view without a gap or a repeat, and the counters agree', async () => {
    const before = await counts()
    const ids: string[] = []
    for (let index = 0; index < 25; index++)
      ids.push((await desk.start({ message: `Page ${index}` })).conversationId)
    for (const id of ids.slice(0, 5)) {
      await desk.asOwner({
        method: 'PATCH',
        url: at(`/${id}`),
        payload: { status: 'resolved', assignee: 'me' },
      })
    }
    const after = await counts()
    expect(after).toMatchObject({
      all: before.all! + 25,
      pending: before.pending! + 20,
      resolved: before.resolved! + 5,
      open: before.open! + 20,
      unassigned: before.unassigned! + 20,
    })
    for (const status of ['', 'pending', 'resolved', 'open', 'waiting', 'in_progress']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await list(`?limit=7${status && `&status=${status}`}${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.conversations.map((item) => item.id))
        cursor = page.nextCursor
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength(after[status || 'all']!)
    }
    expect((await list('?assignee=me&status=open&limit=100')).conversations).toHaveLength(after.mine!)
    expect((await list('?assignee=none&status=open&limit=100')).conversations).toHaveLength(after.unassigned!)
  })

  it('marks as read, for itself and towards the contact', async () => {
    const started = await desk.start()
    const url = at(`/${started.conversationId}/read`)
    await desk.asOwner({ method: 'POST', url, payload: { seq: started.message.seq } })
    expect((await list()).conversations.find((row) => row.id === started.conversationId)).toMatchObject({
      unread: false,
    })
    const history = await desk.call({
      url: `/api/messaging/widget/${desk.deskId}/history`,
      headers: desk.bearer(started),
    })
    expect(history.body).toMatchObject({ conversations: [{ teamReadSeq: started.message.seq }] })
  })

  it('finds nothing of another desk, and strangers nothing at all (A12)', async () => {
    const started = await desk.start()
    const foreign = await desk.desk({ publicId: `foreign_${kind}` })
    for (const path of ['', '/replies', '/notes', '/read', '/typing', '/messages']) {
      const method = path === '' || path === '/messages' ? 'GET' : 'POST'
      const payload = path === '/read' ? { seq: 1 } : { message: 'x' }
      const options = {
        method,
        url: at(`/${started.conversationId}${path}`, foreign),
        ...(method === 'POST' ? { payload } : {}),
      } as const
      expect(await desk.asOwner(options), path).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(
        await desk.call({ ...options, url: at(`/${started.conversationId}${path}`) }),
        path,
      ).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      })
    }
  })

  it('changes settings, and wrong ones are named', async () => {
    const patch = (payload: object) =>
      desk.asOwner({ method: 'PATCH', url: `/api/desks/${desk.deskId}`, payload })
    expect(
      (
        await patch({
          widget: { welcomeNote: { en: 'Hello', pl: 'Dzień dobry' }, hideRules: [' */admin/* ', '*/login'] },
        })
      ).body,
    ).toMatchObject({
      widget: { welcomeNote: { pl: 'Dzień dobry' }, hideRules: ['*/admin/*', '*/login'] },
    })
    const refused = [
      [{ widget: { color: 'red' } }, '/body/widget/color'],
      [{ numberPattern: '{yy}' }, '/body/numberPattern'],
      [{ timeZone: 'Mars/Olympus' }, '/body/timeZone'],
      [{ widget: { colour: '#000000' } }, '/body/widget/colour'],
      [{ widget: { showRules: ['x'.repeat(2049)] } }, '/body/widget/showRules/0'],
      [{ security: { level: 'none' } }, '/body/security/level'],
    ] as const
    for (const [payload, pointer] of refused) {
      expect(await patch(payload)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    }
  })
})
