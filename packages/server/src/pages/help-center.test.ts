import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('the help centre, on %s', (kind) => {
  let desk: TestDesk
  let at: string
  beforeAll(async () => {
    desk = await startDesk(kind, { publicUrl: 'http://localhost/support' })
    at = `/help/${desk.deskId}`
    const put = (path: string, content: string) =>
      desk.asOwner({
        method: 'POST',
        url: `/api/desks/${desk.deskId}/article-files`,
        payload: { path, content },
      })
    await put(
      'en/brewing/grinder.md',
      '---\ntitle: "Setting the grinder & scale"\npublished: true\nfeatured: true\n---\n## Size\n\nMedium.\n\n## Burrs\n\n> [!TIP]\n> Clean them.\n\n<script>alert(1)</script>',
    )
    await put('pl/brewing/grinder.md', '---\ntitle: Ustawianie młynka\npublished: true\n---\nŚrednio.')
    await put('en/brewing/kettle.md', '---\ntitle: The kettle\npublished: true\n---\nBoil.')
    await put('en/brewing/draft.md', '---\ntitle: Not yet\n---\nSECRET draft')
    await put(
      'en/brewing/inside.md',
      '---\ntitle: Inside\npublished: true\ninternal: true\n---\nSECRET internal',
    )
  })
  afterAll(() => desk?.close())
  const open = (path: string, headers: Record<string, string> = {}) =>
    desk.app.inject({ url: at + path, headers })

  it('begins in the language of the reader, as far as there is one', async () => {
    expect((await open('', { 'accept-language': 'pl-PL,pl' })).headers.location).toBe(
      `http://localhost/support${at}/pl`,
    )
    expect((await open('', { 'accept-language': 'de' })).headers.location).toBe(
      `http://localhost/support${at}/en`,
    )
  })

  it('shows collections with their articles, never drafts nor what is for agents', async () => {
    const { body, statusCode } = await open('/en')
    expect(statusCode).toBe(200)
    expect(body).toContain('Setting the grinder &amp; scale')
    expect(body).toContain('/en/collections/brewing')
    for (const path of [
      '/en',
      '/en/collections/brewing',
      '/en/search?q=secret',
      '/sitemap.xml',
      '/llms.txt',
      '/en/feed.xml',
    ])
      expect((await open(path)).body).not.toMatch(/SECRET|Not yet|Inside/)
    expect((await open('/en/draft')).statusCode).toBe(404)
    expect((await open('/en/inside')).statusCode).toBe(404)
  })

  it('shows an article with its other languages, for people and for search engines', async () => {
    const { body } = await open('/en/grinder')
    expect(body).toContain('<html lang="en">')
    expect(body).toContain(`<link rel="canonical" href="http://localhost/support${at}/en/grinder"/>`)
    expect(body).toContain(`hreflang="pl" href="http://localhost/support${at}/pl/grinder"`)
    expect(body).toContain('<meta property="og:title" content="Setting the grinder &amp; scale"/>')
    expect(body).toContain('"@type":"TechArticle"')
    expect(body).toContain('<h2 id="burrs">Burrs</h2>')
    expect(body).toContain('<aside class="call-out tip"><p class="kind">Tip</p>')
    expect(body).not.toContain('alert(1)')
    expect(body.match(/<h1/g)).toHaveLength(1)
    expect(Buffer.byteLength(body)).toBeLessThan(50_000)
    expect(gzipSync(body).length).toBeLessThan(15_000)
  })

  it('runs nothing but its own scripts, and stands in no frame', async () => {
    const policy = String((await open('/en/grinder')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect((await desk.app.inject({ url: '/help/app.js' })).headers['content-type']).toContain(
      'text/javascript',
    )
  })

  it('finds with a typo, without scripts', async () => {
    const { body } = await open('/en/search?q=gridner')
    expect(body).toContain('Results for “grinder”')
    expect((await open('/en/search?q=medum')).body).toContain('<mark>Medium</mark>')
    expect((await open('/en/search?q=%3Cscript%3E')).body).not.toContain('<script>')
    expect((await open('/en/search')).statusCode).toBe(200)
  })

  it('leads from earlier addresses for good', async () => {
    const found = await desk.asOwner({ url: `/api/desks/${desk.deskId}/article-search?q=kettle` })
    const list = await desk.asOwner({ url: `/api/desks/${desk.deskId}/articles` })
    const kettle = (list.body as { articles: { id: string; texts: { slug: string }[] }[] }).articles.find(
      ({ texts }) => texts[0]?.slug === 'kettle',
    )
    expect(found.status).toBe(200)
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}/articles/${kettle?.id}/texts/en`,
      payload: { slug: 'boiling' },
    })
    const moved = await open('/en/kettle')
    expect([moved.statusCode, moved.headers.location]).toEqual([
      301,
      `http://localhost/support${at}/en/boiling`,
    ])
  })

  it('has a Markdown twin of every article, a list for models, a site map and a feed', async () => {
    const twin = await open('/en/grinder.md')
    expect([
      twin.headers['content-type'],
      twin.body.startsWith('# Setting the grinder & scale\n\n## Size'),
    ]).toEqual(['text/markdown; charset=utf-8', true])
    expect((await open('/llms.txt')).body).toContain(
      `(http://localhost/support${at}/en/grinder.md): Size Medium.`,
    )
    const map = (await open('/sitemap.xml')).body
    expect(map).toContain(`<loc>http://localhost/support${at}/pl/grinder</loc>`)
    expect((await open('/en/feed.xml')).body).toContain('<title>Setting the grinder &amp; scale</title>')
  })

  it('can be kept and asked for again', async () => {
    const first = await open('/en/grinder')
    const again = await open('/en/grinder', { 'if-none-match': String(first.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('says in its own look what is not there', async () => {
    const missing = await open('/en/nothing-here')
    expect([missing.statusCode, missing.body.includes('This page is not there')]).toEqual([404, true])
    expect(missing.headers['content-security-policy']).toBeDefined()
    for (const path of ['/en/%00', '/en/..%2f..%2fetc', '/en/<b>', '/en/collections/none', '/xx'])
      expect((await open(path)).statusCode).toBe(404)
    expect((await desk.app.inject({ url: '/help/nobody/en' })).statusCode).toBe(404)
  })

  it.each(['/help/%00/en', '/help/%00', '/help/sh%00op/sitemap.xml', '/help/%F0%9F%90%99/en/search?q=a'])(
    'takes %s for a help centre that is not there',
    async (url) => {
      const { statusCode, body } = await desk.app.inject({ url, headers: { 'accept-language': 'en' } })
      expect([statusCode, body.includes('This link does not work')]).toEqual([404, true])
    },
  )

  it.each(['/en/%00', '/en/collections/%00', '/en/a%00b.md', '/en/%F0%9F%90%99', '/en/collections/%27'])(
    'takes %s for a page that is not there',
    async (path) => {
      const { statusCode, body } = await open(path)
      expect([statusCode, body.includes('This page is not there')]).toEqual([404, true])
    },
  )

  it.each(['/%ED%A0%80', '/en/%ED%A0%80', '/en/%E0%A4%A', '/en/collections/%E0%A4%A', '/%00/grinder'])(
    'refuses %s, which is no text or no language',
    async (path) => {
      expect([400, 404]).toContain((await open(path)).statusCode)
    },
  )

  it.each([
    '%00',
    'grinder%00',
    '%ED%A0%80',
    '%E0%A4%A',
    `${'a'.repeat(199)}%F0%9F%90%99`,
    'grinder&q=grinder',
    '%F0%9F%90%99'.repeat(300),
  ])('searches for %s without harm', async (q) => {
    const { statusCode, body } = await open(`/en/search?q=${q}`)
    expect(statusCode).toBe(200)
    expect(body).not.toMatch(/[\0\ufffd]/)
  })
})

it('lets an address read so many pages a minute, and says when it may go on', async () => {
  const desk = await startDesk('pglite', { rateLimits: { read: { points: 3, seconds: 60 } } })
  const searched = async () => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/article-insights` })
    return (body as { searches: { text: string }[] }).searches.map(({ text }) => text)
  }
  const open = (q: string, remoteAddress: string) =>
    desk.app.inject({
      url: `/help/${desk.deskId}/en/search?q=${q}`,
      headers: { 'accept-language': 'en' },
      remoteAddress,
    })
  for (const q of ['one', 'two', 'three']) expect((await open(q, '192.0.2.1')).statusCode).toBe(200)
  const busy = await open('four', '192.0.2.1')
  expect(busy.statusCode).toBe(429)
  expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0)
  expect(busy.headers['cache-control']).toBe('no-store')
  expect(busy.headers['content-security-policy']).toContain("default-src 'none'")
  expect(busy.body).toContain('Please wait a moment')
  expect((await desk.app.inject({ url: '/help/nobody/en', remoteAddress: '192.0.2.1' })).statusCode).toBe(429)
  expect((await open('five', '192.0.2.2')).statusCode).toBe(200)
  expect((await searched()).sort()).toEqual(['five', 'one', 'three', 'two'])
  await desk.close()
})

it('is at the root too when the host says so', async () => {
  const desk = await startDesk('pglite', { helpCenterDesk: 'shop-help' })
  const deskId = await desk.desk({ publicId: 'shop-help', name: 'Shop' })
  expect(deskId).toBe('shop-help')
  const start = await desk.app.inject({ url: '/', headers: { 'accept-language': 'en' } })
  expect(start.headers.location).toBe('http://localhost/en')
  expect((await desk.app.inject({ url: '/en' })).body).toContain('Shop')
  expect((await desk.app.inject({ url: '/sitemap.xml' })).statusCode).toBe(200)
  await desk.close()
})
