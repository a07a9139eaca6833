import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('files of a public link, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const at = (conversationId: string) => `/api/desks/${desk.deskId}/conversations/${conversationId}`
  const upload = async () => {
    const { body } = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/attachments?name=a.png`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: samples.png,
    })
    return (body as { key: string }).key
  }
  const write = async (conversationId: string, kindOf: 'replies' | 'notes', message = 'See the file') => {
    const payload = { message, attachments: [await upload()] }
    const { body } = await desk.asOwner({ method: 'POST', url: `${at(conversationId)}/${kindOf}`, payload })
    const { message: written } = body as { message: { attachments: { id: string }[] } }
    return written.attachments[0]?.id ?? ''
  }
  const scene = async () => {
    const { conversationId } = await desk.start({ message: 'Mine' })
    const { body } = await desk.asOwner({ url: `${at(conversationId)}/public-link` })
    return { conversationId, path: (body as { url: string }).url.replace('http://localhost', '') }
  }

  it('lead to a freshly signed address, which opens', async () => {
    const { conversationId, path } = await scene()
    const id = await write(conversationId, 'replies')
    const { statusCode, headers } = await desk.app.inject({ url: `${path}/files/${id}` })
    expect(statusCode).toBe(302)
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    const file = await desk.app.inject({ url: String(headers.location).replace('http://localhost', '') })
    expect(file.statusCode).toBe(200)
    expect(file.rawPayload).toEqual(Buffer.from(samples.png))
    // Long after, the same link of an old e-mail leads to an address that is good again.
    desk.clock.advance(3 * 60 * 60_000)
    const later = await desk.app.inject({ url: `${path}/files/${id}` })
    const again = String(later.headers.location).replace('http://localhost', '')
    expect((await desk.app.inject({ url: again })).statusCode).toBe(200)
  })

  it('are those of the conversation alone, and never of notes', async () => {
    const [one, other] = [await scene(), await scene()]
    const note = await write(one.conversationId, 'notes')
    const foreign = await write(other.conversationId, 'replies')
    for (const id of [note, foreign, '0'.repeat(36), 'x', `${foreign}'--`])
      expect((await desk.app.inject({ url: `${one.path}/files/${id}` })).statusCode).toBe(404)
  })

  it('end with the link', async () => {
    const { conversationId, path } = await scene()
    const id = await write(conversationId, 'replies')
    await desk.asOwner({ method: 'DELETE', url: `${at(conversationId)}/public-link` })
    expect((await desk.app.inject({ url: `${path}/files/${id}` })).statusCode).toBe(404)
  })
})
