import { describe, expect, test } from 'vitest'
import { filesOf } from './attaching.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readMail } from './reading.ts'
import { encodeIn, letter, letterOf, multipart } from './testing.ts'
import { textOf } from './words.ts'

const read = async (raw: Uint8Array) => {
  const mail = await readMail(raw)
  if (!mail) throw new Error('It could not be read')
  return mail
}
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** A picture of this size, as far as its header says. */
const picture = (width: number, height: number) => {
  const bytes = Buffer.from(png)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('an e-mail is read', () => {
  test.each([
    ['iso-8859-2', 'Zażółć gęślą jaźń'],
    ['windows-1250', 'Příliš žluťoučký kůň, ľúbezný'],
    ['koi8-u', 'Щасливий їжак ґречно'],
    ['windows-1251', 'Щасливий їжак ґречно'],
    ['iso-8859-1', 'Größe, élève, señor'],
    ['windows-1252', '“Größe” – 5 €'],
    ['iso-8859-15', '5 € naïve'],
    ['utf-8', 'Zażółć 😀 їжак'],
    ['utf-16le', 'Zażółć їжак'],
    ['utf-16be', 'Zażółć їжак'],
  ])('in %s', async (charset, text) => {
    const raw = letter(
      { 'Content-Type': `text/plain; charset="${charset}"`, 'Content-Transfer-Encoding': 'base64' },
      encodeIn(charset, text),
    )
    expect(textOf(await read(raw))).toBe(text)
  })

  test.each(['', 'utf8', 'UTF_8', '"'])('in a charset called %j, which is none or utf-8', async (charset) => {
    const mail = await read(letter({ 'Content-Type': `text/plain; charset=${charset}` }, 'Zażółć'))
    expect(textOf(mail)).toBe('Zażółć')
  })

  test('with broken bytes, and never with any that a database refuses', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a'),
      Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80, 0x00]),
      Buffer.from('b'),
    ])
    const mail = await read(
      letter({ Subject: 'x\0y =?utf-16?B?2AA=?= =?utf-8?Q?=ff=00?=', From: 'A\0 <a@b.example>' }, bytes),
    )
    for (const text of [mail.text, mail.subject, mail.from.name ?? '', JSON.stringify(mail.headerList)]) {
      expect(text).not.toContain('\0')
      expect(text.isWellFormed()).toBe(true)
    }
    expect(textOf(mail)).toMatch(/^a.*b$/)
  })

  test('A26 with line breaks, NUL and controls in what becomes a line', async () => {
    const subject = '=?utf-8?Q?Hello=0D=0ABcc:_victim@x.example=00=1B[31m?= \u202egnp.exe'
    const mail = await read(
      letter({ Subject: subject, From: '=?utf-8?Q?Evil=0D=0ABcc:_x@y.example?= <evil@x.example>' }),
    )
    expect(mail.subject).not.toMatch(/[\p{Cc}\u202e]/u)
    expect(mail.from.name).not.toMatch(/\p{Cc}/u)
    expect([null, 'evil@x.example']).toContain(mail.from.address)
  })

  test('A26 with one sender, whatever the field tries', async () => {
    const address = async (field: string) => (await read(letter({ From: field }))).from.address
    expect(await address('"victim@shop.example" <evil@x.example>')).toBe('evil@x.example')
    expect(await address('"Doe, Jane" <jane@home.example>')).toBe('jane@home.example')
    expect(await address('jane@home.example (victim@shop.example)')).toBe('jane@home.example')
    for (const field of [
      'a@x.example, b@y.example',
      'Team: a@x.example, b@y.example;',
      '',
      'nobody',
      'a@@b',
      '<>',
      `${'a'.repeat(300)}@x.example`,
    ])
      expect(await address(field), field).toBe(null)
  })

  test('A26 with ids as they are and none that break a line', async () => {
    const mail = await read(
      letter({
        'Message-ID': '<one@x> <two@x>',
        'In-Reply-To': '<a@x>\r\n <b@x>',
        References: '<old@x>\t<new@x> nothing',
      }),
    )
    expect(mail.messageId).toBe('<one@x>')
    expect(mail.answers).toEqual(['<a@x>', '<b@x>', '<new@x>', '<old@x>'])
  })

  test('A25 with fields named like what every object has', async () => {
    const mail = await read(
      letter({
        __proto__x: 'a',
        constructor: 'b',
        toString: 'c',
        'Content-Type': 'text/plain; __proto__=x; constructor=y',
      }),
    )
    expect(mail.headers.get('constructor')).toBe('b')
    expect(mail.headers.get('__proto__')).toBe(undefined)
    expect(({} as Record<string, unknown>).x).toBe(undefined)
  })

  test('without Message-ID, date, sender and text', async () => {
    const mail = await read(letter({ 'Message-ID': null, Date: null, From: null, Subject: null }, ''))
    expect(mail).toMatchObject({
      messageId: null,
      date: '',
      from: { name: null, address: null },
      subject: '',
      text: '',
    })
    expect(fingerprintOf(mail, letter())).toMatch(/^[0-9a-f]{64}$/)
  })

  test('that is only HTML', async () => {
    const html =
      '<style>p{}</style><p>Dzień&nbsp;dobry,</p><p>paczka <b>nie</b> doszła.</p><script>alert(1)</script>'
    expect(textOf(await read(letter({ 'Content-Type': 'text/html; charset=utf-8' }, html)))).toBe(
      'Dzień dobry,\n\npaczka nie doszła.',
    )
  })

  test('as the text where both are there', async () => {
    const both = multipart('alternative', [
      { type: 'text/plain; charset=utf-8', content: 'The text' },
      { type: 'text/html; charset=utf-8', content: '<p>The HTML</p>' },
    ])
    const mail = await read(letterOf(both))
    expect(textOf(mail)).toBe('The text')
    expect(mail.html).toContain('The HTML')
  })

  test('with a calendar invitation, an e-mail in it and winmail.dat as files', async () => {
    const inner = letter({ Subject: 'Inner' }, 'Text of the inner one')
    const mixed = multipart('mixed', [
      { type: 'text/plain', content: 'See the files' },
      { type: 'text/calendar; method=REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
      { type: 'message/rfc822', content: inner.toString() },
      { type: 'application/ms-tnef; name="winmail.dat"', content: Buffer.from('x') },
      { type: 'application/pgp-signature; name="signature.asc"', content: Buffer.from('x') },
    ])
    const mail = await read(letterOf(mixed))
    expect(textOf(mail)).toBe('See the files')
    expect(filesOf(mail).map(({ name }) => name)).toEqual(['invite.ics', 'message.eml', 'winmail.dat'])
  })

  test('with names of files in every way they are written', async () => {
    const names = [
      { 'Content-Disposition': "attachment; filename*=utf-8''zam%C3%B3wienie.pdf" },
      { 'Content-Disposition': 'attachment; filename="=?utf-8?Q?zam=C3=B3wienie.pdf?="' },
      { 'Content-Disposition': "attachment; filename*0*=utf-8''zam%C3%B3; filename*1=wienie.pdf" },
    ]
    const mixed = multipart(
      'mixed',
      names.map((fields) => ({ type: 'application/pdf', fields, content: Buffer.from('x') })),
    )
    expect((await read(letterOf(mixed))).parts.map(({ name }) => name)).toEqual(
      Array(3).fill('zamówienie.pdf'),
    )
  })

  test('without the pictures of what was quoted, and without those that only count', async () => {
    const image = (id: string, bytes: Buffer) => ({
      type: 'image/png',
      fields: { 'Content-ID': `<${id}>`, 'Content-Disposition': `inline; filename="${id}.png"` },
      content: bytes,
    })
    const html =
      '<p>Look: <img src="cid:own"><img src="cid:pixel"></p><div class="gmail_quote"><img src="cid:logo"><img src=cid:own></div>'
    const related = multipart('related', [
      { type: 'text/html', content: html },
      ...[
        image('own', picture(640, 480)),
        image('logo', picture(200, 80)),
        image('pixel', picture(1, 1)),
        image('lost', picture(99, 99)),
      ],
    ])
    expect(filesOf(await read(letterOf(related))).map(({ name }) => name)).toEqual(['own.png', 'lost.png'])
  })
})

