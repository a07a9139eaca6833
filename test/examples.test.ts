import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { verifyIdentity } from '@helpdesk/core'
import Fastify from 'fastify'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { runBot } from '../examples/agent-bot.ts'
import { addHelpdesk } from '../examples/mount-in-your-fastify.ts'
import { addWidget } from '../examples/npm-widget.ts'
import { chat } from '../examples/own-ui.ts'
import { vouchFor } from '../examples/sign-identity.ts'
import { createDatabase, dropDatabase } from './support/postgres.ts'

const owner = { email: 'olga@shop.example', password: 'correct horse battery' }
const origin = 'https://shop.example'

test('mount-in-your-fastify: the desk stands beside the routes of the host, on its pool, which stays open', async () => {
  const server = inject('postgresUrl')
  const name = `examples_${process.pid}`
  const pool = new pg.Pool({ connectionString: await createDatabase(server, name), max: 3 })
  onTestFinished(async () => {
    await pool.end()
    await dropDatabase(server, name)
  })
  const app = Fastify()
  app.get('/', async () => 'The shop')
  await addHelpdesk(app, { database: { pool }, origin, owner })
  expect((await app.inject('/')).body).toBe('The shop')
  expect((await app.inject('/support/readyz')).json()).toEqual({ status: 'ready', database: 'postgres' })
  await app.close()
  expect((await pool.query('select email from helpdesk.agents')).rows).toEqual([{ email: owner.email }])
})

test('own-ui and agent-bot: a visitor asks, the bot answers, the answer arrives', async () => {
  const app = Fastify({ forceCloseConnections: true })
  const pglite = await PGlite.create()
  await addHelpdesk(app, { database: { pglite }, origin, owner })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await pglite.close()
  })
  const url = `${address}/support`
  const signIn = await app.inject({ method: 'POST', url: '/support/api/agents/sign-in', payload: owner })
  const desk: string = signIn.json().desks[0].id

  const stop = new AbortController()
  const answered = Promise.withResolvers<string[]>()
  const visitor = chat(
    { url, desk, email: 'ann@visitor.example', question: 'Is the blue one in stock?' },
    (thread) => thread.length > 1 && answered.resolve(thread.map(({ body }) => body)),
    stop.signal,
  )
  const answer = (message: string) => (message.includes('blue') ? 'Yes, three of them.' : null)
  const bot = runBot({ url, ...owner, after: 0 }, answer, stop.signal)
  // One that fails says why; without that the test would only run out of time.
  const thread = await Promise.race([answered.promise, visitor, bot])
  stop.abort()
  await Promise.all([visitor, bot])
  expect(thread).toEqual(['Is the blue one in stock?', 'Yes, three of them.'])
})

test('sign-identity: what the host signs is verified, and nothing else', async () => {
  const now = 1_800_000_000
  const key = { id: 'k1', secret: 'a secret of at least thirty-two bytes' }
  const { identity, signature } = await vouchFor({ id: 7, email: 'ann@shop.example', name: 'Ann' }, key, now)
  const verify = (claimed: object) => verifyIdentity(claimed, signature, { desk: 'shop', keys: [key], now })
  expect(await verify(identity)).toMatchObject({ ok: true, form: 'full', trusted: identity })
  expect(await verify({ ...identity, user_external_id: '8' })).toEqual({
    ok: false,
    reason: 'signature_mismatch',
  })
})

test('npm-widget and embed: they name what the widget has', async () => {
  expect(addWidget).toBeTypeOf('function')
  const html = await readFile(new URL('../examples/embed.html', import.meta.url), 'utf8')
  const readme = await readFile(new URL('../packages/widget/README.md', import.meta.url), 'utf8')
  const attributes = [...html.matchAll(/ (data-[a-z-]+)=/g)].map(([, name = '']) => name)
  expect(attributes).toEqual([
    'data-helpdesk-id',
    'data-locale',
    'data-email',
    'data-user-name',
    'data-signature',
  ])
  for (const attribute of attributes) expect(readme).toContain(`\`${attribute}\``)
})
