import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDataFolder } from '../../../test/support/embedded.ts'
import { readEnv } from './env.ts'
import { createServer, type HelpdeskServer } from './server.ts'

const startMs = 60_000

/** A server in a folder of its own; both go when the tests are over. */
function serverIn(env: Record<string, string>, makeFolder = () => makeDataFolder('server')) {
  const started: HelpdeskServer[] = []
  let folder = ''
  beforeAll(async () => {
    folder = await makeFolder()
  })
  afterAll(async () => {
    for (const server of started) await server.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    path: (name: string) => join(folder, name),
    async start(more: Record<string, string> = {}): Promise<HelpdeskServer> {
      const variables = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...env, ...more }
      const server = await createServer(readEnv(variables))
      started.push(server)
      return server
    },
  }
}

const signIn = (server: HelpdeskServer, payload: object | null, headers: Record<string, string> = {}) =>
  server.app.inject({ method: 'POST', url: '/api/agents/sign-in', headers, payload: payload ?? {} })

describe('the demo', () => {
  const files = serverIn({ HELPDESK_DEMO: '1' })
  let server: HelpdeskServer
  beforeAll(async () => {
    server = await files.start()
  }, startMs)

  const get = async (url: string) => await server.app.inject({ url })

  test.each(['/', '/demo', '/dev/mail', '/api/docs', '/healthz', '/readyz'])('serves %s', async (url) => {
    expect((await get(url)).statusCode).toBe(200)
  })

  test('leads from / to its parts, and the page needs nothing but itself', async () => {
    const { body, headers } = await get('/')
    expect([...body.matchAll(/href="([^"]+)"/g)].map((match) => match[1])).toEqual([
      'dashboard/',
      'demo',
      'dev/mail',
      'api/docs',
    ])
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  })

  test('has a desk with messaging, hidden where the shop wants it', async () => {
    expect((await get('/api/messaging/widget/demo/settings')).json()).toMatchObject({
      id: 'demo',
      messaging: true,
      widget: { hideRules: ['*/checkout*', '*/admin*', '*/account/security*'] },
    })
  })

  test('has an owner, whose password only this account of the machine can read', async () => {
    expect((await stat(files.path('demo-owner.json'))).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(files.path('demo-owner.json'), 'utf8'))).toEqual(server.demoOwner)
    expect(server.demoOwner?.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(server.setupUrl).toBeNull()
    const response = await signIn(server, server.demoOwner)
    expect(response.json()).toMatchObject({
      agent: { email: 'owner@demo.example', name: 'Mia Lind' },
      desks: [{ id: 'demo', name: 'Slowpour', role: 'owner' }],
    })
  })

  test('has a help centre in three languages, all of whose links lead somewhere', async () => {
    const paths = new Set<string>()
    for (const [locale, articles] of [
      ['en', 11],
      ['pl', 6],
      ['de', 6],
    ] as const) {
      const { collections, featured } = (
        await get(`/api/messaging/widget/demo/articles?locale=${locale}`)
      ).json()
      expect(collections).toHaveLength(4)
      expect(featured).toHaveLength(3)
      const slugs = collections.flatMap((one: { articles: { slug: string }[] }) =>
        one.articles.map(({ slug }) => slug),
      )
      expect(slugs).toHaveLength(articles)
      for (const slug of slugs) paths.add(`/help/demo/${locale}/${slug}`)
    }
    for (const path of paths) {
      const { html } = (
        await get(path.replace(/^.*\/(..)\/(.*)$/, '/api/messaging/widget/demo/articles/$2?locale=$1'))
      ).json()
      for (const [, link = ''] of html.matchAll(/href="([^":#]+)"/g)) {
        const { pathname } = new URL(link, `http://localhost${path}`)
        expect(paths, `${path} leads to ${pathname}`).toContain(pathname)
      }
    }
    expect(paths).not.toContain('/help/demo/en/refund-limits')
    expect((await get('/help/demo/en/refund-limits')).statusCode).toBe(404)
    expect((await get('/help/demo/pl/grind-sizes')).body).toContain('Grubość mielenia')
    const shop = (await get('/demo/help')).body
    for (const [, link = ''] of shop.matchAll(/href="(\/help\/demo\/[^"]+)"/g)) expect(paths).toContain(link)
  })

  const inbox = async (from: HelpdeskServer) => {
    const cookie = String((await signIn(from, from.demoOwner)).headers['set-cookie']).split(';')[0] ?? ''
    const url = '/api/desks/demo/conversations'
    const list = await from.app.inject({ url, headers: { cookie } })
    const counts = await from.app.inject({ url: `${url}/counts`, headers: { cookie } })
    return { conversations: list.json().conversations, counts: counts.json() }
  }

  test('has conversations of every status, the newest first', async () => {
    const { conversations, counts } = await inbox(server)
    expect(counts).toMatchObject({ all: 8, pending: 3, in_progress: 2, waiting: 1, resolved: 2, mine: 2 })
    const times = conversations.map((one: { lastMessageAt: string }) => Date.parse(one.lastMessageAt))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(Date.now() - times[0]).toBeGreaterThan(3 * 60_000)
    expect(conversations.filter((one: { unread: boolean }) => one.unread)).toHaveLength(3)
  })

  test('is not opened twice at once', async () => {
    await expect(files.start()).rejects.toThrow(`is in use by process ${process.pid}`)
    expect((await get('/readyz')).statusCode).toBe(200)
  })

  test(
    'is the same after another start',
    async () => {
      const before = await inbox(server)
      await server.close()
      const again = await files.start()
      expect(again.demoOwner).toEqual(server.demoOwner)
      expect(await inbox(again)).toEqual(before)
      await again.close()
    },
    startMs,
  )
})

