import { createHash, randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { createClock } from '../../../../test/support/clock.ts'
import { keepMail } from '../adapters/kept-mail.ts'
import { describeOnDatabases } from '../notifications/testing.ts'
import { devMailPages } from './dev-mail.ts'

describeOnDatabases('/dev/mail', (database) => {
  async function open() {
    const app = Fastify()
    const clock = createClock()
    await app.register(async (scope) => devMailPages(scope, { deps: { db: database() } as never }), {
      prefix: '/desk',
    })
    const adapter = keepMail(database(), { now: clock.now, newId: randomUUID })
    return { get: (url: string) => app.inject({ url }), adapter, clock }
  }

  test('is empty at first, then lists the mails and shows each', async () => {
    const { get, adapter } = await open()
    expect((await get('/desk/dev/mail')).body).toContain('No mail yet')
    await adapter.send({
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: '<b>Jan</b>', address: 'jan@kowalski.example' },
      subject: '<script>alert(1)</script>',
      text: 'Open it:\nhttps://desk.example/x?a=1&b=2',
      html: '<!doctype html><p>Hello</p><script>alert(1)</script>',
      messageId: '<hd.1@acme.example>',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    const list = await get('/desk/dev/mail')
    expect(list.statusCode).toBe(200)
    expect(list.body).toContain('&lt;script>alert(1)&lt;/script>')
    expect(list.body).not.toMatch(/<script|<b>/)

    const { mails } = (await get('/desk/dev/mail.json')).json()
    expect(mails).toMatchObject([
      { to: { address: 'jan@kowalski.example' }, subject: '<script>alert(1)</script>' },
    ])
    expect(list.body).toContain(`href="mail/${mails[0].id}"`)

    const mail = await get(`/desk/dev/mail/${mails[0].id}`)
    expect(mail.body).toContain('<iframe title="The e-mail as HTML" sandbox')
    expect(mail.body).toContain(`src="${mails[0].id}/html"`)
    expect(mail.body).toContain('href="https://desk.example/x?a=1&amp;b=2"')
    expect(mail.body).toContain('auto-generated')
    expect(mail.body).not.toMatch(/<script|<b>/)

    const html = await get(`/desk/dev/mail/${mails[0].id}/html`)
    expect(html.body).toContain('<p>Hello</p>')
    expect(html.headers['content-security-policy']).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    )
  })

  test('runs nothing, and allows exactly its own style', async () => {
    const { get } = await open()
    for (const url of ['/desk/dev/mail', `/desk/dev/mail/${randomUUID()}`]) {
      const { body, headers } = await get(url)
      const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`)
      expect(headers['content-security-policy']).not.toMatch(/unsafe|script-src/)
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  test('says so when there is no such mail', async () => {
    const { get } = await open()
    for (const id of [randomUUID(), 'x', "'", '%00']) {
      for (const url of [`/desk/dev/mail/${id}`, `/desk/dev/mail/${id}/html`]) {
        const { statusCode, body } = await get(url)
        expect(statusCode).toBe(404)
        expect(body).toContain('No such mail')
      }
    }
  })
})
