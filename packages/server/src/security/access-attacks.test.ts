import { Writable } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { tellOldAddress } from '../contacts/address-change.ts'
import { tidyUp } from '../jobs/housekeeping.ts'
import type { JobData } from '../jobs/jobs.ts'
import { helpdesk } from '../plugin.ts'
import { databaseKinds } from '../testing.ts'
import {
  comparable,
  type History,
  people,
  type Refusal,
  type SecurityDesk,
  type Session,
  startSecurityDesk,
  type Ticket,
  type Tickets,
} from './testing.ts'

const { jan, ewa, zoe } = people

describe.each(databaseKinds)('attacks on access, on %s', (kind) => {
  let desk: SecurityDesk
  let session: Session
  let mine: Ticket
  let theirs: Ticket

  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
    session = await desk.signIn(jan)
    mine = await desk.ticket(session)
    theirs = await desk.ticket(await desk.signIn(zoe), { title: 'Of Zoe' })
  })
  afterAll(() => desk?.close())

  const upload = async (
    url = desk.widget('attachments?name=a.png'),
    headers: Record<string, string> = {},
  ) => {
    const type = { 'content-type': 'application/octet-stream' }
    const { body } = await desk.call({
      method: 'POST',
      url,
      headers: { ...type, ...headers },
      payload: samples.png,
    })
    return (body as { key: string }).key
  }

  it('A13: ids of others in a body, beside good credentials', async () => {
    const before = await desk.everything()
    const attempts = [
      await desk.post(session, 'reply', { conversationId: theirs.conversationId, message: 'x' }),
      await desk.post(session, `conversations/${theirs.conversationId}/read`, { seq: 9 }),
      await desk.post(session, `conversations/${theirs.conversationId}/typing`),
      await desk.read(session, `conversations/${theirs.conversationId}/messages`),
    ]
    expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    // The header decides: what stands in the body beside it is not looked at, and is no second pair of eyes.
    const { contactId, contactToken } = theirs
    const both = await desk.post(session, 'reply', {
      conversationId: theirs.conversationId,
      message: 'x',
      contactId,
      contactToken: 'x'.repeat(43),
    })
    expect([both.status, contactToken.length]).toEqual([404, 43])
    expect(await desk.everything()).toEqual(before)
  })

  it('A13: files of a message, of another desk and half a key cannot be attached', async () => {
    const other = await desk.elsewhere()
    const used = await upload()
    await desk.ticket(null, { attachments: [used] })
    const keys = [
      used,
      await upload(desk.widget('attachments?name=a.png', other)),
      await upload(desk.team('/attachments?name=a.png', other), other.owner),
      `${used.slice(0, 36)}.${'A'.repeat(43)}`,
    ]
    const fresh = await upload()
    for (const key of keys) {
      for (const attachments of [[key], [fresh, key]]) {
        const { status, body } = await desk.post(session, 'tickets', {
          title: 'T',
          content: 'C',
          attachments,
        })
        expect([status, (body as Refusal).errors?.map(({ pointer }) => pointer)]).toEqual([
          400,
          [`/body/attachments/${attachments.length - 1}`],
        ])
      }
    }
    // A refused ticket leaves its good files free.
    expect(
      (await desk.post(session, 'tickets', { title: 'T', content: 'C', attachments: [fresh] })).status,
    ).toBe(201)
  })

  it('A13: categories of another desk do not exist here', async () => {
    const other = await desk.elsewhere()
    const payload = { code: 'theirs', name: { en: 'Theirs' } }
    const url = desk.team('/categories', other)
    const made = await desk.call({ method: 'POST', url, headers: other.owner, payload })
    expect(made.status).toBe(201)
    const foreign = await desk.post(session, 'tickets', { title: 'T', content: 'C', category: 'theirs' })
    const absent = await desk.post(session, 'tickets', { title: 'T', content: 'C', category: 'nobodys' })
    expect(comparable(foreign)).toBe(comparable(absent))
    const order = { ids: [(made.body as { id: string }).id] }
    const sorted = await desk.asOwner({ method: 'POST', url: desk.team('/categories/order'), payload: order })
    expect(sorted.status).toBe(409)
    const set = await desk.asOwner({
      method: 'PATCH',
      url: desk.team(`/conversations/${mine.conversationId}`),
      payload: { category: 'theirs', priority: 'urgent' },
    })
    expect(set.status).toBe(400)
    expect(
      (await desk.manage<{ priority: string }>('GET', `/conversations/${mine.conversationId}`)).priority,
    ).toBe('normal')
  })

  it('A14: numbers of others, numbers by the dozen, and what is no number', async () => {
    const user = await desk.signIn({ user_external_id: 'A14', client_external_id: 'A14' })
    const { number } = await desk.ticket(user)
    const absent = comparable(await desk.read(user, 'tickets/absent'))
    const prefix = theirs.number.replace(/\d+$/, '')
    for (let seq = 0; seq < 60; seq++) {
      const guess = `${prefix}${seq}`
      const answer = await desk.read(user, `tickets/${guess}`)
      if (guess === number) expect(answer.status).toBe(200)
      else expect([guess, comparable(answer)]).toEqual([guess, absent])
    }
    for (const text of [
      '%25',
      '_',
      '..%2f..',
      '%3Cscript%3E',
      `${theirs.number}%20`,
      "'%20or%201=1",
      '%F0%9F%90%99',
      '%5C',
    ])
      expect(comparable(await desk.read(user, `tickets/${text}`))).toBe(absent)
    for (const text of ['%00', 'x'.repeat(101)])
      expect([400, 404]).toContain((await desk.read(user, `tickets/${text}`)).status)
  })

  it('A15: tokens that nearly are one', async () => {
    const token = await desk.linkToken(mine.conversationId)
    const right = await desk.openLink(token)
    expect(right.status).toBe(200)
    const absent = comparable(await desk.openLink('A'.repeat(86)))
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
    const nearly = [
      ...last.map((char) => token.slice(0, -1) + char).filter((one) => one !== token),
      ...[0, 21, 22, 43, 44, 60, 84].map(
        (at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
      ),
      token.slice(0, -1),
      `${token}A`,
      ` ${token}`,
      token.toLowerCase(),
      token.split('').reverse().join(''),
    ]
    for (const wrong of nearly)
      expect([wrong, comparable(await desk.openLink(wrong))]).toEqual([wrong, absent])
    await desk.manage('DELETE', `/conversations/${mine.conversationId}/public-link`)
    expect(comparable(await desk.openLink(token))).toBe(absent)
    expect((await desk.read(right.body.session, `tickets/${mine.number}`)).status).toBe(401)
    await desk.manage('POST', `/conversations/${mine.conversationId}/public-link`)
    // A new link does not bring the old one back, nor what it opened.
    expect(comparable(await desk.openLink(token))).toBe(absent)
    expect((await desk.read(right.body.session, `tickets/${mine.number}`)).status).toBe(401)
  })

  it('A15: the session of a link opens its conversation and nothing else of the contact', async () => {
    const made = await desk.ticket(session, { title: 'Linked' })
    const { body } = await desk.openLink(await desk.linkToken(made.conversationId))
    const guest = body.session
    const history = await desk.read<History>(guest, 'history')
    const list = await desk.read<Tickets>(guest, 'tickets')
    expect([history.body.conversations.map(({ id }) => id), list.body.tickets.map(({ id }) => id)]).toEqual([
      [made.conversationId],
      [made.conversationId],
    ])
    const before = await desk.everything()
    const forbidden = [
      await desk.post(guest, 'update-email', { email: 'thief@evil.example' }),
      await desk.post(guest, 'tickets', { title: 'T', content: 'C' }),
      await desk.post(guest, 'message', { message: 'x' }),
    ]
    expect(forbidden.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(await desk.everything()).toEqual(before)
    // Nor does it merge: it is nobody's browser.
    const thief = await desk.signIn(zoe, { contactId: guest.contactId, contactToken: guest.contactToken })
    expect((await desk.read(thief, `tickets/${made.number}`)).status).toBe(404)
    // What others write elsewhere does not reach its events.
    const start = history.body.eventSeq
    await desk.post(session, 'reply', { conversationId: mine.conversationId, message: 'Elsewhere' })
    const events = await desk.read<{ events: object[] }>(guest, `events?after=${start}`)
    expect(JSON.stringify(events.body.events)).not.toContain(mine.conversationId)
  })

  it('A17: an address of somebody else brings neither its contact nor its history, and is not proved', async () => {
    const victim = await desk.ticket(null, { email: 'victim@shop.example', title: 'Private' })
    const attacker = await desk.ticket(null, { email: 'me@evil.example' })
    for (const who of [attacker, await desk.signIn({ ...ewa, user_external_id: 'A17' })]) {
      const { status, body } = await desk.post<{ contact: { id: string; emailVerified: boolean } }>(
        who,
        'update-email',
        {
          email: 'VICTIM@shop.example',
        },
      )
      expect([status, body.contact.id, body.contact.emailVerified]).toEqual([200, who.contactId, false])
      const { body: history } = await desk.read<History>(who, 'history')
      expect(history.conversations.map(({ id }) => id)).not.toContain(victim.conversationId)
    }
    const { contact } = await desk.manage<{ contact: { emailVerified: boolean } }>(
      'GET',
      `/contacts/${attacker.contactId}`,
    )
    expect(contact.emailVerified).toBe(false)
    // Nor does a signature find the contact by an address that was only typed.
    const real = await desk.signIn({ user_email: 'victim@shop.example' })
    expect([victim.contactId, attacker.contactId]).not.toContain(real.contactId)
    expect((await desk.read<Tickets>(real, 'tickets')).body.tickets).toEqual([])
  })

  it('A17: writing the proved address again in another case leaves it proved; changing it and back does not', async () => {
    const who = await desk.signIn({
      user_external_id: 'CASE',
      user_email: 'case@shop.example',
      user_name: 'Signed Name',
    })
    const set = async (email: string, name?: string) =>
      (
        await desk.post<{ contact: { emailVerified: boolean; name: string } }>(who, 'update-email', {
          email,
          name,
        })
      ).body.contact
    expect((await set('CASE@shop.example')).emailVerified).toBe(true)
    expect((await set('other@shop.example')).emailVerified).toBe(false)
    expect((await set('case@shop.example')).emailVerified).toBe(false)
    // Nor does a visitor take another name than the one that the host vouched for.
    expect((await set('case@shop.example', 'Support Team')).name).toBe('Signed Name')
  })

  it('A17: a proved address that is replaced is told so, once and in fixed words, and an unproved one is not', async () => {
    const { deps } = desk.handle
    const told = async () => {
      const [rows, { length }] = [await jobsOf(), desk.mail.mails]
      for (const { data } of rows) await tellOldAddress(deps, data)
      return desk.mail.mails.slice(length)
    }
    const seen = new Set<string>()
    const jobsOf = async () => {
      const text = `select data from helpdesk_jobs.job where name = 'contacts.address-changed'`
      const found = (await deps.db.orm.execute(sql.raw(text))) as unknown as { rows: { data: JobData }[] }
      const fresh = found.rows.filter(({ data }) => !seen.has(data.id))
      for (const { data } of fresh) seen.add(data.id)
      return fresh
    }
    await jobsOf()
    const user = { user_external_id: 'TOLD', user_email: 'told@shop.example', user_name: 'Tola' }
    const who = await desk.signIn(user)
    const change = (email: string) => desk.post(who, 'update-email', { email, name: 'Evil Name' })
    await Promise.all(['evil@one.example', 'evil@two.example', 'evil@three.example'].map(change))
    const mails = await told()
    expect(mails.map(({ to }) => to)).toEqual([{ name: '', address: 'told@shop.example' }])
    expect(mails[0]?.headers['Auto-Submitted']).toBe('auto-generated')
    expect(mails[0]?.text).toContain('Your e-mail address was changed')
    expect(JSON.stringify(mails)).not.toMatch(/evil|Evil/)
    // Not again while the news is fresh, however often the address is proved anew; nor to one that never was.
    await desk.signIn(user)
    await change('evil@four.example')
    await change('evil@five.example')
    await desk.post(await desk.ticket(null), 'update-email', { email: 'vera@other.example' })
    expect(await told()).toEqual([])
    // Days later it is news again, and writing the same address in capitals is no change.
    desk.clock.advance(3 * 86_400_000)
    await tidyUp(deps)
    const later = await desk.signIn(user)
    await desk.post(later, 'update-email', { email: 'TOLD@shop.example' })
    expect(await told()).toEqual([])
    await desk.post(later, 'update-email', { email: 'new@shop.example' })
    expect((await told()).map(({ to }) => to.address)).toEqual(['told@shop.example'])
    session = await desk.signIn(jan)
  })

  it('A18: positions that are none, of another conversation, or beyond everything', async () => {
    const events = (position: string) =>
      desk.as<{ events: object[]; cursor: number } & Refusal>(session, {
        url: desk.widget('events'),
        headers: { 'last-event-id': position },
      })
    for (const wrong of ['-1', '1.5', 'x', '1e3', '9'.repeat(16), '0x10', '1 or 1=1'])
      expect([wrong, (await events(wrong)).status]).toEqual([wrong, 400])
    const all = await events('0')
    expect(JSON.stringify(all.body.events)).not.toContain(theirs.conversationId)
    expect((await events('9'.repeat(15))).body.events).toEqual([])
    for (const query of ['after=-1', 'after=x', 'after=1&after=2', 'limit=-1', 'contactId=x', 'desk=x'])
      expect([query, (await desk.read(session, `events?${query}`)).status]).toEqual([query, 400])
  })

  it('A21, A32: objects, numbers, NUL and half characters for every new text field', async () => {
    const category = { code: 'c', name: { en: 'C' }, helpText: { en: 'H' } }
    const visitor = (payload: object) => desk.post(session, 'tickets', payload)
    const owner = (method: 'POST' | 'PATCH', path: string) => (payload: object) =>
      desk.asOwner({ method, url: desk.team(path), payload })
    const ticket = { title: 'T', content: 'C' }
    const targets: [
      send: (payload: object) => Promise<{ status: number }>,
      good: object,
      fields: string[],
    ][] = [
      [
        visitor,
        ticket,
        ['title', 'content', 'priority', 'category', 'name', 'email', 'channel', 'pageUrl', 'attachments'],
      ],
      [
        (claims) => visitor({ ...ticket, claims }),
        {},
        ['user_name', 'user_email', 'client_external_id', 'client_url'],
      ],
      [owner('POST', '/categories'), category, ['code', 'name', 'helpText']],
      [(name) => owner('POST', '/categories')({ ...category, name }), {}, ['en', 'pl']],
      [owner('POST', '/identity-check'), {}, ['identity', 'signature', 'identityToken']],
      [owner('PATCH', ''), {}, ['numberPattern', 'tickets', 'pages', 'security']],
      [(token) => desk.openLink(token as never), {}, []],
    ]
    // The owner's session notes now that it is used, not in between.
    await desk.manage('GET', '')
    const before = await desk.everything()
    const values: unknown[] = [null, [], ['x'], { toString: 'x' }, { __html: '<b>' }, true, 'a\0b', '\ud800']
    for (const [send, good, fields] of targets) {
      for (const field of fields) {
        for (const value of values) {
          // An empty list of files is no wrong list.
          if (field === 'attachments' && Array.isArray(value) && value.length === 0) continue
          const { status } = await send({ ...good, [field]: value })
          expect([field, JSON.stringify(value), status]).toEqual([field, JSON.stringify(value), 400])
        }
      }
    }
    for (const token of [null, [], {}, 5, '', 'a\0', 'x'.repeat(201)])
      expect((await desk.openLink(token as string)).status).toBe(400)
    expect(await desk.everything()).toEqual(before)
  })

  it('A22: what a link fills into the form is text of the right length, or is refused', async () => {
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1)'
    const made = await desk.ticket(session, {
      title: hostile,
      content: hostile,
      pageUrl: 'javascript:alert(1)',
    })
    expect([made.conversation.subject, made.message.body]).toEqual([hostile, hostile])
    const before = await desk.everything()
    for (const wrong of [
      { title: 'x'.repeat(201) },
      { title: ' \u00a0\u200b ' },
      { title: '' },
      { content: 'x'.repeat(20_001) },
      { content: ' ' },
      { priority: 'highest' },
      { priority: '' },
      { category: 'absent' },
      { category: "c'; --" },
      { category: '' },
      { channel: 'email' },
      { status: 'resolved' },
    ]) {
      const { status } = await desk.post(session, 'tickets', { title: 'T', content: 'C', ...wrong })
      expect([JSON.stringify(wrong).slice(0, 40), status]).toEqual([JSON.stringify(wrong).slice(0, 40), 400])
    }
    const huge = await desk.post(session, 'tickets', { title: 'T', content: 'x'.repeat(1_048_576) })
    expect(huge.status).toBe(413)
    expect(await desk.everything()).toEqual(before)
  })

  it('A30, A31: sorting, filtering and searching know a few words, and every character is itself', async () => {
    const boss = (path: string) => desk.asOwner({ url: desk.team(path) })
    for (const path of [
      '/conversations?status=pending%27',
      '/conversations?sort=number',
      '/conversations?assignee=someone',
      '/conversations?contact=x',
      '/contacts?order=name',
      '/contacts?cursor=1',
      '/contacts?limit=0',
      '/contacts?search=%00',
    ])
      expect([path, (await boss(path)).status]).toEqual([path, 400])
    expect((await desk.read(session, 'tickets?status=mine')).status).toBe(400)
    for (const search of ['%25', '_', '%5C', '%27', ':*', '%26%7C!()', '%25%25%25'])
      expect((await boss(`/contacts?search=${search}`)).body as { contacts: [] }).toMatchObject({
        contacts: [],
      })
    expect(((await boss('/contacts?search=JAN@NOWAK')).body as { contacts: object[] }).contacts).toHaveLength(
      1,
    )
  })

  it('A33: names lose what disguises them, titles stay on one line', async () => {
    const name = 'Su\u202eppo\u200brt\u0007\n\u2066Team\ufeff'
    const made = await desk.ticket(null, { name, title: 'One\r\nBcc: x\ttwo\u2028three\u0007' })
    expect(made.conversation.subject).toBe('One Bcc: x two three')
    expect(made.conversation.author.name).toBe('Support Team')
    const user = await desk.signIn({
      user_external_id: 'A33',
      user_name: 'Su\u202epport\u200b Team',
      client_external_id: 'A33',
      client_name: 'Ac\u202eme',
    })
    expect([user.contact.name, user.contact.client?.name]).toEqual(['Support Team', 'Acme'])
    // What a visitor calls itself, its messages are still those of a contact.
    const { body } = await desk.read<History>(made, 'history')
    expect(body.conversations[0]?.messages[0]?.author).toEqual({
      type: 'contact',
      name: 'Support Team',
      self: true,
    })
  })
})