describe('attachments', () => {
  const files = serverIn({ HELPDESK_DEMO: '1' })
  const upload = (server: HelpdeskServer) =>
    server.app.inject({
      method: 'POST',
      url: '/api/messaging/widget/demo/attachments?name=a.txt',
      headers: { 'content-type': 'application/octet-stream' },
      payload: 'hello',
    })

  test(
    'and the key that signs their addresses lie in the data folder, and stay from start to start',
    async () => {
      const server = await files.start()
      const first = await upload(server)
      expect(first.statusCode).toBe(201)
      const kept = await readdir(files.path('files'), { recursive: true, withFileTypes: true })
      expect(kept.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([
        first.json().key.slice(0, 36),
      ])
      const key = await readFile(files.path('secret.key'), 'utf8')
      expect((await stat(files.path('secret.key'))).mode & 0o777).toBe(0o600)
      await server.close()
      const again = await files.start()
      expect(await readFile(files.path('secret.key'), 'utf8')).toBe(key)
      const signed = again.handle.deps.vault.mac('attachment-keys', 'x')
      await again.close()
      const other = await files.start({ HELPDESK_SECRET_KEY: key.trim() })
      expect(other.handle.deps.vault.verify('attachment-keys', 'x', signed)).toBe(true)
      await other.close()
    },
    startMs,
  )
})

describe('a server whose root is a help centre', () => {
  const files = serverIn({ HELPDESK_DEMO: '1', HELPDESK_HELP_CENTER_DESK: 'demo' })
  let server: HelpdeskServer
  beforeAll(async () => {
    server = await files.start()
  }, startMs)

  const get = (url: string) =>
    server.app.inject({ url, headers: { accept: 'text/html', 'accept-language': 'pl' } })

  test('leads from / to the language of the reader, and says where it is', async () => {
    expect(server.helpCenterUrl).toBe(`${server.publicUrl}/`)
    expect((await get('/')).headers.location).toBe(`${server.publicUrl}/pl`)
    expect((await get('/pl/grind-sizes')).body).toContain('Grubość mielenia')
    expect((await get('/demo')).statusCode).toBe(200)
  })

  test.each([
    '/pl/%E0%A4%A',
    '/help/demo/en/%ED%A0%80',
    '/t/%E0%A4%A',
    '/p/%ED%A0%80/contact',
    '/%00',
    '/nowhere',
    `/t/${'x'.repeat(300)}`,
    '/dashboard/%00',
    '/widget/%00',
    '/dev/mail/%00',
    '/demo/%00',
  ])('has a page for %s, which is not there', async (url) => {
    const { statusCode, headers, body } = await get(url)
    expect(statusCode).toBe(404)
    expect(headers['content-type']).toContain('text/html')
    expect(body).not.toContain('FST_ERR')
  })

  test('answers programs in their own language', async () => {
    for (const url of ['/api/desks/%E0%A4%A', '/api/messaging/widget/%ED%A0%80/settings']) {
      const { statusCode, headers, body } = await get(url)
      expect([statusCode, headers['content-type'], JSON.parse(body).code]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
        'not_found',
      ])
    }
  })
})

