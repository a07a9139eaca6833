import type { ArticleDetail, ArticleDraft, ArticleRevision } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDesk } from '../desks/service.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { saveDraft } from './writing.ts'

const minute = 60_000

describe.each(databaseKinds)('revisions, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  type Sent = { method?: 'GET' | 'POST' | 'PATCH'; payload?: object }
  const team = async <T>(path: string, { method = 'GET', payload }: Sent = {}): Promise<T> => {
    const url = `/api/desks/${desk.deskId}/${path}`
    const { status, body } = await desk.asOwner({ method, url, ...(payload ? { payload } : {}) })
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }
  const create = async (markdown: string) =>
    (
      await team<ArticleDetail>('articles', {
        method: 'POST',
        payload: { locale: 'en', title: 'Beans', markdown },
      })
    ).id
  const save = (id: string, change: object) =>
    team<ArticleDraft>(`articles/${id}/texts/en`, { method: 'PATCH', payload: change })
  const publish = (id: string) => team(`articles/${id}/texts/en/publish`, { method: 'POST' })
  const history = async (id: string) =>
    (await team<{ revisions: ArticleRevision[] }>(`articles/${id}/texts/en/revisions`)).revisions
  const kept = async (id: string) =>
    (await history(id)).map(({ revision, markdown }) => `${revision} ${markdown}`)

  it('of one author within ten minutes are one, while every save is counted', async () => {
    const id = await create('One')
    for (const markdown of ['Two', 'Three']) {
      desk.clock.advance(4 * minute)
      await save(id, { markdown })
    }
    expect(await kept(id)).toEqual(['3 Three'])
    expect((await history(id))[0]?.at).toBe(desk.clock.now().toISOString())
    await expect(save(id, { markdown: 'Late', revision: 2 })).rejects.toThrow('409')
    desk.clock.advance(2 * minute)
    expect(await save(id, { markdown: 'Four', revision: 3 })).toMatchObject({ revision: 4 })
    expect(await kept(id)).toEqual(['4 Four', '3 Three'])
    desk.clock.advance(minute)
    await save(id, { title: 'Better beans' })
    expect(await history(id)).toMatchObject([
      { revision: 5, title: 'Better beans', markdown: 'Four' },
      { revision: 3, title: 'Beans' },
    ])
  })

  it('that readers have seen stay', async () => {
    const id = await create('One')
    await publish(id)
    await save(id, { markdown: 'Two' })
    await save(id, { markdown: 'Three' })
    await publish(id)
    await save(id, { markdown: 'Four' })
    expect(await kept(id)).toEqual(['4 Four', '3 Three', '1 One'])
    expect((await history(id)).map(({ published }) => published)).toEqual([false, true, true])
  })

  it('that are restored stand for themselves, and so does what they replaced', async () => {
    const id = await create('One')
    desk.clock.advance(11 * minute)
    await save(id, { markdown: 'Two' })
    await save(id, { markdown: 'One' })
    expect(await kept(id)).toEqual(['3 One', '2 Two', '1 One'])
    await save(id, { markdown: 'One, and more' })
    await save(id, { markdown: 'One, and much more' })
    expect(await kept(id)).toEqual(['5 One, and much more', '3 One', '2 Two', '1 One'])
  })

  it('of two authors do not replace one another, nor do those of nobody', async () => {
    const { deps } = desk.handle
    const record = (await findDesk(deps, desk.deskId))!
    const id = await create('One')
    const adam = { id: deps.newId() }
    await saveDraft(deps, record, adam, id, 'en', { markdown: 'Two' })
    await saveDraft(deps, record, adam, id, 'en', { markdown: 'Three' })
    await save(id, { markdown: 'Four' })
    await saveDraft(deps, record, null, id, 'en', { markdown: 'Five' })
    await saveDraft(deps, record, null, id, 'en', { markdown: 'Six' })
    expect(await kept(id)).toEqual(['6 Six', '4 Four', '3 Three', '1 One'])
  })

  it('take an address once, however many ask for it at the same time', async () => {
    const ids = await Promise.all([create('One'), create('Two'), create('Three')])
    const details = await Promise.all(ids.map((id) => team<ArticleDetail>(`articles/${id}`)))
    expect(new Set(details.map(({ texts }) => texts[0]?.slug)).size).toBe(3)
    const answers = await Promise.allSettled(ids.map((id) => save(id, { slug: 'wanted' })))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused.map(({ reason }) => String(reason).slice(0, 10))).toEqual(['Error: 409', 'Error: 409'])
  })
})
