import { describe, expect, test } from 'vitest'
import { readWebhook } from './webhook.ts'

/** Latin-1 on purpose: an e-mail is bytes, and these are no UTF-8. */
const raw = Buffer.from(
  'From: vera@visitor.example\r\nSubject: Hello\r\n\r\nZa\xe9\xff\x00 a+b&c=d%20\r\n',
  'latin1',
)
const text = 'From: vera@visitor.example\r\nSubject: Привіт\r\n\r\nHello & goodbye\r\n'
const nobody = { from: null, to: [] }

const multipart = (parts: [head: string, body: Buffer | string][], boundary = '----x') => ({
  type: `multipart/form-data; boundary=${boundary}`,
  body: Buffer.concat([
    ...parts.flatMap(([head, body]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body as string),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]),
})
const escaped = (bytes: Buffer) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

describe('the body of a webhook', () => {
  test.each(['message/rfc822', 'text/plain; charset=utf-8', 'application/octet-stream', 'MESSAGE/RFC822'])(
    'of type %s is the e-mail itself',
    (type) => expect(readWebhook(type, raw)).toEqual({ raw, envelope: nobody }),
  )

  test.each(['Received: by x', 'From vera@visitor.example Sun Nov 22', 'X-A:\tb'])(
    'that begins with %j is the e-mail itself, also when a program calls it a form',
    (begin) => {
      const mail = Buffer.concat([Buffer.from(`${begin}\r\n`), raw])
      expect(readWebhook('application/x-www-form-urlencoded', mail)).toEqual({ raw: mail, envelope: nobody })
    },
  )

  test.each(['raw', 'RawEmail', 'email', 'body-mime'])(
    'may be JSON with it in %s, as text or base64',
    (field) => {
      const json = (value: string) => Buffer.from(JSON.stringify({ other: 1, [field]: value }))
      expect(readWebhook('application/json', json(text)).raw).toEqual(Buffer.from(text))
      const url = readWebhook('application/json; charset=utf-8', json(raw.toString('base64url')))
      const lines = readWebhook('application/json', json(raw.toString('base64').replace(/(.{20})/g, '$1\n')))
      expect([url.raw, lines.raw]).toEqual([raw, raw])
    },
  )

  test('may be a form, byte for byte, with the envelope beside it', () => {
    const body = `recipient=a%40shop.example,+b%40shop.example&sender=vera%40visitor.example&body-mime=${escaped(raw)}`
    expect(readWebhook('application/x-www-form-urlencoded', Buffer.from(body))).toEqual({
      raw,
      envelope: { from: 'vera@visitor.example', to: ['a@shop.example', 'b@shop.example'] },
    })
  })

  test('may be a form of parts, byte for byte, also as a file', () => {
    const envelope = '{"to":["a@shop.example"],"from":""}'
    for (const head of [
      'name="email"',
      'name="email"; filename="mail.eml"\r\nContent-Type: message/rfc822',
    ]) {
      const { type, body } = multipart([
        ['name="subject"', 'Hello'],
        [head, raw],
        ['name="envelope"', envelope],
      ])
      expect(readWebhook(type, body)).toEqual({ raw, envelope: { from: '', to: ['a@shop.example'] } })
    }
    const quoted = multipart([['name="raw"', text]], "it's")
    expect(readWebhook(`multipart/form-data; boundary="it's"`, quoted.body).raw).toEqual(Buffer.from(text))
  })

  test.each(['{"from":1,"to":{"a":1}}', '"text"', 'null', '{'])(
    'is not led astray by an envelope %s',
    (envelope) => {
      const body = Buffer.from(JSON.stringify({ raw: text, envelope }))
      expect(readWebhook('application/json', body).envelope).toEqual(nobody)
    },
  )

  test.each([
    ['application/json', '{"subject":"no e-mail"}'],
    ['application/json', '[]'],
    ['application/json', 'null'],
    ['application/json', '{"raw":""}'],
    ['application/x-www-form-urlencoded', 'subject=x'],
    ['application/x-www-form-urlencoded', 'a:b=Re:+x'],
    ['multipart/form-data', '--x\r\n'],
    ['multipart/form-data; boundary=x', 'nothing of it'],
    ['message/rfc822', ''],
  ])('without an e-mail is refused: %s %j', (type, body) => {
    expect(() => readWebhook(type, Buffer.from(body))).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    )
  })

  test('that is broken or of another type is refused as what it is', () => {
    expect(() => readWebhook('application/json', Buffer.from('{'))).toThrow(
      expect.objectContaining({ code: 'invalid_json' }),
    )
    for (const type of ['image/png', '', 'multipart/mixed; boundary=x'])
      expect(() => readWebhook(type, raw)).toThrow(
        expect.objectContaining({ code: 'unsupported_media_type' }),
      )
  })

  test('of a million parts is read no further than it makes sense', () => {
    const { type, body } = multipart([
      ...Array.from({ length: 1_000 }, (): [string, string] => ['name="x"', 'x']),
      ['name="email"', text],
    ])
    expect(() => readWebhook(type, body)).toThrow(expect.objectContaining({ code: 'validation_failed' }))
  })
})
