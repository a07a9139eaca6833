import { routes } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('bad input, on %s', (kind) => {
  let desk: TestDesk
  const at = (path: string) => `/api/messaging/widget/${desk.deskId}/${path}`
  const good = { email: 'vera@visitor.example', message: 'Hello' }
  const send = (payload: unknown, extra: InjectOptions = {}) =>
    desk.call({ method: 'POST', url: at('message'), payload: payload as object, ...extra })
  const raw = (payload: string, type = 'application/json') =>
    send(payload, { headers: { 'content-type': type } })
  const rows = async () => {
    const result = await desk.handle.deps.db.orm.execute(
      sql`select (select count(*) from helpdesk.contacts)::int + (select count(*) from helpdesk.conversations)::int
        + (select count(*) from helpdesk.messages)::int + (select count(*) from helpdesk.events)::int
        + (select count(*) from helpdesk.notifications)::int as n`,
    )
    return (result as unknown as { rows: { n: number }[] }).rows[0]!.n
  }
  beforeAll(async () => {
    desk = await startDesk(kind)
    await desk.start()
  })
  afterAll(() => desk?.close())

  const refused: [name: string, body: unknown, pointer: string][] = [
    ['NUL in a message (A32)', { ...good, message: 'a\0b' }, '/body/message'],
    ['NUL in a name (A32)', { ...good, name: 'a\0' }, '/body/name'],
    ['a lone surrogate (A32)', { ...good, message: 'a\ud800b' }, '/body/message'],
    ['an array for a string (A02)', { ...good, message: ['Hello'] }, '/body/message'],
    ['an object for a string (A21)', { ...good, message: { __html: '<b>' } }, '/body/message'],
    ['a number for a string', { ...good, message: 5 }, '/body/message'],
    ['null for a string', { ...good, message: null }, '/body/message'],
    ['true for an address', { ...good, email: true }, '/body/email'],
    ['an empty message', { ...good, message: '' }, '/body/message'],
    ['a blank message', { ...good, message: ' \n\t ' }, '/body/message'],
    ['a message of 20,001 characters', { ...good, message: 'x'.repeat(20_001) }, '/body/message'],
    ['a missing message', { email: good.email }, '/body/message'],
    ['an unknown field', { ...good, admin: true }, '/body/admin'],
    ['a list of addresses (A26)', { ...good, email: 'a@b.example, c@d.example' }, '/body/email'],
    [
      'a line break in an address (A26)',
      { ...good, email: 'a@b.example\r\nBcc: c@d.example' },
      '/body/email',
    ],
    ['a pattern for an address', { ...good, email: '%' }, '/body/email'],
    [
      'a contact id that is none',
      { ...good, contactId: '1', contactToken: 'x'.repeat(43) },
      '/body/contactId',
    ],
    [
      'a token with a space',
      { ...good, contactId: '00000000-0000-7000-8000-000000000000', contactToken: `${'x'.repeat(42)} ` },
      '/body/contactToken',
    ],
    ['a body that is an array', [good], '/body'],
    ['a body that is null', null, '/body'],
    ['a name of 201 characters', { ...good, name: 'n'.repeat(201) }, '/body/name'],
  ]
  it.each(refused)('%s is refused by name, and nothing is written', async (_name, body, pointer) => {
    const before = await rows()
    const answer = await raw(JSON.stringify(body))
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect((answer.body as { errors: { pointer: string }[] }).errors.map((error) => error.pointer)).toContain(
      pointer,
    )
    expect(await rows()).toBe(before)
  })

  it('a body over 256 KiB is 413, chunked as well (A50)', async () => {
    const before = await rows()
    const huge = JSON.stringify({ ...good, message: 'x'.repeat(1024 * 1024) })
    expect(await raw(huge)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } })
    await desk.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = desk.app.server.address() as { port: number }
    const stream = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < huge.length; sent += 65_536)
          controller.enqueue(new TextEncoder().encode(huge.slice(sent, sent + 65_536)))
        controller.close()
      },
    })
    const response = await fetch(`http://127.0.0.1:${port}${at('message')}`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit)
    expect(response.status).toBe(413)
    await response.arrayBuffer()
    expect(await rows()).toBe(before)
  })

  it.each([
    ['broken JSON', '{"email":', 400, 'invalid_json'],
    ['nothing', '', 400, 'invalid_json'],
    [
      'prototype pollution (A25)',
      '{"email":"a@b.example","message":"x","__proto__":{"admin":true}}',
      400,
      'invalid_json',
    ],
    [
      'a constructor trick (A25)',
      '{"email":"a@b.example","message":"x","constructor":{"prototype":{}}}',
      400,
      'invalid_json',
    ],
    [
      '100,000 levels (A50)',
      `{"email":"a@b.example","message":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      400,
      'validation_failed',
    ],
  ])('%s', async (_name, text, status, code) => {
    const before = await rows()
    expect(await raw(text)).toMatchObject({ status, body: { code } })
    expect(await rows()).toBe(before)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body of type %j is not taken for JSON',
    async (type) => {
      const answer = await raw(JSON.stringify(good), type)
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
    },
  )

  it('queries are checked too: unknown members, repeated ones, positions that are none', async () => {
    const started = await desk.start()
    for (const query of [
      'extra=1',
      'limit=1&limit=2',
      'limit=-1',
      'limit=ten',
      'cursor=x',
      'limit=0',
      'cursor=99999999999999999999',
      'limit=5%00',
    ]) {
      const answer = await desk.call({ url: at(`history?${query}`), headers: desk.bearer(started) })
      expect(answer, query).toMatchObject({ status: 400, body: { code: 'validation_failed' } })
    }
  })

  it('ids that are none are named; positions out of range are not an error of ours (A32)', async () => {
    const started = await desk.start()
    const read = (id: string, payload: object) =>
      desk.call({
        method: 'POST',
        url: at(`conversations/${id}/read`),
        payload,
        headers: desk.bearer(started),
      })
    expect(await read("1' or 1=1", { seq: 1 })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/params/conversationId' }] },
    })
    expect(await read(started.conversationId, { seq: -1 })).toMatchObject({ status: 400 })
    expect(await read(started.conversationId, { seq: 1.5 })).toMatchObject({ status: 400 })
    expect(await read(started.conversationId, { seq: 2 ** 60 })).toMatchObject({ status: 400 })
    expect(await read(started.conversationId, { seq: Number.MAX_SAFE_INTEGER })).toMatchObject({
      status: 200,
    })
  })

  it('hostile text is kept and given back letter by letter (A20)', async () => {
    for (const message of [
      '<script>alert(1)</script>',
      "'; drop table helpdesk.messages; --",
      '%_\\',
      '\u202Egnp.exe',
      '🐙'.repeat(1000),
      'x'.repeat(20_000),
    ]) {
      const started = await desk.start({ message })
      expect(started.message.body).toBe(message)
    }
  })

  it('every route of the contract answers hostile input with 4xx, never 5xx (G6)', async () => {
    const bodies = [null, [], 'x', 5, true, {}, { message: {} }, { seq: 'x' }, { email: [] }]
    for (const route of routes) {
      const url = route.path
        .replace(/:(helpdeskId|deskId)/, desk.deskId)
        .replace(':conversationId', '00000000-0000-7000-8000-000000000000')
      for (const body of route.method === 'GET' ? [undefined] : bodies) {
        const options = {
          method: route.method,
          url,
          ...(body === undefined
            ? {}
            : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        }
        const { status } = await desk.call({
          ...options,
          headers: { ...options.headers, 'x-forwarded-for': '1.1.1.1' },
        })
        expect(status, `${route.id} ${JSON.stringify(body)}`).toBeLessThan(500)
      }
    }
  })

  it('an address under the prefix that nothing serves is a problem document', async () => {
    expect(await desk.call({ url: '/api/nothing/here' })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })
})