it('A11, A55: the log has no token, no secret and no line that a visitor wrote', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const app = Fastify({ logger: { level: 'trace', stream } })
  const owner = { email: 'olga@shop.example', password: 'correct horse battery' }
  const pglite = await PGlite.create()
  await app.register(helpdesk, { database: { pglite }, publicUrl: 'http://localhost', owner, worker: false })
  const signedIn = await app.inject({ method: 'POST', url: '/api/agents/sign-in', payload: owner })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  const headers = { cookie, origin: 'http://localhost' }
  const [{ id }] = (await app.inject({ url: '/api/desks', headers })).json().desks
  const made = (await app.inject({ method: 'POST', url: `/api/desks/${id}/secrets`, headers })).json()
  const at = `/api/messaging/widget/${id}`
  const evil = 'evil\r\n{"level":30,"msg":"forged"}\u001b[31m'
  const ticket = (
    await app.inject({
      method: 'POST',
      url: `${at}/tickets`,
      headers: { 'user-agent': 'x\u001b[31m' },
      payload: { title: evil, content: evil, name: evil, email: 'a@b.example' },
    })
  ).json()
  const { contactId, contactToken } = ticket
  await app.inject({ url: `${at}/history?contactId=${contactId}&contactToken=${contactToken}` })
  await app.inject({ url: `${at}/history?contactId=${contactId}&contact%54oken=${contactToken}` })
  const link = (
    await app.inject({ url: `/api/desks/${id}/conversations/${ticket.conversationId}/public-link`, headers })
  ).json()
  const token = String(link.url).split('/t/')[1] ?? ''
  for (const path of [`/t/${token}`, `/t/${token}/`, `/t/${token}?locale=pl`, `/%74/${token}`])
    await app.inject({ url: path })
  await app.inject({ method: 'POST', url: '/api/messaging/public-ticket', payload: { token } })
  await app.inject({
    method: 'POST',
    url: `${at}/identify`,
    payload: { identity: { user_name: evil }, signature: made.secret },
  })
  await app.inject({ url: `${at}/${encodeURIComponent(evil)}` })
  await app.close()
  const log = lines.join('')
  for (const l of lines) if (l.includes(token)) expect(log).toContain(`${at}/tickets`)
  for (const [name, secret] of Object.entries({
    contactToken,
    token,
    secret: made.secret,
    cookie: cookie.split('=')[1],
  }))
    expect([name, log.includes(String(secret))]).toEqual([name, false])
  expect(lines.every((line) => line.split('\n').length === 2 && typeof JSON.parse(line) === 'object')).toBe(
    true,
  )
  expect(log).not.toContain('\u001b')
  expect(lines.some((line) => JSON.parse(line).msg === 'forged')).toBe(false)
  await pglite.close()
})
