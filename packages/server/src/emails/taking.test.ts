import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../db/db.ts'
import { createDesk, deskById, findDesk } from '../desks/service.ts'
import { databaseKinds } from '../testing.ts'
import { replyToken } from './reply-tokens.ts'
import { deskForRecipient, takeEmail, takeIn, takeWaiting } from './service.ts'
import { letter } from './testing.ts'
import { type MailDesk, replyToOf, startMailDesk } from './testing-desk.ts'

describe.each(databaseKinds)('an e-mail that comes in, on %s', (kind) => {
  let desk: MailDesk
  let visitors = 0
  beforeAll(async () => {
    desk = await startMailDesk(kind)
  })
  afterAll(() => desk?.close())

  /** A conversation from the widget, and the e-mail about an agent's answer that its contact got. */
  async function answered() {
    const email = `vera-${++visitors}@visitor.example`
    const started = await desk.start({ email, message: 'Where is my parcel?' })
    const mails = await desk.answer(started.conversationId)
    const mail = mails.find((one) => one.to.address === email)!
    const toAgent = mails.find((one) => one.to.address === desk.owner.email)!
    return { ...started, email, mail, toAgent, token: replyToOf(mail) }
  }
  const from = (email: string) => `Vera <${email}>`

  describe('an answer', () => {
    test('to the reply address posts as the contact and proves its address', async () => {
      const { conversationId, email, token, mail } = await answered()
      const raw = letter(
        { From: from(email.toUpperCase()), To: token.toUpperCase(), 'In-Reply-To': mail.messageId },
        `Thank you!\n\nOn Mon, Nov 2, 2026 at 10:04 AM Shop <support@shop.example> wrote:\n\n> We are on it\n`,
      )
      const became = await desk.arrive(raw)
      expect(became).toMatchObject({ state: 'taken', match: 'reply_address', conversationId })
      const thread = await desk.thread(conversationId)
      expect(thread.messages.at(-1)).toMatchObject({
        id: became.messageId,
        kind: 'reply',
        author: { type: 'contact' },
        body: 'Thank you!',
        via: 'email',
        original: { emailId: became.id, from: email, proved: true },
      })
      expect(thread).toMatchObject({
        status: 'pending',
        contact: { email, emailVerified: true, identity: 'anonymous' },
      })
    })

    test('by Message-ID posts as the contact too, also by an older one', async () => {
      const { conversationId, email, mail } = await answered()
      const references = `<other@home.example> ${mail.messageId} <newest@home.example>`
      const became = await desk.arrive(letter({ From: from(email), References: references }, 'By id'))
      expect(became).toMatchObject({ state: 'taken', match: 'message_id', conversationId })
      expect((await desk.thread(conversationId)).contact.emailVerified).toBe(true)
    })

    test('by the number in the subject posts, and proves nothing', async () => {
      const { conversationId, email, number } = await answered()
      const became = await desk.arrive(
        letter({ From: from(email), Subject: `AW: Parcel (${number})` }, 'By number'),
      )
      expect(became).toMatchObject({ state: 'taken', match: 'number', conversationId })
      const thread = await desk.thread(conversationId)
      expect(thread.contact.emailVerified).toBe(false)
      expect(thread.messages.at(-1)?.original?.proved).toBe(false)
    })

    test('comes in also where the widget offers no messaging', async () => {
      const { email, token, conversationId } = await answered()
      await desk.asOwner({
        method: 'PATCH',
        url: `/api/desks/${desk.deskId}`,
        payload: { messaging: { enabled: false } },
      })
      const became = await desk.arrive(letter({ From: from(email), To: token }, 'Still here'))
      await desk.asOwner({
        method: 'PATCH',
        url: `/api/desks/${desk.deskId}`,
        payload: { messaging: { enabled: true } },
      })
      expect(became).toMatchObject({ state: 'taken', conversationId })
    })

    test('tells the agents, as any message does', async () => {
      const { email, token } = await answered()
      await desk.arrive(letter({ From: from(email), To: token }, 'For the agents'))
      const mails = await desk.deliver()
      expect(mails.map((one) => one.to.address)).toEqual([desk.owner.email])
      expect(mails[0]?.text).toContain('For the agents')
    })

    test('at a desk that rests waits', async () => {
      const { email, token } = await answered()
      const record = { ...desk.record, settings: { ...desk.record.settings, active: false } }
      await setActive(false)
      const became = await desk.arrive(letter({ From: from(email), To: token }, 'Anybody there?'))
      await setActive(true)
      expect(record.settings.active).toBe(false)
      expect(became).toMatchObject({ state: 'held', reason: 'desk_inactive' })
    })
    const setActive = (active: boolean) =>
      desk.asOwner({ method: 'PATCH', url: `/api/desks/${desk.deskId}`, payload: { active } })
  })

  describe('a letter', () => {
    test('begins a conversation of a contact of its own', async () => {
      const raw = letter(
        { From: '=?utf-8?Q?Zo=C3=AB?= <zoe@home.example>', Subject: 'Re: Re: Broken cup' },
        'It came broken.\n\n-- \nZoë',
      )
      const became = await desk.arrive(raw)
      expect(became).toMatchObject({ state: 'taken', match: 'new' })
      const thread = await desk.thread(became.conversationId!)
      expect(thread).toMatchObject({
        subject: 'Broken cup',
        channel: 'email',
        status: 'pending',
        contact: { name: 'Zoë', email: 'zoe@home.example', emailVerified: false, identity: 'anonymous' },
      })
      expect(thread.messages[0]).toMatchObject({
        via: 'email',
        original: { proved: false, from: 'zoe@home.example' },
      })
      expect(thread.messages[0]?.body).toContain('It came broken.')
    })

    test('with nothing but a subject has it for a message; with nothing at all is left out', async () => {
      const became = await desk.arrive(letter({ From: 'a@home.example', Subject: 'Please call me' }, '\n'))
      expect(await desk.replies(became.conversationId!)).toEqual(['Please call me'])
      const empty = await desk.arrive(letter({ From: 'a@home.example', Subject: null }, ' \n'))
      expect(empty).toMatchObject({ state: 'ignored', reason: 'empty' })
    })

    test('waits where the desk takes none', async () => {
      const change = (newConversations: boolean) =>
        desk.asOwner({
          method: 'PATCH',
          url: `/api/desks/${desk.deskId}`,
          payload: { email: { newConversations } },
        })
      await change(false)
      const became = await desk.arrive(letter({ From: 'b@home.example' }))
      await change(true)
      expect(became).toMatchObject({
        state: 'held',
        reason: 'conversations_by_email_off',
        conversationId: null,
      })
    })

    test('is cut at 20,000 characters, and says so', async () => {
      const became = await desk.arrive(letter({ From: 'long@home.example' }, 'word '.repeat(10_000)))
      const [body = ''] = await desk.replies(became.conversationId!)
      expect(body.length).toBeLessThanOrEqual(20_000)
      expect(body).toMatch(/\[shortened – the rest is in the original e-mail\]$/)
    })

    test('the 21st of a sender within an hour waits', async () => {
      for (let i = 0; i < 20; i++)
        expect((await desk.arrive(letter({ From: 'flood@home.example' }, `${i}`))).state).toBe('taken')
      const flood = letter({ From: 'flood@home.example' }, 'once more')
      expect(await desk.arrive(flood)).toMatchObject({ state: 'held', reason: 'too_many' })
      desk.clock.advance(3_600_001)
      expect((await desk.arrive(letter({ From: 'flood@home.example' }, 'later'))).state).toBe('taken')
    })
  })

  describe('nobody posts as somebody else (spoofing)', () => {
    test('a forged sender without a token begins its own conversation and sees no history', async () => {
      const { email, conversationId, contactId } = await answered()
      const became = await desk.arrive(
        letter({ From: from(email), Subject: 'It is me' }, 'Send everything to me'),
      )
      expect(became).toMatchObject({ state: 'taken', match: 'new' })
      expect(became.conversationId).not.toBe(conversationId)
      expect((await desk.thread(became.conversationId!)).contact.id).not.toBe(contactId)
      expect(await desk.replies(conversationId)).toHaveLength(2)
    })

    test('A17 a token with another sender is held, and its sender gets nothing', async () => {
      const { conversationId, token } = await answered()
      const became = await desk.arrive(letter({ From: 'mallory@evil.example', To: token }, 'I am Vera'))
      expect(became).toMatchObject({
        state: 'held',
        reason: 'other_sender',
        match: 'reply_address',
        conversationId,
      })
      const thread = await desk.thread(conversationId)
      expect(thread.contact.emailVerified).toBe(false)
      expect(thread.messages.filter((one) => one.kind === 'reply')).toHaveLength(2)
      expect(await desk.deliver()).toEqual([])
    })

    test('a token with another sender is held even with the right number and Message-ID', async () => {
      const { token, number, mail } = await answered()
      const fields = {
        From: 'mallory@evil.example',
        To: token,
        Subject: `Re: (${number})`,
        'In-Reply-To': mail.messageId,
      }
      expect(await desk.arrive(letter(fields))).toMatchObject({ state: 'held', reason: 'other_sender' })
    })

    test('a token of another conversation leads there and nowhere else', async () => {
      const [mine, theirs] = [await answered(), await answered()]
      const became = await desk.arrive(
        letter({ From: from(mine.email), To: theirs.token, Subject: `(${mine.number})` }),
      )
      expect(became).toMatchObject({
        state: 'held',
        reason: 'other_sender',
        conversationId: theirs.conversationId,
      })
      expect(await desk.replies(theirs.conversationId)).toHaveLength(2)
      expect(await desk.replies(mine.conversationId)).toHaveLength(2)
    })

    test('a token that somebody made up is none', async () => {
      const { email, conversationId } = await answered()
      const made = `reply+${'a'.repeat(42)}@in.shop.example`
      const became = await desk.arrive(letter({ From: from(email), To: made }))
      expect(became).toMatchObject({ match: 'new' })
      expect(became.conversationId).not.toBe(conversationId)
    })

    test('who got the e-mail forwarded is held', async () => {
      const { mail, conversationId } = await answered()
      const fields = {
        From: 'friend@home.example',
        'In-Reply-To': mail.messageId,
        Subject: `Fwd: ${mail.subject}`,
      }
      expect(await desk.arrive(letter(fields, 'Look at this'))).toMatchObject({
        state: 'held',
        reason: 'other_sender',
        match: 'message_id',
        conversationId,
      })
    })

    test('a number guessed by a stranger leads nowhere', async () => {
      const { number, conversationId } = await answered()
      const became = await desk.arrive(letter({ From: 'guess@home.example', Subject: `Re: (${number})` }))
      expect(became).toMatchObject({ state: 'taken', match: 'new' })
      expect(became.conversationId).not.toBe(conversationId)
    })

    test('two senders are none', async () => {
      const { email, token } = await answered()
      for (const field of [`${email}, mallory@evil.example`, `<mallory@evil.example> <${email}>`])
        expect(await desk.arrive(letter({ From: field, To: token }, field))).toMatchObject({
          state: 'ignored',
          reason: 'no_sender',
        })
      const twice = letter({ From: email, To: `${token}\r\nFrom: mallory@evil.example` })
      expect(await desk.arrive(twice)).toMatchObject({ state: 'ignored', reason: 'no_sender' })
    })

    test("a token of another desk opens nothing here, nor there by this desk's mailbox", async () => {
      const { email, token, conversationId } = await answered()
      const { deps } = desk.handle
      const other = await createDesk(deps, deps.db, { name: 'Other' })
      const raw = letter({ From: from(email), To: token }, 'To the wrong desk')
      const { id } = await takeIn(deps, other, { source: 'imap', raw, envelope: { from: null, to: [] } })
      await takeEmail(deps, other.deskId, id)
      expect(await desk.replies(conversationId)).toHaveLength(2)
      const [row] = await deps.db.run<{ state: string; match: string }>(
        { name: 'other_desk_email', text: 'select state, match from helpdesk.emails where desk_id = $1' },
        [other.deskId],
      )
      expect(row).toEqual({ state: 'taken', match: 'new' })
    })
  })

  describe('an agent', () => {
    /** The e-mail that the agent got about a visitor's message. */
    async function asked() {
      const started = await desk.start({ email: `ask-${++visitors}@visitor.example`, message: 'A question' })
      const mails = await desk.deliver()
      const mail = mails.find((one) => one.to.address === desk.owner.email)!
      return { ...started, mail, token: replyToOf(mail) }
    }
    const olga = () => `Olga <${desk.owner.email}>`

    test('answers by e-mail, and the contact hears of it', async () => {
      const { conversationId, token } = await asked()
      const became = await desk.arrive(
        letter({ From: olga(), To: token }, '#resolve\n\nIt is on its way.\n\n-- \nOlga'),
      )
      expect(became).toMatchObject({ state: 'taken', match: 'reply_address' })
      const thread = await desk.thread(conversationId)
      expect(thread.status).toBe('resolved')
      expect(thread.messages.find((one) => one.id === became.messageId)).toMatchObject({
        kind: 'reply',
        author: { type: 'agent' },
        body: 'It is on its way.',
        via: 'email',
        original: { proved: true },
      })
      const mails = await desk.deliver()
      expect(mails.at(-1)?.text).toContain('It is on its way.')
    })

    test('takes a conversation and leaves a note, which the contact does not get', async () => {
      const { conversationId, token, contactId, contactToken } = await asked()
      await desk.arrive(letter({ From: olga(), To: token }, '#take\n#note\nShe called before.'))
      const thread = await desk.thread(conversationId)
      expect(thread.assignee).not.toBe(null)
      expect(thread.messages.find((one) => one.kind === 'note')).toMatchObject({
        body: 'She called before.',
        via: 'email',
      })
      expect(await desk.deliver()).toEqual([])
      const { body } = await desk.call({
        url: `/api/messaging/widget/${desk.deskId}/history`,
        headers: desk.bearer({ contactId, contactToken }),
      })
      expect(JSON.stringify(body)).not.toContain('She called before.')
    })

    test('resolves without a word; our own e-mail sent back is no answer', async () => {
      const { conversationId, token } = await asked()
      const became = await desk.arrive(letter({ From: olga(), To: token }, '#resolve'))
      expect(became).toMatchObject({ state: 'taken', messageId: null })
      expect((await desk.thread(conversationId)).status).toBe('resolved')
      const quoted = letter({ From: olga(), To: token }, 'On 02/11/2026 10:04, Shop wrote:\n> A question')
      expect(await desk.arrive(quoted)).toMatchObject({ state: 'ignored', reason: 'empty' })
      expect(await desk.replies(conversationId)).toEqual(['A question'])
    })

    test.each([
      [
        'whose address is forged, with no token',
        (own: { mail: { messageId: string } }) => ({ 'In-Reply-To': own.mail.messageId }),
        'unproved_agent',
      ],
      [
        'who writes from elsewhere',
        (own: { token: string }) => ({ From: 'olga@home.example', To: own.token }),
        'unproved_agent',
      ],
    ])('%s is held', async (_, fields, reason) => {
      const own = await asked()
      const became = await desk.arrive(letter({ From: olga(), ...fields(own) }, 'Pay to this account'))
      expect(became).toMatchObject({ state: 'held', reason })
      expect(await desk.replies(own.conversationId)).toEqual(['A question'])
      expect(await desk.deliver()).toEqual([])
    })

    test('who lost its role is held', async () => {
      const { token, conversationId } = await asked()
      const set = (role: string) =>
        desk.handle.deps.db.run({ name: 'set_role', text: 'update helpdesk.desk_agents set role = $1' }, [
          role,
        ])
      await set('viewer')
      const became = await desk.arrive(letter({ From: olga(), To: token }, 'Still me'))
      await set('owner')
      expect(became).toMatchObject({ state: 'held', reason: 'unproved_agent' })
      expect(await desk.replies(conversationId)).toEqual(['A question'])
    })
  })

  describe('who is proved by an answer', () => {
    test('becomes the contact that proved the address before, and its conversation moves', async () => {
      const first = await desk.arrive(letter({ From: 'jan@mailbox.example', Subject: 'First' }))
      const [mail] = await desk.answer(first.conversationId!)
      const known = await desk.arrive(letter({ From: 'jan@mailbox.example', To: replyToOf(mail) }, 'Thanks'))
      const identified = (await desk.thread(known.conversationId!)).contact
      expect(identified).toMatchObject({ emailVerified: true, identity: 'email' })

      // An address that nobody has proved for this contact gets one automatic e-mail in ten minutes.
      desk.clock.advance(600_000)
      const started = await desk.start({ email: 'jan@mailbox.example', message: 'From the widget' })
      const answer = (await desk.answer(started.conversationId)).find(
        (one) => one.to.address === 'jan@mailbox.example',
      )
      const became = await desk.arrive(
        letter({ From: 'jan@mailbox.example', To: replyToOf(answer) }, 'It is me'),
      )
      expect(became.state).toBe('taken')
      const thread = await desk.thread(started.conversationId)
      expect(thread.contact.id).toBe(identified.id)
      expect(
        thread.messages
          .filter((one) => one.author.type === 'contact')
          .every((one) => one.author.id === identified.id),
      ).toBe(true)
      const again = await desk.arrive(
        letter({ From: 'jan@mailbox.example', To: replyToOf(answer) }, 'And again'),
      )
      expect(again).toMatchObject({ state: 'taken', conversationId: started.conversationId })
    })

    test('A17 is not the browser that typed the address: it keeps its own conversation and gets no other', async () => {
      const { conversationId, contactId, contactToken, email, token } = await answered()
      await desk.arrive(letter({ From: from(email), To: token }, 'I never wrote that'))
      const letterOfVictim = await desk.arrive(letter({ From: email, Subject: 'My secret' }, 'Secret'))
      const [mail] = await desk.answer(letterOfVictim.conversationId!)
      await desk.arrive(letter({ From: email, To: replyToOf(mail) }, 'Secret too'))
      const { body } = await desk.call({
        url: `/api/messaging/widget/${desk.deskId}/history`,
        headers: desk.bearer({ contactId, contactToken }),
      })
      expect(JSON.stringify(body)).toContain(conversationId)
      expect(JSON.stringify(body)).not.toContain('Secret')
    })
  })

  describe('exactly once', () => {
    test('the same e-mail twenty times at once', async () => {
      const { email, token, conversationId } = await answered()
      const raw = letter({ From: from(email), To: token }, 'Once')
      const all = await Promise.all(Array.from({ length: 20 }, () => desk.arrive(raw)))
      expect(new Set(all.map((one) => one.id)).size).toBe(1)
      expect(all.filter((one) => !one.repeated)).toHaveLength(1)
      expect((await desk.replies(conversationId)).filter((body) => body === 'Once')).toHaveLength(1)
    })

    test('by two ways, with other trace fields and line endings', async () => {
      const before = await desk.conversations()
      const raw = letter({ From: 'twice@home.example' }, 'By two ways\n\nsecond line')
      const first = await desk.arrive(raw)
      const other = Buffer.from(
        `Received: from mx\r\n\tby imap; today\r\nDelivered-To: shop@x.example\r\n${raw}`.replaceAll(
          '\r\n',
          '\n',
        ),
      )
      const second = await desk.arrive(
        other,
        { from: 'twice@home.example', to: ['shop@in.shop.example'] },
        'imap',
      )
      expect(second).toMatchObject({ id: first.id, repeated: true })
      expect(await desk.conversations()).toBe(before + 1)
    })

    test('two e-mails without Message-ID and date that differ in a word are two', async () => {
      const fields = { From: 'bare@home.example', 'Message-ID': null, Date: null }
      const ids = [await desk.arrive(letter(fields, 'one')), await desk.arrive(letter(fields, 'two'))].map(
        ({ id }) => id,
      )
      expect(new Set(ids).size).toBe(2)
      expect(await desk.arrive(letter(fields, 'one'))).toMatchObject({ repeated: true })
    })

    test('when the job dies after any of its steps', async () => {
      const { email, token, conversationId } = await answered()
      const { deps } = desk.handle
      const begun = letter({ From: 'killed@home.example', Subject: 'Killed' }, 'Begun once')
      const before = await desk.conversations()
      for (const raw of [letter({ From: from(email), To: token }, 'Killed'), begun]) {
        const { id } = await desk.arrive(raw)
        // As if it had written everything and died before it could say so.
        await deps.db.run(
          {
            name: 'undo_finish',
            text: `update helpdesk.emails set state = 'received' where desk_id = $1 and id = $2`,
          },
          [desk.record.deskId, id],
        )
        await takeEmail(deps, desk.record.deskId, id)
      }
      expect((await desk.replies(conversationId)).filter((body) => body === 'Killed')).toHaveLength(1)
      expect(await desk.conversations()).toBe(before + 1)
    })

    test('whose job was lost is taken in by the sweep, once', async () => {
      const { deps } = desk.handle
      const before = await desk.conversations()
      const raw = letter({ From: 'swept@home.example' }, 'Swept')
      await takeIn(deps, desk.record, { source: 'smtp', raw, envelope: { from: null, to: [] } })
      await takeWaiting(deps)
      expect(await desk.conversations()).toBe(before)
      desk.clock.advance(5 * 60_000 + 1)
      await Promise.all([takeWaiting(deps), takeWaiting(deps)])
      expect(await desk.conversations()).toBe(before + 1)
    })

    test('what could not be taken in for hours is tried again, after pauses that grow', async () => {
      const { deps } = desk.handle
      const before = await desk.conversations()
      const raw = letter({ From: 'later@home.example' }, 'Later')
      const { id } = await takeIn(deps, desk.record, {
        source: 'smtp',
        raw,
        envelope: { from: null, to: [] },
      })
      const failing: Db['run'] = async (statement, values) => {
        if (statement.name === 'email_recent_of_sender') throw new Error('Away')
        return deps.db.run(statement, values)
      }
      const away = { ...deps, db: { ...deps.db, run: failing } }
      for (let tries = 0; tries < 4; tries++)
        await takeEmail(away, desk.record.deskId, id).catch(() => undefined)
      const attempts = async () => {
        const [row] = await deps.db.run<{ attempts: number }>(
          {
            name: 'attempts_of',
            text: 'select attempts from helpdesk.emails where desk_id = $1 and id = $2',
          },
          [desk.record.deskId, id],
        )
        return row?.attempts ?? 0
      }
      const tried: number[] = []
      for (let minutes = 0; minutes <= 6 * 60; minutes += 5) {
        const was = await attempts()
        await takeWaiting(away)
        if ((await attempts()) > was) tried.push(minutes)
        desk.clock.advance(5 * 60_000)
      }
      expect(tried).toEqual([10, 25, 50, 95, 180, 345])
      desk.clock.advance(12 * 60 * 60_000)
      await takeWaiting(deps)
      expect(await desk.conversations()).toBe(before + 1)
    })

    test('what can never be taken in is tried so often and no more', async () => {
      const { deps } = desk.handle
      const { id } = await takeIn(deps, desk.record, {
        source: 'smtp',
        raw: letter(),
        envelope: { from: null, to: [] },
      })
      await deps.db.run(
        {
          name: 'many_attempts',
          text: 'update helpdesk.emails set attempts = 12 where desk_id = $1 and id = $2',
        },
        [desk.record.deskId, id],
      )
      await takeEmail(deps, desk.record.deskId, id)
      const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/emails?state=failed` })
      expect((body as { emails: { id: string; reason: string }[] }).emails).toContainEqual(
        expect.objectContaining({ id, reason: 'unreadable' }),
      )
    })
  })

  describe('the desk of an address', () => {
    test('is that of its public id, without regard to capitals, or that of a reply address', async () => {
      const { deps } = desk.handle
      const { token } = await answered()
      const found = async (address: string) => (await deskForRecipient(deps, address))?.deskId ?? null
      expect(await found(`${desk.deskId}@in.shop.example`)).toBe(desk.record.deskId)
      expect(await found(`${desk.deskId.toUpperCase()}@IN.Shop.Example`)).toBe(desk.record.deskId)
      expect(await found(`${desk.deskId}+tag@in.shop.example`)).toBe(desk.record.deskId)
      expect(await found(token)).toBe(desk.record.deskId)
      for (const address of [
        `${desk.deskId}@shop.example`,
        'nobody@in.shop.example',
        `reply+${'a'.repeat(42)}@in.shop.example`,
        `reply+${replyToken(deps, '0198f3a2-1b5c-4c1d-8e2f-ffeeddccbbaa')}@in.shop.example`,
        '@in.shop.example',
        '',
      ])
        expect(await found(address), address).toBe(null)
    })

    test('where capitals alone tell two desks apart, only the exact spelling is one', async () => {
      const { deps } = desk.handle
      for (const publicId of ['Twin', 'twin']) await createDesk(deps, deps.db, { name: publicId, publicId })
      const found = await deskForRecipient(deps, 'Twin@in.shop.example')
      expect(found?.publicId).toBe('Twin')
      expect(await deskForRecipient(deps, 'TWIN@in.shop.example')).toBe(null)
      expect(await findDesk(deps, 'twin')).toEqual(
        await deskById(deps, (await findDesk(deps, 'twin'))!.deskId),
      )
    })
  })
})
