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
    expect(body).toContain('<aside class="call-out tip">')
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