describe('a fresh server', () => {
  // Really fresh: it makes the database as well.
  const files = serverIn({ TRUST_PROXY: '1' }, () => mkdtemp(join(tmpdir(), 'helpdesk-server-')))
  let server: HelpdeskServer
  beforeAll(async () => {
    server = await files.start()
  }, startMs)

  test('shows nothing of the demo', async () => {
    for (const url of ['/demo', '/dev/mail']) expect((await server.app.inject({ url })).statusCode).toBe(404)
    expect((await server.app.inject({ url: '/' })).body).not.toMatch(/demo|dev\/mail/)
  })

  test('has no help centre before it has a desk', () => {
    expect(server.helpCenterUrl).toBeNull()
  })

  test('waits for its migrations, however long they take', () => {
    expect(server.app.initialConfig.pluginTimeout).toBe(0)
  })

  test('cuts slow clients off', () => {
    const { headersTimeout, requestTimeout, timeout } = server.app.server
    expect({ headersTimeout, requestTimeout, timeout }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 600_000,
      timeout: 120_000,
    })
  })

  test(
    'gives a link for the first owner, which works once; later starts give none',
    async () => {
      const address = await server.listen()
      expect(server.setupUrl?.startsWith(`${address}/dashboard/#/setup?token=`)).toBe(true)
      const setupToken = new URLSearchParams(server.setupUrl?.split('?')[1]).get('token')
      const owner = { name: 'Olga', email: 'olga@desk.example', password: 'correct horse battery' }
      const payload = { setupToken, deskName: 'Shop', ...owner }
      const made = await fetch(`${address}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      })
      expect(made.status).toBe(201)
      await server.close()
      const again = await files.start()
      expect(again.setupUrl).toBeNull()
      expect(again.helpCenterUrl).toMatch(/^http:.*\/help\/desk_[\w-]{12}$/)
      const { name: _, ...credentials } = owner
      // One proxy is trusted: it may say that the browser came through TLS.
      const forwarded = await signIn(again, credentials, { 'x-forwarded-proto': 'https' })
      expect(forwarded.headers['set-cookie']).toMatch(/^__Host-helpdesk_session=/)
      await again.close()
    },
    startMs,
  )

  test(
    'takes its owner from the environment, and does not believe proxies unless told to',
    async () => {
      const credentials = { email: 'boss@desk.example', password: 'another long one' }
      const again = await files.start({
        TRUST_PROXY: '0',
        HELPDESK_OWNER_EMAIL: credentials.email,
        HELPDESK_OWNER_PASSWORD: credentials.password,
      })
      const response = await signIn(again, credentials, { 'x-forwarded-proto': 'https' })
      expect(response.json().desks).toMatchObject([{ name: 'Shop', role: 'owner' }])
      expect(response.headers['set-cookie']).toMatch(/^helpdesk_session=/)
      await again.close()
    },
    startMs,
  )
})
