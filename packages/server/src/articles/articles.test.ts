import type { ArticleDetail, ArticleDraft, PublicArticle } from '@helpdesk/core/api'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

type Json = Record<string, never>

describe.each(databaseKinds)('the knowledge base, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const team = async <T = Json>(
    method: InjectOptions['method'],
    path: string,
    payload?: object,
    status = 200,
  ) => {
    const answer = await desk.asOwner({
      method,
      url: `/api/desks/${desk.deskId}/${path}`,
      ...(payload ? { payload } : {}),
    })
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as T
  }
  const read = async <T = Json>(path: string, headers: Record<string, string> = {}) => {
    const {
      status,
      body,
      headers: got,
    } = await desk.call({ url: `/api/messaging/widget/${desk.deskId}/${path}`, headers })
    return { status, body: body as T, headers: got }
  }
  const publish = async (locale: string, title: string, markdown: string, more: object = {}) => {
    const { id } = await team<ArticleDetail>('POST', 'articles', { locale, title, markdown, ...more }, 201)
    await team('POST', `articles/${id}/texts/${locale}/publish`)
    return id
  }
  const search = async (q: string, locale = 'en', more = '&final=true') => {
    const { body } = await read<{
      hits: { title: string; excerpt: { text: string; mark: boolean }[] }[]
      corrected: string | null
    }>(`article-search?q=${encodeURIComponent(q)}&locale=${locale}${more}`)
    return body
  }
  const titles = async (q: string, locale?: string, more?: string) =>
    (await search(q, locale, more)).hits.map(({ title }) => title)

  it('goes from empty to written, published, found with a typo and rated', async () => {
    const begin = async () =>
      (await read<{ featured: { title: string }[]; collections: { slug: string }[] }>('articles')).body
    expect(await begin()).toMatchObject({ featured: [], collections: [] })
    await publish('en', 'Storing beans', 'Dark and dry.')
    expect(await begin()).toMatchObject({ featured: [{ title: 'Storing beans' }], collections: [] })
    const collection = await team<{ id: string; slug: string }>(
      'POST',
      'collections',
      { name: { en: 'Brewing', pl: 'Parzenie' } },
      201,
    )
    expect(collection.slug).toBe('brewing')
    const made = await team<ArticleDetail>(
      'POST',
      'articles',
      {
        locale: 'en',
        title: 'Setting the grinder',
        markdown: '## Size\n\nStart with **medium** grounds.',
        collectionId: collection.id,
      },
      201,
    )
    expect(made.texts).toMatchObject([{ slug: 'setting-the-grinder', state: 'draft', revision: 1 }])
    expect((await read('articles/setting-the-grinder')).status).toBe(404)
    await team('POST', `articles/${made.id}/texts/en/publish`)
    expect(await begin()).toMatchObject({ featured: [], collections: [{ slug: 'brewing' }] })
    const { body } = await read<PublicArticle>('articles/setting-the-grinder')
    expect(body).toMatchObject({
      title: 'Setting the grinder',
      collection: { slug: 'brewing', name: 'Brewing' },
    })
    expect(body.html).toContain('<h2 id="size">Size</h2>')
    const found = await search('gridner')
    expect([found.corrected, found.hits[0]?.title]).toEqual(['grinder', 'Setting the grinder'])
    for (const helpful of [true, false])
      expect(
        (
          await desk.call({
            method: 'POST',
            url: `/api/messaging/widget/${desk.deskId}/articles/setting-the-grinder/feedback`,
            payload: { helpful, comment: 'Which grinder?' },
          })
        ).status,
      ).toBe(204)
    const detail = await team<ArticleDetail>('GET', `articles/${made.id}`)
    expect(detail.texts[0]?.feedback).toEqual({ yes: 0, no: 1 })
    expect(await team('GET', `articles/${made.id}/feedback`)).toMatchObject({
      comments: [{ helpful: false, comment: 'Which grinder?' }],
    })
    expect(await team('GET', 'article-insights')).toMatchObject({
      unhelpful: [{ title: 'Setting the grinder', feedback: { yes: 0, no: 1 } }],
    })
  })

  it('keeps what readers see while a draft is edited, and its revisions', async () => {
    const id = await publish('en', 'Cleaning the kettle', 'Use vinegar.')
    const draft = await team<ArticleDraft>('PATCH', `articles/${id}/texts/en`, {
      markdown: 'Use citric acid.',
      revision: 1,
    })
    expect(draft).toMatchObject({ state: 'published', changed: true, revision: 2 })
    expect((await read<PublicArticle>('articles/cleaning-the-kettle')).body.markdown).toBe('Use vinegar.')
    await team('PATCH', `articles/${id}/texts/en`, { markdown: 'Mine', revision: 1 }, 409)
    await team('POST', `articles/${id}/texts/en/publish`)
    expect((await read<PublicArticle>('articles/cleaning-the-kettle')).body.markdown).toBe('Use citric acid.')
    expect(await team('GET', `articles/${id}/texts/en/revisions`)).toMatchObject({
      revisions: [
        { revision: 2, markdown: 'Use citric acid.', author: 'Olga', published: true },
        { revision: 1, markdown: 'Use vinegar.', published: true },
      ],
    })
    await team('POST', `articles/${id}/texts/en/unpublish`)
    expect((await read('articles/cleaning-the-kettle')).status).toBe(404)
    expect(await titles('citric')).toEqual([])
  })

  it('leads from earlier addresses to the present one, and never two articles to one', async () => {
    const id = await publish('en', 'Old address', 'Text')
    await team('PATCH', `articles/${id}/texts/en`, { slug: 'new-address' })
    expect((await read<PublicArticle>('articles/old-address')).body.slug).toBe('new-address')
    const other = await team<ArticleDetail>('POST', 'articles', { locale: 'en', title: 'New address' }, 201)
    expect(other.texts[0]?.slug).toBe('new-address-2')
    await team('PATCH', `articles/${other.id}/texts/en`, { slug: 'new-address' }, 409)
  })

  it('finds words in their forms, in the languages that are stemmed and in those that are not', async () => {
    await publish('en', 'Returning an order', 'You can return orders within thirty days.')
    expect(await titles('returns')).toContain('Returning an order')
    await publish('pl', 'Zmiana hasła', 'Aby zmienić hasło, otwórz ustawienia użytkowników.')
    await publish('uk', 'Зміна пароля', 'Щоб змінити паролі, відкрийте налаштування.')
    await publish('cs', 'Změna hesla', 'Heslo změníte v nastavení účtu.')
    await publish('sk', 'Zmena hesla', 'Heslo zmeníte v nastaveniach účtu.')
    await publish('de', 'Rückgabe von Bestellungen', 'Bestellungen können zurückgegeben werden.')
    await publish('fr', 'Retourner une commande', 'Les commandes peuvent être retournées.')
    await publish('es', 'Devolver un pedido', 'Los pedidos se pueden devolver.')
    expect(await titles('haslo', 'pl')).toEqual(['Zmiana hasła'])
    expect(await titles('użytkownik', 'pl')).toEqual(['Zmiana hasła'])
    expect(await titles('хасло', 'pl')).toEqual([])
    expect(await titles('пароль', 'uk')).toEqual(['Зміна пароля'])
    expect(await titles('hesel nastaveni', 'cs')).toEqual(['Změna hesla'])
    expect(await titles('heslami', 'sk')).toEqual(['Zmena hesla'])
    expect(await titles('bestellung', 'de')).toEqual(['Rückgabe von Bestellungen'])
    expect(await titles('commande retournee', 'fr')).toEqual(['Retourner une commande'])
    expect(await titles('pedidos', 'es')).toEqual(['Devolver un pedido'])
    expect((await search('zmiena hasla', 'pl')).hits[0]?.title).toBe('Zmiana hasła')
  })

  it('finds while somebody types, titles first, and shows where', async () => {
    await publish('en', 'Descaling the machine', 'Every month. The water in your town decides.')
    expect(await titles('desc', 'en', '')).toEqual(['Descaling the machine'])
    const [hit] = (await search('water', 'en')).hits
    expect(hit?.excerpt.find((part) => part.mark)?.text).toBe('water')
  })

  it('notes searches that found nothing, once they were finished', async () => {
    await search('zeppelin', 'en', '')
    await search('Zeppelin!', 'en')
    await search('zeppelin', 'en')
    expect(await team('GET', 'article-insights')).toMatchObject({
      searches: expect.arrayContaining([
        expect.objectContaining({ text: 'zeppelin', locale: 'en', times: 2 }),
      ]),
    })
  })

  it.each([
    '%',
    '_',
    "'",
    ':*',
    '&|!()',
    '\\',
    "'; drop table x; --",
    '<b>',
    '!!!',
    'a'.repeat(200),
    'foo & !bar:*',
    '\u202e',
    '🎉',
  ])('A30: searches for %s as it is', async (q) => {
    for (const more of ['', '&final=true']) {
      const answer = await read(`article-search?q=${encodeURIComponent(q)}${more}`)
      expect(answer.status).toBe(200)
    }
  })

  it('keeps internal articles among agents', async () => {
    const id = await publish('en', 'Refund limits', 'Up to 200.', { internal: true })
    expect((await read('articles/refund-limits')).status).toBe(404)
    expect(await titles('refund')).toEqual([])
    const inside = await team<{ hits: { title: string; internal: boolean }[] }>(
      'GET',
      'article-search?q=refund',
    )
    expect(inside.hits).toMatchObject([{ title: 'Refund limits', internal: true }])
    await team('PATCH', `articles/${id}`, { internal: false })
    expect((await read('articles/refund-limits')).status).toBe(200)
    expect(await titles('refund')).toEqual(['Refund limits'])
  })

  it('answers with what CDNs can keep', async () => {
    const first = await read('articles')
    const again = await read('articles', { 'if-none-match': String(first.headers.etag) })
    expect([again.status, first.headers['cache-control']]).toEqual([
      304,
      'public, max-age=0, must-revalidate',
    ])
  })

  it('A34: takes an article of 2 MB, and finds it by its beginning', async () => {
    const words = Array.from({ length: 200_000 }, (_, i) => `unique${i}`).join(' ')
    expect(words.length).toBeGreaterThan(2_000_000)
    await publish('en', 'A very long one', words.slice(0, 1_999_000))
    expect(await titles('unique17')).toEqual(['A very long one'])
  })

  it('imports a folder and exports the same', async () => {
    const content =
      '---\ntitle: "Water: hard or soft"\npublished: true\nfeatured: true\n---\n\nText of *water*.\n'
    const put = (path: string, text: string) =>
      team<{ articleId: string; made: boolean }>('POST', 'article-files', { path, content: text })
    const first = await put('kb/en/machine-care/water.md', content)
    expect(first.made).toBe(true)
    expect(await put('en/machine-care/water.md', content)).toEqual({
      articleId: first.articleId,
      made: false,
    })
    expect((await put('pl/machine-care/water.md', '# Woda\n\nTekst.')).articleId).toBe(first.articleId)
    expect((await read<PublicArticle>('articles/water')).body).toMatchObject({
      title: 'Water: hard or soft',
      collection: { slug: 'machine-care', name: 'Machine care' },
    })
    const files: { path: string; content: string }[] = []
    let cursor: string | null = null
    do {
      const page: { files: typeof files; nextCursor: string | null } = await team(
        'GET',
        `article-files?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      files.push(...page.files)
      cursor = page.nextCursor
    } while (cursor)
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length)
    expect(files).toContainEqual({
      path: 'en/machine-care/water.md',
      content: content.trimEnd().concat('\n'),
    })
    expect(files.find(({ path }) => path === 'pl/machine-care/water.md')?.content).toContain('title: "Woda"')
    await expect(put('xx/water.md', 'x')).rejects.toThrow('/body/path')
    await expect(put('en/../../water.md', 'x')).rejects.toThrow('/body/path')
  })

  it('keeps images for articles, and shows nothing else at their addresses', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const upload = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/article-images?name=cup%20(1).png`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: png,
    })
    const { url, markdown } = upload.body as { url: string; markdown: string }
    expect(upload.status).toBe(201)
    const id = await publish('en', 'With a picture', markdown)
    const { html } = (await read<PublicArticle>('articles/with-a-picture')).body
    expect(html).toContain('<img src="')
    const image = await desk.app.inject({ url: url.replace('http://localhost', '') })
    expect([image.statusCode, image.headers['content-type'], image.rawPayload.equals(png)]).toEqual([
      200,
      'image/png',
      true,
    ])
    const text = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/article-images?name=a.txt`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from('text'),
    })
    expect([text.status, (text.body as { code: string }).code]).toEqual([415, 'attachment_refused'])
    await team('DELETE', `articles/${id}`, undefined, 204)
  })
})
