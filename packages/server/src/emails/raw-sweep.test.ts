import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../testing.ts'
import { rawKey } from './raw-files.ts'
import { sweepRaw } from './raw-sweep.ts'
import { letter } from './testing.ts'
import { type MailDesk, startMailDesk } from './testing-desk.ts'

const dayMs = 86_400_000

describe.each(databaseKinds)('files of e-mails, on %s', (kind) => {
  let desk: MailDesk
  beforeAll(async () => {
    desk = await startMailDesk(kind)
  })
  afterAll(() => desk?.close())

  test('that have no row are removed after two days; those of e-mails and of others stay', async () => {
    const { files, db, newId } = desk.handle.deps
    if (!files) throw new Error('There is no file store')
    const put = (key: string) => files.put(key, Readable.from([new Uint8Array([1, 2, 3])]))
    const { deskId } = desk.record
    await desk.arrive(letter())
    const began = desk.clock.now()
    const lost = rawKey(deskId, newId(), began)
    const unfinished = `${rawKey(deskId, newId(), began)}.0a1b2c.part`
    const other = rawKey(deskId, newId(), began).replace(/\.eml$/, '')
    for (const key of [lost, unfinished, other]) await put(key)
    const keys = async () => {
      const found: string[] = []
      for await (const key of files.list('')) found.push(key)
      return found
    }
    const before = await keys()
    expect(before).toHaveLength(4)
    const sweep = () => sweepRaw({ db, files }, desk.clock.now(), 3)
    desk.clock.advance(dayMs)
    expect(await sweep()).toBe(0)
    desk.clock.advance(dayMs)
    expect(await sweep()).toBe(2)
    expect((await keys()).toSorted()).toEqual(
      before.filter((key) => key !== lost && key !== unfinished).toSorted(),
    )
    expect(await sweep()).toBe(0)
  })
})
