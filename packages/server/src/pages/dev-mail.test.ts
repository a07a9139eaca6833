import { createHash, randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepMail } from '../adapters/kept-mail.ts'
import type { Mail } from '../adapters/mail.ts'
import { takeEmail } from '../emails/service.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { devMailPages } from './dev-mail.ts'

const hostile: Mail = {
  from: { name: 'Acme', address: 'support@acme.example' },
  to: { name: '<b>Jan</b>', address: 'jan@kowalski.example' },
  subject: '<script>alert(1)</script>',
  text: 'Open it:\nhttps://desk.example/x?a=1&b=2',
  html: '<!doctype html><html lang="pl"><p>Hello</p><script>alert(1)</script>',
  messageId: '<hd.1@acme.example>',
  headers: { 'Auto-Submitted': 'auto-generated' },
}
const vera = 'vera@visitor.example'
const ownPage = { host: 'localhost', origin: 'http://localhost' }

interface Line {
  id: string
  to: { address: string }
  subject: string
  messageId: string
  replyTo?: { address: string }
  inReplyTo?: string
  references?: string[]
  text: string
  takenIn: { state: string; reason: string | null; conversation: string | null } | null
}

/** What a browser sends for a form. */
async function posted(fields: Record<string, string | File>): Promise<InjectOptions> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const request = new Response(form)
  const type = request.headers.get('content-type') ?? ''
  const payload = Buffer.from(await request.arrayBuffer())
  return { method: 'POST', payload, headers: { ...ownPage, 'content-type': type } }
}

