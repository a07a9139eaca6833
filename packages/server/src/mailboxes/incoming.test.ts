import { connect } from 'node:net'
import type { EmailSettings } from '@helpdesk/core/api'
import { createTransport } from 'nodemailer'
import tlsOptions from 'smtp-server/lib/tls-options.js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { letter, takenSubjects } from './testing.ts'

const mebibyte = 1024 * 1024

describe.each(databaseKinds)('e-mail that comes in, on %s', (kind) => {
  let desk: TestDesk
  let secret: string
  const url = () => `/api/email/${desk.deskId}/incoming`

  beforeAll(async () => {
    desk = await startDesk(kind, {
      incomingMail: { domain: 'in.shop.example', listen: { port: 0 } },
    })
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/email-settings` })
    secret = (body as EmailSettings).webhook.secret
  })
  afterEach(async () => {
    await desk.handle.deps.db.run({ name: 'test_empty', text: 'delete from helpdesk.emails' }, [])
  })
  afterAll(() => desk?.close())

  const stored = () =>
    desk.handle.deps.db.run<{ source: string; envelope: unknown }>(
      {
        name: 'test_stored',
        text: 'select source, envelope from helpdesk.emails order by xmin::text::bigint',
      },
      [],
    )

  describe('by the webhook', () => {
    const call = (
      payload: string | Buffer,
      { authorization = `Bearer ${secret}`, type = 'message/rfc822', query = '' } = {},
    ) =>
      desk.call({
        method: 'POST',
        url: url() + query,
        headers: { authorization, 'content-type': type },
        payload,
      })

    test('is kept before it is answered, once however often it comes', async () => {
      const first = await call(letter('One'), { query: '?from=&to=a@shop.example' })
      expect(first).toMatchObject({ status: 202, body: { repeated: false } })
      const again = await call(letter('One'))
      expect(again).toMatchObject({ status: 202, body: { repeated: true } })
      expect((again.body as { id: string }).id).toBe((first.body as { id: string }).id)
      expect(await stored()).toEqual([{ source: 'webhook', envelope: { from: '', to: ['a@shop.example'] } }])
    })

    test.each(['+', '%2B'])('may have its envelope in the query, a plus written as %s', async (plus) => {
      const query = `?from=vera${plus}x@visitor.example&to=support${plus}k3@shop.example`
      expect((await call(letter('Plus'), { query })).status).toBe(202)
      const envelope = { from: 'vera+x@visitor.example', to: ['support+k3@shop.example'] }
      expect(await stored()).toEqual([{ source: 'webhook', envelope }])
    })

    test('needs the secret, as a bearer token or as the password of Basic', async () => {
      const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
      const wrong = [
        '',
        'Bearer',
        'Bearer x',
        `Bearer ${secret}x`,
        basic(secret),
        basic('helpdesk:x'),
        `Digest ${secret}`,
      ]
      for (const authorization of wrong) {
        expect((await call(letter('One'), { authorization })).status).toBe(401)
      }
      expect(await takenSubjects(desk)).toEqual([])
      for (const authorization of [`bearer ${secret}`, basic(`helpdesk:${secret}`), basic(`:${secret}`)])
        expect((await call(letter('One'), { authorization })).status).toBe(202)
      expect(await takenSubjects(desk)).toEqual(['One'])
    })

    test('of a desk is not that of another one', async () => {
      const other = await desk.desk()
      const elsewhere = (id: string) =>
        desk.call({
          method: 'POST',
          url: `/api/email/${id}/incoming`,
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822' },
          payload: letter('One'),
        })
      expect((await elsewhere(other)).status).toBe(401)
      expect((await elsewhere('desk_unknown')).status).toBe(404)
    })

    test('may have 25 MiB and no more, and says so', async () => {
      const large = (bytes: number) => {
        const head = Buffer.from(letter(`Large ${bytes}`))
        return Buffer.concat([head, Buffer.alloc(bytes - head.length, 'a\r\n')])
      }
      expect((await call(large(25 * mebibyte))).status).toBe(202)
      const refused = await call(large(25 * mebibyte + 1))
      expect(refused).toMatchObject({ status: 413, body: { detail: expect.stringMatching(/25 MiB/) } })
      expect((await call(letter('One'), { type: 'image/png' })).status).toBe(415)
    })

    test('is not read at all for who does not know the secret', async () => {
      const refused = await call(Buffer.alloc(26 * mebibyte), { authorization: 'Bearer x' })
      expect(refused.status).toBe(401)
    })
  })

  describe('by SMTP', () => {
    const transport = (options: object = {}) =>
      createTransport({ host: '127.0.0.1', port: desk.handle.mailPort ?? 0, ignoreTLS: true, ...options })
    const send = (to: string[], raw: string | Buffer = letter('One'), from = 'vera@visitor.example') =>
      transport().sendMail({ envelope: { from, to }, raw })
    const refusal = (sending: Promise<unknown>) =>
      sending.then(
        () => expect.fail('It was taken'),
        (error: { responseCode?: number }) => error.responseCode,
      )

    test('is answered once it is kept, for every desk that is named', async () => {
      const other = await desk.desk()
      await send([`${desk.deskId}@in.shop.example`, `${other.toUpperCase()}@in.shop.example`])
      expect(await stored()).toEqual([
        {
          source: 'smtp',
          envelope: { from: 'vera@visitor.example', to: [`${desk.deskId}@in.shop.example`] },
        },
        {
          source: 'smtp',
          envelope: { from: 'vera@visitor.example', to: [`${other.toUpperCase()}@in.shop.example`] },
        },
      ])
      await send([`${desk.deskId}@in.shop.example`])
      expect(await stored()).toHaveLength(2)
    })

    test('comes with the null return path of a bounce', async () => {
      await send([`${desk.deskId}@in.shop.example`], letter('Bounce'), '')
      expect(await stored()).toMatchObject([{ envelope: { from: '' } }])
    })

    test.each([
      ['nobody@in.shop.example', 550],
      ['reply@in.shop.example', 550],
      [`reply+${'a'.repeat(42)}@in.shop.example`, 550],
      ['victim@elsewhere.example', 550],
    ])('A25: is not relayed: %s', async (to, code) => {
      expect(await refusal(send([to]))).toBe(code)
      expect(await stored()).toEqual([])
    })

    test('knows no users', async () => {
      const said = await talk(['EHLO x', 'AUTH PLAIN AHgAeQ==', 'STARTTLS', 'QUIT'])
      expect(said).not.toMatch(/250[- ](AUTH|STARTTLS)/)
      expect(said.match(/^5\d\d/gm)?.length).toBeGreaterThanOrEqual(2)
    })

    test('may have 25 MiB and no more', async () => {
      const head = letter('Huge')
      const huge = Buffer.concat([Buffer.from(head), Buffer.alloc(25 * mebibyte, 'a\r\n')])
      expect(await refusal(send([`${desk.deskId}@in.shop.example`], huge))).toBe(552)
      expect(await stored()).toEqual([])
    })

    test('is to be brought again when it cannot be kept', async () => {
      const { db } = desk.handle.deps
      await db.orm.execute('alter table helpdesk.emails rename to emails_away' as never)
      try {
        expect(await refusal(send([`${desk.deskId}@in.shop.example`]))).toBe(451)
      } finally {
        await db.orm.execute('alter table helpdesk.emails_away rename to emails' as never)
      }
      await send([`${desk.deskId}@in.shop.example`])
      expect(await takenSubjects(desk)).toEqual(['One'])
    })

    test('is not searched for addresses in one conversation', async () => {
      const guesses = Array.from({ length: 12 }, (_, i) => `RCPT TO:<guess${i}@in.shop.example>`)
      const said = await talk(['EHLO x', 'MAIL FROM:<a@b.example>', ...guesses])
      expect(said.match(/^550/gm)).toHaveLength(10)
      expect(said).toMatch(/^421/m)
    })

    test('is taken from a few connections of one address at a time', async () => {
      const sockets = Array.from({ length: 11 }, () => connect(desk.handle.mailPort ?? 0, '127.0.0.1'))
      const greetings = await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<string>((resolve) => socket.once('data', (said) => resolve(said.toString()))),
        ),
      )
      for (const socket of sockets) socket.destroy()
      expect(greetings.map((said) => said.slice(0, 3)).sort()).toEqual([...Array(10).fill('220'), '421'])
    })

    /** Says one line after another, each when the one before is answered; everything that was answered. */
    const talk = (lines: string[]) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(desk.handle.mailPort ?? 0, '127.0.0.1')
        let said = ''
        const left = [...lines]
        socket.on('data', (bytes) => {
          said += bytes.toString()
          if (!/^\d{3} .*\r\n$/m.test(bytes.toString())) return
          const next = left.shift()
          if (next === undefined) socket.end()
          else socket.write(`${next}\r\n`)
        })
        socket.once('close', () => resolve(said))
        socket.once('error', reject)
      })
  })
})

test('e-mail by SMTP may come encrypted where there is a certificate', async () => {
  // The package's own for `localhost`, which no client has reason to trust.
  const { key, cert } = tlsOptions({}) as { key: string; cert: string }
  const desk = await startDesk('pglite', {
    incomingMail: { domain: 'in.shop.example', listen: { port: 0, tls: { key, cert } } },
  })
  const transport = createTransport({
    host: '127.0.0.1',
    port: desk.handle.mailPort ?? 0,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  })
  const envelope = { from: 'vera@visitor.example', to: [`${desk.deskId}@in.shop.example`] }
  await transport.sendMail({ envelope, raw: letter('Encrypted') })
  expect(await takenSubjects(desk)).toEqual(['Encrypted'])
  await desk.close()
})

test('a desk closes its port for e-mail, and one that is taken is an error of the start', async () => {
  const first = await startDesk('pglite', {
    incomingMail: { domain: 'in.shop.example', listen: { port: 0 } },
  })
  const port = first.handle.mailPort ?? 0
  expect(port).toBeGreaterThan(0)
  const second = startDesk('pglite', { incomingMail: { domain: 'in.shop.example', listen: { port } } })
  await expect(second).rejects.toMatchObject({
    code: 'EMAILLISTEN',
    message: expect.stringMatching(/^helpdesk: option `incomingMail\.listen`: .*EADDRINUSE/),
    cause: { code: 'EADDRINUSE' },
  })
  await first.close()
  const refused = await new Promise<string | undefined>((resolve) => {
    connect(port, '127.0.0.1').once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
  expect(refused).toBe('ECONNREFUSED')
})
