import type { Problem } from '@helpdesk/core'
import type { EmailSettings } from '@helpdesk/core/api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../../../test/support/smtp.ts'
import type { Mail } from '../adapters/mail.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { deskMailOf } from './service.ts'
import { isSigned } from './testing-dkim.ts'

const noServers = { host: 'mail.shop.example', port: 587, security: 'starttls', user: 'support' } as const

describe.each(databaseKinds)('the e-mail of a desk, on %s', (kind) => {
  let desk: TestDesk
  let sink: SmtpSink
  let url: string

  beforeAll(async () => {
    desk = await startDesk(kind, {
      allowPrivateMailServers: true,
      mailFrom: { name: 'Installation', address: 'desk@installation.example' },
      incomingMail: { domain: 'in.installation.example' },
    })
    url = `/api/desks/${desk.deskId}/email-settings`
  })
  beforeEach(async () => {
    sink = await startSmtpSink()
  })
  afterEach(async () => {
    await patch({
      sender: { name: null, address: null },
      smtp: null,
      replyAddress: null,
      imap: null,
      dkim: null,
    })
    await sink.stop()
  })
  afterAll(() => desk?.close())

  const patch = async (payload: object) => desk.asOwner({ method: 'PATCH', url, payload })
  const ok = async (payload: object): Promise<EmailSettings> => {
    const { status, body } = await patch(payload)
    expect(body).toMatchObject({ sender: {} })
    expect(status).toBe(200)
    return body
  }
  const refused = async (payload: object, path = ''): Promise<string[]> => {
    const method = path === '' ? 'PATCH' : 'POST'
    const { status, body } = await desk.asOwner({ method, url: `${url}${path}`, payload })
    expect(status).toBe(400)
    return ((body as Problem).errors ?? []).map(({ pointer }) => pointer)
  }
  const post = async <Body>(path: string, payload?: object) =>
    (await desk.asOwner({ method: 'POST', url: `${url}${path}`, ...(payload ? { payload } : {}) })) as {
      status: number
      body: Body
    }
  const internalId = async () => {
    const rows = await desk.handle.deps.db.run<{ id: string }>(
      { name: 'test_desk', text: 'select desk_id as id from helpdesk.desks where public_id = $1' },
      [desk.deskId],
    )
    return rows[0]!.id
  }
  const mail = (change: Partial<Mail> = {}): Mail => ({
    from: { name: 'Shop', address: 'support@shop.example' },
    to: { name: '', address: 'vera@visitor.example' },
    subject: 'Привіт',
    text: 'Hello\n',
    html: '<p>Hello</p>',
    messageId: '<hd.1@shop.example>',
    headers: {},
    ...change,
  })
  const smtp = () => ({
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    user: 'support',
    password: 'smtp secret',
  })

  test('is the installation’s while nobody has set anything', async () => {
    const { status, body } = await desk.asOwner({ url })
    expect(status).toBe(200)
    expect(body).toEqual({
      sender: { name: null, address: null },
      smtp: null,
      dkim: null,
      replyAddress: null,
      imap: null,
      webhook: {
        url: `http://localhost/api/email/${desk.deskId}/incoming`,
        secret: expect.stringMatching(/^[\w-]{43}$/),
      },
      installation: {
        sender: { name: 'Installation', address: 'desk@installation.example' },
        incomingDomain: 'in.installation.example',
        address: `${desk.deskId}@in.installation.example`,
        kept: false,
      },
    })
    const used = await deskMailOf(desk.handle.deps, await internalId())
    expect(used).toMatchObject({
      sender: { name: 'Installation', address: 'desk@installation.example' },
      replyMailbox: 'reply@in.installation.example',
    })
    expect(used.adapter).toBe(desk.handle.deps.mail)
  })

  test('is changed member by member; passwords are sealed and never shown', async () => {
    await ok({ smtp: { ...noServers, password: 'smtp secret' }, sender: { name: ' Zoë ' } })
    const view = await ok({
      sender: { address: 'support@shop.example' },
      imap: { ...noServers, port: 993, security: 'tls', password: 'imap secret' },
      replyAddress: 'support@shop.example',
    })
    expect(view).toMatchObject({
      sender: { name: 'Zoë', address: 'support@shop.example' },
      smtp: { ...noServers, hasPassword: true },
      imap: { hasPassword: true, folder: 'INBOX', state: 'off', lastError: null, lastMailAt: null },
      replyAddress: 'support@shop.example',
    })
    const rows = await desk.handle.deps.db.run(
      { name: 'test_row', text: 'select * from helpdesk.desk_mail' },
      [],
    )
    const stored = JSON.stringify(rows)
    expect(stored + JSON.stringify(view)).not.toMatch(/smtp secret|imap secret/)
    expect(await ok({ smtp: null, imap: null })).toMatchObject({ smtp: null, imap: null })
    const [row] = await desk.handle.deps.db.run<{ smtp_password: null; imap_password: null }>(
      { name: 'test_row', text: 'select * from helpdesk.desk_mail' },
      [],
    )
    expect([row?.smtp_password, row?.imap_password]).toEqual([null, null])
  })

  test('keeps a password for its host and user alone: nobody can have it sent elsewhere', async () => {
    await ok({
      smtp: { ...noServers, password: 'smtp secret' },
      imap: { ...noServers, password: 'imap secret' },
    })
    expect(
      await ok({ smtp: { ...noServers, host: 'MAIL.shop.example', port: 465, security: 'tls' } }),
    ).toMatchObject({
      smtp: { port: 465, hasPassword: true },
    })
    for (const change of [{ host: 'evil.example' }, { user: 'other' }]) {
      expect(await refused({ smtp: { ...noServers, ...change } })).toEqual(['/body/smtp/password'])
      expect(await refused({ imap: { ...noServers, ...change } })).toEqual(['/body/imap/password'])
      expect(await refused({ smtp: { ...noServers, ...change } }, '/test-smtp')).toEqual([
        '/body/smtp/password',
      ])
      expect(await refused({ imap: { ...noServers, ...change } }, '/test-imap')).toEqual([
        '/body/imap/password',
      ])
    }
    expect(await ok({ smtp: { ...noServers, user: null } })).toMatchObject({ smtp: { hasPassword: false } })
    expect(await refused({ smtp: noServers })).toEqual(['/body/smtp/password'])
  })

  test.each([
    [{ imap: { ...noServers, user: null, password: 'x' } }, '/body/imap/user'],
    [{ imap: { ...noServers, password: 'x', folder: 'a\r\nb' } }, '/body/imap/folder'],
    [{ sender: { name: 'a\r\nBcc: b' } }, '/body/sender/name'],
    [{ sender: { address: 'not an address' } }, '/body/sender/address'],
    [{ replyAddress: 'support+more@shop.example' }, '/body/replyAddress'],
    [{ replyAddress: `${'a'.repeat(22)}@shop.example` }, '/body/replyAddress'],
    [{ smtp: { ...noServers, host: 'user@host', password: 'x' } }, '/body/smtp/host'],
    [{ smtp: { ...noServers, port: 0, password: 'x' } }, '/body/smtp/port'],
  ])('refuses %j and names the field', async (payload, pointer) => {
    expect((await refused(payload))[0]).toBe(pointer)
  })

  test('is sent over the desk’s own server, with one connection until the settings change', async () => {
    const { deps } = desk.handle
    await ok({
      smtp: smtp(),
      sender: { address: 'support@shop.example' },
      replyAddress: 'answers@shop.example',
    })
    const used = await deskMailOf(deps, await internalId())
    expect(used).toMatchObject({
      sender: { name: null, address: 'support@shop.example' },
      replyMailbox: 'answers@shop.example',
    })
    await used.adapter.send(mail())
    await (await deskMailOf(deps, await internalId())).adapter.send(mail({ messageId: '<2@shop.example>' }))
    expect([sink.mails.length, sink.connections]).toEqual([2, 1])
    const other = await startSmtpSink()
    await ok({ smtp: { ...smtp(), port: other.port } })
    await (await deskMailOf(deps, await internalId())).adapter.send(mail({ messageId: '<3@shop.example>' }))
    expect([sink.mails.length, other.mails.length]).toEqual([2, 1])
    // Who took it before the change may still send.
    await used.adapter.send(mail({ messageId: '<4@shop.example>' }))
    expect(sink.mails).toHaveLength(3)
    await other.stop()
  })

  test('is signed (DKIM) while the sender is of the key’s domain', async () => {
    expect((await post<Problem>('/dkim-key')).body.code).toBe('conflict')
    await ok({ smtp: smtp(), sender: { address: 'support@Shop.example' } })
    const { dkim } = (await post<EmailSettings>('/dkim-key')).body
    expect(dkim).toMatchObject({
      domain: 'shop.example',
      record: { name: `${dkim?.selector}._domainkey.shop.example` },
    })
    const headers = {
      'List-Unsubscribe': '<https://desk.example/u>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }
    const send = async () =>
      (await deskMailOf(desk.handle.deps, await internalId())).adapter.send(mail({ headers }))
    await send()
    expect(sink.mails[0]?.raw).toMatch(/^DKIM-Signature:/m)
    expect(isSigned(sink.mails[0]!.raw, dkim!.record.value)).toBe(true)
    // Without a signature over both of its fields (RFC 8058) mail programs offer no click to unsubscribe.
    for (const [is, other] of [
      ['Subject: ', 'Subject: X'],
      ['Hello', 'Hallo'],
      ['<https://desk.example/u>', '<https://desk.example/v>'],
      ['=One-Click', '=Two-Clicks'],
    ] as const) {
      const changed = sink.mails[0]!.raw.replace(is, other)
      expect(changed).not.toBe(sink.mails[0]!.raw)
      expect(isSigned(changed, dkim!.record.value)).toBe(false)
    }

    const again = (await post<EmailSettings>('/dkim-key')).body.dkim
    expect(again?.selector).not.toBe(dkim?.selector)
    await send()
    expect(isSigned(sink.mails[1]!.raw, again!.record.value)).toBe(true)
    await ok({ sender: { address: 'support@other.example' } })
    await send()
    await ok({ sender: { address: 'support@shop.example' }, dkim: null })
    await send()
    expect(sink.mails.slice(2).map(({ raw }) => raw.includes('DKIM-Signature'))).toEqual([false, false])
  })

  test('has a webhook whose secret can be replaced', async () => {
    const before = ((await desk.asOwner({ url })).body as EmailSettings).webhook.secret
    const after = (await post<EmailSettings>('/webhook-secret')).body.webhook.secret
    expect(after).not.toBe(before)
    const call = (secret: string) =>
      desk.call({
        method: 'POST',
        url: `/api/email/${desk.deskId}/incoming`,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822' },
        payload: 'From: vera@visitor.example\r\nSubject: Hello\r\n\r\nHello\r\n',
      })
    expect((await call(before)).status).toBe(401)
    expect((await call(after)).status).toBe(202)
  })
})

describe('A54: servers inside the operator’s network', () => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk('pglite')
  })
  afterAll(() => desk?.close())

  test.each(['127.0.0.1', 'localhost', '169.254.169.254', '10.0.0.1', 'db.internal', '0x7f.1'])(
    '%s is refused, for sending and for trying',
    async (host) => {
      const url = `/api/desks/${desk.deskId}/email-settings`
      const server = { host, port: 25, security: 'none', user: 'x', password: 'x' }
      const kept = await desk.asOwner({ method: 'PATCH', url, payload: { smtp: server } })
      const tried = await desk.asOwner({ method: 'POST', url: `${url}/test-imap`, payload: { imap: server } })
      if (host === '0x7f.1') {
        // Only its address tells.
        expect(tried.body).toMatchObject({ ok: false, steps: [{ step: 'resolve', ok: false }] })
        const id = (
          await desk.handle.deps.db.run<{ id: string }>(
            { name: 'test_desks', text: 'select desk_id as id from helpdesk.desks' },
            [],
          )
        )[0]!.id
        const { adapter } = await deskMailOf(desk.handle.deps, id)
        const sending = adapter.send({
          from: { name: '', address: 'a@shop.example' },
          to: { name: '', address: 'b@shop.example' },
          ...{ subject: '', text: '', html: '', messageId: '<1@shop.example>', headers: {} },
        })
        await expect(sending).rejects.toThrow('private network')
      } else {
        expect([kept.status, tried.status]).toEqual([400, 400])
      }
    },
  )
})
