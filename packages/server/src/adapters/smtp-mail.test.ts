import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../../../test/support/smtp.ts'
import { type Mail, type MailAdapter, MailError } from './mail.ts'
import { smtpMail, toMailError } from './smtp-mail.ts'

const mail = (change: Partial<Mail> = {}): Mail => ({
  from: { name: 'Zoë (Acme)', address: 'support@acme.example' },
  to: { name: '', address: 'jan@kowalski.example' },
  subject: '[Acme] Nowa odpowiedź (2647-2)',
  text: 'Dzień dobry',
  html: '<p>Dzień dobry</p>',
  messageId: '<hd.1@acme.example>',
  inReplyTo: '<hd.conversation.1@acme.example>',
  references: ['<hd.conversation.1@acme.example>'],
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  ...change,
})

let sink: SmtpSink
let adapter: MailAdapter
beforeEach(async () => {
  sink = await startSmtpSink()
  adapter = smtpMail({ url: sink.url })
})
afterEach(async () => {
  await adapter.close?.()
  await sink.stop()
})

const failure = (sending: Promise<void>): Promise<MailError> =>
  sending.then(
    () => expect.fail('The mail was sent'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(MailError)
      return error as MailError
    },
  )

describe('a mail over SMTP', () => {
  test('arrives as it was given, headers and both parts', async () => {
    await adapter.send(mail({ replyTo: { name: 'Acme', address: 'reply@acme.example' } }))
    const [got] = sink.mails
    expect(got?.envelope).toEqual({ from: 'support@acme.example', to: ['jan@kowalski.example'] })
    expect(got?.subject).toBe('[Acme] Nowa odpowiedź (2647-2)')
    expect(got?.from).toEqual({ name: 'Zoë (Acme)', address: 'support@acme.example' })
    expect(got?.replyTo).toEqual([{ name: 'Acme', address: 'reply@acme.example' }])
    expect(got?.text?.trim()).toBe('Dzień dobry')
    expect(got?.html?.trim()).toBe('<p>Dzień dobry</p>')
    expect(got?.messageId).toBe('<hd.1@acme.example>')
    expect(got?.inReplyTo).toBe('<hd.conversation.1@acme.example>')
    expect(got?.references).toBe('<hd.conversation.1@acme.example>')
    const header = (key: string) => got?.headers.find((one) => one.key === key)?.value
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('x-auto-response-suppress')).toBe('All')
  })

  test('goes over one connection when the first is still open', async () => {
    for (const id of ['<1@x.example>', '<2@x.example>', '<3@x.example>'])
      await adapter.send(mail({ messageId: id }))
    expect(sink.mails).toHaveLength(3)
    expect(sink.connections).toBe(1)
  })

  test.each([
    ['421 at the greeting', { refuse: 421 }, { permanent: false, uncertain: false }],
    ['554 at the greeting', { refuse: 554, at: 'connect' }, { permanent: false, uncertain: false }],
    ['451 for the recipient', { refuse: 451 }, { permanent: false, uncertain: false }],
    ['550 for the recipient', { refuse: 550 }, { permanent: true, uncertain: false }],
    ['452 for the mail', { refuse: 452, at: 'data' }, { permanent: false, uncertain: false }],
    ['554 for the mail', { refuse: 554, at: 'data' }, { permanent: true, uncertain: false }],
    ['silence at the greeting', { stall: 'connect' }, { permanent: false, uncertain: false }],
    ['silence at the recipient', { stall: 'recipient' }, { permanent: false, uncertain: false }],
    ['silence after the mail', { stall: 'data' }, { permanent: false, uncertain: true }],
    ['a connection dropped after the mail', 'drop-after-data', { permanent: false, uncertain: true }],
  ] as const)('F4: %s is told apart', async (_, behaviour, expected) => {
    sink.behave(behaviour)
    // Short only where it is what the test waits for: the machine may be busy.
    const stall = typeof behaviour === 'object' && 'stall' in behaviour ? behaviour.stall : undefined
    const timeouts = stall === 'connect' ? { greeting: 300 } : stall === undefined ? {} : { socket: 2_000 }
    const impatient = smtpMail({ url: sink.url, timeouts })
    expect(await failure(impatient.send(mail()))).toMatchObject(expected)
    await impatient.close?.()
    expect(sink.mails.length).toBe(behaviour === 'drop-after-data' ? 1 : 0)
  })

  test.each([
    ['550 5.1.1 user unknown', 'EENVELOPE', true],
    ['550 5.7.1 refused by policy', 'EENVELOPE', false],
    ['552 5.2.2 mailbox full', 'EENVELOPE', false],
    ['550 no', 'EENVELOPE', false],
    ['550 5.1.1 user unknown', 'EAUTH', false],
  ])('F4: %s (%s) names a mailbox that is not there: %s', (message, code, noMailbox) => {
    const error = Object.assign(new Error(message), { code, responseCode: Number(message.slice(0, 3)) })
    expect(toMailError(error, false).noMailbox).toBe(noMailbox)
  })

  test('F4: a server that is not there counts as "try again"', async () => {
    await sink.stop()
    expect(await failure(adapter.send(mail()))).toMatchObject({ permanent: false, uncertain: false })
  })

  test('F4: after a failure the next mail finds a way again', async () => {
    sink.behave('drop-after-data')
    await failure(adapter.send(mail()))
    sink.behave('accept')
    await adapter.send(mail({ messageId: '<2@x.example>' }))
    expect(sink.mails.map((got) => got.messageId)).toEqual(['<hd.1@acme.example>', '<2@x.example>'])
  })

  test('F4: a server that hangs up before greeting is tried twice at most per send', async () => {
    let connections = 0
    const rude: Server = createServer((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    const { port } = rude.address() as { port: number }
    const other = smtpMail({ url: `smtp://127.0.0.1:${port}` })
    expect(await failure(other.send(mail()))).toMatchObject({ permanent: false, uncertain: false })
    expect(connections).toBeLessThanOrEqual(2)
    await other.close?.()
    rude.close()
  })

  test('F4: a server that drips its answers is given up after the total time, as uncertain', async () => {
    sink.behave({ stall: 'data' })
    const patient = smtpMail({ url: sink.url, timeouts: { total: 2_000 } })
    expect(await failure(patient.send(mail()))).toMatchObject({ permanent: false, uncertain: true })
    await patient.close?.()
  })
})

describe('A26: text that wants to be more than text', () => {
  const names = [
    'x\r\nBcc: evil@x.example',
    'x\nSubject: other\n\nbody',
    '", <evil@x.example>, "',
    '=?utf-8?q?=0d=0aBcc:_evil@x.example?=',
    'a, b <evil@x.example>; c',
    'ż'.repeat(5_000),
  ]
  test.each(names)('stays one name: %#', async (name) => {
    await adapter.send(
      mail({ from: { name, address: 'support@acme.example' }, to: { name, address: 'jan@x.example' } }),
    )
    const [got] = sink.mails
    expect(got?.envelope).toEqual({ from: 'support@acme.example', to: ['jan@x.example'] })
    expect(got?.bcc).toBeUndefined()
    expect(got?.to).toHaveLength(1)
    expect(got?.from?.address).toBe('support@acme.example')
    expect(got?.subject).toBe('[Acme] Nowa odpowiedź (2647-2)')
  })

  test.each(names)('stays one subject: %#', async (subject) => {
    await adapter.send(mail({ subject }))
    const [got] = sink.mails
    expect(got?.bcc).toBeUndefined()
    expect(got?.headers.filter((one) => one.key === 'subject')).toHaveLength(1)
    expect(got?.text?.trim()).toBe('Dzień dobry')
  })

  test.each([
    'a@x.example, evil@x.example',
    'a@x.example\r\nRCPT TO:<evil@x.example>',
    'group: a@x.example, b@x.example;',
    '"a@x.example" <evil@x.example>',
    'a@x.example>',
    'a@x.example SIZE=1',
    '',
    '\0@x.example',
  ])('is refused as an address: %j', async (address) => {
    expect(await failure(adapter.send(mail({ to: { name: '', address } })))).toMatchObject({
      permanent: true,
    })
    expect(await failure(adapter.send(mail({ from: { name: '', address } })))).toMatchObject({
      permanent: true,
    })
    expect(sink.mails).toHaveLength(0)
  })

  test('does not read files or addresses', async () => {
    const sneaky = { path: '/etc/passwd' } as unknown as string
    await failure(adapter.send(mail({ text: sneaky })))
    await failure(
      adapter.send(mail({ html: { href: sink.url.replace('smtp', 'http') } as unknown as string })),
    )
    expect(sink.mails).toHaveLength(0)
  })
})

describe('what an error means', () => {
  test.each([
    [{ code: 'EAUTH', responseCode: 535 }, false, { permanent: false, uncertain: false }],
    [{ code: 'EENVELOPE', responseCode: 503 }, false, { permanent: false, uncertain: false }],
    [{ code: 'EENVELOPE', responseCode: 553 }, false, { permanent: true, uncertain: false }],
    [{ code: 'EMESSAGE', responseCode: 450 }, true, { permanent: false, uncertain: false }],
    [{ code: 'ESOCKET' }, false, { permanent: false, uncertain: false }],
    [{ code: 'ESOCKET' }, true, { permanent: false, uncertain: true }],
    ['thrown text', false, { permanent: false, uncertain: false }],
  ])('%j, handed over: %s', (error, wasHandedOver, expected) => {
    expect(toMailError(error, wasHandedOver)).toMatchObject(expected)
  })

  test('the address of the server is checked at the start, without telling its password', () => {
    for (const url of ['http://user:secret@host', 'mail.example', '']) {
      expect(() => smtpMail({ url })).toThrow(/^(?!.*secret).*smtp:\/\//)
    }
  })
})
