import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AgentEvent, VisitorEvent } from '@helpdesk/core/api'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { helpdesk } from '../plugin.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

type Logged<E> = Extract<E, { seq: number }>

interface Contact {
  contactId: string
  contactToken: string
}

/** A stream as a browser sees it. */
interface Listener<E> {
  events: Logged<E>[]
  passing: Exclude<E, { seq: number }>[]
  position(): number
  /** Resolves when everything up to this position has arrived. */
  upTo(seq: number): Promise<void>
  ended: Promise<void>
  close(): void
}

describe.each(databaseKinds)('events on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
    await desk.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => desk.close())

  const visitorPath = () => `/api/messaging/widget/${desk.deskId}/events`
  const agentPath = () => `/api/desks/${desk.deskId}/events`

  async function listen<E>(path: string, headers: Record<string, string>): Promise<Listener<E>> {
    const { port } = desk.app.server.address() as AddressInfo
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, path, headers: { accept: 'text/event-stream', ...headers }, agent: false }, resolve).on(
        'error',
        reject,
      )
    })
    expect(response.statusCode).toBe(200)
    let text = ''
    let position = -1
    const events: Logged<E>[] = []
    const passing: Exclude<E, { seq: number }>[] = []
    response.on('error', () => undefined)
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id] = /^id: (\d+)$/m.exec(block) ?? []
        const [, type] = /^event: (.*)$/m.exec(block) ?? []
        const [, data] = /^data: (.*)$/m.exec(block) ?? []
        if (id !== undefined) position = Number(id)
        if (data === undefined) continue
        const event = JSON.parse(data)
        expect(event.type).toBe(type)
        if (id === undefined) passing.push(event)
        else events.push(event)
        if (id !== undefined) expect(event.seq).toBe(Number(id))
      }
    })
    return {
      events,
      passing,
      position: () => position,
      upTo: (seq) => vi.waitFor(() => expect(position).toBeGreaterThanOrEqual(seq), { timeout: 10_000 }),
      ended: new Promise((resolve) => response.once('close', resolve)),
      close: () => response.destroy(),
    }
  }

  const asVisitor = (contact: Contact, query = '', headers = {}) =>
    listen<VisitorEvent>(`${visitorPath()}${query}`, { ...desk.bearer(contact), ...headers })
  const asAgent = (query = '', headers = {}) =>
    listen<AgentEvent>(`${agentPath()}${query}`, { cookie: desk.owner.cookie, ...headers })

  async function poll<E>(path: string, headers: Record<string, string>, after: number, limit = 2) {
    const events: Logged<E>[] = []
    for (let cursor = after, more = true; more; ) {
      const { status, body } = await desk.call({ url: `${path}?after=${cursor}&limit=${limit}`, headers })
      expect(status).toBe(200)
      const page = body as { events: Logged<E>[]; cursor: number; more: boolean }
      expect(page.events.length).toBeLessThanOrEqual(limit)
      expect(page.cursor).toBeGreaterThan(page.more ? cursor : -1)
      events.push(...page.events)
      cursor = page.cursor
      more = page.more
    }
    return events
  }
  const pollVisitor = (contact: Contact, after: number, limit?: number) =>
    poll<VisitorEvent>(visitorPath(), desk.bearer(contact), after, limit)
  const pollAgent = (after: number, limit?: number) =>
    poll<AgentEvent>(agentPath(), { cookie: desk.owner.cookie }, after, limit)
  const head = async () => ((await desk.asOwner({ url: agentPath() })).body as { cursor: number }).cursor

  const ofDesk = async (method: 'POST' | 'PATCH', path: string, payload?: object) => {
    const { status } = await desk.asOwner({
      method,
      url: `/api/desks/${desk.deskId}${path}`,
      ...(payload ? { payload } : {}),
    })
    expect(status).toBeLessThan(300)
  }
  const ofVisitor = async (contact: Contact, path: string, payload?: object) => {
    const url = `/api/messaging/widget/${desk.deskId}${path}`
    const { status } = await desk.call({
      method: 'POST',
      url,
      headers: desk.bearer(contact),
      ...(payload ? { payload } : {}),
    })
    expect(status).toBeLessThan(300)
  }

  /** Something of every kind happens between a contact and the team. */
  async function talk(contact: Contact & { conversationId: string }) {
    const { conversationId } = contact
    const path = `/conversations/${conversationId}`
    await ofDesk('POST', `${path}/replies`, { message: 'How can I help?' })
    await ofDesk('POST', `${path}/notes`, { message: 'She is a friend of Jo' })
    await ofVisitor(contact, '/reply', { conversationId, message: 'My parcel is lost' })
    await ofDesk('PATCH', path, { status: 'in_progress' })
    await ofDesk('POST', `${path}/read`, { seq: await head() })
    await ofDesk('POST', `${path}/replies`, { message: 'It is on its way', sendInstantly: true })
    await desk.handle.deliverDue()
    await ofVisitor(contact, `${path}/read`, { seq: await head() })
    await ofDesk('PATCH', '', { name: `Shop ${await head()}` })
  }

  it('polls and streams the same events, live and resumed', async () => {
    const vera = await desk.start()
    const start = await head()
    const live = await Promise.all([asVisitor(vera), asAgent()])
    await desk.start({ email: 'adam@visitor.example', message: 'Something else' })
    await talk(vera)
    const visitorEvents = await pollVisitor(vera, start)
    const agentEvents = await pollAgent(start)
    const types = (events: { type: string }[]) => [...new Set(events.map(({ type }) => type))].sort()
    expect(types(visitorEvents)).toEqual([
      'conversation.read',
      'conversation.updated',
      'desk.updated',
      'message.created',
    ])
    expect(types(agentEvents)).toEqual([...types(visitorEvents), 'notification.updated'].sort())
    expect(await pollVisitor(vera, start, 500)).toEqual(visitorEvents)

    const resumed = await Promise.all([
      asVisitor(vera, `?after=${start}`),
      asAgent('', { 'last-event-id': String(start) }),
    ])
    await vi.waitFor(() => expect(resumed[0].events).toHaveLength(visitorEvents.length))
    await vi.waitFor(() => expect(resumed[1].events).toHaveLength(agentEvents.length))
    expect(resumed[0].events).toEqual(visitorEvents)
    expect(resumed[1].events).toEqual(agentEvents)

    // A live event shows the conversation as it was then, a later one as it is now; what happened is the same.
    const happened = (events: object[]) =>
      events.map((event) => ({
        ...event,
        conversation: undefined,
        emails: undefined,
        message: messageId(event),
      }))
    await vi.waitFor(() => expect(live[0].events).toHaveLength(visitorEvents.length))
    await vi.waitFor(() => expect(live[1].events).toHaveLength(agentEvents.length))
    expect(happened(live[0].events)).toEqual(happened(visitorEvents))
    expect(happened(live[1].events)).toEqual(happened(agentEvents))
    for (const { close } of [...live, ...resumed]) close()
  })

  it('A19: shows a visitor nothing that is for the team: notes, e-mails, ids of agents, the page, other contacts', async () => {
    const vera = await desk.start({ pageUrl: 'https://shop.example/secret-page' })
    const adam = await desk.start({ email: 'adam@visitor.example', message: 'What Adam says' })
    const start = await head()
    await talk(vera)
    const events = await pollVisitor(vera, start)
    const [, agentId] = /"agentId":"([^"]+)"/.exec(JSON.stringify(await pollAgent(start))) ?? []
    expect(agentId).toBeDefined()
    for (const secret of [
      'friend of Jo',
      'email',
      'Adam',
      'secret-page',
      agentId,
      'agentId',
      'kind',
      'olga@',
    ]) {
      expect(JSON.stringify(events)).not.toContain(secret)
    }
    const keys = (value: object) => Object.keys(value).sort()
    for (const event of events) {
      const own = { 'desk.updated': [], 'message.created': ['conversation', 'message'] }[event.type as string]
      const more = event.type === 'conversation.read' ? ['by', 'conversation'] : ['conversation']
      expect(keys(event)).toEqual(['at', 'seq', 'type', ...(own ?? more)].sort())
      if ('conversation' in event) expect(event.conversation.id).toBe(vera.conversationId)
    }
    expect((await pollVisitor(adam, start)).map(({ type }) => type)).toEqual(['desk.updated'])
  })

  it('A19: keeps from a visitor, live and later, what the log marks as for agents only', async () => {
    const vera = await desk.start()
    const start = await head()
    const [visitor, agent] = await Promise.all([asVisitor(vera), asAgent()])
    await desk.handle.deps.db.run(
      {
        name: 'log_for_agents',
        text: `with desk as (
            update helpdesk.desk_counters c set event_seq = event_seq + 1 from helpdesk.desks d
            where d.desk_id = c.desk_id and d.public_id = $1 returning c.desk_id, event_seq
          )
          insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, data, at)
          select desk_id, event_seq, 'conversation.read', 'agents', $2, $3, '{"by":"agent","readSeq":1}', now() from desk`,
      },
      [desk.deskId, vera.conversationId, vera.contactId],
    )
    // Nobody tells of it, so that it is read together with an event that the visitor may see.
    await ofDesk('PATCH', '', { name: `Shop ${start}` })
    await Promise.all([agent.upTo(start + 2), visitor.upTo(start + 2)])
    expect(agent.events[0]).toMatchObject({ type: 'conversation.read', by: 'agent', readSeq: 1 })
    expect(visitor.events.map(({ type }) => type)).toEqual(['desk.updated'])
    expect((await pollVisitor(vera, start)).map(({ type }) => type)).toEqual(['desk.updated'])
    visitor.close()
    agent.close()
  })

  it('shows agents the message, what became of its e-mail, and how far everybody has read', async () => {
    // An address of its own: to one that is not verified a second e-mail would have to wait.
    const vera = await desk.start({ email: 'victor@visitor.example' })
    const start = await head()
    await talk(vera)
    const events = await pollAgent(start)
    const of = <T extends Logged<AgentEvent>['type']>(type: T) =>
      events.filter((event): event is Extract<Logged<AgentEvent>, { type: T }> => event.type === type)
    expect(of('message.created').map(({ message }) => [message.kind, message.body])).toEqual([
      ['reply', 'How can I help?'],
      ['note', 'She is a friend of Jo'],
      ['reply', 'My parcel is lost'],
      ['reply', 'It is on its way'],
    ])
    expect(of('conversation.updated').map(({ message }) => message?.change)).toEqual([
      { field: 'status', from: 'pending', to: 'in_progress' },
    ])
    expect(of('conversation.read').map(({ by, agentId }) => [by, agentId !== null])).toEqual([
      ['agent', true],
      ['contact', false],
    ])
    const replies = of('message.created').flatMap(({ message }) =>
      message.author.type === 'agent' && message.kind === 'reply' ? [message.id] : [],
    )
    const mailed = of('notification.updated').at(-1)
    expect(mailed?.conversationId).toBe(vera.conversationId)
    expect(mailed?.emails.map(({ messageId }) => messageId)).toEqual(replies)
    expect(mailed?.emails.map(({ email }) => email.state)).toEqual(['skipped', 'sent'])
  })

  it('A18: takes positions as they are, stops at the head, and refuses what is no position', async () => {
    const vera = await desk.start()
    const newest = await head()
    const answer = async (query: string, headers = {}) => {
      const { status, body } = await desk.call({
        url: `${visitorPath()}${query}`,
        headers: { ...desk.bearer(vera), ...headers },
      })
      const { events = [], cursor } = body as { events?: Logged<VisitorEvent>[]; cursor?: number }
      return { status, seqs: events.map(({ seq }) => seq), cursor }
    }
    const nothing = { status: 200, seqs: [], cursor: newest }
    expect(await answer('')).toEqual(nothing)
    expect(await answer(`?after=${newest}`)).toEqual(nothing)
    expect(await answer(`?after=${newest + 5}`)).toEqual(nothing)
    expect(await answer('?after=999999999999999')).toEqual(nothing)
    expect((await answer('?after=0')).seqs).toContain(newest)
    expect(await answer('?after=0', { 'last-event-id': String(newest) })).toEqual(nothing)
    for (const wrong of ['-1', '1.5', 'x', '1e3', '9999999999999999', "1' or '1'='1"]) {
      expect(await answer(`?after=${encodeURIComponent(wrong)}`)).toMatchObject({ status: 400 })
      expect(await answer('', { 'last-event-id': wrong })).toMatchObject({ status: 400 })
    }
    expect(await answer('?limit=0')).toMatchObject({ status: 400 })
    expect((await answer('?after=0&limit=1')).seqs).toHaveLength(1)

    const future = await asVisitor(vera, '?after=999999999999999')
    await future.upTo(newest)
    expect(future.position()).toBe(newest)
    await ofVisitor(vera, '/reply', { conversationId: vera.conversationId, message: 'Hello?' })
    await future.upTo(newest + 1)
    expect(future.events.map(({ seq }) => seq)).toEqual([newest + 1])
    future.close()
  })

  it('A18: refuses a stream as any other request, before it begins', async () => {
    const vera = await desk.start()
    const stream = { accept: 'text/event-stream' }
    const refused = [
      [visitorPath(), {}, 401],
      [visitorPath(), desk.bearer({ ...vera, contactToken: 'x'.repeat(43) }), 401],
      [visitorPath().replace(desk.deskId, 'absent'), desk.bearer(vera), 404],
      [agentPath(), {}, 401],
      [agentPath(), desk.bearer(vera), 401],
      [agentPath().replace(desk.deskId, 'absent'), { cookie: desk.owner.cookie }, 404],
    ] as const
    for (const [url, headers, status] of refused) {
      const response = await desk.app.inject({ url, headers: { ...stream, ...headers } })
      expect([response.statusCode, response.headers['content-type']]).toEqual([
        status,
        'application/problem+json; charset=utf-8',
      ])
    }
    const HEAD = await desk.app.inject({
      method: 'HEAD',
      url: visitorPath(),
      headers: { ...stream, ...desk.bearer(vera) },
    })
    expect(HEAD.headers['content-type']).not.toContain('event-stream')
  })

  it('A18: ends the stream of a contact whose token was revoked, and of an agent who signed out', async () => {
    const vera = await desk.start()
    const { deps } = desk.handle
    const login = { email: desk.owner.email, password: desk.owner.password }
    const signedIn = await desk.app.inject({ method: 'POST', url: '/api/agents/sign-in', payload: login })
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    const streams = await Promise.all([asVisitor(vera), asAgent('', { cookie })])
    const staying = await asAgent()
    await deps.db.run(
      { name: 'revoke', text: 'update helpdesk.contacts set token_hash = null where id = $1' },
      [vera.contactId],
    )
    await desk.call({
      method: 'POST',
      url: '/api/agents/sign-out',
      headers: { cookie, origin: 'http://localhost' },
    })
    await ofDesk('PATCH', '', { name: 'Shop' })
    await Promise.all(streams.map(({ ended }) => ended))
    await ofDesk('PATCH', '', { name: 'Still here' })
    await staying.upTo(await head())
    staying.close()
  })

  it('leaves out events whose conversation is gone, and moves on', async () => {
    const vera = await desk.start()
    const start = await head()
    await talk(vera)
    const { db } = desk.handle.deps
    await db.run({ name: 'd1', text: 'delete from helpdesk.messages where conversation_id = $1' }, [
      vera.conversationId,
    ])
    await db.run({ name: 'd2', text: 'delete from helpdesk.conversations where id = $1' }, [
      vera.conversationId,
    ])
    for (const events of [await pollVisitor(vera, start), await pollAgent(start)]) {
      expect(events.map(({ type }) => type)).toEqual(['desk.updated'])
      expect(events.at(-1)?.seq).toBe(await head())
    }
  })

  it('finds the few events of a contact far apart in a long log, in bounded steps', async () => {
    const vera = await desk.start()
    const start = await head()
    // Most of the log stays empty here: only positions count.
    const pass = (count: number, filled: number) =>
      desk.handle.deps.db.run(
        {
          name: 'fill_log',
          text: `with desk as (
              update helpdesk.desk_counters c set event_seq = event_seq + $1::int from helpdesk.desks d
              where d.desk_id = c.desk_id and d.public_id = $2 returning c.desk_id, event_seq - $1 as base
            )
            insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, message_seq, at)
            select desk_id, base + n, 'message.created', 'all', gen_random_uuid(), gen_random_uuid(), base + n, now()
            from desk, generate_series(1, $3::int) n`,
        },
        [count, desk.deskId, filled],
      )
    await pass(6_000, 1_000)
    await ofVisitor(vera, '/reply', { conversationId: vera.conversationId, message: 'one' })
    await pass(55_000, 0)
    await ofVisitor(vera, '/reply', { conversationId: vera.conversationId, message: 'two' })
    const newest = await head()
    const events = await pollVisitor(vera, start, 100)
    expect(events.map(({ seq }) => seq)).toEqual([start + 6_001, newest])
    const stream = await asVisitor(vera, `?after=${start}`)
    await stream.upTo(newest)
    expect(stream.events).toEqual(events)
    stream.close()
  })

  it('brings typing and who is there to both sides', async () => {
    const vera = await desk.start()
    const visitor = await asVisitor(vera)
    const agent = await asAgent()
    const path = `/conversations/${vera.conversationId}/typing`
    await ofVisitor(vera, path)
    await ofDesk('POST', path)
    await vi.waitFor(() => {
      expect(agent.passing).toContainEqual({
        type: 'typing',
        conversationId: vera.conversationId,
        by: 'contact',
        agentId: null,
        name: 'vera@visitor.example',
      })
      expect(visitor.passing).toContainEqual({
        type: 'typing',
        conversationId: vera.conversationId,
        by: 'agent',
        name: 'Olga',
      })
      expect(visitor.passing).toContainEqual({ type: 'presence', agentsOnline: true })
    })
    const { body } = await desk.asOwner({
      url: `/api/desks/${desk.deskId}/conversations/${vera.conversationId}`,
    })
    expect((body as { contact: { online: boolean } }).contact.online).toBe(true)
    visitor.close()
    agent.close()
  })

  it.runIf(kind === 'postgres')('reaches streams in another process', async () => {
    const { pool } = desk.handle.deps.db
    const other = Fastify()
    await other.register(helpdesk, {
      database: { pool: pool! },
      publicUrl: 'http://localhost',
      worker: false,
      rateLimits: false,
    })
    const vera = await desk.start()
    const [visitor, agent] = await Promise.all([asVisitor(vera), asAgent()])
    const newest = await head()
    const url = `/api/messaging/widget/${desk.deskId}`
    const headers = desk.bearer(vera)
    const payload = { conversationId: vera.conversationId, message: 'From elsewhere' }
    const reply = await other.inject({ method: 'POST', url: `${url}/reply`, headers, payload })
    expect(reply.statusCode).toBe(201)
    await Promise.all([visitor.upTo(newest + 1), agent.upTo(newest + 1)])
    await other.inject({ method: 'POST', url: `${url}/conversations/${vera.conversationId}/typing`, headers })
    await vi.waitFor(() => expect(agent.passing.map(({ type }) => type)).toContain('typing'))
    expect(other.server.listening).toBe(false)
    visitor.close()
    agent.close()
    await other.close()
  })

  it('F13: closes while streams are open', async () => {
    const vera = await desk.start()
    const streams = await Promise.all([asVisitor(vera), asAgent(), asAgent()])
    await desk.app.close()
    await Promise.all(streams.map(({ ended }) => ended))
  })
})

function messageId(event: object): string | undefined {
  return 'message' in event && event.message ? (event.message as { id: string }).id : undefined
}
