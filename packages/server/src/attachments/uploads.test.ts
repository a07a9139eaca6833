import { limits } from '@helpdesk/core'
import type { Attachment } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findDesk } from '../desks/service.ts'
import { databaseKinds } from '../testing.ts'
import { attachmentViews, takeAttachments } from './service.ts'
import { chunked, pngOf, samples, speak, startUploadDesk, type UploadDesk } from './testing.ts'

const largest = Buffer.concat([samples.png, Buffer.alloc(limits.attachmentBytes - samples.png.length, 7)])
const half = largest.subarray(0, 5_000_000)

describe.each(databaseKinds)('files that arrive, on %s', (kind) => {
  let desk: UploadDesk
  beforeAll(async () => {
    desk = await startUploadDesk(kind, { attachmentQuota: false })
  })
  afterAll(() => desk?.close())

  /** Gives files to a message, and shows them as its readers see them. */
  const attach = async (...keys: string[]): Promise<Attachment[]> => {
    const { deps } = desk.handle
    const record = await findDesk(deps, desk.deskId)
    const message = { conversationId: deps.newId(), messageId: deps.newId() }
    const facts = await deps.db.transaction((tx) => takeAttachments(tx, deps, record!.deskId, keys, message))
    return attachmentViews(deps, record!.deskId, facts)
  }
  const nothingKept = async (work: () => Promise<unknown>) => {
    const [rows, files] = [await desk.rows(), await desk.files()]
    await work()
    await vi.waitFor(async () => expect([await desk.rows(), await desk.files()]).toEqual([rows, files]))
  }

  test('a visitor and an agent upload; name, type and length come back, and every byte can be had again', async () => {
    for (const asAgent of [false, true]) {
      const content = Buffer.concat([samples.png, Buffer.from('rest')])
      const { status, body } = await desk.upload('/tmp/My shot.PNG', content, { asAgent })
      expect({ status, body }).toEqual({
        status: 201,
        body: {
          key: expect.stringMatching(/^[0-9a-f-]{36}\.[\w-]{43}$/),
          name: 'My shot.PNG',
          type: 'image/png',
          bytes: content.length,
        },
      })
      const [file] = await attach(body.key)
      expect(file).toMatchObject({ name: 'My shot.PNG', bytes: content.length, width: 3, height: 2 })
      const response = await fetch(file!.url.replace('http://localhost', desk.address))
      expect(Buffer.from(await response.arrayBuffer())).toEqual(content)
    }
  })

  test('A35: 10,485,760 bytes are accepted, whole and in pieces', async () => {
    for (const content of [largest, chunked(half, largest.subarray(5_000_000))]) {
      const { status, body } = await desk.upload('a.png', content)
      expect({ status, bytes: body.bytes }).toEqual({ status: 201, bytes: 10_485_760 })
    }
  })

  test('A35: one byte more is refused with the limit in the answer, whole and in pieces', async () => {
    const more = Buffer.concat([largest, Buffer.of(0)])
    await nothingKept(async () => {
      for (const content of [more, chunked(half, more.subarray(5_000_000)), chunked(more, half, half)]) {
        const { status, body, headers } = await desk.upload('a.png', content)
        expect({ status, code: body.code }).toEqual({ status: 413, code: 'payload_too_large' })
        expect(body.detail).toContain('10,485,760')
        expect(headers.get('content-type')).toContain('application/problem+json')
        expect(headers.get('access-control-allow-origin')).toBe('*')
      }
    })
  })

  const head = (length: number | string) =>
    `POST ${desk.path('a.png')} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`
  const isWhole = (received: string) => /"instance":"[^"]*"\}$/.test(received)

  test('A35: what announces too much is refused before a byte of it was sent', async () => {
    const answer = await speak(desk.port, [head(10_485_761)], isWhole)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('payload_too_large')
  })

  test('A35: a length that is too small cuts the file there; one that is none is no request', async () => {
    const content = Buffer.concat([samples.png, Buffer.alloc(100)])
    const before = await desk.rows()
    await speak(desk.port, [head(50), content], () => false)
    await vi.waitFor(async () => expect(await desk.rows()).toBe(before + 1))
    expect(await desk.find({ bytes: 50 })).toHaveLength(1)
    for (const length of ['-1', 'ten', '1, 2']) {
      expect(await speak(desk.port, [head(length), content], () => false)).toMatch(/^HTTP\/1\.1 400 /)
    }
    expect(await desk.rows()).toBe(before + 1)
  })

  test('A38: an upload that breaks off leaves no row and no file, announced or in pieces', async () => {
    await nothingKept(async () => {
      await speak(desk.port, [head(largest.length), half], () => false, 'leave')
      const inPieces = head(1).replace('Content-Length: 1', 'Transfer-Encoding: chunked')
      const piece = `${half.length.toString(16)}\r\n`
      await speak(desk.port, [inPieces, piece, half, '\r\n'], () => false, 'leave')
    })
  })

  test('who is refused early still gets to read why, however much it goes on to send', async () => {
    const off = await desk.desk({ name: 'Off', settings: { widget: { attachments: false } } })
    const signed = await desk.desk({ name: 'Signed', settings: { security: { level: 'signature' } } })
    const refusals = [
      [{ deskId: off }, 403, 'attachments_disabled'],
      [{ deskId: signed }, 401, 'identity_required'],
      [{ deskId: 'nowhere' }, 404, 'not_found'],
      [
        { headers: { authorization: `Bearer ${crypto.randomUUID()}.${'x'.repeat(43)}` } },
        401,
        'contact_unknown',
      ],
      [{ asAgent: true, headers: { cookie: '' } }, 401, 'unauthenticated'],
      [{ type: 'multipart/form-data; boundary=x' }, 415, 'unsupported_media_type'],
    ] as const
    await nothingKept(async () => {
      for (const [options, status, code] of refusals) {
        for (const content of [largest, chunked(half, half)]) {
          expect(await desk.upload('a.png', content, options)).toMatchObject({ status, body: { code } })
        }
        const path = desk.path('a.png').replace(desk.deskId, off)
        const request = head(largest.length).replace(desk.path('a.png'), path)
        // All of it is written before the answer is looked at, as browsers do.
        const answer = await speak(desk.port, [request, half, largest.subarray(half.length)], isWhole)
        expect(answer).toMatch(/^HTTP\/1\.1 403 /)
      }
    })
  })

  test('a connection goes on after a refusal, and ends when the rest has no end', async () => {
    const refused = head(largest.length).replace('a.png', 'a.exe')
    const again = head(samples.png.length)
    const answers = await speak(desk.port, [refused, largest, again, samples.png], (received) =>
      received.includes('"bytes"'),
    )
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 415', 'HTTP/1.1 201'])
    let sent = 0
    function* endless() {
      yield head(4_000_000_000).replace('a.png', 'a.exe')
      for (; sent < 60; sent++) yield half
    }
    const cut = await speak(desk.port, endless(), () => false).catch((error: Error) => error.message)
    expect(cut).toMatch(/^HTTP\/1\.1 413 |ECONNRESET|EPIPE/)
    // 20 MiB are read, and what lies in the buffers between.
    expect(sent).toBeLessThan(20)
  })

  test('A38: forms, and bodies of any other type, are not files', async () => {
    const form = new FormData()
    form.append('file', new Blob([samples.png]), 'a.png')
    await nothingKept(async () => {
      for (const type of ['text/plain', 'image/png', 'application/json', null]) {
        const answer = await desk.upload('a.png', samples.png, { type })
        expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
      }
      const long = `multipart/form-data; boundary=${'b'.repeat(300)}`
      for (const [body, type] of [
        [form, null],
        ['--x\r\nno final boundary', 'multipart/form-data; boundary=x'],
        ['', long],
      ] as const) {
        const answer = await desk.upload('a.png', body, { type })
        expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
      }
    })
  })

  test.each([
    ['HTML as a picture', 'a.png', samples.html],
    ['a program as a picture', 'a.png', samples.exe],
    ['a program as a document', 'a.pdf', samples.exe],
    ['a program as text', 'a.txt', samples.exe],
    ['a picture as a document', 'a.pdf', samples.png],
    ['a vector picture as a picture', 'a.png', samples.svg],
    ['a document as a picture', 'a.jpg', samples.pdf],
    ['an archive as a picture', 'a.gif', samples.zip],
    ['a document as an archive', 'a.zip', samples.pdf],
    ['text as a document', 'a.docx', Buffer.from('hello')],
    ['bytes as text', 'a.txt', Buffer.from([1, 2, 0, 3])],
    ['a page', 'a.html', samples.html],
    ['a program', 'a.exe', samples.exe],
    ['a script', 'a.js', Buffer.from('alert(1)')],
    ['no ending', 'README', Buffer.from('hello')],
    ['two endings', 'a.png.exe', samples.png],
    ['an ending after NUL, spelt out', 'a.exe%00.png'.replace('%00', '\u2400'), samples.exe],
    ['nothing', 'a.txt', Buffer.of()],
  ])('A36: %s is refused, and nothing of it is kept', async (_name, name, content) => {
    await nothingKept(async () => {
      for (const body of [content, chunked(content)]) {
        const answer = await desk.upload(name, body)
        expect(answer).toMatchObject({ status: 415, body: { code: 'attachment_refused' } })
      }
    })
  })

  test.each([
    ['a.png', samples.jpeg, 'image/jpeg', 9, 7],
    ['a.jpg', samples.webp, 'image/webp', 16, 12],
    ['a.webp', samples.gif, 'image/gif', 5, 4],
    ['a.gif', pngOf(640, 480), 'image/png', 640, 480],
    ['a.svg', samples.svg, 'image/svg+xml', null, null],
    ['a.xml', samples.xml, 'application/xml', null, null],
    ['a.svg', samples.xml, 'image/svg+xml', null, null],
    ['a.txt', samples.html, 'text/plain', null, null],
    ['a.log', Buffer.from('\xff\xfeh\0i\0', 'latin1'), 'text/plain', null, null],
    ['a.pdf', samples.pdf, 'application/pdf', null, null],
    ['a.zip', samples.zip, 'application/zip', null, null],
    [
      'a.docx',
      samples.zip,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      null,
      null,
    ],
  ])('A36: %s is called what its content says (%#)', async (name, content, type, width, height) => {
    const { status, body } = await desk.upload(name, content)
    expect({ status, type: body.type }).toEqual({ status: 201, type })
    expect(await attach(body.key)).toMatchObject([{ type, width, height }])
  })

  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Windows\\win.txt', 'win.txt'],
    ['.htaccess.txt', 'htaccess.txt'],
    ['CON.txt', '_CON.txt'],
    ['a\r\nSet-Cookie: x.txt', 'a Set-Cookie_ x.txt'],
    ['a\u202Etxt.exe.txt', 'atxt.exe.txt'],
    ['z\u200Bero.txt', 'zero.txt'],
    ['__proto__.txt', '__proto__.txt'],
    ['<b onmouseover=x>.txt', '_b onmouseover=x_.txt'],
    [`${'ż'.repeat(900)}.txt`, `${'ż'.repeat(116)}.txt`],
  ])('A37, A25: the name %j becomes %j, everywhere', async (given, clean) => {
    const { status, body } = await desk.upload(given, 'hello')
    expect({ status, name: body.name }).toEqual({ status: 201, name: clean })
    const [file] = await attach(body.key)
    const response = await fetch(file!.url.replace('http://localhost', desk.address))
    expect(response.status).toBe(200)
    const [, plain, extended] =
      /^attachment; filename="([^"\\\r\n]*)"(?:; filename\*=UTF-8''([^'();,"\s]*))?$/.exec(
        response.headers.get('content-disposition')!,
      )!
    expect(extended === undefined ? plain : decodeURIComponent(extended)).toBe(clean)
  })

  test('A32, A37: a name with NUL, no name and one of 5,000 characters are refused by name', async () => {
    await nothingKept(async () => {
      for (const query of ['name=a%00.png', 'name=%00', `name=${'a'.repeat(5000)}.png`, 'name=', '']) {
        const url = `${desk.address}${desk.path('').replace('name=', query)}`
        const response = await fetch(url, {
          method: 'POST',
          body: samples.png,
          headers: { 'content-type': 'application/octet-stream' },
        })
        const body = await response.json()
        expect({ status: response.status, code: body.code }, query).toEqual({
          status: 400,
          code: 'validation_failed',
        })
        expect(body.errors[0].pointer).toBe('/query/name')
      }
      for (const query of [
        '__proto__=x&name=a.png',
        'name=a.png&name=b.png',
        'name=a.png&constructor[prototype]=1',
      ]) {
        const url = `${desk.address}${desk.path('').replace('name=', query)}`
        const response = await fetch(url, { method: 'POST', body: samples.png })
        expect(response.status, query).toBe(400)
      }
    })
  })

  test('A36: JSON routes take no file for a body', async () => {
    const answer = await desk.call({
      method: 'POST',
      url: `/api/messaging/widget/${desk.deskId}/message`,
      payload: Buffer.from('{"email":"a@b.example","message":"x"}'),
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } })
  })
})

describe('a desk whose host keeps no files', () => {
  test('refuses uploads', async () => {
    const desk = await startUploadDesk('pglite', { files: undefined as never })
    for (const asAgent of [false, true]) {
      const answer = await desk.upload('a.png', samples.png, { asAgent })
      expect(answer).toMatchObject({ status: 403, body: { code: 'attachments_disabled' } })
    }
    await desk.close()
  })
})
