import { locales } from '@helpdesk/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

describe.each(databaseKinds)('no more e-mails, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind, { publicUrl: 'http://localhost/support' })
  })
  afterAll(() => desk?.close())

  const answer = async (conversationId: string) => {
    await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`,
      payload: { message: 'An answer', sendInstantly: true },
    })
    const before = desk.mail.mails.length
    await desk.handle.deliverDue()
    return desk.mail.mails.slice(before).filter((mail) => mail.to.address !== desk.owner.email)
  }
  /** A contact with an e-mail, and what stands in it to get no more. */
  const reader = async (email: string) => {
    const started = await desk.start({ email, message: 'Hello' })
    const [mail] = await answer(started.conversationId)
    const [, oneClick = ''] = /^<([^>]+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '') ?? []
    const [, page = ''] = /\n(http:\S+\/p\/unsubscribe\/\S+)\n/.exec(mail?.text ?? '') ?? []
    const path = (url: string) => url.replace('http://localhost/support', '')
    return { ...started, oneClick: path(oneClick), page: path(page) }
  }
  const isOptedOut = async (contactId: string) => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/contacts/${contactId}` })
    return (body as { contact: { emailOptedOut: boolean } }).contact.emailOptedOut
  }
  const form = (url: string, payload: string) =>
    desk.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  it('opening the page changes nothing; its form does, and can be undone', async () => {
    const { page, contactId, conversationId } = await reader('vera@visitor.example')
    expect(page).toMatch(/^\/p\/unsubscribe\/[A-Za-z0-9_-]{86}$/)
    for (const method of ['GET', 'HEAD'] as const) await desk.app.inject({ method, url: page })
    const opened = await desk.app.inject({ url: page })
    expect(opened.statusCode).toBe(200)
    expect(opened.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    })
    expect(opened.headers['content-security-policy']).toContain("form-action 'self'")
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(opened.body) ?? []
    expect(action).toBe(`/support${page}?locale=en`)
    expect(await isOptedOut(contactId)).toBe(false)

    const done = await form(page, 'wish=none')
    expect(done.statusCode).toBe(200)
    expect(done.body).toContain('value="undo"')
    expect(await isOptedOut(contactId)).toBe(true)
    expect(await answer(conversationId)).toEqual([])

    expect((await form(page, 'wish=undo')).body).not.toContain('<form')
    expect(await isOptedOut(contactId)).toBe(false)
    expect(await answer(conversationId)).toHaveLength(1)
  })

  it('a mail program posts by itself, or opens the page', async () => {
    const { oneClick, page, contactId } = await reader('otto@visitor.example')
    expect(oneClick).toMatch(/^\/api\/email\/unsubscribe\/[A-Za-z0-9_-]{86}$/)
    const opened = await desk.app.inject({ url: oneClick })
    expect([opened.statusCode, opened.headers.location]).toEqual([302, `/support${page}`])
    expect(await isOptedOut(contactId)).toBe(false)
    expect((await form(oneClick, 'List-Unsubscribe=One-Click')).statusCode).toBe(204)
    expect(await isOptedOut(contactId)).toBe(true)
    expect((await form(oneClick, 'List-Unsubscribe=One-Click')).statusCode).toBe(204)
  })

  it('follows the contact into what it became part of', async () => {
    const [one, other] = [await reader('a@visitor.example'), await reader('b@visitor.example')]
    const url = `/api/desks/${desk.deskId}/contacts/${one.contactId}/merge`
    await desk.asOwner({ method: 'POST', url, payload: { intoContactId: other.contactId } })
    await form(one.page, 'wish=none')
    expect(await isOptedOut(other.contactId)).toBe(true)
  })

  it('stays with the address when its contact becomes part of another one', async () => {
    const mine = { email: 'twice@visitor.example' }
    const [one, other] = [await reader(mine.email), await desk.start({ ...mine, message: 'Again' })]
    const [stranger, third] = [
      await desk.start({ email: 'third@visitor.example', message: 'Hi' }),
      await desk.start({ email: 'fourth@visitor.example', message: 'Hi' }),
    ]
    await form(one.page, 'wish=none')
    const merge = (from: string, into: string) =>
      desk.asOwner({
        method: 'POST',
        url: `/api/desks/${desk.deskId}/contacts/${from}/merge`,
        payload: { intoContactId: into },
      })
    await merge(one.contactId, other.contactId)
    expect(await isOptedOut(other.contactId)).toBe(true)
    expect(await answer(one.conversationId)).toEqual([])
    await merge(stranger.contactId, third.contactId)
    expect(await isOptedOut(third.contactId)).toBe(false)
    // Another address has a wish of its own.
    await merge(other.contactId, third.contactId)
    expect(await isOptedOut(third.contactId)).toBe(false)
  })

  it('A15: tokens that are wrong, absent or of another kind look the same and change nothing', async () => {
    const { page, oneClick, contactId, conversationId } = await reader('eva@visitor.example')
    const link = await desk.asOwner({
      url: `/api/desks/${desk.deskId}/conversations/${conversationId}/public-link`,
    })
    const publicToken = (link.body as { url: string }).url.split('/t/')[1] ?? ''
    const token = page.split('/').at(-1) ?? ''
    const last = token.endsWith('A') ? 'Q' : 'A'
    const wrong = [`${token.slice(0, -1)}${last}`, `B${token.slice(1)}`, 'A'.repeat(86), publicToken, 'x']
    const seen = new Set<string>()
    for (const one of wrong) {
      const answers = [
        await desk.app.inject({ url: `/p/unsubscribe/${one}` }),
        await form(`/p/unsubscribe/${one}`, 'wish=none'),
        await desk.app.inject({ url: `/api/email/unsubscribe/${one}` }),
      ]
      for (const { statusCode, body } of answers) seen.add(`${statusCode} ${body}`)
    }
    expect(seen.size).toBe(1)
    expect([...seen][0]).toMatch(/^404 /)
    expect((await form(oneClick.replace(token, wrong[0] ?? ''), '')).statusCode).toBe(404)
    expect((await desk.app.inject({ url: `/t/${token}` })).statusCode).toBe(404)
    expect(await isOptedOut(contactId)).toBe(false)
  })

  it.each(locales)('speaks %s', async (locale) => {
    const { page } = await reader(`reader-${locale}@visitor.example`)
    const { body } = await desk.app.inject({ url: `${page}?locale=${locale}` })
    expect(body).toContain(`<html lang="${locale}">`)
    expect(body).toMatch(/<button type="submit">[^<]+<\/button>/)
    const [, action = ''] = /action="\/support([^"]+)"/.exec(body) ?? []
    expect((await form(action, 'wish=none')).body).toContain(`<html lang="${locale}">`)
  })
})
