import { emailTemplateKinds, locales, type Problem, unknownVariables } from '@helpdesk/core'
import type { api, Result } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MailError } from '../adapters/mail.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { defaultTemplates } from './defaults.ts'

describe('the words that a desk has not changed', () => {
  it.each(locales)('are there for every kind of e-mail in %s, with known variables only', (locale) => {
    for (const kind of emailTemplateKinds) {
      const { subject, body } = defaultTemplates[locale][kind]
      expect(subject.trim() && body.trim()).not.toBe('')
      expect(unknownVariables(subject + body)).toEqual([])
      if (locale !== 'en') expect(body).not.toBe(defaultTemplates.en[kind].body)
    }
  })

  it('keep one subject through a conversation', () => {
    for (const locale of locales) {
      const { reply, ticket_created } = defaultTemplates[locale]
      expect(reply.subject).toBe(ticket_created.subject)
    }
  })
})

describe.each(databaseKinds)('templates of e-mails, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const at = (path = '') => `/api/desks/${desk.deskId}/email-templates${path}`
  const list = async () =>
    ((await desk.asOwner({ url: at() })).body as Result<(typeof api)['emailTemplates']['list']>).templates
  const of = async (path: string) => (await list()).find((one) => `/${one.kind}/${one.locale}` === path)
  const save = (path: string, payload: object) =>
    desk.asOwner({ method: 'PATCH', url: at(path), payload }) as Promise<{ status: number; body: Problem }>
  const preview = async (path: string, payload: object) => {
    const answer = await desk.asOwner({ method: 'POST', url: at(`${path}/preview`), payload })
    return answer as { status: number; body: { subject: string; html: string; text: string } }
  }

  it('are listed for every kind and language, changed, used and reset', async () => {
    const all = await list()
    expect(all).toHaveLength(emailTemplateKinds.length * locales.length)
    expect(all.every(({ isCustom }) => !isCustom)).toBe(true)

    const words = { subject: 'OWN {{ticket.number}} {{ticket.title}}', body: 'Own words of {{agent.name}}.' }
    expect((await save('/reply/en', words)).status).toBe(200)
    expect(await of('/reply/en')).toEqual({ kind: 'reply', locale: 'en', ...words, isCustom: true })
    expect((await of('/reply/de'))?.isCustom).toBe(false)

    const { conversationId, number } = await desk.start({ email: 'vera@visitor.example' })
    const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`
    await desk.asOwner({ method: 'POST', url, payload: { message: 'Yes.', sendInstantly: true } })
    await desk.handle.deliverDue()
    const mail = desk.mail.mails.find(({ to }) => to.address === 'vera@visitor.example')
    expect(mail?.subject).toBe(`OWN ${number} Your request`)
    expect(mail?.text).toContain('Own words of Olga.\n')

    const { status, body } = await desk.asOwner({ method: 'DELETE', url: at('/reply/en') })
    expect([status, body]).toEqual([
      200,
      { kind: 'reply', locale: 'en', ...defaultTemplates.en.reply, isCustom: false },
    ])
    expect((await of('/reply/en'))?.isCustom).toBe(false)
  })

  it('A26: refuse what they cannot fill, and a subject of several lines, and name it', async () => {
    const wrong = {
      subject: 'A {{nme}}',
      body: '{{ticket.number}} {{constructor}} {{ticket.number }} {{nme}}',
    }
    for (const answer of [await save('/reply/en', wrong), await preview('/reply/en', wrong)]) {
      expect(answer.status).toBe(400)
      expect((answer.body as unknown as Problem).errors).toEqual([
        { pointer: '/body/subject', detail: 'has the unknown variable {{nme}}' },
        { pointer: '/body/body', detail: 'has the unknown variable {{constructor}}' },
        { pointer: '/body/body', detail: 'has the unknown variable {{nme}}' },
      ])
    }
    for (const line of ['\n', '\r\nBcc: evil@x.example', '\u2028', '\u0085', '\u0000']) {
      const { status, body } = await save('/reply/en', { subject: `A${line}B`, body: '' })
      expect(status).toBe(400)
      if (line !== '\u0000') expect(body.errors?.[0]?.pointer).toBe('/body/subject')
    }
    expect((await save('/reply/en', { subject: '  ', body: '' })).status).toBe(400)
    expect((await save('/reply/xx', { subject: 'A', body: '' })).status).toBe(400)
    expect((await of('/reply/en'))?.isCustom).toBe(false)
  })

  it.each(emailTemplateKinds)('can be seen before they are saved: %s', async (kindOf) => {
    const words = { subject: 'S {{ticket.title}}', body: 'B <b>{{desk.name}}</b> {{ticket.title}}' }
    for (const locale of locales) {
      const { status, body } = await preview(`/${kindOf}/${locale}`, words)
      expect(status).toBe(200)
      expect(body.html).toContain(`<html lang="${locale}">`)
      expect(body.html).toContain('B &lt;b>Support&lt;/b>')
      expect(body.text).toContain('B <b>Support</b>')
    }
    const proved = await preview(`/${kindOf}/en`, { ...words, proved: true })
    const other = await preview(`/${kindOf}/en`, { ...words, proved: false })
    if (kindOf === 'reply' || kindOf === 'ticket_created') {
      expect(proved.body.subject).toBe('S I cannot change the delivery address')
      expect(other.body.subject).toBe('S Your request')
      expect(`${other.body.html}${other.body.text}`).not.toMatch(/delivery address of my|John Miller/)
    }
    expect(await list()).toEqual((await list()).map((one) => ({ ...one, isCustom: false })))
  })

  it('can be tried: the e-mail goes to who asks for it, and to nobody else', async () => {
    const before = desk.mail.mails.length
    const payload = { subject: 'A test', body: 'Of {{desk.name}}' }
    for (const kindOf of emailTemplateKinds) {
      const { status, body } = await desk.asOwner({ method: 'POST', url: at(`/${kindOf}/pl/test`), payload })
      expect([status, body]).toEqual([200, { kept: false }])
    }
    const sent = desk.mail.mails.slice(before)
    expect(sent.map(({ to }) => to)).toEqual(Array(4).fill({ name: 'Olga', address: desk.owner.email }))
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(4)
    for (const mail of sent) {
      expect(mail.subject).toBe('A test')
      expect(mail.text).toContain('Of Support')
      expect(mail.headers['List-Unsubscribe']).toBeUndefined()
    }
  })

  it('say when a test was kept, because there is no mail server', async () => {
    Object.assign(desk.mail, { keeps: true })
    const payload = { subject: 'A test', body: '' }
    const { status, body } = await desk.asOwner({ method: 'POST', url: at('/reply/en/test'), payload })
    Object.assign(desk.mail, { keeps: false })
    expect([status, body]).toEqual([200, { kept: true }])
  })

  it('say what the mail server said when a test does not leave', async () => {
    const { send } = desk.mail
    desk.mail.send = async () => {
      throw new MailError('535 wrong password', { permanent: false })
    }
    const payload = { subject: 'A test', body: '' }
    const { status, body } = await desk.asOwner({ method: 'POST', url: at('/reply/en/test'), payload })
    desk.mail.send = send
    expect([status, (body as Problem).detail]).toEqual([503, 'The e-mail was not sent: 535 wrong password'])
  })
})
