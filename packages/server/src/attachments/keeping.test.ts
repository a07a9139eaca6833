import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clamdScanner } from '../adapters/antivirus.ts'
import { diskFiles } from '../adapters/disk-files.ts'
import { s3Files } from '../adapters/s3-files.ts'
import { eicar, startClamd } from '../adapters/testing-clamd.ts'
import { startS3 } from '../adapters/testing-s3.ts'
import { findDesk } from '../desks/service.ts'
import { type DatabaseKind, databaseKinds } from '../testing.ts'
import { attachmentViews, takeAttachments } from './service.ts'
import { sweepAttachments } from './sweep.ts'
import { chunked, pngOf, samples, startUploadDesk, type UploadDesk } from './testing.ts'

const hour = 60 * 60 * 1000
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const start = async (...[kind, overrides]: Parameters<typeof startUploadDesk>): Promise<UploadDesk> => {
  const desk = await startUploadDesk(kind, overrides)
  closing.push(desk.close)
  return desk
}
const take = async (desk: UploadDesk, ...keys: string[]) => {
  const { deps } = desk.handle
  const { deskId } = (await findDesk(deps, desk.deskId))!
  const message = { conversationId: deps.newId(), messageId: deps.newId() }
  const facts = await deps.db.transaction((tx) => takeAttachments(tx, deps, deskId, keys, message))
  return attachmentViews(deps, deskId, facts)
}
const fetched = async (desk: UploadDesk, url: string) => {
  const response = await fetch(url.replace('http://localhost', desk.address))
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }
}
const image = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#4a7',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })

describe.each(databaseKinds)('A39: quotas, on %s', (kind: DatabaseKind) => {
  const small = { bytes: 1000, files: 3 }
  const quotas = { contact: small, agent: small, anonymous: small }
  const file = (bytes: number) => Buffer.alloc(bytes, 'x')
  const send = async (desk: UploadDesk, body: BodyInit, options = {}) => {
    const answer = await desk.upload('a.txt', body, options)
    return answer.status === 201 ? 201 : `${answer.status} ${answer.body.code}`
  }
  const refused = '413 quota_exceeded'

  test('count bytes, and give them back after 24 hours', async () => {
    const desk = await start(kind, { attachmentQuota: quotas })
    expect(await send(desk, file(600))).toBe(201)
    expect(await send(desk, file(401))).toBe(refused)
    expect(await send(desk, chunked(file(401)))).toBe(refused)
    expect(await send(desk, chunked(file(400)))).toBe(201)
    expect(await send(desk, file(1))).toBe(refused)
    expect([await desk.rows(), (await desk.files()).length]).toEqual([2, 2])
    desk.clock.advance(24 * hour - 1)
    expect(await send(desk, file(1))).toBe(refused)
    desk.clock.advance(1)
    expect(await send(desk, file(1000))).toBe(201)
  })

  test('count files, and each uploader by itself', async () => {
    const desk = await start(kind, { attachmentQuota: quotas })
    const { handle } = desk
    for (const expected of [201, 201, 201, refused]) expect(await send(desk, file(1))).toBe(expected)
    for (const expected of [201, 201, 201, refused]) {
      expect(await send(desk, file(1), { asAgent: true })).toBe(expected)
    }
    expect(await send(desk, file(1), { deskId: await desk.desk() })).toBe(201)
    const owners = new Set((await desk.find({})).map(({ owner }) => owner))
    expect([...owners].sort()).toEqual([
      expect.stringMatching(/^agent:[0-9a-f-]{36}$/),
      expect.stringMatching(/^ip:[\w-]{43}$/),
      expect.stringMatching(/^ip:[\w-]{43}$/),
    ])
    expect(JSON.stringify([...owners])).not.toContain('127.0.0.1')
    expect(handle.deps.uploads.inFlight.size).toBe(0)
  })

  test('hold for uploads that are sent all at once', async () => {
    const desk = await start(kind, { attachmentQuota: { anonymous: { bytes: 1000, files: 100 } } })
    const bodies = Array.from({ length: 20 }, (_, i) => (i % 2 ? chunked(file(200)) : file(200)))
    const answers = await Promise.all(bodies.map((body) => send(desk, body)))
    expect(answers.filter((answer) => answer === 201).length).toBeLessThanOrEqual(5)
    expect(answers.filter((answer) => answer === 201).length).toBeGreaterThan(0)
    expect(new Set(answers)).toEqual(new Set([201, refused]))
    const rows = await desk.find({})
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(1000)
    expect(await desk.files()).toHaveLength(rows.length)
    expect(desk.handle.deps.uploads.inFlight.size).toBe(0)
  })
})

