import type { ArticleRevision } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDesk } from '../desks/service.ts'
import { tidyUp } from '../jobs/housekeeping.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { publishDraft } from './publishing.ts'
import { countSearch } from './search-store.ts'
import { tidyArticles } from './tidying.ts'
import { createArticle, listRevisions, saveDraft } from './writing.ts'

const day = 86_400_000

describe.each(databaseKinds)('tidying up articles, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const record = async (publicId: string) => (await findDesk(desk.handle.deps, publicId))!
  const searched = async (deskId: string, ...words: string[]) => {
    const { db, now } = desk.handle.deps
    for (const text of words)
      await countSearch(db, { deskId, locale: 'en', words: text, text, hits: 0 }, now())
  }
  const remembered = async (deskId: string) => {
    const statement = {
      name: 'test_searches',
      text: 'select words from helpdesk.article_searches where desk_id = $1 order by words',
    }
    return (await desk.handle.deps.db.run<{ words: string }>(statement, [deskId])).map(({ words }) => words)
  }

  it('forgets searches that nobody repeated for 180 days', async () => {
    const { deskId } = await record(desk.deskId)
    await searched(deskId, 'once', 'again')
    desk.clock.advance(179 * day)
    await searched(deskId, 'again')
    await tidyUp(desk.handle.deps)
    expect(await remembered(deskId)).toEqual(['again', 'once'])
    desk.clock.advance(2 * day)
    await tidyUp(desk.handle.deps)
    expect(await remembered(deskId)).toEqual(['again'])
  })

  it('keeps of a flood of searches what is asked most, then what is newest, on each desk', async () => {
    const { deskId } = await record(await desk.desk({ publicId: 'flooded' }))
    const { deskId: calm } = await record(await desk.desk({ publicId: 'calm' }))
    await searched(deskId, 'often', 'often', 'old')
    await searched(calm, 'old', 'older')
    desk.clock.advance(day)
    await searched(deskId, 'flood-1', 'flood-2')
    await tidyArticles(desk.handle.deps, { searches: 3, revisions: 200 })
    expect(await remembered(deskId)).toEqual(['flood-1', 'flood-2', 'often'])
    expect(await remembered(calm)).toEqual(['old', 'older'])
    await tidyUp(desk.handle.deps)
    expect(await remembered(deskId)).toHaveLength(3)
  })

  it('keeps the newest revisions of every language, and all that readers have seen', async () => {
    const { deps } = desk.handle
    const shop = await record(desk.deskId)
    const { id } = await createArticle(deps, shop, null, { locale: 'en', title: 'Long', markdown: '1' })
    await publishDraft(deps, shop, id, 'en')
    const save = (locale: 'en' | 'pl', markdown: string) => {
      desk.clock.advance(11 * 60_000)
      return saveDraft(deps, shop, null, id, locale, { title: 'Long', markdown })
    }
    for (const markdown of ['2', '3', '4']) await save('en', markdown)
    await publishDraft(deps, shop, id, 'en')
    for (const markdown of ['5', '6', '7']) await save('en', markdown)
    for (const markdown of ['1', '2', '3', '4']) await save('pl', markdown)
    const kept = async (locale: 'en' | 'pl') => {
      const page = { before: 1_000, limit: 100 }
      const { revisions } = await listRevisions(deps, shop, id, locale, page)
      return revisions.map(({ markdown }: ArticleRevision) => markdown).join(' ')
    }
    await tidyUp(deps)
    expect([await kept('en'), await kept('pl')]).toEqual(['7 6 5 4 3 2 1', '4 3 2 1'])
    await tidyArticles(deps, { searches: 100, revisions: 4 })
    expect([await kept('en'), await kept('pl')]).toEqual(['7 6 5 4 3 1', '4 3 2 1'])
    await tidyArticles(deps, { searches: 100, revisions: 2 })
    expect([await kept('en'), await kept('pl')]).toEqual(['7 6 4 1', '4 3'])
    expect(await saveDraft(deps, shop, null, id, 'en', { markdown: '8', revision: 7 })).toMatchObject({
      revision: 8,
    })
  })
})
