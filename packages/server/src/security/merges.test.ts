import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds } from '../testing.ts'
import {
  type Contact,
  type History,
  type OneTicket,
  people,
  type SecurityDesk,
  startSecurityDesk,
  type Ticket,
  type Tickets,
} from './testing.ts'

type Merge = { merge: { id: string; conversations: number } }

describe.each(databaseKinds)('merged contacts, on %s', (kind) => {
  let desk: SecurityDesk
  let users = 0
  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
  })
  afterAll(() => desk?.close())

  /** A user whom no other test knows. */
  const someone = (client = `C-${++users}`) => ({
    client_external_id: client,
    user_external_id: `U-${++users}`,
    user_email: `user-${users}@crowd.example`,
    user_name: `User ${users}`,
  })
  const credentials = ({ contactId, contactToken }: Contact) => ({ contactId, contactToken })
  const mergesInto = async (contactId: string) =>
    (await desk.manage<{ merges: { id: string; conversations: number }[] }>('GET', `/contacts/${contactId}`))
      .merges
  const mergeByHand = (from: Contact, into: Contact) =>
    desk.manage<Merge>('POST', `/contacts/${from.contactId}/merge`, { intoContactId: into.contactId })
  const undo = (id: string) => desk.asOwner({ method: 'POST', url: desk.team(`/contact-merges/${id}/undo`) })
  const ownIds = async (who: Contact) =>
    (await desk.read<History>(who, 'history')).body.conversations.map(({ id }) => id)
  const authors = async ({ conversationId }: { conversationId: string }) => {
    type Thread = { messages: { kind: string; body: string; author: { id: string } }[] }
    const { messages } = await desk.manage<Thread>('GET', `/conversations/${conversationId}/messages`)
    return Object.fromEntries(
      messages.filter(({ kind: of }) => of === 'reply').map(({ body, author }) => [body, author.id]),
    )
  }
  const reply = async (who: Contact, { conversationId }: Ticket, message: string) => {
    const { status } = await desk.post(who, 'reply', { conversationId, message })
    expect(status).toBe(201)
  }

  it('A10: a contact id without its token, or with the token of another, moves nothing', async () => {
    const [victim, own] = [await desk.ticket(null), await desk.ticket(null)]
    const contactToken = own.contactToken
    for (const stolen of [
      { contactId: victim.contactId, contactToken },
      { contactId: victim.contactId, contactToken: 'x'.repeat(43) },
    ]) {
      const thief = await desk.signIn(someone(), stolen)
      expect(await ownIds(thief)).toEqual([])
    }
    for (const half of [{ contactId: victim.contactId }, { contactToken }]) {
      const identity = someone()
      expect((await desk.identify({ identity, signature: await desk.sign(identity), ...half })).status).toBe(
        401,
      )
    }
    expect(await ownIds(victim)).toEqual([victim.conversationId])
  })

  it('A10: what has been merged is not merged again, and its token opens nothing', async () => {
    const anonymous = await desk.ticket(null)
    const first = await desk.signIn(someone(), credentials(anonymous))
    const second = await desk.signIn(someone(), credentials(anonymous))
    expect(await ownIds(first)).toEqual([anonymous.conversationId])
    expect(await ownIds(second)).toEqual([])
    expect((await desk.read(anonymous, 'history')).status).toBe(401)
    expect((await desk.post(anonymous, 'tickets', { title: 'T', content: 'C' })).status).toBe(401)
  })

  it('A10: signed in twice at the same moment, it becomes part of one contact once', async () => {
    for (let round = 0; round < 5; round++) {
      const anonymous = await desk.ticket(null)
      const rivals = [someone(), someone(), someone()]
      const sessions = await Promise.all(
        [...rivals, rivals[0]!].map((identity) => desk.signIn(identity, credentials(anonymous))),
      )
      const merges = await Promise.all(
        [...new Set(sessions.map(({ contactId }) => contactId))].map(mergesInto),
      )
      expect(merges.flat()).toMatchObject([{ conversations: 1 }])
      const seen = await Promise.all(sessions.slice(0, 3).map(ownIds))
      expect(seen.flat()).toEqual([anonymous.conversationId])
    }
  })

  it('merging waits for nobody who waits for it: tickets, sign-ins and merges at the same moment all succeed', async () => {
    for (let round = 0; round < 8; round++) {
      const identity = someone()
      const session = await desk.signIn(identity)
      const anonymous = await Promise.all([1, 2, 3].map(() => desk.ticket(null)))
      const started = await desk.ticket(session)
      const [one, ...others] = anonymous
      const answers = await Promise.all([
        desk.signIn(identity, credentials(one!)),
        ...[1, 2, 3].map(() => desk.ticket(session)),
        ...others.map((other) => mergeByHand(other, session)),
        ...others.map((other) => desk.ticket(other).catch((error: Error) => error.message)),
        reply(session, started, 'Meanwhile'),
        desk.signIn(identity),
      ])
      // A browser whose contact was merged a moment before is told so, nothing worse.
      for (const answer of answers) if (typeof answer === 'string') expect(answer).toMatch(/^ticket: 401/)
    }
  })

  it('are told apart again after an undo, also what each wrote meanwhile', async () => {
    const anonymous = await desk.ticket(null, { content: 'Before' })
    const session = await desk.signIn(someone(), credentials(anonymous))
    const moved = await authors(anonymous)
    expect(moved).toEqual({ Before: session.contactId })
    desk.clock.advance(1_000)
    await reply(session, anonymous, 'Signed in')
    await desk.manage('POST', `/conversations/${anonymous.conversationId}/replies`, { message: 'Team' })
    const [merge] = await mergesInto(session.contactId)
    expect((await undo(merge!.id)).status).toBe(200)
    expect(await authors(anonymous)).toMatchObject({
      Before: anonymous.contactId,
      'Signed in': session.contactId,
    })
    expect((await desk.read(session, `tickets/${anonymous.number}`)).status).toBe(404)
    // The token of before opens nothing: the browser identifies itself again.
    expect((await desk.read(anonymous, 'history')).status).toBe(401)
  })

  it('an undo leaves to a colleague what it wrote before the merge', async () => {
    const [a, b] = [someone('SHARED'), someone('SHARED')]
    const [one, two] = [await desk.signIn(a), await desk.signIn(b)]
    const made = await desk.ticket(one, { content: 'By one' })
    await reply(two, made, 'By two')
    await reply(one, made, 'By one again')
    desk.clock.advance(1_000)
    const { merge } = await mergeByHand(one, two)
    expect((await undo(merge.id)).status).toBe(200)
    expect(await authors(made)).toEqual({
      'By one': one.contactId,
      'By two': two.contactId,
      'By one again': one.contactId,
    })
  })

  it('sign in as the contact that they have become part of, until an undo ends that', async () => {
    const [a, b] = [someone(), someone()]
    const [one, two] = [await desk.signIn(a), await desk.signIn(b)]
    const made = await desk.ticket(one, { title: 'Of the first' })
    const { merge } = await mergeByHand(one, two)
    expect((await desk.read(one, 'history')).status).toBe(401)
    const merged = await desk.signIn(a)
    expect(merged.contactId).toBe(two.contactId)
    expect(await ownIds(merged)).toEqual([made.conversationId])
    const later = await desk.ticket(merged, { title: 'After the merge' })
    expect(await ownIds(two)).toContain(later.conversationId)

    expect((await undo(merge.id)).status).toBe(200)
    // What was opened by the signature of one must not go on in the name of the other.
    expect((await desk.read(merged, 'history')).status).toBe(401)
    const [back, other] = [await desk.signIn(a), await desk.signIn(b)]
    expect([back.contactId, other.contactId]).toEqual([one.contactId, two.contactId])
    expect(await ownIds(back)).toEqual([made.conversationId])
    expect(await ownIds(other)).toEqual([later.conversationId])
  })

  it('are undone once, and not while the other has gone on', async () => {
    const contacts = [await desk.ticket(null), await desk.ticket(null), await desk.ticket(null)] as const
    const { merge } = await mergeByHand(contacts[0], contacts[1])
    const again = await desk.asOwner({
      method: 'POST',
      url: desk.team(`/contacts/${contacts[0].contactId}/merge`),
      payload: { intoContactId: contacts[2].contactId },
    })
    expect(again.status).toBe(409)
    const { merge: onward } = await mergeByHand(contacts[1], contacts[2])
    expect(onward.conversations).toBe(2)
    expect((await undo(merge.id)).status).toBe(409)
    const twice = await Promise.all([undo(onward.id), undo(onward.id)])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await undo(merge.id)).status).toBe(200)
    const owner = async ({ conversationId }: Ticket) =>
      (await desk.manage<{ contact: { id: string } }>('GET', `/conversations/${conversationId}`)).contact.id
    expect(await Promise.all(contacts.map(owner))).toEqual(contacts.map(({ contactId }) => contactId))
  })

  it('into itself, in a circle, or two ways at once leave every conversation with one contact', async () => {
    const [one, two] = [await desk.ticket(null), await desk.ticket(null)]
    const merge = (from: Contact, into: Contact) =>
      desk.asOwner({
        method: 'POST',
        url: desk.team(`/contacts/${from.contactId}/merge`),
        payload: { intoContactId: into.contactId },
      })
    expect((await merge(one, one)).status).toBe(400)
    const both = await Promise.all([merge(one, two), merge(two, one)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it("a colleague's mark does not skip the e-mail to whom the ticket belongs", async () => {
    const [a, b] = [someone('MAILED'), someone('MAILED')]
    const [one, two] = [await desk.signIn(a), await desk.signIn(b)]
    const made = await desk.ticket(one)
    await desk.manage('POST', `/conversations/${made.conversationId}/replies`, { message: 'For the owner' })
    const { ticket } = (await desk.read<OneTicket>(two, `tickets/${made.number}`)).body
    const seq = ticket.messages.at(-1)!.seq
    expect((await desk.post(two, `conversations/${made.conversationId}/read`, { seq })).status).toBe(200)
    const unread = async (who: Contact) =>
      (await desk.read<Tickets>(who, 'tickets')).body.tickets.find(({ id }) => id === made.conversationId)
        ?.unreadCount
    expect([await unread(one), await unread(two)]).toEqual([1, 0])
    desk.clock.advance(61_000)
    desk.mail.mails.length = 0
    await desk.handle.deliverDue()
    const mail = desk.mail.mails.filter(({ text }) => text.includes('For the owner'))
    expect(mail.map(({ to }) => to.address)).toEqual([a.user_email])
    expect(people.jan.user_email).not.toBe(a.user_email)
  })
})
