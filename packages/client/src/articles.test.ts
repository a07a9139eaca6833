import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, sampleSeed } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
let now = Date.parse('2026-11-21T10:00:00Z')
const { handlers, state } = createHelpdeskHandlers({
  seed: { ...sampleSeed, signedIn: true },
  now: () => new Date(now),
})
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const reader = createVisitorClient({ url, desk: 'acme' })
const { articles, collections } = createAgentClient({ url })
const titlesOf = ({ hits }: { hits: { title: string }[] }) => hits.map(({ title }) => title)
const articleCalled = (title: string) =>
  state.articles.find(({ texts }) => texts.some((text) => text.title === title))!

async function publish(title: string, markdown = 'Text.', more: object = {}) {
  const { id } = await articles.create('acme', { locale: 'en', title, markdown, ...more })
  await articles.publish('acme', id, 'en')
  return id
}

describe('for readers', () => {
  test('the help centre has collections with what is published in them, and the featured articles', async () => {
    const home = await reader.articles.home()
    expect(home).toMatchObject({ locale: 'en', url: 'http://desk.test/help/acme/en' })
    expect(home.featured.map(({ slug }) => slug)).toEqual(['invite-your-team', 'change-your-invoice-address'])
    expect(home.collections.map(({ name, articles: all }) => [name, all.map(({ title }) => title)])).toEqual([
      ['Getting started', ['Invite your team', 'Export your data']],
      ['Invoices and payments', ['Change your invoice address']],
    ])
    const polish = await reader.articles.home({ locale: 'pl' })
    expect(polish.collections.map(({ name }) => name)).toEqual(['Pierwsze kroki'])
    expect((await reader.articles.home({ locale: 'de' })).locale).toBe('en')
  })

  test('nothing that is read takes credentials along', async () => {
    const visitor = createVisitorClient({ url, desk: 'acme' })
    await visitor.conversations.start({ message: 'Hi', email: 'ann@example.com' })
    await visitor.articles.home()
    await visitor.articles.read('invite-your-team')
    await visitor.articles.search('team')
    await visitor.articles.rate('invite-your-team', { helpful: true })
    const seen = state.requests.slice(1)
    expect(seen).toHaveLength(4)
    expect(seen.filter(({ headers }) => headers.has('authorization'))).toEqual([])
  })

  test('an article comes rendered, with its languages and what stands beside it', async () => {
    const article = await reader.articles.read('invite-your-team')
    expect(article).toMatchObject({
      title: 'Invite your team',
      collection: { slug: 'getting-started', name: 'Getting started' },
      url: 'http://desk.test/help/acme/en/invite-your-team',
      locales: [
        { locale: 'en', slug: 'invite-your-team' },
        { locale: 'pl', slug: 'zapros-swoj-zespol' },
      ],
    })
    expect(article.html).toContain('<h2 id="send-an-invitation">Send an invitation</h2>')
    expect(article.related.map(({ title }) => title)).toEqual(['Export your data'])
    const polish = await reader.articles.read('zapros-swoj-zespol', { locale: 'pl' })
    expect(polish.title).toBe('Zaproś swój zespół')
    await expect(reader.articles.read('refund-limits')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('typing finds titles first, then finished words in texts, and shows where', async () => {
    expect(titlesOf(await reader.articles.search('inv'))).toEqual([
      'Invite your team',
      'Change your invoice address',
    ])
    const { hits } = await reader.articles.search('e-mails')
    expect(hits.map(({ title }) => title)).toEqual(['Invite your team', 'Export your data'])
    expect(hits[0]?.excerpt.filter(({ mark }) => mark).map(({ text }) => text)).toContain('mail')
    expect(titlesOf(await reader.articles.search('team', { limit: 1 }))).toHaveLength(1)
  })

  test('a misspelt word is put right, and said to be', async () => {
    const found = await reader.articles.search('invoce addres')
    expect([titlesOf(found), found.corrected]).toEqual([['Change your invoice address'], 'invoice address'])
    expect(await reader.articles.search('giraffe')).toEqual({ hits: [], corrected: null })
    expect(await reader.articles.search('?!')).toEqual({ hits: [], corrected: null })
  })

  test('a finished search takes one of the words where nothing has all', async () => {
    const words = 'how do I export giraffes'
    expect(titlesOf(await reader.articles.search(words, { final: true }))).toEqual(['Export your data'])
    expect(titlesOf(await reader.articles.search('invoice giraffe elephant', { final: false }))).toEqual([])
    expect(new URL(state.requests.at(-1)!.url).search).toBe('?q=invoice+giraffe+elephant')
  })

  test('words are found in their forms, with and without marks', async () => {
    const typed = { final: true }
    expect(titlesOf(await reader.articles.search('exporting', typed))).toEqual(['Export your data'])
    const polish = await reader.articles.search('zaproszenia zespolu', { locale: 'pl', final: true })
    expect(titlesOf(polish)).toEqual(['Zaproś swój zespół'])
    expect(polish.corrected).toBeNull()
  })

  test('a signal ends a search at once', async () => {
    const release = state.hold('articles.search')
    const stop = new AbortController()
    const search = reader.articles.search('team', { signal: stop.signal })
    stop.abort()
    await expect(search).rejects.toMatchObject({ code: 'aborted' })
    release()
  })

  test('a reader has one voice, the last counts, and what was written stays', async () => {
    const slug = 'change-your-invoice-address'
    await reader.articles.rate(slug, { helpful: false, comment: ' Where is Billing? ' })
    await reader.articles.rate(slug, { helpful: true })
    const { id, texts } = articleCalled('Change your invoice address')
    expect(texts[0]?.feedback).toEqual({ yes: 1, no: 0 })
    expect((await articles.comments('acme', id)).comments).toMatchObject([
      { locale: 'en', helpful: true, comment: 'Where is Billing?' },
    ])
    const unknown = reader.articles.rate('refund-limits', { helpful: true })
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('for the team', () => {
  test('readers see what was published while the draft is edited', async () => {
    const id = await publish('Cleaning the kettle', 'Use vinegar.')
    const change = { markdown: 'Use citric acid.', revision: 1 }
    const draft = await articles.save('acme', id, 'en', change)
    expect(draft).toMatchObject({ state: 'published', changed: true, revision: 2 })
    expect((await reader.articles.read('cleaning-the-kettle')).markdown).toBe('Use vinegar.')
    const late = articles.save('acme', id, 'en', change)
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
    expect(await articles.publish('acme', id, 'en')).toMatchObject({ changed: false })
    expect((await reader.articles.read('cleaning-the-kettle')).markdown).toBe('Use citric acid.')
    expect((await articles.unpublish('acme', id, 'en')).state).toBe('draft')
    const gone = reader.articles.read('cleaning-the-kettle')
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
  })

  test('revisions come newest first, page by page, with their authors', async () => {
    const id = await publish('Kettles', 'One')
    await articles.save('acme', id, 'en', { markdown: 'Two' })
    const first = await articles.revisions('acme', id, 'en', { limit: 1 })
    expect(first).toMatchObject({
      revisions: [{ revision: 2, markdown: 'Two', author: 'Ola Nowak', published: false }],
    })
    const rest = await articles.revisions('acme', id, 'en', { cursor: first.nextCursor! })
    expect(rest).toMatchObject({ revisions: [{ revision: 1, published: true }], nextCursor: null })
  })

  test('saves of one author within ten minutes are one revision, and each is counted', async () => {
    const id = await publish('Kettles', 'One')
    const history = async () =>
      (await articles.revisions('acme', id, 'en')).revisions.map(
        ({ revision, markdown }) => `${revision} ${markdown}`,
      )
    for (const markdown of ['Two', 'Three']) {
      await articles.save('acme', id, 'en', { markdown })
      now += 4 * 60_000
    }
    expect(await history()).toEqual(['3 Three', '1 One'])
    await articles.save('acme', id, 'en', { markdown: 'One', revision: 3 })
    expect(await history()).toEqual(['4 One', '3 Three', '1 One'])
    await articles.save('acme', id, 'en', { markdown: 'Four' })
    now += 10 * 60_000
    await articles.save('acme', id, 'en', { markdown: 'Five' })
    expect(await history()).toEqual(['6 Five', '5 Four', '4 One', '3 Three', '1 One'])
  })

  test('an earlier slug leads to the present one, and no two articles share one', async () => {
    const id = await publish('Old address')
    await articles.save('acme', id, 'en', { slug: 'new-address' })
    expect((await reader.articles.read('old-address')).slug).toBe('new-address')
    const other = await articles.create('acme', { locale: 'en', title: 'New address' })
    expect(other.texts[0]?.slug).toBe('new-address-2')
    const taken = articles.save('acme', other.id, 'en', { slug: 'new-address' })
    await expect(taken).rejects.toMatchObject({ code: 'conflict', fields: { '/body/slug': 'is taken' } })
    await articles.save('acme', other.id, 'en', { slug: 'old-address' })
    await expect(reader.articles.read('old-address')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('languages are added and deleted, but not the last one', async () => {
    const { id } = articleCalled('Export your data')
    const nameless = articles.save('acme', id, 'de', { markdown: 'Text' })
    await expect(nameless).rejects.toMatchObject({
      fields: { '/body/title': 'is required in a new language' },
    })
    await articles.save('acme', id, 'de', { title: 'Daten exportieren' })
    expect((await articles.get('acme', id)).texts.map(({ locale }) => locale)).toEqual(['de', 'en'])
    await articles.removeText('acme', id, 'en')
    const last = articles.removeText('acme', id, 'de')
    await expect(last).rejects.toMatchObject({ code: 'conflict' })
    await articles.remove('acme', id)
    await expect(articles.get('acme', id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('internal articles are found by agents alone, until they are opened', async () => {
    expect(titlesOf(await reader.articles.search('refund'))).toEqual([])
    const inside = await articles.find('acme', 'refund', { limit: 3 })
    expect(inside.hits).toMatchObject([{ title: 'Refund limits', internal: true }])
    await articles.update('acme', articleCalled('Refund limits').id, { internal: false, featured: true })
    expect(titlesOf(await reader.articles.search('refund'))).toEqual(['Refund limits'])
    expect((await reader.articles.home()).featured).toHaveLength(3)
  })

  test('lists go by place, and by collection', async () => {
    const { articles: all } = await articles.list('acme')
    const first = await articles.list('acme', { limit: 3 })
    const second = await articles.list('acme', { limit: 3, cursor: first.nextCursor! })
    expect([...first.articles, ...second.articles]).toEqual(all)
    expect(second.nextCursor).toBeNull()
    const [one, two] = all
    await articles.order('acme', [two!.id, one!.id])
    const collection = one!.collectionId!
    const ordered = (await articles.list('acme', { collection })).articles.map(({ id }) => id)
    expect(ordered).toEqual([two!.id, one!.id])
    const wrong = articles.list('acme', { cursor: 'x' })
    await expect(wrong).rejects.toMatchObject({ code: 'validation_failed' })
  })

  test('collections are made, changed, ordered, and removed when they are empty', async () => {
    const made = await collections.create('acme', { name: { en: 'Machine care', pl: ' ' } })
    expect(made).toMatchObject({ slug: 'machine-care', name: { en: 'Machine care' }, articles: 0 })
    const twin = collections.create('acme', { name: { en: 'Billing' }, slug: 'billing' })
    await expect(twin).rejects.toMatchObject({ code: 'conflict', fields: { '/body/slug': 'is taken' } })
    const changed = await collections.update('acme', made.id, { description: { en: 'Clean it.' } })
    expect(changed).toMatchObject({ slug: 'machine-care', description: { en: 'Clean it.' } })
    const blank = collections.update('acme', made.id, { name: { en: ' ' } })
    await expect(blank).rejects.toMatchObject({ fields: { '/body/name': 'is required in one language' } })
    const ids = (await collections.list('acme')).collections.map(({ id }) => id).toReversed()
    expect((await collections.order('acme', ids)).collections.map(({ id }) => id)).toEqual(ids)
    const partial = collections.order('acme', ids.slice(1))
    await expect(partial).rejects.toMatchObject({ code: 'conflict' })
    const full = collections.remove('acme', ids[1]!)
    await expect(full).rejects.toMatchObject({ code: 'conflict' })
    await collections.remove('acme', made.id)
    expect(state.collections.map(({ articles: count }) => count)).toEqual([2, 2])
    const nowhere = articles.create('acme', { locale: 'en', title: 'Lost', collectionId: made.id })
    await expect(nowhere).rejects.toMatchObject({ fields: { '/body/collectionId': expect.any(String) } })
  })

  test('insights say what was searched for in vain, and what did not help', async () => {
    await reader.articles.search('zeppelin')
    await reader.articles.search('Zeppelin!', { final: true })
    now += 1000
    await reader.articles.search('zeppelin', { final: true })
    await reader.articles.search('invite', { final: true })
    const { searches, unhelpful } = await articles.insights('acme')
    expect(searches).toMatchObject([
      { text: 'dark mode', times: 4 },
      { text: 'zeppelin', locale: 'en', times: 2, lastAt: new Date(now).toISOString() },
    ])
    expect(unhelpful).toMatchObject([{ title: 'Export your data', feedback: { yes: 1, no: 1 } }])
    await publish('Zeppelins')
    await reader.articles.search('zeppelin', { final: true })
    expect((await articles.insights('acme')).searches.map(({ text }) => text)).toEqual(['dark mode'])
  })

  test('comments come newest first', async () => {
    const { id } = articleCalled('Export your data')
    await reader.articles.rate('export-your-data', { helpful: false, comment: 'Still no format.' })
    const { comments } = await articles.comments('acme', id)
    expect(comments.map(({ comment }) => comment)).toEqual(['Still no format.', 'Which format is it?'])
  })

  test('an image of an article shows in it, and nothing but images is kept', async () => {
    const png = new File([new Uint8Array([137, 80, 78, 71])], 'a [cup].png')
    const { url: address, markdown } = await articles.uploadImage('acme', png)
    expect(address).toMatch(/^data:image\/png;base64,/)
    expect(markdown).toBe(`![a cup](${address})`)
    const { html } = await articles.preview('acme', markdown)
    expect(html).toBe(`<p><img src="${address}" alt="a cup" loading="lazy"></p>\n`)
    const text = articles.uploadImage('acme', new File(['text'], 'a.txt'))
    await expect(text).rejects.toMatchObject({ code: 'attachment_refused', status: 415 })
  })

  test('a folder is taken in, and comes out the same', async () => {
    const content =
      '---\ntitle: "Water: hard or soft"\npublished: true\nfeatured: true\n---\n\nText of *water*.\n'
    const first = await articles.importFile('acme', { path: 'kb/en/machine-care/water.md', content })
    expect(first.made).toBe(true)
    const again = await articles.importFile('acme', { path: 'en/machine-care/water.md', content })
    expect(again).toEqual({ articleId: first.articleId, made: false })
    const polish = { path: 'pl/machine-care/water.md', content: '# Woda\n\nTekst.' }
    expect((await articles.importFile('acme', polish)).articleId).toBe(first.articleId)
    expect(await reader.articles.read('water')).toMatchObject({
      title: 'Water: hard or soft',
      collection: { slug: 'machine-care', name: 'Machine care' },
    })
    expect((await articles.revisions('acme', first.articleId, 'en')).revisions).toHaveLength(1)
    const elsewhere = articles.importFile('acme', { path: 'en/billing/water.md', content: 'Other' })
    await expect(elsewhere).rejects.toMatchObject({
      code: 'conflict',
      fields: { '/body/path': 'has the address of another article: en/machine-care/water.md' },
    })
    const page = await articles.exportFiles('acme', { limit: 5 })
    const { files, nextCursor } = await articles.exportFiles('acme', { cursor: page.nextCursor! })
    expect([page.files.length, nextCursor]).toEqual([5, null])
    expect(files).toEqual([
      { path: 'en/machine-care/water.md', content },
      {
        path: 'pl/machine-care/water.md',
        content: '---\ntitle: "Woda"\npublished: false\nfeatured: true\n---\n\nTekst.',
      },
    ])
    const wrong = articles.importFile('acme', { path: 'en/../../water.md', content })
    await expect(wrong).rejects.toMatchObject({ fields: { '/body/path': expect.any(String) } })
  })

  test('agents write, and only admins delete and export', async () => {
    state.signIn('sam@example.com')
    const id = await publish('By Sam')
    await expect(articles.remove('acme', id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(articles.exportFiles('acme')).rejects.toMatchObject({ code: 'forbidden' })
  })
})
