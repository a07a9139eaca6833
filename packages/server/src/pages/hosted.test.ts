import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('hosted pages, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind, { publicUrl: 'http://localhost/support' })
  })
  afterAll(() => desk?.close())

  const open = (url: string, headers: Record<string, string> = {}) => desk.app.inject({ url, headers })
  const linkOf = async (conversationId: string) => {
    const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/public-link`
    const { body } = await desk.asOwner({ url })
    return (body as { url: string }).url.replace('http://localhost/support', '')
  }

  it('show a conversation by its link, readable without scripts, and never its notes', async () => {
    const { conversationId, number } = await desk.start({
      message: 'See <b>https://shop.example/a?b=1&c=2</b>',
    })
    const at = `/api/desks/${desk.deskId}/conversations/${conversationId}`
    await desk.asOwner({ method: 'POST', url: `${at}/notes`, payload: { message: 'SECRET note' } })
    await desk.asOwner({ method: 'POST', url: `${at}/replies`, payload: { message: 'We look at it.' } })
    const page = await open(await linkOf(conversationId))
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`Ticket ${number}`)
    expect(page.body).toContain('We look at it.')
    expect(page.body).toContain('&lt;b>')
    expect(page.body).toContain('Waiting for your reply')
    expect(page.body).not.toContain('SECRET')
    expect(page.body).toContain('src="/support/widget.js"')
  })

  it('A16: give the token of a link to nobody: no referrer, no cache, no index, no frame, nothing from elsewhere', async () => {
    const { conversationId } = await desk.start({ message: 'Mine' })
    const { headers } = await open(await linkOf(conversationId))
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('lead from one-time links to the widget: the token reaches no server, and nobody frames or indexes the page', async () => {
    const page = await open(`/p/${desk.deskId}/link?locale=de`)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('data-page="restore"')
    expect(page.body).toContain('<html lang="de">')
    expect(page.body).toContain('Ihre Unterhaltungen')
    expect(page.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
    })
    const setLevel = (level: string) =>
      desk.asOwner({
        method: 'PATCH',
        url: `/api/desks/${desk.deskId}`,
        payload: { security: { level } },
      })
    // Without a key nobody could sign.
    await desk.asOwner({ method: 'POST', url: `/api/desks/${desk.deskId}/secrets` })
    await setLevel('signature')
    expect((await open(`/p/${desk.deskId}/link`)).statusCode).toBe(404)
    await setLevel('verified')
    expect((await open(`/p/${desk.deskId}/link`)).statusCode).toBe(200)
    expect((await open('/p/nobody/link')).statusCode).toBe(404)
  })

  it('A15: look the same for a wrong, a foreign, a revoked and an absent link', async () => {
    const { conversationId } = await desk.start({ message: 'Mine' })
    const link = await linkOf(conversationId)
    const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/public-link`
    await desk.asOwner({ method: 'DELETE', url })
    const wrong = [
      link,
      `${link.slice(0, -1)}${link.endsWith('A') ? 'Q' : 'A'}`,
      '/t/x',
      `/t/${'A'.repeat(86)}`,
    ]
    const pages = await Promise.all(wrong.map((path) => open(path)))
    expect(new Set(pages.map((page) => `${page.statusCode} ${page.body}`)).size).toBe(1)
    expect(pages[0]?.statusCode).toBe(404)
  })

  it('speak the language that is asked for, else that of the desk', async () => {
    expect((await open(`/p/${desk.deskId}/contact?locale=uk`)).body).toContain('<html lang="uk">')
    expect((await open(`/p/${desk.deskId}/contact`, { 'accept-language': 'de' })).body).toContain(
      'Contact us',
    )
    expect((await open('/t/x', { 'accept-language': 'sk-SK,sk;q=0.9' })).body).toContain(
      'Tento odkaz nefunguje',
    )
  })

  it('of the desk may be framed, and are gone when they are switched off', async () => {
    const contact = await open(`/p/${desk.deskId}/contact`)
    expect(contact.body).toContain('data-page="contact"')
    expect(String(contact.headers['content-security-policy'])).toContain('frame-ancestors *')
    expect(contact.headers['x-robots-tag']).toBeUndefined()
    const tickets = await open(`/p/${desk.deskId}/tickets`)
    expect(tickets.body).toContain('data-page="tickets"')
    expect(tickets.headers['x-robots-tag']).toBe('noindex, nofollow')
    await desk.asOwner({
      method: 'PATCH',
      url: `/api/desks/${desk.deskId}`,
      payload: { pages: { contactForm: false, ticketCenter: false } },
    })
    expect((await open(`/p/${desk.deskId}/contact`)).statusCode).toBe(404)
    expect((await open(`/p/${desk.deskId}/tickets`)).statusCode).toBe(404)
    expect((await open('/p/nobody/contact')).statusCode).toBe(404)
  })

  it.each([
    '/p/%00/contact',
    '/p/sh%00op/tickets',
    '/p/%F0%9F%90%99/contact',
    `/p/${'a'.repeat(65)}/contact`,
    "/p/'/contact",
    '/t/%00',
    '/t/%00/more',
    `/t/${'%00'.repeat(86)}`,
    '/t/%F0%9F%90%99?locale=%00',
    '/p/nobody/contact?locale=%00&locale=%ED%A0%80',
  ])('take %s for an address that leads nowhere', async (path) => {
    const { statusCode, body } = await open(path)
    expect([statusCode, body.includes('This link does not work')]).toEqual([404, true])
  })

  it.each(['/p/%ED%A0%80/contact', '/p/%E0%A4%A/contact', '/t/%E0%A4%A', '/t/%ED%A0%80'])(
    'refuse %s, which is no text at all',
    async (path) => {
      const { statusCode } = await open(path)
      expect([400, 404]).toContain(statusCode)
    },
  )
})

it('A15: links that open nothing are counted by address: 20 a minute, while right ones go on working', async () => {
  const desk = await startDesk('pglite', { rateLimits: {} })
  const { conversationId } = await desk.start({ message: 'Mine' })
  const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/public-link`
  const link = (((await desk.asOwner({ url })).body as { url: string }).url ?? '').replace(
    'http://localhost',
    '',
  )
  const codes: number[] = []
  for (let i = 0; i < 21; i++) codes.push((await desk.app.inject({ url: `/t/${i}` })).statusCode)
  expect(codes.slice(0, 20)).toEqual(Array(20).fill(404))
  expect(codes[20]).toBe(429)
  const guess = await desk.call({
    method: 'POST',
    url: '/api/messaging/public-ticket',
    payload: { token: 'x'.repeat(86) },
  })
  expect(guess.status).toBe(429)
  expect((await desk.app.inject({ url: link })).statusCode).toBe(200)
  await desk.close()
})
