import type { ArticleDetail } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('how many articles a word stands in, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const ask = async (method: 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
    const url = `/api/desks/${desk.deskId}/${path}`
    const { status, body } = await desk.asOwner({ method, url, ...(payload ? { payload } : {}) })
    expect(status).toBeLessThan(300)
    return body as ArticleDetail
  }
  const counts = async (locale = 'en') => {
    const rows = await desk.handle.deps.db.run<{ word: string; articles: number }>(
      { name: '', text: 'select word, articles from helpdesk.article_words where locale = $1 order by word' },
      [locale],
    )
    return Object.fromEntries(rows.map(({ word, articles }) => [word, articles]))
  }
  const publish = async (title: string, markdown: string) => {
    const { id } = await ask('POST', 'articles', { locale: 'en', title, markdown })
    await ask('POST', `articles/${id}/texts/en/publish`)
    return id
  }

  it('follows what is published, changed, withdrawn and deleted', async () => {
    const kettle = await publish('Kettle', 'Boils water.')
    const teapot = await publish('Teapot', 'Holds water.')
    expect(await counts()).toEqual({ boils: 1, holds: 1, kettle: 1, teapot: 1, water: 2 })

    await ask('POST', `articles/${kettle}/texts/en/publish`)
    expect(await counts()).toMatchObject({ water: 2, kettle: 1 })
    await ask('PATCH', `articles/${kettle}/texts/en`, { markdown: 'Boils milk.' })
    expect(await counts()).toMatchObject({ water: 2 })
    await ask('POST', `articles/${kettle}/texts/en/publish`)
    expect(await counts()).toEqual({ boils: 1, holds: 1, kettle: 1, milk: 1, teapot: 1, water: 1 })

    await ask('POST', `articles/${kettle}/texts/en/unpublish`)
    await ask('POST', `articles/${kettle}/texts/en/unpublish`)
    expect(await counts()).toEqual({ holds: 1, teapot: 1, water: 1 })
    await ask('PATCH', `articles/${teapot}/texts/pl`, { title: 'Czajniczek', markdown: '' })
    await ask('POST', `articles/${teapot}/texts/pl/publish`)
    expect(await counts('pl')).toEqual({ czajniczek: 1 })
    await ask('DELETE', `articles/${teapot}/texts/pl`)
    expect(await counts('pl')).toEqual({})
    await ask('DELETE', `articles/${teapot}`)
    expect(await counts()).toEqual({})
  })

  it('is right when many articles with the same words are published at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const words = ['grinder', 'filter', 'beans', 'roast']
        const markdown = [...words.slice(n % 4), ...words.slice(0, n % 4)].join(' ')
        return (await ask('POST', 'articles', { locale: 'en', title: `Brew ${n}`, markdown })).id
      }),
    )
    await Promise.all(ids.map((id) => ask('POST', `articles/${id}/texts/en/publish`)))
    expect(await counts()).toEqual({ beans: 8, brew: 8, filter: 8, grinder: 8, roast: 8 })
    await Promise.all(ids.map((id) => ask('POST', `articles/${id}/texts/en/unpublish`)))
    expect(await counts()).toEqual({})
  })
})