describe.each(databaseKinds)('A39: the sweep, on %s', (kind: DatabaseKind) => {
  test('takes away what no message named within a day, and nothing else', async () => {
    const desk = await start(kind)
    const { deps } = desk.handle
    const sweep = (days = 3) => sweepAttachments({ ...deps, files: deps.files! }, deps.now(), { days })
    const photo = await image(900, 700).png().toBuffer()
    const used = await desk.upload('used.png', photo)
    const unused = await desk.upload('unused.png', photo)
    const [view] = await take(desk, used.body.key)
    expect(await desk.files()).toHaveLength(4)
    desk.clock.advance(24 * hour)
    expect(await sweep()).toEqual({ rows: 0, files: 0 })
    const fresh = await desk.upload('fresh.png', samples.png)
    desk.clock.advance(1)
    expect(await sweep()).toEqual({ rows: 1, files: 0 })
    expect(await desk.files()).toHaveLength(3)
    expect((await desk.find({})).map(({ id }) => id).sort()).toEqual(
      [view!.id, fresh.body.key.slice(0, 36)].sort(),
    )
    await expect(take(desk, unused.body.key)).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(take(desk, fresh.body.key)).resolves.toHaveLength(1)
    desk.clock.advance(100 * 24 * hour)
    expect(await sweep(200)).toEqual({ rows: 0, files: 0 })
  })

  test('takes away files that have no row, and leaves alone what is not its own', async () => {
    const desk = await start(kind)
    const { deps } = desk.handle
    const sweep = (days: number) => sweepAttachments({ ...deps, files: deps.files! }, deps.now(), { days })
    const { body } = await desk.upload('used.png', samples.png)
    await take(desk, body.key)
    const [row] = await desk.find({})
    const path = (key: string) => join(desk.filesFolder, key)
    const lost = `${dirname(row!.file_key)}/${deps.newId()}`
    await writeFile(path(lost), 'x')
    await writeFile(path(`${lost}.preview`), 'x')
    await writeFile(path(`${row!.file_key}.0123456789ab.part`), 'x')
    await writeFile(path(`${dirname(row!.file_key)}/notes.txt`), 'not ours')
    desk.clock.set('2026-11-22T23:59:59Z')
    expect(await sweep(3)).toEqual({ rows: 0, files: 0 })
    desk.clock.set('2026-11-23T00:00:00Z')
    expect(await sweep(0)).toEqual({ rows: 0, files: 0 })
    expect(await sweep(1)).toEqual({ rows: 0, files: 3 })
    expect((await desk.files()).sort()).toEqual([row!.id, 'notes.txt'].sort())
    const stopped = AbortSignal.abort()
    await writeFile(path(lost), 'x')
    const options = { days: 3, signal: stopped }
    expect(await sweepAttachments({ ...deps, files: deps.files! }, deps.now(), options)).toEqual({
      rows: 0,
      files: 0,
    })
  })
})

describe('small images', () => {
  let desk: UploadDesk
  beforeAll(async () => {
    desk = await startUploadDesk('pglite')
  })
  afterAll(() => desk?.close())

  test('are made of large ones, upright, and served like them', async () => {
    const photo = await image(1200, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const { body } = await desk.upload('photo.jpg', photo)
    const [view] = await take(desk, body.key)
    expect(view).toMatchObject({ type: 'image/jpeg', width: 800, height: 1200 })
    expect(view!.previewUrl).toContain('&variant=preview&')
    const { status, headers, body: small } = await fetched(desk, view!.previewUrl!)
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 320, height: 480 })
    expect((await fetched(desk, view!.url)).body).toEqual(photo)
    const forged = view!.previewUrl!.replace('&variant=preview', '')
    expect((await fetched(desk, forged)).status).toBe(404)
  })

  test('are not made of small ones, which are their own', async () => {
    const { body } = await desk.upload('icon.png', await image(48, 48).png().toBuffer())
    const [view] = await take(desk, body.key)
    expect(view!.previewUrl).toBe(view!.url)
    expect((await desk.find({ name: 'icon.png' })).map(({ preview_key }) => preview_key)).toEqual([null])
  })

  test('A39: of broken images and floods of pixels there are none, and the upload goes through', async () => {
    const flood = await sharp({ create: { width: 7_100, height: 7_100, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    // The header says little, the picture is a flood all the same.
    const liar = Buffer.from(flood)
    pngOf(20, 20).copy(liar, 16, 16, 24)
    const cut = (await image(1000, 1000).png().toBuffer()).subarray(0, 40_000)
    for (const content of [flood, liar, cut, pngOf(4_000_000_000, 4_000_000_000), pngOf(0, 0)]) {
      const { status, body } = await desk.upload('flood.png', content as Buffer<ArrayBuffer>)
      expect(status).toBe(201)
      const [view] = await take(desk, body.key)
      expect(view!.previewUrl).toBe(view!.url)
    }
    expect((await desk.find({ name: 'flood.png' })).map((row) => row.preview_key)).toEqual(
      Array(5).fill(null),
    )
  })

  test('of several images at once are made one after another', async () => {
    const photo = await image(900, 900).jpeg().toBuffer()
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.upload('a.jpg', photo as never)))
    const views = await take(desk, ...answers.map(({ body }) => body.key))
    expect(views.every(({ url, previewUrl }) => previewUrl !== null && previewUrl !== url)).toBe(true)
    // A host that uses sharp itself finds it as it was.
    expect(sharp.cache()).toMatchObject({ memory: { max: 50 }, files: { max: 20 }, items: { max: 100 } })
  })
})

