import fastifyCookie from '@fastify/cookie'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { helpdesk } from './plugin.ts'
import { openDatabase } from './testing.ts'

describe('a host that has an error handler, a cookie plugin, parsers and routes of its own', () => {
  const app = Fastify({ ajv: { customOptions: { coerceTypes: true, removeAdditional: true } } })
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await openDatabase('pglite')
    close = opened.close
    await app.register(fastifyCookie, { secret: 'host' })
    app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    app.setErrorHandler((error, _request, reply) => reply.code(418).send({ host: (error as Error).message }))
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ host: 'nothing here' }))
    app.addHook('onSend', async (_request, reply) => void reply.header('x-host', 'yes'))
    app.get('/', async () => ({ host: 'home' }))
    app.get('/fails', async () => {
      throw new Error('of the host')
    })
    app.post(
      '/echo',
      {
        schema: {
          body: { type: 'object', properties: { n: { type: 'number' } }, additionalProperties: false },
        },
      },
      async (request) => request.body,
    )
    await app.register(helpdesk, {
      prefix: '/support',
      publicUrl: 'https://host.example/support',
      database: opened.database,
      owner: { email: 'olga@host.example', password: 'correct horse battery' },
      worker: false,
    })
    await app.ready()
  })
  afterAll(async () => {
    await app.close()
    await close()
  })

  const get = (url: string) => app.inject({ url })

  it('keeps its routes, its errors and its 404', async () => {
    expect((await get('/')).json()).toEqual({ host: 'home' })
    expect(await get('/fails')).toMatchObject({ statusCode: 418 })
    expect((await get('/nowhere')).json()).toEqual({ host: 'nothing here' })
    expect((await get('/api/desks')).json()).toEqual({ host: 'nothing here' })
  })

  it('keeps its validator: it still coerces and strips, the desk does neither', async () => {
    const echo = await app.inject({ method: 'POST', url: '/echo', payload: { n: '5', extra: 1 } })
    expect(echo.json()).toEqual({ n: 5 })
    const [desk] = await desks()
    const url = `/support/api/messaging/widget/${desk}/message`
    const refused = await app.inject({
      method: 'POST',
      url,
      payload: { email: 'a@b.example', message: 5, extra: 1 },
    })
    expect(refused.statusCode).toBe(400)
    expect(refused.headers['content-type']).toContain('application/problem+json')
  })

  it('keeps its parsers: text reaches the host and not the desk', async () => {
    const [desk] = await desks()
    const url = `/support/api/messaging/widget/${desk}/message`
    const headers = { 'content-type': 'text/plain' }
    expect(await app.inject({ method: 'POST', url, payload: 'x', headers })).toMatchObject({
      statusCode: 415,
    })
  })

  it('works under its prefix, from health to the first message', async () => {
    expect((await get('/support/readyz')).json()).toMatchObject({ status: 'ready' })
    expect((await get('/support/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' })
    expect((await get('/support/api/docs')).body).toContain('conversations.start')
    expect((await get('/support/api/nothing')).json()).toMatchObject({ code: 'not_found' })
    const [desk] = await desks()
    const started = await app.inject({
      method: 'POST',
      url: `/support/api/messaging/widget/${desk}/message`,
      payload: { email: 'a@b.example', message: 'Hello' },
    })
    expect(started.statusCode).toBe(201)
  })

  it('adds nothing to the host: no decorator, no global handler', () => {
    for (const name of ['helpdesk', 'db', 'deps', 'sse']) expect(app.hasDecorator(name)).toBe(false)
    expect(process.listenerCount('uncaughtException')).toBeLessThanOrEqual(1)
  })

  async function desks(): Promise<string[]> {
    const signedIn = await app.inject({
      method: 'POST',
      url: '/support/api/agents/sign-in',
      payload: { email: 'olga@host.example', password: 'correct horse battery' },
    })
    return signedIn.json().desks.map((desk: { id: string }) => desk.id)
  }
})
