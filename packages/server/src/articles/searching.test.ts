import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../deps.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { searchArticles } from './searching.ts'

interface Written {
  title: string
  text?: string
}

describe.each(databaseKinds)('a search among many articles, on %s', (kind) => {
  let running: TestDesk
  let deps: Deps
  let desk: DeskRecord
  beforeAll(async () => {
    running = await startDesk(kind)
    deps = running.handle.deps
    const found = await findDesk(deps, running.deskId)
    if (!found) throw new Error('There is no desk')
    desk = found
  })
  afterAll(() => running?.close())
  beforeEach(async () => {
    for (const table of ['article_words', 'article_texts', 'articles'])
      await run(`delete from helpdesk.${table}`)
  })

  const run = (text: string, values: unknown[] = []) => deps.db.run({ name: '', text }, values)
  /** Published articles, the oldest first. */
  const write = async (articles: readonly Written[]) => {
    const id = `('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
    await run(
      `insert into helpdesk.articles (desk_id, id, place, created_at)
       select $1, ${id}, n, now() from generate_series(1, $2::int) n`,
      [desk.deskId, articles.length],
    )
    await run(
      `insert into helpdesk.article_texts (desk_id, article_id, locale, slug, title, markdown, revision, updated_at,
         published_title, published_text, description, audience, title_words, all_words)
       select $1, ${id}, 'en', 'article-' || n, title, '', 1, now(), title, text, left(text, 160), 'public',
         to_tsvector('english', title), setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text)
       from unnest($2::text[], $3::text[]) with ordinality x (title, text, n)`,
      [desk.deskId, articles.map(({ title }) => title), articles.map(({ text }) => text ?? 'Nothing else.')],
    )
  }
  /** As if the words stood in so many articles. */
  const count = (articles: number, words: readonly string[]) =>
    run(
      `insert into helpdesk.article_words (desk_id, locale, word, forms, articles)
       select $1, 'en', word, array[word], $2::int from unnest($3::text[]) word`,
      [desk.deskId, articles, words],
    )
  const titles = async (text: string, typing = false) => {
    const wanted = { text, locale: 'en', audience: ['public'], limit: 8, typing } as const
    return (await searchArticles(deps, desk, wanted)).hits.map(({ title }) => title)
  }

  const kettles = [
    { title: 'Repairs', text: 'The kettle has a warranty. '.repeat(30) },
    { title: 'Kettle parts', text: 'The warranty is for parts too.' },
    { title: 'Kettle warranty' },
    { title: 'Kettle colours' },
  ]

  it('puts titles with all the words first, then those with some, then texts that only say them often', async () => {
    await write(kettles)
    const best = ['Kettle warranty', 'Kettle parts', 'Repairs']
    expect(await titles('kettle warranty')).toEqual(best)
    expect(await titles('kettle warranty', true)).toEqual(best)
  })

  it('finds the same for words that stand in most articles, but only titles while somebody types', async () => {
    await write(kettles)
    await count(50_000, ['kettle', 'warranty'])
    expect(await titles('kettle warranty')).toEqual(['Kettle warranty', 'Kettle parts', 'Repairs'])
    expect(await titles('warranty kettle', true)).toEqual(['Kettle warranty'])
    expect(await titles('warranty')).toEqual(['Kettle warranty', 'Repairs', 'Kettle parts'])
    expect(await titles('warranty', true)).toEqual(['Kettle warranty'])
  })

  it('looks in texts while somebody types as soon as one of the words is rare', async () => {
    await write([...kettles, { title: 'Descaling', text: 'Steam and water.' }])
    await count(50_000, ['water'])
    expect(await titles('water', true)).toEqual([])
    expect(await titles('water')).toEqual(['Descaling'])
    await count(1, ['steam'])
    expect(await titles('steam', true)).toEqual(['Descaling'])
    expect(await titles('water steam more', true)).toEqual(['Descaling'])
  })

  it('misses no text of common words behind many titles that have some of them', async () => {
    const numbered = Array.from({ length: 250 }, (_, place) => ({ title: `Kettle ${place + 1}` }))
    await write([...numbered, { title: 'Kettle 251', text: 'It has a warranty.' }])
    await count(50_000, ['kettle', 'warranty'])
    expect(await titles('kettle warranty')).toEqual(['Kettle 251'])
  })

  it('is content with one of the words when no article has all, common or not', async () => {
    await write(kettles)
    await count(50_000, ['kettle'])
    await count(1, ['colours', 'repairs'])
    expect(await titles('colours repairs')).toEqual(['Kettle colours', 'Repairs'])
    expect(await titles('kettle sandwich')).toHaveLength(4)
  })

  describe('while the last word has few letters', () => {
    const old = [{ title: 'Xylophone' }, { title: 'VR headset' }, { title: 'Headset volume' }]
    const many = Array.from({ length: 2100 }, (_, place) => ({ title: `Note ${place + 1}` }))

    it('reads the newest titles, and all of them for a whole word or from three letters on', async () => {
      await write([...old, ...many])
      const notes = Array.from({ length: 8 }, (_, place) => `Note ${place + 101}`)
      expect(await titles('n', true)).toEqual(notes)
      expect(await titles('xy', true)).toEqual([])
      expect(await titles('xyl', true)).toEqual(['Xylophone'])
      expect(await titles('vr', true)).toEqual(['VR headset'])
    })

    it('looks for the finished words before it, unless every title may have them', async () => {
      await write([...old, ...many])
      expect(await titles('headset vo', true)).toEqual(['Headset volume'])
      expect(await titles('headset v', true)).toEqual(['VR headset', 'Headset volume'])
      expect((await titles('about the n', true)).at(0)).toBe('Note 101')
    })
  })
})
