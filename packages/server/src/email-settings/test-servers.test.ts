import type { Problem } from '@helpdesk/core'
import type { ConnectionTest } from '@helpdesk/core/api'
import { SMTPServer } from 'smtp-server'
import tlsOptions from 'smtp-server/lib/tls-options.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ImapServer, startImapServer } from '../../../../test/support/imap.ts'
import { type SmtpSink, startSmtpSink } from '../../../../test/support/smtp.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('tried, on %s,', (kind) => {
  let desk: TestDesk
  let sink: SmtpSink
  let imap: ImapServer
  let url: string

  beforeAll(async () => {
    desk = await startDesk(kind, { allowPrivateMailServers: true })
    url = `/api/desks/${desk.deskId}/email-settings`
  })
  beforeEach(async () => {
    sink = await startSmtpSink()
    imap = await startImapServer()
  })
  afterEach(async () => {
    await ok({ sender: { address: null }, smtp: null, imap: null })
    await imap.stop()
    await sink.stop()
  })
  afterAll(() => desk?.close())

  const ok = async (payload: object) => {
    const { status } = await desk.asOwner({ method: 'PATCH', url, payload })
    expect(status).toBe(200)
  }
  const post = async <Body>(path: string, payload: object) =>
    (await desk.asOwner({ method: 'POST', url: `${url}${path}`, payload })) as { status: number; body: Body }
  const smtp = () => ({
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    user: 'support',
    password: 'smtp secret',
  })
  const steps = ({ steps: made }: ConnectionTest) => made.map(({ step, ok: went }) => `${step} ${went}`)
  const trySmtp = async (change: object = {}) =>
    (await post<ConnectionTest>('/test-smtp', { smtp: { ...smtp(), ...change } })).body
  const tryImap = async (change: object = {}) => {
    const { user, password, port } = imap
    const given = { host: '127.0.0.1', port, security: 'none', user, password, ...change }
    return (await post<ConnectionTest>('/test-imap', { imap: given })).body
  }

  test('a mail server sends its test mail to who asked', async () => {
    await ok({ sender: { address: 'support@shop.example' } })
    const result = await trySmtp()
    expect(steps(result)).toEqual(['resolve true', 'connect true', 'sign_in true', 'send true'])
    expect(result.ok).toBe(true)
    expect(sink.mails).toHaveLength(1)
    expect(sink.mails[0]).toMatchObject({
      envelope: { from: 'support@shop.example', to: [desk.owner.email] },
      subject: expect.stringMatching(/Test e-mail$/),
    })
    // The one in use, with the password that is kept.
    await ok({ smtp: smtp() })
    expect((await post<ConnectionTest>('/test-smtp', {})).body.ok).toBe(true)
    expect(sink.mails).toHaveLength(2)
  })

  test.each([
    [{ host: 'no.such.host.invalid' }, ['resolve false'], /spelled/],
    [{ port: 1 }, ['resolve true', 'connect false'], /ECONNREFUSED.*nothing listens on port 1/],
    [{ security: 'tls' }, ['resolve true', 'connect true', 'secure false'], /choose STARTTLS/],
    [{ security: 'starttls' }, ['resolve true', 'connect true', 'secure false'], /does not offer STARTTLS/],
  ])('a mail server with %j fails where it does, in words', async (change, made, words) => {
    const result = await trySmtp(change)
    expect(result.ok).toBe(false)
    expect(result.steps.at(-1)?.detail).toMatch(words)
    expect(steps(result)).toEqual(made)
  })

  test('a mail server that refuses the mail is quoted', async () => {
    sink.behave({ refuse: 553, at: 'recipient' })
    const result = await trySmtp()
    expect(steps(result).at(-1)).toBe('send false')
    expect(result.steps.at(-1)?.detail).toMatch(/553 refused by the test.*sender address/)
  })

  test('a desk without a server of its own tries the installation’s', async () => {
    desk.mail.mails.length = 0
    expect((await post<ConnectionTest>('/test-smtp', {})).body).toEqual({
      ok: true,
      steps: [{ step: 'send', ok: true, detail: null }],
    })
    expect(desk.mail.mails[0]?.to.address).toBe(desk.owner.email)
    Object.assign(desk.mail, { keeps: true })
    const kept = await post<ConnectionTest>('/test-smtp', {})
    Object.assign(desk.mail, { keeps: false })
    const detail = 'There is no mail server: the e-mail was kept, not sent'
    expect(kept.body).toEqual({ ok: true, steps: [{ step: 'send', ok: true, detail }] })
  })

  test('a password that the installation cannot read any more is to be given again, by name', async () => {
    const { user, password, port } = imap
    const mailbox = { host: '127.0.0.1', port, security: 'none', user, password }
    await ok({ smtp: smtp(), imap: mailbox })
    const text = `update helpdesk.desk_mail set smtp_password = 'of another key', imap_password = 'of another key'`
    await desk.handle.deps.db.run({ name: 'test_servers_other_key', text }, [])
    desk.handle.deps.deskMails.forget()
    for (const which of ['smtp', 'imap']) {
      const { status, body } = await post<Problem>(`/test-${which}`, {})
      const detail = 'must be given again: it was sealed with another key of the installation'
      expect([status, body.errors]).toEqual([400, [{ pointer: `/body/${which}/password`, detail }]])
    }
    expect((await trySmtp()).ok).toBe(true)
    const template = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/email-templates/reply/en/test`,
      payload: { subject: 'A test', body: '' },
    })
    expect([template.status, (template.body as Problem).detail]).toEqual([
      503,
      'The e-mail was not sent: Enter the password again: it was sealed with another key of the installation',
    ])
  })

  test('a mailbox is opened and nothing in it changed', async () => {
    imap.add('Subject: Hello\r\n\r\nHello\r\n')
    const result = await tryImap()
    expect(steps(result)).toEqual(['resolve true', 'connect true', 'sign_in true', 'open_folder true'])
    expect(imap.messages[0]?.flags.size).toBe(0)
    const without = await post<Problem>('/test-imap', {})
    expect([without.status, without.body.errors?.[0]?.pointer]).toEqual([400, '/body/imap'])
  })

  test.each([
    [{ password: 'wrong' }, 'sign_in false', /Invalid credentials.*app password/],
    [{ folder: 'Nowhere' }, 'open_folder false', /Unknown Mailbox: Nowhere.*name of the folder/],
    [{ port: 1 }, 'connect false', /nothing listens on port 1/],
    [{ security: 'tls' }, 'secure false', /choose STARTTLS/],
    [{ security: 'starttls' }, 'secure false', /does not offer STARTTLS/],
    [{ host: 'no.such.host.invalid' }, 'resolve false', /spelled/],
  ])('a mailbox with %j fails where it does, in words', async (change, last, words) => {
    const result = await tryImap(change)
    expect(steps(result).at(-1)).toBe(last)
    expect(result.steps.at(-1)?.detail).toMatch(words)
  })

  test('a mail server whose certificate nobody vouches for is told apart', async () => {
    const server = new SMTPServer({ ...tlsOptions({}), secure: true, authOptional: true })
    server.on('error', () => undefined)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
    const { port } = server.server.address() as { port: number }
    const result = await trySmtp({ host: 'localhost', port, security: 'tls' })
    expect(steps(result)).toEqual(['resolve true', 'connect true', 'secure false'])
    expect(result.steps.at(-1)?.detail).toMatch(/certificate.*not one for localhost/)
    await new Promise<void>((done) => server.close(() => done()))
  })

  // It takes the whole 10 seconds, and no database has a part in it.
  test.skipIf(kind === 'postgres')('a mailbox that keeps silent is given up', async () => {
    imap.faults.mute = true
    const result = await tryImap()
    expect(steps(result)).toEqual(['resolve true', 'connect false'])
    expect(result.steps.at(-1)?.detail).toMatch(/greeting.*firewall/)
  })
})