describe.each(databaseKinds)('/dev/mail on %s', (kind) => {
  let desk: TestDesk
  let app: FastifyInstance
  const deps = () => desk.handle.deps
  const get = (url: string) => app.inject({ url: `/desk${url}` })
  const mails = async (to?: string): Promise<Line[]> =>
    (await get(`/dev/mail.json${to ? `?to=${to}` : ''}`)).json().mails
  const keep = (mail: Mail) => keepMail(deps().db, deps()).send(mail)
  const post = async (url: string, fields: Record<string, string | File>) =>
    app.inject({ ...(await posted(fields)), url: `/desk${url}` })

  /** An agent's unread answer, sent and kept. */
  async function answered(email = vera): Promise<{ conversationId: string; mail: Line }> {
    const { conversationId } = await desk.start({ email })
    await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`,
      payload: { message: 'Use 60 grams per litre.' },
    })
    desk.mail.mails.length = 0
    desk.clock.advance(61_000)
    await desk.handle.deliverDue()
    for (const mail of desk.mail.mails) if (mail.to.address === email) await keep(mail)
    desk.clock.advance(1_000)
    const [mail] = await mails(email)
    return { conversationId, mail: mail! }
  }

  /** Lets the jobs of e-mails that wait do their work. */
  async function takeAll(): Promise<void> {
    const waiting = await deps().db.run<{ desk_id: string; id: string }>(
      { name: 'waiting', text: `select desk_id, id from helpdesk.emails where state = 'received'` },
      [],
    )
    for (const { desk_id, id } of waiting) await takeEmail(deps(), desk_id, id)
  }
  async function bodies(conversationId: string): Promise<string[]> {
    const url = `/api/desks/${desk.deskId}/conversations/${conversationId}`
    const { body } = await desk.asOwner({ url })
    return (body as { messages: { body: string }[] }).messages.map((message) => message.body)
  }

  beforeAll(async () => {
    desk = await startDesk(kind, {
      incomingMail: { domain: 'mail.localhost' },
      mailFrom: { name: 'Acme', address: 'support@acme.example' },
      attachmentQuota: false,
    })
    app = Fastify()
    await app.register(async (scope) => devMailPages(scope, { deps: deps() }), { prefix: '/desk' })
  })
  afterAll(async () => {
    await app?.close()
    await desk?.close()
  })

  test('is empty at first, and says how a mail is made', async () => {
    const { body } = await get('/dev/mail')
    expect(body).toContain('No mail yet')
    expect(body).toContain('a minute later')
    expect(body).toContain('href="mail/new"')
    expect(await mails()).toEqual([])
  })

  test('lists the mails and shows each as HTML, text, headers and source, whatever is in it', async () => {
    await keep(hostile)
    const list = await get('/dev/mail')
    expect(list.statusCode).toBe(200)
    expect(list.body).toContain('&lt;script>alert(1)&lt;/script>')
    const [line] = await mails()
    expect(line).toEqual({
      ...hostile,
      id: expect.any(String),
      createdAt: deps().now().toISOString(),
      takenIn: null,
    })
    const url = `/dev/mail/${line!.id}`
    expect(list.body).toContain(`href="mail/${line!.id}"`)
    const views = ['', '?view=text', '?view=headers', '?view=source', '?view=files', '?view=x&theme=x']
    const pages = await Promise.all(views.map(async (view) => (await get(url + view)).body))
    for (const page of [list.body, ...pages])
      expect(page.replace(/<script>\n\(\(\)/, '')).not.toMatch(/<script|<b>J/)
    expect(pages[0]).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    expect(pages[0]).toContain(`src="${line!.id}/html"`)
    expect(pages[0]).not.toContain('Attachments')
    expect(pages[1]).toContain('href="https://desk.example/x?a=1&amp;b=2"')
    expect(pages[2]).toMatch(/<dt>Auto-Submitted<\/dt><dd><bdi>auto-generated/)
    expect(pages[3]).toContain('Message-ID: &lt;hd.1@acme.example>')
    // As the reader asked, and what does not exist is the first view.
    for (const page of pages.slice(4)) expect(page).toContain('<iframe')

    const source = await get(`${url}/source.eml`)
    expect(source.headers['content-disposition']).toContain('attachment')
    expect(source.body).toMatch(/^From: .*\r\n/m)
    expect(source.body).toBe((await get(`${url}/source.eml`)).body)
  })

  test('shows the HTML in an origin of its own, light or dark, with links that open elsewhere', async () => {
    const html =
      '<!doctype html><html><head><style>@media (prefers-color-scheme: dark) { p { color: red } }</style></head><p>Hi</p>'
    await keep({ ...hostile, html, messageId: '<themes@acme.example>' })
    const id = (await mails()).find(({ messageId }) => messageId === '<themes@acme.example>')!.id
    const plain = await get(`/dev/mail/${id}/html`)
    expect(plain.body).toBe(html.replace('<html>', '<base target="_blank"><html>'))
    const policy = String(plain.headers['content-security-policy'])
    expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/)
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|https?:|script-src/)
    const dark = await get(`/dev/mail/${id}/html?theme=dark`)
    expect(dark.body).toContain('color-scheme:dark !important')
    expect(dark.body).toContain('@media (min-width: 0)')
    expect((await get(`/dev/mail/${id}/html?theme=light`)).body).toContain('@media (max-width: 0)')
    expect((await get(`/dev/mail/${id}?theme=dark&width=narrow`)).body).toContain('class="stage narrow dark"')
  })

  test('cuts a huge text short, and the download has all of it', async () => {
    await keep({ ...hostile, text: 'x'.repeat(1_000_000), messageId: '<huge@acme.example>' })
    const id = (await mails()).find(({ messageId }) => messageId === '<huge@acme.example>')!.id
    const { body } = await get(`/dev/mail/${id}?view=text`)
    expect(body.length).toBeLessThan(300_000)
    expect(body).toContain('The first 200,000 of 1,000,000 characters')
    expect((await get(`/dev/mail/${id}/source.eml`)).body.length).toBeGreaterThan(1_000_000)
  })

  test('allows exactly its own style and its own script', async () => {
    for (const url of ['/dev/mail', `/dev/mail/${randomUUID()}`, '/dev/mail/new']) {
      const { body, headers } = await get(url)
      const policy = String(headers['content-security-policy'])
      for (const tag of ['style', 'script']) {
        const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body)?.[1] ?? ''
        const hash = createHash('sha256').update(content).digest('base64')
        expect(policy).toContain(`${tag}-src 'sha256-${hash}';`)
      }
      expect(policy).toMatch(/^default-src 'none';.*form-action 'self'; frame-ancestors 'none'$/)
      expect(policy).not.toContain('unsafe')
      expect(headers['cache-control']).toBe('no-store')
      // Browsers name no origin with a form of a page that says no-referrer.
      expect(headers['referrer-policy']).toBe('same-origin')
    }
  })

  test('says so when there is no such mail', async () => {
    for (const id of [randomUUID(), 'x', "'", '%00']) {
      for (const url of ['', '/html', '/source.eml', '/files/0', '/reply']) {
        const { statusCode, body } = await get(`/dev/mail/${id}${url}`)
        expect(statusCode).toBe(404)
        expect(body).toContain('No such mail')
      }
    }
  })

  test('takes a reply as the recipient into the conversation, with its file, and shows what became of it', async () => {
    const { conversationId, mail } = await answered()
    expect(mail.replyTo?.address).toMatch(/^reply\+[a-z2-7]{42}@mail\.localhost$/)
    expect((await get(`/dev/mail/${mail.id}/reply`)).body).toContain(mail.replyTo!.address)
    const file = new File(['%PDF-1.4 grind'], 'grind żółty.pdf', { type: 'application/pdf' })
    const response = await post(`/dev/mail/${mail.id}/reply`, {
      sender: 'recipient',
      email: '',
      text: 'Thank you!\r\nIt works.',
      file,
    })
    expect(response.statusCode).toBe(303)
    const id = String(response.headers.location).replace('../', '')
    const page = `/dev/mail/${id}`
    expect((await get(page)).body).toContain('Waiting to be taken in')
    await takeAll()
    const shown = (await get(page)).body
    const number = /Taken into conversation (\d+-\d+)/.exec(shown)?.[1]
    expect(shown).toContain('The reply address led there.')
    expect(shown).toContain(`/dashboard/#/desks/${desk.deskId}/conversations/${conversationId}`)
    expect(await bodies(conversationId)).toContain('Thank you!\nIt works.')

    expect((await get(`${page}?view=files`)).body).toContain('grind żółty.pdf')
    const download = await get(`${page}/files/0`)
    expect(download.body).toBe('%PDF-1.4 grind')
    expect(download.headers['content-type']).toBe('application/octet-stream')
    expect((await get(`${page}/files/1`)).statusCode).toBe(404)
    const source = (await get(`${page}/source.eml`)).body.replace(/\r\n /g, ' ')
    expect(source).toContain(`In-Reply-To: ${mail.messageId}\r\n`)
    expect(source).toContain(`To: ${desk.mail.mails[0]!.replyTo!.name} <${mail.replyTo!.address}>`)

    const [reply] = await mails(vera)
    expect(reply).toMatchObject({
      id,
      inReplyTo: mail.messageId,
      references: [...mail.references!, mail.messageId],
      takenIn: { state: 'taken', reason: null, conversation: number },
    })
    expect(reply!.subject).toMatch(/^Re: (?!Re:)/)
    expect(reply!.text).toMatch(/^Thank you!\nIt works\.\n\nOn \w{3}, \w{3} \d+, \d{4} at \d+:\d\d\s[AP]M /)
    expect(reply!.text).toMatch(/ <support@acme\.example> wrote:\n\n> /)
    // One thread: the reply first, and under it what it answers.
    const list = (await get(`/dev/mail?to=${vera}`)).body
    expect(list.indexOf(`mail/${id}`)).toBeLessThan(list.indexOf(`<ul><li><a href="mail/${mail.id}"`))
    expect(list).not.toContain('themes@')
    expect((await get(`/dev/mail/${mail.id}`)).body).toContain(`href="../mail/${id}"`)
  })

  test('shows that a reply of somebody else is held', async () => {
    const { conversationId, mail } = await answered('olaf@visitor.example')
    const fields = { sender: 'other', email: 'mallory@else.example', text: 'Send it to me instead' }
    const { headers } = await post(`/dev/mail/${mail.id}/reply`, fields)
    await takeAll()
    const { body } = await get(`/dev/mail/${String(headers.location).replace('../', '')}`)
    expect(body).toContain('class="card fate held"')
    expect(body).toContain('belongs to somebody else')
    expect(await bodies(conversationId)).not.toContain('Send it to me instead')
  })

  test('takes a first mail to a desk, which begins a conversation', async () => {
    const fields = {
      desk: desk.deskId,
      email: 'nora@home.example',
      name: 'Nora',
      subject: 'Beans',
      text: 'Which ones?',
    }
    const { statusCode, headers } = await post('/dev/mail/new', fields)
    expect(statusCode).toBe(303)
    await takeAll()
    const { body } = await get(`/dev/mail/${headers.location}`)
    expect(body).toMatch(/Taken into conversation \d+-\d+/)
    expect(body).toContain('It began a conversation.')
    const [first] = await mails('nora@home.example')
    expect(first?.to.address).toBe(`${desk.deskId}@mail.localhost`)
  })

  test('shows the form again with what was wrong, and what was typed', async () => {
    const { mail } = await answered('ida@visitor.example')
    const url = `/dev/mail/${mail.id}/reply`
    const wrong: [string, Record<string, string | File>, string][] = [
      [url, { sender: 'recipient', text: ' ' }, 'Write something'],
      [url, { sender: 'other', email: 'no address', text: 'My <text>' }, 'The address is not one'],
      [url, { text: 'x', file: new File([new Uint8Array(11 * 1024 * 1024)], 'a.bin') }, 'at most 10 MiB'],
      ['/dev/mail/new', { desk: 'nowhere', email: vera, text: 'x' }, 'no such desk'],
      ['/dev/mail/new', { desk: desk.deskId, email: 'x', text: 'My <text>' }, 'The address is not one'],
    ]
    const before = (await mails()).length
    for (const [to, fields, words] of wrong) {
      const { statusCode, body } = await post(to, fields)
      expect(statusCode).toBe(422)
      expect(body).toContain(words)
      if (fields.text === 'My <text>') expect(body).toContain('My &lt;text>')
    }
    expect((await post(url, { file: new File([new Uint8Array(17 * 1024 * 1024)], 'a') })).statusCode).toBe(
      413,
    )
    const reset = {
      method: 'POST',
      url: `/desk${url}`,
      headers: { ...ownPage, 'content-type': 'text/x' },
    } as const
    expect((await app.inject({ ...reset, payload: 'x' })).statusCode).toBe(415)
    expect(await mails()).toHaveLength(before)
  })

  test('refuses what a page of another site sends', async () => {
    const before = await mails()
    const other = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of other) {
      for (const path of ['delete', 'new', `${before[0]!.id}/reply`]) {
        const type = { 'content-type': 'application/x-www-form-urlencoded' }
        const { statusCode } = await app.inject({
          method: 'POST',
          url: `/desk/dev/mail/${path}`,
          headers: { host: 'localhost', ...type, ...headers },
          payload: `desk=${desk.deskId}&email=a@b.example&text=x`,
        })
        expect(statusCode).toBe(403)
      }
    }
    expect(await mails()).toEqual(before)
  })

  test('forgets all of them when asked to', async () => {
    expect((await get('/dev/mail')).body).toContain('action="mail/delete"')
    const { statusCode, headers } = await post('/dev/mail/delete', {})
    expect([statusCode, headers.location]).toEqual([303, '../mail'])
    expect(await mails()).toEqual([])
    expect((await get('/dev/mail')).body).not.toContain('action="mail/delete"')
  })
})
