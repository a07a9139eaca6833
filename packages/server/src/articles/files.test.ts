import type { ArticleDetail, ArticleItem, Collection } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db, Tx } from '../db/db.ts'
import { findDesk } from '../desks/service.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { importFile } from './files.ts'

/** The database, telling every statement of a transaction before it runs. */
function watched(db: Db, tell: (name: string) => void): Db {
  const watch = (tx: Tx): Tx => ({
    inTransaction: true,
    orm: tx.orm,
    run: (statement, values) => {
      tell(statement.name)
      return tx.run(statement, values)
    },
  })
  return {
    ...db,
    run: (statement, values) => {
      tell(statement.name)
      return db.run(statement, values)
    },
    transaction: (work) => db.transaction((tx) => work(watch(tx))),
  }
}

describe.each(databaseKinds)('files of articles, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const get = async <T>(path: string) =>
    (await desk.asOwner({ url: `/api/desks/${desk.deskId}/${path}` })).body as T
  const put = (path: string, content: string) =>
    desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/article-files`,
      payload: { path, content },
    })
  const imported = async (path: string, content: string) => {
    const { status, body } = await put(path, content)
    expect(status).toBe(200)
    return body as { articleId: string; made: boolean }
  }
  const revisions = async (id: string, locale = 'en') =>
    (
      await get<{ revisions: { revision: number; title: string; markdown: string; published: boolean }[] }>(
        `articles/${id}/texts/${locale}/revisions`,
      )
    ).revisions

  it('leave one revision when they are new, and none when nothing in them is', async () => {
    const content = '---\ntitle: Water\npublished: true\n---\nSoft.'
    const { articleId } = await imported('en/care/water.md', content)
    expect(await revisions(articleId)).toMatchObject([{ revision: 1, markdown: 'Soft.', published: true }])
    const before = await get<ArticleDetail>(`articles/${articleId}`)
    desk.clock.advance(60_000)
    expect(await imported('en/care/water.md', content)).toEqual({ articleId, made: false })
    expect(await get(`articles/${articleId}`)).toEqual(before)
    await imported('en/care/water.md', content.replace('Soft', 'Hard'))
    expect(await revisions(articleId)).toMatchObject([
      { revision: 2, markdown: 'Hard.', published: true },
      { revision: 1, markdown: 'Soft.' },
    ])
  })

  it('never change an article of another collection: they are refused, and say where it is', async () => {
    const { articleId } = await imported('en/brewing/scale.md', 'Weigh.')
    for (const path of ['en/cleaning/scale.md', 'en/scale.md']) {
      const { status, body } = await put(path, 'Other')
      expect(status).toBe(409)
      expect(body).toMatchObject({
        code: 'conflict',
        detail: 'Another article has the address scale: en/brewing/scale.md',
        errors: [
          { pointer: '/body/path', detail: 'has the address of another article: en/brewing/scale.md' },
        ],
      })
    }
    expect(await get(`articles/${articleId}`)).toMatchObject({ texts: [{ markdown: 'Weigh.', revision: 1 }] })
    const { collections } = await get<{ collections: Collection[] }>('collections')
    expect(collections.map(({ slug }) => slug)).not.toContain('cleaning')
    await imported('en/no-collection.md', 'Text')
    expect((await put('en/brewing/no-collection.md', 'Text')).body).toMatchObject({
      errors: [{ detail: 'has the address of another article: en/no-collection.md' }],
    })
  })

  it('of another language belong to the article of the same collection', async () => {
    const english = await imported('en/brewing/filter.md', 'Rinse.')
    const polish = await imported('pl/brewing/filter.md', 'Przepłucz.')
    expect(polish).toEqual({ articleId: english.articleId, made: false })
    const elsewhere = await imported('de/sundries/filter.md', 'Anderes.')
    expect(elsewhere.made).toBe(true)
    expect((await imported('de/sundries/filter.md', 'Anderes!')).articleId).toBe(elsewhere.articleId)
    expect((await imported('cs/sundries/filter.md', 'Jiné.')).articleId).toBe(elsewhere.articleId)
    expect(await get(`articles/${english.articleId}`)).toMatchObject({
      texts: [{ locale: 'en', markdown: 'Rinse.' }, { locale: 'pl' }],
    })
  })

  it('sent at the same time make one article of its languages', async () => {
    const made = await Promise.all(
      ['en', 'pl', 'de', 'fr'].map((locale) => imported(`${locale}/brewing/bloom.md`, 'Wait.')),
    )
    expect(new Set(made.map(({ articleId }) => articleId)).size).toBe(1)
    expect(made.filter((one) => one.made)).toHaveLength(1)
  })

  it('are taken in wholly or not at all, in few statements', async () => {
    const { deps } = desk.handle
    const record = (await findDesk(deps, desk.deskId))!
    const file = { path: 'en/all-or-nothing/steam.md', content: '---\npublished: true\n---\nHot.' }
    const broken = watched(deps.db, (name) => {
      if (name === 'article_words_change') throw new Error('The database is gone')
    })
    await expect(importFile({ ...deps, db: broken }, record, null, file)).rejects.toThrow('gone')
    const { collections } = await get<{ collections: Collection[] }>('collections')
    expect(collections.map(({ slug }) => slug)).not.toContain('all-or-nothing')
    const { articles } = await get<{ articles: ArticleItem[] }>('articles')
    expect(articles.flatMap(({ texts }) => texts).map(({ slug }) => slug)).not.toContain('steam')

    const names: string[] = []
    const counted = { ...deps, db: watched(deps.db, (name) => names.push(name)) }
    await importFile(counted, record, null, file)
    expect(names.length).toBeLessThanOrEqual(11)
    names.length = 0
    await importFile(counted, record, null, file)
    expect(names.length).toBeLessThanOrEqual(5)
  })

  it('keep the draft that their author wrote a moment ago', async () => {
    const { articleId } = await imported('en/brewing/draft.md', 'First.')
    const url = `/api/desks/${desk.deskId}/articles/${articleId}/texts/en`
    await desk.asOwner({ method: 'PATCH', url, payload: { markdown: 'By hand.' } })
    await imported('en/brewing/draft.md', 'Second.')
    expect((await revisions(articleId)).map(({ markdown }) => markdown)).toEqual(['Second.', 'By hand.'])
  })

  it.each([
    ['emoji-title', `---\ntitle: ${'a'.repeat(199)}🐙 more\n---\nText`, 'a'.repeat(199)],
    ['emoji-heading', `# ${'🐙'.repeat(300)}\nText`, '🐙'.repeat(100)],
    ['half-a-letter', '---\ntitle: "Ha\\ud83dlf of\\u0000 it"\n---\nText', 'Half of it'],
    ['blank-title', '---\ntitle: "  "\n---\n# The heading ##\n\nText', 'The heading'],
    ['empty', '', 'empty'],
  ])('are named as they say: %s', async (slug, content, title) => {
    const { articleId } = await imported(`en/titles/${slug}.md`, content)
    expect((await get<ArticleDetail>(`articles/${articleId}`)).texts[0]?.title).toBe(title)
  })

  it('full of white space are read in no time', async () => {
    const blank = ' '.repeat(500_000)
    for (const content of [
      `# a${blank}b\n`,
      `---\ntitle: a${blank}b\n---\nText`,
      `# ${'#'.repeat(500_000)}x`,
    ])
      await imported('en/titles/blank.md', content)
  }, 30_000)
})
