import { locales, replyDelimiters } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { isProgramFooter, isWroteLine } from './quote-headers.ts'
import { stripQuotes } from './quotes.ts'
import { corpus } from './quotes-corpus.ts'
import { readMail } from './reading.ts'
import { encodeIn, letter } from './testing.ts'

const reply = (text: string) => stripQuotes(text).text

describe('an answer without what it quotes', () => {
  test.each(corpus.map((mail) => [mail.name, mail] as const))(
    '%s',
    async (_, { charset, reply: own, below }) => {
      const body = encodeIn(charset, `${own}\n${below}`.replaceAll('\n', '\r\n'))
      const raw = letter(
        { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': 'base64' },
        body,
      )
      const read = await readMail(raw)
      expect(stripQuotes(read?.text ?? '')).toEqual({ text: own, isWhole: false })
    },
  )

  test('there are mails of all eight languages, five programs at least of each', () => {
    for (const locale of locales) {
      expect(corpus.filter(({ name }) => name.startsWith(`${locale},`)).length).toBeGreaterThanOrEqual(5)
    }
  })

  test.each(locales)('above our own line, in %s', (locale) => {
    const line = replyDelimiters[locale]
    expect(reply(`Yes, please.\n\nSome program's words\n\n> ${line}\n> Old text`)).toBe(
      "Yes, please.\n\nSome program's words",
    )
    expect(
      reply(`Yes.\n\nOn Mon, Nov 2, 2026 at 10:04 AM Anna <a@b.example> wrote:\n\n> ${line}\n> Old text`),
    ).toBe('Yes.')
  })

  test('below the quotation', () => {
    expect(reply('On 02/11/2026 10:04, Anna wrote:\n> Which size?\n> And which colour?\n\nL, blue.')).toBe(
      'L, blue.',
    )
    expect(reply('> Which size?\n\nL, blue.')).toBe('L, blue.')
  })

  test('between its lines keeps them', () => {
    const between = 'On 02/11/2026 10:04, Anna wrote:\n> Which size?\n\nL\n\n> Which colour?\n\nBlue'
    expect(reply(between)).toBe(between)
    expect(reply(`See below.\n\n${between}`)).toBe(`See below.\n\n${between}`)
    const without = 'Hi\n> Which size?\nL\n> Which colour?\nBlue'
    expect(reply(without)).toBe(without)
  })

  test('that is nothing but a quotation is the whole text', () => {
    const nothing = 'On 02/11/2026 10:04, Anna wrote:\n> Which size?'
    expect(stripQuotes(nothing)).toEqual({ text: nothing, isWhole: true })
    expect(stripQuotes(`> ${replyDelimiters.en}\n> Old`)).toEqual({
      text: `> ${replyDelimiters.en}\n> Old`,
      isWhole: true,
    })
    expect(stripQuotes('')).toEqual({ text: '', isWhole: true })
  })

  test('without signatures', () => {
    expect(reply('Yes.\n\n-- \nJan Novak\nHead of Things\n+48 600 000 000')).toBe('Yes.')
    expect(reply('Yes.\n\nSent from my Galaxy')).toBe('Yes.')
    expect(reply('Ja.\n\nVon Samsung-Mobilgerät gesendet')).toBe('Ja.')
    expect(reply('Yes.\n\nYahoo Mail: Search, Organize, Conquer')).toBe('Yes.')
    expect(reply('Yes.\n\nKind regards,\nJan\n\nPS: the order is 123')).toBe(
      'Yes.\n\nKind regards,\nJan\n\nPS: the order is 123',
    )
  })

  test.each([
    'On Monday my boss wrote:\nwe need 20 pieces by 10:30.',
    'Here is my address:\nFrom: the station\nturn left',
    'From: Berlin\nTo: Prague\nthat is my route',
    'The log says 2026-11-02 10:04:11 error:\nout of memory',
    'I wrote to you on 2 Nov 2026 and nobody answered:\nwhy?',
    'diff --git\n--- a/file\n+++ b/file\n-- old\n++ new',
    'Sent from my heart',
    'A | B\n--|--\n1 | 2',
    'Steps:\n1. open\n2. close\n----------\nResult: it breaks',
  ])('leaves what people write as it is: %j', (text) => {
    expect(stripQuotes(`Hello\n\n${text}\n\nThank you`).text).toBe(`Hello\n\n${text}\n\nThank you`)
  })

  test.each([
    'Od: Warszawa\nDo: Kraków\nData: 5.11.2026\nProszę o zmianę godziny.',
    'From: Prague\nTo: Vienna\nDate: 5 November\nCan I take my bicycle?',
    'Von: Lager 3\nAn: Filiale Linz\nDatum: 2.11.2026\nDas Paket fehlt noch immer.',
    'Od: Praha\nDo: Brno\nDatum: 5. 11. 2026\nPište mi prosím na jan@home.example.',
    'De : Lyon\nÀ : Paris\nDate : 5 novembre\nLe colis est resté à Dijon.',
  ])('keeps what is said of a journey or of a parcel: %j', (text) => {
    expect(reply(`Hello\n\n${text}`)).toBe(`Hello\n\n${text}`)
  })

  test('takes no time, whatever it is given', () => {
    const begun = Date.now()
    for (const piece of [
      '> ',
      '>\n',
      'On ',
      'On a\n',
      'From: a\n',
      'Op x\n',
      ' on at',
      'W dniu \n',
      '-',
      '_\n',
      ' \n',
      'wrote:\n',
      '1.1.2026 10:00 ',
      '<a@b',
    ])
      stripQuotes(piece.repeat(40_000))
    expect(Date.now() - begun).toBeLessThan(8_000)
  })
})

test.each(['wrote:', 'On Monday he wrote:', '2026 10:00', 'a'.repeat(500)])(
  '%j begins no quotation',
  (line) => expect(isWroteLine(line)).toBe(false),
)

test.each([
  'Sent from my iPhone',
  'Get Outlook for Android',
  'Sent from Mail for Windows',
  'Sent with Proton Mail secure email.',
  'Wysłane z iPhone’a',
  'Wysłano z Outlook dla systemu iOS',
  'Wysłane z programu Poczta dla systemu Windows',
  'Надіслано з iPhone',
  'Надіслано з мобільного додатку',
  'Отримати Outlook для Android',
  'Von meinem iPhone gesendet',
  'Gesendet von Mail für Windows',
  'Outlook für Android beschaffen',
  'Envoyé de mon iPhone',
  'Envoyé à partir de Outlook pour Android',
  'Télécharger Outlook pour iOS',
  'Enviado desde mi iPhone',
  'Obtener Outlook para Android',
  'Odesláno z iPhonu',
  'Odesláno z mobilu',
  'Získejte Outlook pro iOS',
  'Odoslané z iPhonu',
  'Odoslané zo zariadenia Galaxy',
  'Získajte Outlook pre Android',
])('%j is the footer of a program', (line) => expect(isProgramFooter(line)).toBe(true))
