import { expect, test } from 'vitest'
import type { FilesAdapter } from '../adapters/files.ts'
import { databaseKinds } from '../testing.ts'
import { letter } from './testing.ts'
import { startMailDesk } from './testing-desk.ts'

const away: FilesAdapter = {
  put: async () => {
    throw new Error('The file store is away')
  },
  get: async () => null,
  delete: async () => undefined,
  async *list() {},
}

test.each(databaseKinds)(
  'an e-mail is kept in the database where the file store is away, on %s',
  async (kind) => {
    const desk = await startMailDesk(kind, { files: away })
    const raw = letter({ From: 'kept@home.example' }, Buffer.from([0x41, 0x00, 0xff, 0x42]))
    const became = await desk.arrive(raw)
    expect(became).toMatchObject({ state: 'taken', match: 'new' })
    const url = `/api/desks/${desk.deskId}/emails/${became.id}/raw`
    const answer = await desk.app.inject({ url, headers: { cookie: desk.owner.cookie } })
    expect(answer.rawPayload.equals(raw)).toBe(true)
    await desk.close()
  },
)

test.each(databaseKinds)('whatever an envelope says, the e-mail is kept, on %s', async (kind) => {
  const desk = await startMailDesk(kind)
  const odd = ['\ud800@x.example', 'a\0b@x.example', '"\\u0000"@x.example', `${'a'.repeat(9_000)}@x.example`]
  const to = [...odd, ...Array.from({ length: 5_000 }, (_, i) => `${i}@x.example`)]
  for (const [i, from] of odd.entries())
    expect(await desk.arrive(letter({ From: `odd-${i}@home.example` }), { from, to })).toMatchObject({
      state: 'taken',
    })
  await desk.close()
})
