import type { api, Result } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { MailError } from '../adapters/mail.ts'
import { tidyUp } from '../jobs/housekeeping.ts'
import type { JobData } from '../jobs/jobs.ts'
import {
  type Contact,
  type History,
  type Refusal,
  type SecurityDesk,
  startSecurityDesk,
} from '../security/testing.ts'
import { databaseKinds } from '../testing.ts'
import { sendEmailLink } from './email-links.ts'
import { proveByReply } from './proving.ts'

type Session = Result<(typeof api)['contacts']['redeemEmailLink']>
type Redeemed = { status: number; body: Session & Refusal }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe.each(databaseKinds)('one-time links, on %s', (kind) => {
  let desk: SecurityDesk
  let people = 0
  const seen = new Set<string>()
  /** Nobody has this address but who begins with it here. */
  const fresh = () => `person${++people}@visitor.example`

  const jobs = async () => {
    const text = `select data from helpdesk_jobs.job where name = 'contacts.email-link'`
    const found = (await desk.handle.deps.db.orm.execute(sql.raw(text))) as unknown as {
      rows: { data: JobData }[]
    }
    const news = found.rows.map(({ data }) => data).filter(({ id }) => !seen.has(id))
    for (const { id } of news) seen.add(id)
    return news
  }
  const ask = (email: string, place = desk.here, more = {}, who: Contact | null = null) =>
    desk.as(who, { method: 'POST', url: desk.widget('email-link', place), payload: { email, ...more } })
  /** Asks and lets the job run; answers the e-mail, or nothing when none went. */
  const askAndSend = async (email: string, place = desk.here, more = {}, who: Contact | null = null) => {
    await jobs()
    const answer = await ask(email, place, more, who)
    expect(answer.status).toBe(202)
    const { length } = desk.mail.mails
    for (const job of await jobs()) await sendEmailLink(desk.handle.deps, job)
    return desk.mail.mails.slice(length).at(-1)
  }
  const read = (mail: { text: string } | undefined) => ({
    code: /^(\d{6})$/m.exec(mail?.text.replace(/[*\s]+(?=\d{6}\b)/g, '\n') ?? '')?.[1] ?? '',
    token: /#link=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '',
  })
  const link = async (email: string, who: Contact | null = null) => {
    const found = read(await askAndSend(email, desk.here, {}, who))
    if (!found.code || !found.token) throw new Error(`No link for ${email}`)
    return found
  }
  const redeem = (payload: object, who: Contact | null = null, place = desk.here) =>
    desk.as(who, {
      method: 'POST',
      url: desk.widget('email-link/redeem', place),
      payload,
    }) as unknown as Promise<Redeemed>
  const history = async (who: Contact) => {
    const { status, body } = await desk.read<History>(who, 'history')
    return status === 200 ? body.conversations.map(({ preview }) => preview).toSorted() : status
  }
  /** All that the database holds of links. */
  const kept = async () =>
    JSON.stringify(await desk.handle.deps.db.orm.execute(sql.raw('select * from helpdesk.email_links')))
  const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const invalid = { status: 401, body: { code: 'email_link_invalid' } }

  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
  })
  // Days pass in these tests, and the owner's session ends meanwhile.
  beforeEach(async () => {
    const { email, password } = desk.owner
    const { headers } = await desk.call({
      method: 'POST',
      url: '/api/agents/sign-in',
      payload: { email, password },
    })
    desk.owner.cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  })
  afterAll(() => desk?.close())

  describe('are asked for', () => {
    it('with the same answer and the same statements whether the address is known or not', async () => {
      const email = fresh()
      await desk.start({ email })
      const { db } = desk.handle.deps
      const ran: string[][] = []
      const answers = []
      for (const address of [email, 'nobody@nowhere.example']) {
        const statements: string[] = []
        const transaction = db.transaction.bind(db)
        const spies = [
          vi.spyOn(db, 'transaction').mockImplementation((work) =>
            transaction((tx) => {
              const run = tx.run.bind(tx)
              return work({
                ...tx,
                inTransaction: true,
                run: (statement, values) => {
                  statements.push(statement.name)
                  return run(statement, values)
                },
              })
            }),
          ),
          vi.spyOn(db, 'run'),
        ]
        const { status, body, headers } = await ask(address)
        answers.push({ status, body, headers: { ...headers, date: '' } })
        statements.push(
          ...(spies[1]?.mock.calls.map(([statement]) => (statement as { name: string }).name) ?? []),
        )
        for (const spy of spies) spy.mockRestore()
        ran.push(statements)
      }
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]?.body).toEqual({
        expiresAt: new Date(desk.clock.now().getTime() + 15 * minute).toISOString(),
      })
      expect(ran[0]).toEqual(['enqueue contacts.email-link'])
      expect(ran[1]).toEqual(ran[0])
      const made = await jobs()
      expect(made.map(({ address }) => address).toSorted()).toEqual(['nobody@nowhere.example', email])
    })

    it('and go to the mailbox alone: a button, a code, nothing that the visitor wrote', async () => {
      const email = fresh()
      await desk.start({ email, name: 'Buy Pills', message: 'Cheap at evil.example' })
      const mail = await askAndSend(email.toUpperCase(), desk.here, { locale: 'pl' })
      expect(mail?.to).toEqual({ name: '', address: email })
      expect(mail?.headers['Auto-Submitted']).toBe('auto-generated')
      const { code, token } = read(mail)
      expect(code).toMatch(/^\d{6}$/)
      expect(mail?.text).toContain(`http://localhost/p/${desk.deskId}/link?locale=pl#link=${token}`)
      expect(mail?.text).toContain('15 minut')
      expect(JSON.stringify(mail)).not.toMatch(/Pills|evil/)
      const rows = await kept()
      expect(rows).toContain(email)
      expect(rows).not.toContain(token)
      expect(rows).not.toContain(code)
    })

    it('send nothing where nobody has written with the address, nor where it bounces', async () => {
      expect(await askAndSend(fresh())).toBeUndefined()
      const email = fresh()
      const { contactId } = await desk.start({ email })
      const { db } = desk.handle.deps
      const bounce = JSON.stringify({ at: '2026-01-01T00:00:00.000Z', detail: '550', address: email })
      await db.orm.execute(
        sql`update helpdesk.contacts set email_bounce = ${bounce}::jsonb, email_opted_out = true where id = ${contactId}`,
      )
      expect(await askAndSend(email)).toBeUndefined()
      await db.orm.execute(sql`update helpdesk.contacts set email_bounce = null where id = ${contactId}`)
      // Who wants no e-mails has asked for this one.
      expect(await askAndSend(email)).toBeDefined()
    })

    it('at most once in ten minutes and three times a day while nobody has proved the address', async () => {
      const email = fresh()
      await desk.start({ email })
      const first = await link(email)
      expect(await askAndSend(email)).toBeUndefined()
      desk.clock.advance(10 * minute)
      expect(await askAndSend(email)).toBeDefined()
      // The one that was held back took nothing away.
      expect((await redeem({ token: first.token })).status).toBe(200)
      const unproved = fresh()
      await desk.start({ email: unproved })
      const went = []
      for (let tries = 0; tries < 5; tries++) {
        went.push((await askAndSend(unproved)) !== undefined)
        desk.clock.advance(10 * minute)
      }
      expect(went).toEqual([true, true, true, false, false])
      desk.clock.advance(day)
      expect(await askAndSend(unproved)).toBeDefined()
    })

    it('share that ration with the other automatic e-mails, both ways', async () => {
      const email = fresh()
      const { conversationId } = await desk.start({ email })
      const reply = () =>
        desk.manage('POST', `/conversations/${conversationId}/replies`, { message: 'Here you are.' })
      await reply()
      desk.clock.advance(5 * minute)
      await desk.handle.deliverDue()
      expect(desk.mail.mails.filter(({ to }) => to.address === email)).toHaveLength(1)
      expect(await askAndSend(email)).toBeUndefined()
      desk.clock.advance(10 * minute)
      expect(await askAndSend(email)).toBeDefined()
      const second = await desk.start({ email, message: 'Another' })
      await desk.manage('POST', `/conversations/${second.conversationId}/replies`, { message: 'Second.' })
      desk.clock.advance(5 * minute)
      const { length } = desk.mail.mails
      await desk.handle.deliverDue()
      expect(desk.mail.mails.slice(length).filter(({ to }) => to.address === email)).toEqual([])
      desk.clock.advance(6 * minute)
      await desk.handle.deliverDue()
      expect(desk.mail.mails.slice(length).filter(({ to }) => to.address === email)).toHaveLength(1)
    })

    it('five times an hour and ten times a day once it is proved', async () => {
      const email = fresh()
      await desk.start({ email })
      await redeem({ token: (await link(email)).token })
      desk.clock.advance(hour)
      const went = []
      for (let tries = 0; tries < 6; tries++) went.push((await askAndSend(email)) !== undefined)
      expect(went).toEqual([true, true, true, true, true, false])
      desk.clock.advance(hour)
      expect(await askAndSend(email)).toBeDefined()
      const later = []
      for (let tries = 0; tries < 4; tries++) later.push((await askAndSend(email)) !== undefined)
      expect(later).toEqual([true, true, true, false])
      desk.clock.advance(day)
      expect(await askAndSend(email)).toBeDefined()
    })

    it('once more when the mail server was away, without the link of before, and not when it refuses for good', async () => {
      const email = fresh()
      await desk.start({ email })
      await ask(email)
      const [job] = (await jobs()).slice(-1)
      const { deps } = desk.handle
      const send = vi.spyOn(desk.mail, 'send')
      send.mockRejectedValueOnce(new MailError('busy', { permanent: false }))
      await expect(sendEmailLink(deps, job as JobData)).rejects.toThrow('busy')
      await sendEmailLink(deps, job as JobData)
      const { token } = read(desk.mail.mails.at(-1))
      expect((await redeem({ token })).status).toBe(200)
      // A job that runs again after the link was used makes no second one.
      const { length } = desk.mail.mails
      await sendEmailLink(deps, job as JobData)
      expect(desk.mail.mails).toHaveLength(length)
      const gone = fresh()
      await desk.start({ email: gone })
      await ask(gone)
      send.mockRejectedValueOnce(new MailError('no such user', { permanent: true }))
      for (const one of await jobs()) await sendEmailLink(deps, one)
      send.mockRestore()
    })

    it('and are forgotten when they count for nothing any more', async () => {
      await desk.start({ email: 'old@visitor.example' })
      await link('old@visitor.example')
      desk.clock.advance(day + minute)
      await tidyUp(desk.handle.deps)
      expect(await kept()).not.toContain('old@visitor.example')
    })
  })

  describe('are redeemed', () => {
    it('by link or by code, for a session of ninety days with what was begun', async () => {
      const email = fresh()
      await desk.start({ email, message: 'From the first browser' })
      const { code, token } = await link(email)
      const { status, body } = await redeem({ email: ` ${email.toUpperCase()}`.trim(), code })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        form: 'email',
        conversationNumber: null,
        contact: { email, emailVerified: true, client: null },
        expiresAt: new Date(desk.clock.now().getTime() + 90 * day).toISOString(),
      })
      expect(await history(body)).toEqual(['From the first browser'])
      // One of the two, once.
      expect(await redeem({ token })).toMatchObject(invalid)
      expect(await redeem({ email, code })).toMatchObject(invalid)
      const another = await link(email).catch(async () => {
        desk.clock.advance(10 * minute)
        return link(email)
      })
      const again = await redeem({ token: another.token })
      expect(again.body.contactId).toBe(body.contactId)
      // What is written with the session stays with it.
      const reply = await desk.post<{ conversationId: string }>(again.body, 'message', {
        message: 'And now this',
      })
      expect(reply.status).toBe(201)
      expect(await history(body)).toEqual(['And now this', 'From the first browser'])
      desk.clock.advance(90 * day)
      expect(await history(body)).toBe(401)
    })

    it('with one answer for whatever is wrong, and nothing written of it', async () => {
      const email = fresh()
      await desk.start({ email })
      const { code, token } = await link(email)
      const place = await desk.elsewhere()
      const answers = [
        await redeem({ token: `${'A'.repeat(43)}` }),
        await redeem({ token }, null, place),
        await redeem({ email, code }, null, place),
        await redeem({ email: 'nobody@nowhere.example', code }),
        await redeem({ email }),
        await redeem({}),
        await redeem({ email, code: other(code) }),
      ]
      for (const { status, body } of answers) {
        expect({ status, body: { ...body, instance: '' } }).toEqual({
          status: 401,
          body: { ...answers[0]?.body, instance: '' },
        })
      }
      expect((await redeem({ email, code })).status).toBe(200)
    })

    it('in fifteen minutes or not at all', async () => {
      const email = fresh()
      await desk.start({ email })
      const { code, token } = await link(email)
      desk.clock.advance(15 * minute)
      expect(await redeem({ token })).toMatchObject(invalid)
      expect(await redeem({ email, code })).toMatchObject(invalid)
    })

    it('no more after five wrong codes, which count for a known address as for an unknown one', async () => {
      const email = fresh()
      await desk.start({ email })
      const { code, token } = await link(email)
      const guesses = Array.from({ length: 20 }, (_, step) => (Number(code) + 1 + step) % 1_000_000)
      const answers = await Promise.all(
        guesses.map((guess) => redeem({ email, code: String(guess).padStart(6, '0') })),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
      expect(await redeem({ email, code })).toMatchObject(invalid)
      expect(await redeem({ token })).toMatchObject(invalid)
      const unknown = fresh()
      expect(await askAndSend(unknown)).toBeUndefined()
      for (let tries = 0; tries < 6; tries++)
        expect(await redeem({ email: unknown, code })).toMatchObject(invalid)
      const { rows } = (await desk.handle.deps.db.orm.execute(
        sql`select email, tries from helpdesk.email_links where email in (${email}, ${unknown})`,
      )) as unknown as { rows: { email: string; tries: number }[] }
      expect(rows.map(({ tries }) => tries)).toEqual([5, 5])
    })

    it('by one of twenty that come at once', async () => {
      const email = fresh()
      await desk.start({ email })
      const { code, token } = await link(email)
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => redeem(turn % 2 ? { token } : { email, code })),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect(answers.filter(({ body }) => body.code === 'email_link_invalid')).toHaveLength(19)
    })

    it('also while a signature brings the same address for the first time', async () => {
      const email = fresh()
      await desk.start({ email })
      const { token } = await link(email)
      const [one, two] = await Promise.all([redeem({ token }), desk.signIn({ user_email: email })])
      expect(one.status).toBe(200)
      expect(two.contactId).toBe(one.body.contactId)
    })
  })

  describe('bring together', () => {
    it('what was begun with the address in any browser, with an entry of the merge', async () => {
      const email = fresh()
      const first = await desk.start({ email, message: 'One' })
      desk.clock.advance(minute)
      await desk.start({ email: email.toUpperCase(), message: 'Two' })
      await desk.start({ message: 'Somebody else' })
      const { token } = await link(email)
      const { body } = await redeem({ token })
      expect(await history(body)).toEqual(['One', 'Two'])
      const { merges } = await desk.manage<{ merges: { by: string }[] }>('GET', `/contacts/${body.contactId}`)
      expect(merges.map(({ by }) => by)).toEqual(['email_link'])
      expect(first.contactId).toBe(body.contactId)
    })

    it('nothing for who merely typed the address: its token opens nothing any more', async () => {
      const email = fresh()
      const attacker = await desk.start({ email, message: 'I am you' })
      const victim = await desk.start({ email, message: 'Private' })
      const { token } = await link(email)
      // Knowing the address and having asked does not help.
      expect(await history(attacker)).toEqual(['I am you'])
      const { body } = await redeem({ token })
      expect(await history(body)).toEqual(['I am you', 'Private'])
      expect(await history(attacker)).toBe(401)
      expect(await history(victim)).toBe(401)
      // Nor does typing it afterwards.
      const late = await desk.start({ email, message: 'Me again' })
      expect(await history(late)).toEqual(['Me again'])
    })

    it('nothing for whose mail was answered from the mailbox while another browser had its token', async () => {
      const email = fresh()
      const attacker = await desk.start({ email, message: 'I am you' })
      await proveByReply(desk.handle.deps, desk.here.deskId, attacker.contactId, email)
      await desk.start({ email, message: 'Private' })
      const { body } = await redeem({ token: (await link(email)).token })
      expect(await history(body)).toEqual(['I am you', 'Private'])
      expect(await history(attacker)).toBe(401)
    })

    it('what this browser has begun when it has asked, without an address or with another one', async () => {
      const email = fresh()
      await desk.start({ email, message: 'Long ago' })
      await desk.setDesk({ widget: { emailRequired: false } })
      const nameless = await desk.post<Contact>(null, 'message', { message: 'Who am I' })
      expect(nameless.status).toBe(201)
      const { token } = await link(email, nameless.body)
      const { body } = await redeem({ token }, nameless.body)
      expect(await history(body)).toEqual(['Long ago', 'Who am I'])
      desk.clock.advance(hour)
      const mistyped = await desk.start({ email: fresh(), message: 'Mistyped' })
      const { code } = await link(email)
      const second = await redeem({ email, code }, mistyped)
      expect(await history(second.body)).toEqual(['Long ago', 'Mistyped', 'Who am I'])
      const typo = await desk.start({ email: fresh(), message: 'Typo' })
      const third = await redeem({ token: (await link(email, typo)).token }, typo)
      expect(await history(third.body)).toContain('Typo')
    })

    it('nothing of a browser that has not asked: its link came from anywhere', async () => {
      const email = fresh()
      await desk.setDesk({ widget: { emailRequired: false } })
      const asker = await desk.start({ email, message: 'Of the attacker' })
      const [nameless, named] = [
        (await desk.post<Contact>(null, 'message', { message: 'Mine' })).body,
        await desk.start({ email: fresh(), message: 'Mine as well' }),
      ]
      for (const lured of [nameless, named]) {
        const before = await history(lured)
        const { body } = await redeem({ token: (await link(email, asker)).token }, lured)
        expect(await history(body)).toEqual(['Of the attacker'])
        expect(await history(lured)).toEqual(before)
        desk.clock.advance(hour)
      }
    })

    it('nothing of a browser whose address somebody has proved: both are kept', async () => {
      const [email, proved] = [fresh(), fresh()]
      await desk.start({ email, message: 'Of the address' })
      const own = await desk.start({ email: proved, message: 'Of another' })
      await proveByReply(desk.handle.deps, desk.here.deskId, own.contactId, proved)
      const { code } = await link(email)
      const { body } = await redeem({ email, code }, own)
      expect(await history(body)).toEqual(['Of the address'])
      expect(await history(own)).toEqual(['Of another'])
    })

    it('with whom a signature has vouched for, in the one contact of that address', async () => {
      const email = fresh()
      const user = { user_external_id: `U-${email}`, user_email: email, user_name: 'Una' }
      const signed = await desk.signIn(user)
      await desk.ticket(signed, { title: 'Signed in' })
      await desk.start({ email, message: 'Before I had an account' })
      const { body } = await redeem({ token: (await link(email)).token })
      expect(body.contactId).toBe(signed.contactId)
      expect(await history(body)).toHaveLength(2)
      expect(await history(signed)).toHaveLength(2)
      // Colleagues' tickets are for who was vouched for now.
      expect(body.contact.client).toBeNull()
    })

    it('opens neither of two users of the host with one mailbox', async () => {
      const email = fresh()
      for (const id of ['A', 'B']) {
        const who = await desk.signIn({ user_external_id: `${id}-${email}`, user_email: email })
        await desk.ticket(who, { title: `Of ${id}` })
      }
      await desk.start({ email, message: 'Before' })
      const { body } = await redeem({ token: (await link(email)).token })
      expect(await history(body)).toEqual(['Before'])
    })

    it('nothing of who has proved an address of its own and typed this one afterwards', async () => {
      const [email, own] = [fresh(), fresh()]
      await desk.start({ email: own, message: 'Of the attacker' })
      const attacker = (await redeem({ token: (await link(own)).token })).body
      await desk.post(attacker, 'update-email', { email })
      // Neither is that address known by it.
      expect(await askAndSend(email)).toBeUndefined()
      await desk.start({ email, message: 'Private' })
      const { body } = await redeem({ token: (await link(email)).token })
      expect(await history(body)).toEqual(['Private'])
      desk.clock.advance(hour)
      // What it has proved once it can prove again, and that is still its own.
      const again = (await redeem({ token: (await link(own)).token })).body
      expect(again.contactId).toBe(attacker.contactId)
      expect(await history(again)).toEqual(['Of the attacker'])
    })

    it('ends what only the word of a page has opened', async () => {
      const email = fresh()
      await desk.setDesk({ security: { level: 'open' } })
      const page = (await desk.identify({ identity: { user_email: email } })).body
      await desk.start({ email, message: 'Private' })
      const { body } = await redeem({ token: (await link(email)).token })
      expect(await history(body)).toEqual(['Private'])
      expect(await history(page)).toBe(401)
      await desk.setDesk({ security: { level: 'verified' } })
      expect((await desk.identify({ identity: { user_email: email } })).status).toBe(401)
    })
  })

  it('are no way into a desk where only a signature counts', async () => {
    const email = fresh()
    await desk.start({ email })
    const { token, code } = await link(email)
    const session = await redeem({ token })
    expect(await history(session.body)).toHaveLength(1)
    await ask(email)
    await desk.setDesk({ security: { level: 'signature' } })
    expect(await history(session.body)).toBe(401)
    const refused = { status: 401, body: { code: 'identity_required' } }
    expect(await ask(email)).toMatchObject(refused)
    expect(await redeem({ token })).toMatchObject(refused)
    expect(await redeem({ email, code })).toMatchObject(refused)
    const { length } = desk.mail.mails
    for (const job of await jobs()) await sendEmailLink(desk.handle.deps, job)
    expect(desk.mail.mails).toHaveLength(length)
    await desk.setDesk({ security: { level: 'verified' } })
    expect(await history(session.body)).toHaveLength(1)
  })
})
