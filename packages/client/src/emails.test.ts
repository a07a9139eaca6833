import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { emailLinks } from './email-links.ts'
import { createHelpdeskHandlers, type HelpdeskSeed } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
let time = Date.parse('2026-03-02T10:00:00Z')
const seed: HelpdeskSeed = {
  signedIn: true,
  agents: [
    { name: 'Ola Nowak', email: 'ola@example.com' },
    { name: 'Vic View', email: 'vic@example.com', role: 'viewer' },
  ],
  conversations: [
    {
      contact: { name: 'Ann', email: 'ann@example.com' },
      messages: [
        ['contact', 'Hello?'],
        ['agent', 'Hi Ann!'],
      ],
      email: { state: 'failed', reason: 'undeliverable', attempts: 12, lastError: '550 no such mailbox' },
    },
  ],
}
const { handlers, state } = createHelpdeskHandlers({ seed, now: () => new Date(time) })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  state.reset()
  time = Date.parse('2026-03-02T10:00:00Z')
})
afterAll(() => server.close())

const agent = createAgentClient({ url })
const newVisitor = () => createVisitorClient({ url, desk: 'acme' })
const conversationId = () => state.conversations[0]!.id
const from = { name: 'Ann', address: 'ann@home.example' }

describe('e-mails to contacts and agents', () => {
  test('are listed newest first, filtered, page by page, with the counts of a week', async () => {
    const { notifications, counts } = await agent.notifications.list('acme')
    expect(notifications.map(({ state: of, recipient }) => [recipient.type, of])).toEqual([
      ['contact', 'failed'],
      ['agent', 'scheduled'],
    ])
    expect(counts).toEqual({ scheduled: 1, sending: 0, sent: 0, skipped: 0, failed: 1 })
    const list = async (query: Parameters<typeof agent.notifications.list>[1]) =>
      (await agent.notifications.list('acme', query)).notifications.map(({ recipient }) => recipient.email)
    expect(await list({ state: 'failed' })).toEqual(['ann@example.com'])
    expect(await list({ recipient: 'agent' })).toEqual(['ola@example.com'])
    expect(await list({ search: 'ANN@' })).toEqual(['ann@example.com'])
    expect(await list({ search: 'nobody' })).toEqual([])
    expect(await list({ conversationId: conversationId() })).toHaveLength(2)
    const first = await agent.notifications.list('acme', { limit: 1 })
    const second = await agent.notifications.list('acme', { limit: 1, cursor: first.nextCursor! })
    expect(second.notifications.map(({ recipient }) => recipient.type)).toEqual(['agent'])
    expect(second.nextCursor).toBeNull()
    time += 8 * 86_400_000
    expect((await agent.notifications.list('acme')).counts.failed).toBe(0)
  })

  test('say in the thread why they have not arrived', async () => {
    const { messages } = await agent.conversations.get('acme', conversationId())
    expect(messages[1]?.email).toMatchObject({
      state: 'failed',
      reason: 'undeliverable',
      lastError: '550 no such mailbox',
    })
  })

  test('to agents are told of like those to contacts, though no message shows them', async () => {
    const { eventSeq } = await agent.conversations.get('acme', conversationId())
    state.deliverEmails()
    const answer = await fetch(`${url}/api/desks/acme/events?after=${eventSeq}`)
    expect((await answer.json()).events).toMatchObject([
      { type: 'notification.updated', conversationId: conversationId(), emails: [] },
    ])
    const { notifications } = await agent.notifications.list('acme', { recipient: 'agent' })
    expect(notifications).toMatchObject([{ state: 'skipped', reason: 'read' }])
  })

  test('that try a template are only kept where there is no mail server', async () => {
    const test = () =>
      agent.emailTemplates.sendTest('acme', { kind: 'reply', locale: 'en' }, { subject: 'S', body: '' })
    expect(await test()).toEqual({ kept: false })
    const without = createHelpdeskHandlers({ seed: { ...seed, mail: { installation: { kept: true } } } })
    server.use(...without.handlers)
    expect(await test()).toEqual({ kept: true })
    expect((await agent.emailSettings.testSmtp('acme')).steps).toMatchObject([
      { step: 'send', ok: true, detail: expect.stringContaining('kept, not sent') },
    ])
    server.resetHandlers()
  })

  test('are sent once more as new ones, read or not, unless they are on their way', async () => {
    const failed = state.notifications.find((one) => one.state === 'failed')!
    state.contactReads(conversationId())
    const again = await agent.notifications.resend('acme', failed.id)
    expect(again).toMatchObject({ state: 'scheduled', dueAt: '2026-03-02T10:00:00.000Z', attempts: 0 })
    expect(again.id).not.toBe(failed.id)
    await expect(agent.notifications.resend('acme', again.id)).rejects.toMatchObject({ code: 'conflict' })
    state.deliverEmails()
    const { messages } = await agent.conversations.get('acme', conversationId())
    expect(messages[1]?.email).toMatchObject({ state: 'sent', notificationId: again.id })
  })

  test('are not sent to an address that bounced, or that wants none', async () => {
    const { contactId, conversationId: id } = state.contactStarts({ message: 'Hi', email: 'ben@example.com' })
    const reasons: unknown[] = []
    const answer = () => {
      state.agentReplies(id, 'Hello')
      state.deliverEmails()
      reasons.push(state.notifications.at(-1)?.reason)
    }
    state.contactBounces(contactId, '550 no such mailbox')
    answer()
    await agent.contacts.update('acme', contactId, { emailBounce: null, emailOptedOut: true })
    answer()
    await agent.contacts.update('acme', contactId, { emailOptedOut: false })
    answer()
    expect(reasons).toEqual(['bounced', 'opted_out', null])
  })

  test('stop with the link in a mail', async () => {
    const visitor = newVisitor()
    const { contactId, contactToken } = await visitor.conversations.start({
      message: 'Hi',
      email: 'eva@example.com',
    })
    const stop = (token: string) =>
      fetch(`${url}/api/email/unsubscribe/${token}`, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
    expect((await stop('x'.repeat(86))).status).toBe(404)
    expect((await stop(contactToken.repeat(2))).status).toBe(204)
    expect(state.contacts.find(({ id }) => id === contactId)).toMatchObject({ emailOptedOut: true })
  })
})

describe('e-mails that come in', () => {
  test('become messages that say so', async () => {
    const email = state.emailArrives(
      { from, subject: 'Re: Hello', text: 'Thanks!\n> Hi', reply: 'Thanks!' },
      conversationId(),
    )
    const { messages } = await agent.conversations.get('acme', conversationId())
    expect(messages.at(-1)).toMatchObject({
      id: email.messageId,
      body: 'Thanks!',
      via: 'email',
      original: { emailId: email.id, from: 'ann@home.example', proved: true },
    })
    const detail = await agent.emails.get('acme', email.id)
    expect(detail).toMatchObject({ text: 'Thanks!\n> Hi', reply: 'Thanks!', state: 'taken', html: null })
    const raw = await fetch(agent.emails.rawUrl('acme', email.id))
    expect(raw.headers.get('content-disposition')).toContain('.eml')
    expect(await raw.text()).toContain('Subject: Re: Hello')
  })

  test('are held until an agent decides, once', async () => {
    const held = () =>
      state.emailArrives(
        { from, subject: 'Re: Hello', text: 'It is me', reason: 'other_sender' },
        conversationId(),
      )
    const [note, fresh, aside] = [held(), held(), held()]
    expect((await agent.emails.list('acme')).held).toBe(3)
    expect(await agent.emails.accept('acme', note.id, 'note')).toMatchObject({ state: 'taken' })
    const { messages } = await agent.conversations.get('acme', conversationId())
    expect(messages.at(-1)).toMatchObject({ kind: 'note', body: 'It is me', original: { proved: false } })
    const begun = await agent.emails.accept('acme', fresh.id, 'new')
    expect(await agent.conversations.get('acme', begun.conversation!.id)).toMatchObject({
      channel: 'email',
      subject: 'Re: Hello',
      contact: { email: 'ann@home.example', emailVerified: false },
    })
    await agent.emails.dismiss('acme', aside.id)
    await expect(agent.emails.dismiss('acme', aside.id)).rejects.toMatchObject({ code: 'conflict' })
    const { emails, held: left } = await agent.emails.list('acme', { state: 'dismissed' })
    expect([left, emails.map(({ id }) => id)]).toEqual([0, [aside.id]])
  })

  test('come from a provider once, and begin a conversation where the desk allows it', async () => {
    const mail = (id: string) =>
      `From: "Zoe Ray" <zoe@example.com>\r\nTo: support@desk.test\r\nSubject: A\r\n longer one\r\nMessage-ID: <${id}>\r\n\r\nGood day`
    const post = async (body: string) =>
      (await fetch(`${url}/api/email/acme/incoming`, { method: 'POST', body })).json()
    expect(await post(mail('1'))).toMatchObject({ repeated: false })
    expect(await post(mail('1'))).toMatchObject({ repeated: true, id: state.emails[0]?.id })
    expect(state.conversations.at(-1)).toMatchObject({
      subject: 'A longer one',
      preview: 'Good day',
      contact: { name: 'Zoe Ray', email: 'zoe@example.com' },
    })
    state.updateDesk({ email: { newConversations: false } })
    await post(mail('2'))
    expect(state.emails.at(-1)).toMatchObject({ state: 'held', reason: 'conversations_by_email_off' })
  })
})

describe('one-time links', () => {
  test('bring back what was begun with the address, and what this browser began', async () => {
    const [lost, visitor] = [newVisitor(), newVisitor()]
    await lost.conversations.start({ message: 'Lost', email: 'eva@example.com' })
    await visitor.conversations.start({ message: 'Here', email: 'other@example.com' })
    const { expiresAt } = await emailLinks(visitor).request({ email: 'Eva@example.com' })
    expect(expiresAt).toBe('2026-03-02T10:15:00.000Z')
    const { token } = state.emailLink('eva@example.com')
    expect(await emailLinks(visitor).redeem({ token })).toMatchObject({
      form: 'email',
      contact: { email: 'eva@example.com', emailVerified: true },
    })
    const { conversations } = await visitor.conversations.history()
    expect(conversations.map(({ preview }) => preview).toSorted()).toEqual(['Here', 'Lost'])
    await expect(emailLinks(visitor).redeem({ token })).rejects.toMatchObject({ code: 'email_link_invalid' })
  })

  test('end after five wrong codes, and after fifteen minutes', async () => {
    const links = emailLinks(newVisitor())
    const email = 'eva@example.com'
    await links.request({ email })
    const { code } = state.emailLink(email)
    for (let tries = 0; tries < 5; tries++) {
      await expect(links.redeem({ email, code: '000000' })).rejects.toMatchObject({
        code: 'email_link_invalid',
      })
    }
    await expect(links.redeem({ email, code })).rejects.toMatchObject({ code: 'email_link_invalid' })
    await links.request({ email })
    const second = state.emailLink(email)
    time += 15 * 60_000
    await expect(links.redeem({ email, code: second.code })).rejects.toMatchObject({
      code: 'email_link_invalid',
    })
  })

  test('vouch for nobody where only a signature does', async () => {
    const links = emailLinks(newVisitor())
    state.updateDesk({ security: { level: 'signature' } })
    await expect(links.request({ email: 'eva@example.com' })).rejects.toMatchObject({
      code: 'identity_required',
    })
  })
})