describe('a virus scanner', () => {
  test('sees every file, and what it finds is not kept', async () => {
    const clamd = await startClamd()
    closing.push(clamd.close)
    const desk = await start('pglite', { scanFile: clamdScanner({ host: '127.0.0.1', port: clamd.port }) })
    const infected = await desk.upload('bill.txt', `hello ${eicar}`)
    expect(infected).toMatchObject({ status: 415, body: { code: 'attachment_refused' } })
    expect(infected.body.detail).not.toContain('Eicar')
    expect([await desk.rows(), await desk.files()]).toEqual([0, []])
    expect((await desk.upload('bill.txt', 'hello')).status).toBe(201)
    expect(clamd.scanned.map((content) => content.length)).toEqual([6 + eicar.length, 5])
  })

  test('that cannot be asked lets nothing through, and nothing is kept', async () => {
    const desk = await start('pglite', { scanFile: clamdScanner({ host: '127.0.0.1', port: 1 }) })
    const answer = await desk.upload('bill.txt', 'hello')
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', retryAfter: 5 } })
    expect(answer.headers.get('retry-after')).toBe('5')
    expect([await desk.rows(), await desk.files()]).toEqual([0, []])
  })

  test('that reads only a part, or fails, leaves no file open', async () => {
    const opened: Readable[] = []
    const desk = await start('pglite', {
      async scanFile({ name, open }) {
        opened.push(await open())
        if (name === 'broken.txt') throw new Error('The scanner broke')
        return null
      },
    })
    expect((await desk.upload('fine.txt', 'hello')).status).toBe(201)
    expect((await desk.upload('broken.txt', 'hello')).status).toBe(503)
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true])
  })
})

describe('a desk whose files lie in a bucket', () => {
  test('takes them in, serves them in parts, and sweeps them', async () => {
    const s3 = await startS3()
    closing.push(s3.close)
    const files = s3Files({ ...s3.options, prefix: 'helpdesk/' })
    const desk = await start('pglite', { files })
    const photo = await image(900, 600).png().toBuffer()
    const { status, body } = await desk.upload('photo.png', photo as never)
    expect(status).toBe(201)
    const [row] = await desk.find({})
    const stored = await files.get(row!.file_key)
    expect((await buffer(stored!)).equals(photo)).toBe(true)
    const [view] = await take(desk, body.key)
    expect((await fetched(desk, view!.url)).body.equals(photo)).toBe(true)
    expect((await sharp((await fetched(desk, view!.previewUrl!)).body).metadata()).width).toBe(480)
    const part = await fetch(view!.url.replace('http://localhost', desk.address), {
      headers: { range: 'bytes=-8' },
    })
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, photo.subarray(-8)])
    await desk.upload('unused.txt', 'hello')
    desk.clock.advance(24 * hour + 1)
    const swept = await sweepAttachments({ ...desk.handle.deps, files }, desk.handle.deps.now(), { days: 0 })
    expect(swept).toEqual({ rows: 1, files: 0 })
    const left: string[] = []
    for await (const key of files.list('')) left.push(key)
    expect(left.sort()).toEqual([row!.file_key, row!.preview_key])
  })

  test('says that it cannot take them when the bucket is away', async () => {
    const s3 = await startS3()
    await s3.close()
    const desk = await start('pglite', { files: s3Files(s3.options) })
    expect(await desk.upload('a.txt', 'hello')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect(await desk.rows()).toBe(0)
  })
})

describe('a row that cannot be written', () => {
  test('leaves no file', async () => {
    const desk = await start('pglite')
    const { deps } = desk.handle
    await deps.db.pglite!.exec('alter table helpdesk.attachments add check (bytes < 3)')
    expect((await desk.upload('a.txt', 'hello')).status).toBe(500)
    expect([await desk.rows(), await desk.files()]).toEqual([0, []])
  })
})

test('a folder that cannot be written to is not available, and says so', async () => {
  const desk = await start('pglite', { files: diskFiles({ folder: '/dev/null/files' }) })
  expect(await desk.upload('a.txt', 'hello')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
})