describe('what could not be read without harm', () => {
  const within = async (raw: Buffer) => {
    const begun = Date.now()
    const mail = await readMail(raw)
    expect(Date.now() - begun).toBeLessThan(10_000)
    return mail
  }

  test('is not: a million lines, a million parts, nesting without end, a header without end', async () => {
    expect(await within(letter({}, Buffer.alloc(1_500_000, '\n')))).toBe(null)
    expect(
      await within(letterOf({ type: 'multipart/mixed; boundary="b"', content: '--b\n\n'.repeat(100_000) })),
    ).toBe(null)
    let nested: { type: string; content: string | Uint8Array } = { type: 'text/plain', content: 'deep' }
    for (let depth = 0; depth < 40; depth++) nested = multipart('mixed', [nested])
    expect(await within(letterOf(nested))).toBe(null)
    expect(await within(letter({ 'X-Long': 'a\r\n b'.repeat(200_000) }))).toBe(null)
  }, 30_000)

  test.each([',', '@', '"\\"', '(', '<', 'a', ' ,'])(
    'is read at once, however long its addresses are: %s',
    async (piece) => {
      const field = piece.repeat(240_000 / piece.length).replace(/.{900}/g, '$&\r\n ')
      const begun = Date.now()
      for (const name of ['From', 'To']) {
        const mail = await readMail(letter({ [name]: field, Subject: 'Long' }))
        expect(mail?.subject).toBe('Long')
        if (name === 'From') expect(mail?.from.address).toBe(null)
      }
      expect(Date.now() - begun).toBeLessThan(10_000)
    },
    30_000,
  )

  test('is: 25 MiB of an attachment, a line of megabytes, an e-mail that ends in the middle, bytes of no form', async () => {
    const large = multipart('mixed', [
      { type: 'text/plain', content: 'Large' },
      {
        type: 'application/zip',
        fields: { 'Content-Disposition': 'attachment; filename=a.zip' },
        content: Buffer.alloc(17_000_000, 7),
      },
    ])
    expect((await within(letterOf(large)))?.parts[0]?.bytes.length).toBe(17_000_000)
    expect((await within(letter({}, 'x'.repeat(5_000_000))))?.text.trim().length).toBe(5_000_000)
    const whole = letterOf(
      multipart('mixed', [
        { type: 'text/plain', content: 'Cut' },
        { type: 'image/png', content: png },
      ]),
    )
    for (let at = 0; at < whole.length; at += 7) expect(await readMail(whole.subarray(0, at))).not.toBe(null)
    expect((await within(Buffer.from([0, 255, 254, 10, 13, 0])))?.text).toBeTypeOf('string')
  }, 30_000)

  test('is: 300 parts, of which a hundred are kept', async () => {
    const many = multipart(
      'mixed',
      Array.from({ length: 300 }, (_, i) => ({
        type: 'image/png',
        fields: { 'Content-Disposition': `attachment; filename=${i}.png` },
        content: png,
      })),
    )
    const mail = await read(letterOf(many))
    expect([mail.parts.length, mail.partsLeftOut]).toEqual([100, 200])
  })
})
