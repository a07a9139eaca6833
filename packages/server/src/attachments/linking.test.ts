import type { HelpdeskError } from '@helpdesk/core'
import type { Attachment } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDesk } from '../desks/service.ts'
import { databaseKinds } from '../testing.ts'
import { attachmentViews, takeAttachments } from './service.ts'
import { pngOf, samples, startUploadDesk, type UploadDesk } from './testing.ts'

const hour = 60 * 60 * 1000

describe.each(databaseKinds)('files of a message, on %s', (kind) => {
  let desk: UploadDesk
  let deskId: string
  let message: { conversationId: string; messageId: string }
  beforeAll(async () => {
    desk = await startUploadDesk(kind)
    deskId = (await findDesk(desk.handle.deps, desk.deskId))!.deskId
    message = { conversationId: desk.handle.deps.newId(), messageId: desk.handle.deps.newId() }
  })
  afterAll(() => desk?.close())

  const upload = async (name: string, content: Uint8Array<ArrayBuffer> = Buffer.from('hello')) => {
    const { status, body } = await desk.upload(name, content)
    expect(status).toBe(201)
    return body.key
  }
  const take = (keys: string[], of = deskId) =>
    desk.handle.deps.db.transaction((tx) => takeAttachments(tx, desk.handle.deps, of, keys, message))
  const refused = async (keys: string[], of = deskId) => {
    const error = await take(keys, of).then(
      () => null,
      (error: HelpdeskError) => error,
    )
    return error?.code === 'validation_failed' ? error.errors!.map(({ pointer }) => pointer) : error
  }

  test('are given to it in the order named, with what it keeps of each', async () => {
    const keys = [await upload('b.txt'), await upload('a.png', pngOf(30, 20)), await upload('c.txt')]
    const [b, a, c] = keys as [string, string, string]
    const facts = await take([c, a, b])
    expect(facts).toEqual([
      {
        id: c.slice(0, 36),
        name: 'c.txt',
        type: 'text/plain',
        bytes: 5,
        width: null,
        height: null,
        preview: false,
      },
      {
        id: a.slice(0, 36),
        name: 'a.png',
        type: 'image/png',
        bytes: pngOf(1, 1).length,
        width: 30,
        height: 20,
        preview: false,
      },
      {
        id: b.slice(0, 36),
        name: 'b.txt',
        type: 'text/plain',
        bytes: 5,
        width: null,
        height: null,
        preview: false,
      },
    ])
    expect(await take([])).toEqual([])
  })

  test('are refused by place when one is taken, named twice, unknown, forged or of another desk', async () => {
    const taken = await upload('taken.txt')
    await take([taken])
    const free = await upload('free.txt')
    const unknown = `${desk.handle.deps.newId()}.${free.slice(37)}`
    const forged = `${free.slice(0, 37)}${free.endsWith('A') ? 'B' : 'A'}${free.slice(38)}`
    const other = await desk.desk()
    const { body: foreign } = await desk.upload('foreign.txt', 'hello', { deskId: other })
    for (const wrong of [taken, unknown, forged, foreign.key, '', 'x', "1' or 1=1"]) {
      expect(await refused([free, wrong]), wrong).toEqual(['/body/attachments/1'])
    }
    expect(await refused([free, free])).toEqual(['/body/attachments/1'])
    expect(await refused([taken, free, foreign.key])).toEqual(['/body/attachments/0', '/body/attachments/2'])
    // The transactions were rolled back: nothing was half given away.
    expect(await take([free])).toHaveLength(1)
  })

  test('go to one message only, when two want them at once', async () => {
    const key = await upload('a.txt')
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => take([key])))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  const views = async (key: string): Promise<Attachment> =>
    attachmentViews(desk.handle.deps, deskId, await take([key]))[0]!
  const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(url.replace('http://localhost', desk.address), { headers, method })

  test('have addresses that stay the same within the hour and open for one to two hours', async () => {
    desk.clock.set('2026-11-22T10:00:00Z')
    const facts = await take([await upload('a.png', samples.png)])
    const view = () => attachmentViews(desk.handle.deps, deskId, facts)[0]!
    const first = view()
    expect(first.url).toMatch(
      /^http:\/\/localhost\/api\/attachments\/[0-9a-f-]{36}\/a\.png\?desk=[0-9a-f-]{36}&expires=\d+&signature=[\w-]{43}$/,
    )
    desk.clock.set('2026-11-22T10:59:59Z')
    const last = view()
    expect(last).toEqual(first)
    expect((await get(last.url)).headers.get('cache-control')).toBe('private, max-age=3601')
    desk.clock.advance(1000)
    expect(view().url).not.toBe(first.url)
    desk.clock.advance(hour - 1)
    expect((await get(first.url)).status).toBe(200)
    desk.clock.advance(1)
    expect((await get(first.url)).status).toBe(404)
    expect((await get(view().url)).status).toBe(200)
    expect(attachmentViews(desk.handle.deps, deskId, null)).toEqual([])
  })

  test('A36: are served so that nothing in them can run', async () => {
    const cases = [
      ['a.png', samples.png, 'image/png', 'inline; filename="a.png"'],
      ['a.svg', samples.svg, 'application/octet-stream', 'attachment; filename="a.svg"'],
      ['a.xml', samples.xml, 'application/octet-stream', 'attachment; filename="a.xml"'],
      ['a.txt', samples.html, 'text/plain', 'attachment; filename="a.txt"'],
      ['a.pdf', samples.pdf, 'application/pdf', 'attachment; filename="a.pdf"'],
    ] as const
    for (const [name, content, type, disposition] of cases) {
      const { url } = await views(await upload(name, content))
      const response = await get(url)
      expect(Buffer.from(await response.arrayBuffer())).toEqual(content)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': disposition,
        'content-length': String(content.length),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'cross-origin',
        'referrer-policy': 'no-referrer',
      })
    }
  })

  test('come in parts, from memory, and without their content', async () => {
    const { url } = await views(await upload('a.txt', Buffer.from('0123456789')))
    const part = async (range: string, more: Record<string, string> = {}) => {
      const response = await get(url, { range, ...more })
      return [response.status, await response.text(), response.headers.get('content-range')]
    }
    expect(await part('bytes=2-4')).toEqual([206, '234', 'bytes 2-4/10'])
    expect(await part('bytes=7-')).toEqual([206, '789', 'bytes 7-9/10'])
    expect(await part('bytes=-2')).toEqual([206, '89', 'bytes 8-9/10'])
    expect(await part('bytes=-99')).toEqual([206, '0123456789', 'bytes 0-9/10'])
    expect(await part('bytes=5-99')).toEqual([206, '56789', 'bytes 5-9/10'])
    expect(await part('bytes=10-')).toEqual([416, '', 'bytes */10'])
    expect(await part('bytes=-0')).toEqual([416, '', 'bytes */10'])
    for (const fancy of ['bytes=4-2', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=x']) {
      expect(await part(fancy), fancy).toEqual([200, '0123456789', null])
    }
    const etag = (await get(url)).headers.get('etag')!
    expect(await part('bytes=0-0', { 'if-range': etag })).toEqual([206, '0', 'bytes 0-0/10'])
    expect(await part('bytes=0-0', { 'if-range': '"older"' })).toEqual([200, '0123456789', null])
    const again = await get(url, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await get(url, {}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10'])
  })

  test('are not found at an address that is wrong, foreign, expired or not whole: all the same', async () => {
    const { url, id } = await views(await upload('a.png', samples.png))
    const other = await views(await upload('b.png', samples.png))
    const otherDesk = desk.handle.deps.newId()
    const signature = /signature=(.*)$/.exec(url)![1]!
    const wrong = [
      url.replace(id, other.id),
      url.replace(/desk=[^&]*/, `desk=${otherDesk}`),
      url.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/expires=\d+/, 'expires=soon'),
      url.replace(/signature=.*/, `signature=${'A'.repeat(43)}`),
      url.replace(/signature=.*/, 'signature='),
      url.replace(/&signature=.*/, ''),
      url.replace(/\?.*/, ''),
      `${url}&signature=${signature}`,
      `${url}&variant=preview`,
      `${url}&variant=other`,
      `${url}&more=1`,
      url.replace(id, 'none'),
      url.replace(/a\.png/, `${'x'.repeat(2000)}.png`),
      url.replace(/desk=[^&]*/, "desk=1' or 1=1"),
    ]
    for (const address of wrong) {
      const response = await get(address)
      const { instance: _, ...body } = await response.json()
      expect({ status: response.status, body }, address).toEqual({
        status: 404,
        body: { type: 'urn:helpdesk:error:not_found', title: 'Not found', status: 404, code: 'not_found' },
      })
    }
    expect((await get(url)).status).toBe(200)
    expect((await get(url.replace('a.png', 'anything.at.all'))).headers.get('content-disposition')).toContain(
      'a.png',
    )
  })

  test('A35: come with a conversation, ten at most, and are there for whoever reads it', async () => {
    const keys = await Promise.all(Array.from({ length: 11 }, (_, i) => upload(`${i}.txt`)))
    const payload = { email: 'vera@visitor.example', message: '', attachments: keys }
    const url = `/api/messaging/widget/${desk.deskId}/message`
    const many = await desk.call({ method: 'POST', url, payload })
    expect(many).toMatchObject({ status: 400, body: { errors: [{ pointer: '/body/attachments' }] } })
    const started = await desk.start({ message: '', attachments: keys.slice(1) })
    const names = started.message.attachments.map(({ name }) => name)
    expect(names).toEqual(keys.slice(1).map((_, i) => `${i + 1}.txt`))
    expect(await (await get(started.message.attachments[9]!.url)).text()).toBe('hello')
    const again = await desk.call({
      method: 'POST',
      url,
      payload: { ...payload, attachments: [keys[0], keys[1]] },
    })
    expect(again).toMatchObject({ status: 400, body: { errors: [{ pointer: '/body/attachments/1' }] } })
    // Nothing of the refused conversation was kept, its first file is free as before.
    expect(await take([keys[0]!])).toHaveLength(1)
  })

  test('are not found when the file itself is gone', async () => {
    const { url, id } = await views(await upload('a.png', samples.png))
    const [row] = await desk.find({ id })
    await desk.handle.deps.files!.delete(row!.file_key)
    expect((await get(url)).status).toBe(404)
  })
})
