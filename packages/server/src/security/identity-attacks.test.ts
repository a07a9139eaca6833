import { createHash, createHmac } from 'node:crypto'
import { signIdentifier, signIdentity } from '@helpdesk/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds } from '../testing.ts'
import {
  type History,
  people,
  type SecurityDesk,
  type Session,
  startSecurityDesk,
  type Tickets,
} from './testing.ts'

const { jan, ewa, zoe } = people

describe.each(databaseKinds)('attacks on identities, on %s', (kind) => {
  let desk: SecurityDesk
  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
  })
  afterAll(() => desk?.close())

  /** Everything that is tried is refused with a reason, and leaves no trace. */
  async function refused(attempts: [name: string, payload: object, reason: string | null][]) {
    const before = await desk.everything()
    for (const [name, payload, reason] of attempts) {
      const { status, body } = await desk.identify(payload)
      const got = reason === null ? [status, body.code] : [status, body.reason]
      expect([name, ...got]).toEqual([
        name,
        ...(reason === null ? [400, 'validation_failed'] : [401, reason]),
      ])
    }
    expect(await desk.everything()).toEqual(before)
  }

  it('A01: no signature, or one that is no text', async () => {
    const missing = [undefined, null, ''].map((signature) => [
      'none',
      { identity: jan, signature },
      'signature_missing',
    ])
    const malformed = [[], {}, 0, 1, true, false, ['x'], { toString: 'x' }].map((signature) => [
      JSON.stringify(signature),
      { identity: jan, signature },
      'signature_malformed',
    ])
    await refused([...missing, ...malformed] as never)
    const tokens = [[], {}, 1, true, ['x'], 'x', 'a.b.c', '..'].map((identityToken) => [
      JSON.stringify(identityToken),
      { identityToken },
      'signature_malformed',
    ])
    await refused(tokens as never)
  })

  it('A02, A21: a right signature in an array, attributes in arrays and objects', async () => {
    const signature = await desk.sign(jan)
    await refused([
      ['array', { identity: jan, signature: [signature] }, 'signature_malformed'],
      ['object', { identity: jan, signature: { 0: signature } }, 'signature_malformed'],
      ['id in an array', { identity: { ...jan, user_external_id: ['USR-1'] }, signature }, null],
      ['id as an object', { identity: { ...jan, user_name: { __html: 'x' } }, signature }, null],
      ['id as true', { identity: { ...jan, user_external_id: true }, signature }, null],
      ['null', { identity: { ...jan, user_name: null }, signature }, null],
      ['an unknown attribute', { identity: { ...jan, admin: 'yes' }, signature }, null],
      ['identity as an array', { identity: [jan], signature }, null],
      ['identity as text', { identity: 'USR-1', signature }, null],
      ['identity null', { identity: null, signature }, null],
    ])
  })

  it('A03: every attribute changed, added, dropped or emptied', async () => {
    const signature = await desk.sign(jan)
    const names = Object.keys(jan) as (keyof typeof jan)[]
    const without = (name: string) => Object.fromEntries(Object.entries(jan).filter(([key]) => key !== name))
    await refused([
      ...names.flatMap((name) => [
        [
          `${name} changed`,
          { identity: { ...jan, [name]: `${jan[name]}x` }, signature },
          'signature_mismatch',
        ],
        [
          `${name} in another case`,
          {
            identity: {
              ...jan,
              [name]: jan[name].toUpperCase() + (jan[name] === jan[name].toUpperCase() ? ' ' : ''),
            },
            signature,
          },
          'signature_mismatch',
        ],
        [`${name} dropped`, { identity: without(name), signature }, 'signature_mismatch'],
        [`${name} emptied`, { identity: { ...jan, [name]: '' }, signature }, 'signature_mismatch'],
      ]),
      ...['client_plan', 'client_url', 'user_phone', 'client_email'].map((name) => [
        `${name} added`,
        { identity: { ...jan, [name]: 'x@y.example' }, signature },
        'signature_mismatch',
      ]),
    ] as never)
  })

  it('A04: values that move the boundary of another', async () => {
    const identity = { user_external_id: 'a', user_name: 'b' }
    const signature = await desk.sign(identity)
    await refused([
      ['joined', { identity: { user_external_id: 'a\nuser_name=b' }, signature }, 'identity_invalid'],
      ['NUL', { identity: { user_external_id: 'a\0', user_name: 'b' }, signature }, null],
      [
        'equals sign',
        { identity: { user_external_id: 'a=', user_name: 'b' }, signature },
        'signature_mismatch',
      ],
      ['swapped', { identity: { user_external_id: 'b', user_name: 'a' }, signature }, 'signature_mismatch'],
      ['renamed', { identity: { client_external_id: 'a', user_name: 'b' }, signature }, 'signature_mismatch'],
    ])
  })

  it('A05: of another desk, of another time, of a key that is gone', async () => {
    const other = await desk.elsewhere()
    const gone = await desk.makeKey()
    const ofGone = await desk.sign(jan, { key: gone })
    await desk.manage('DELETE', `/secrets/${gone.id}`)
    await refused([
      [
        'another desk',
        { identity: jan, signature: await desk.sign(jan, { place: other }) },
        'signature_unknown_key',
      ],
      [
        "another desk's name with our key",
        { identity: jan, signature: await desk.sign(jan, { place: other, key: desk.here.key }) },
        'signature_mismatch',
      ],
      ['past', { identity: jan, signature: await desk.sign(jan, { ahead: -61 }) }, 'signature_expired'],
      [
        'too far ahead',
        { identity: jan, signature: await desk.sign(jan, { ahead: 31 * 86_400 }) },
        'signature_expired',
      ],
      ['a key that is gone', { identity: jan, signature: ofGone }, 'signature_unknown_key'],
    ])
    // A signature of the short form names no desk, but our desk has not the other's secret.
    const short = await signIdentifier(jan, other.key.secret)
    await refused([['short, another desk', { identity: jan, signature: short }, 'signature_mismatch']])
  })

  it('A06, A07: a signature with more, less or other characters', async () => {
    const signature = await desk.sign(jan)
    const short = await signIdentifier(jan, desk.here.key.secret)
    const wrongs = [signature, short].flatMap((right) => [
      `${right}zz`,
      ` ${right}`,
      `${right}\n`,
      `${right} `,
      right.slice(0, -1),
      right.slice(0, -2),
      right.slice(0, 8),
      right.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()),
      right.replace(/[0-9a-f]{64}$/, (hex) => Buffer.from(hex, 'hex').toString('base64url')),
      right.replace(/[0-9a-f]$/, 'g'),
    ])
    await refused(wrongs.map((wrong) => [wrong, { identity: jan, signature: wrong }, 'signature_malformed']))
  })

  it('A08: an empty or short secret signs nothing, whatever the key is called', async () => {
    const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
    const expires = Math.floor(desk.clock.now().getTime() / 1000) + 60
    const text = `helpdesk-identity-v2\ndesk=${desk.deskId}\nexpires=${expires}\nuser_external_id=USR-1`
    const identity = { user_external_id: 'USR-1' }
    const forged = (id: string, secret: string) => `v2.${id}.${expires}.${hmac(secret, text)}`
    await refused([
      ['empty secret', { identity, signature: forged(desk.here.key.id, '') }, 'signature_mismatch'],
      ['undefined', { identity, signature: forged(desk.here.key.id, 'undefined') }, 'signature_mismatch'],
      ['unknown key', { identity, signature: forged('undefined', '') }, 'signature_unknown_key'],
      ['short form', { identity, signature: hmac('', 'USR-1') }, 'signature_mismatch'],
      // The secret is text: its bytes are no second key.
      [
        'decoded secret',
        {
          identity,
          signature: createHmac('sha256', Buffer.from(desk.here.key.secret, 'hex'))
            .update('USR-1')
            .digest('hex'),
        },
        'signature_mismatch',
      ],
    ])
  })

  it('A09: half a character is refused before anything is hashed', async () => {
    const signature = await desk.sign({ user_external_id: '\ufffd' })
    for (const name of ['user_external_id', 'user_name', 'client_name']) {
      const identity = { user_external_id: 'x', [name]: 'a\ud800' }
      await refused([[name, { identity, signature }, null]])
    }
  })

  it('A05: tokens of another algorithm, desk, time or key', async () => {
    const seconds = Math.floor(desk.clock.now().getTime() / 1000)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = (head: object, body: object, secret = desk.here.key.secret, hash = 'sha256') => {
      const text = `${part({ alg: 'HS256', kid: desk.here.key.id, ...head })}.${part({ aud: desk.deskId, exp: seconds + 60, ...body })}`
      return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
    }
    const good = token({}, jan)
    await refused([
      ['none', { identityToken: token({ alg: 'none' }, jan) }, 'signature_malformed'],
      ['HS512', { identityToken: token({ alg: 'HS512' }, jan) }, 'signature_malformed'],
      ['no signature', { identityToken: good.replace(/[^.]+$/, '') }, 'signature_malformed'],
      ['another desk', { identityToken: token({}, { ...jan, aud: 'other' }) }, 'signature_mismatch'],
      ['no desk', { identityToken: token({}, { ...jan, aud: undefined }) }, 'signature_mismatch'],
      ['no end', { identityToken: token({}, { ...jan, exp: undefined }) }, 'signature_expired'],
      ['past', { identityToken: token({}, { ...jan, exp: seconds - 61 }) }, 'signature_expired'],
      ['an unknown key', { identityToken: token({ kid: 'x' }, jan) }, 'signature_unknown_key'],
      ['the wrong secret', { identityToken: token({}, jan, 'x'.repeat(64)) }, 'signature_mismatch'],
    ])
    // What stands beside a token is not what was signed.
    const { body } = await desk.identify({ identityToken: good, identity: zoe })
    expect(body.contact.email).toBe(jan.user_email)
  })

  it('A25: names that reach into prototypes', async () => {
    const signature = await desk.sign(jan)
    for (const text of [
      `{"identity":{"user_external_id":"USR-1","__proto__":{"user_email":"x@y.example"}},"signature":"${signature}"}`,
      `{"identity":{"constructor":{"prototype":{"user_external_id":"USR-1"}}},"signature":"${signature}"}`,
      `{"__proto__":{"identity":{"user_external_id":"USR-1"}},"signature":"${signature}"}`,
    ]) {
      const { status } = await desk.call({
        method: 'POST',
        url: desk.widget('identify'),
        headers: { 'content-type': 'application/json' },
        payload: text,
      })
      expect([text.slice(0, 40), status]).toEqual([text.slice(0, 40), 400])
    }
  })

  it('ids that look alike are different users; a number is its digits', async () => {
    const accented = '\u00e9'
    const composed = accented.normalize('NFC')
    const ids = [
      'kim',
      'Kim',
      'kim ',
      ' kim',
      'k\u0131m',
      composed,
      composed.normalize('NFD'),
      'u:kim',
      'e:kim',
      'c:kim',
    ]
    const contacts = new Map<string, string>()
    for (const id of ids) contacts.set(id, (await desk.signIn({ user_external_id: id })).contactId)
    expect(new Set(contacts.values()).size).toBe(ids.length)
    // An id that is written like the key of somebody else's address.
    const mail = await desk.signIn({ user_email: 'kim@shop.example' })
    for (const id of ['e:kim@shop.example', 'kim@shop.example'])
      expect((await desk.signIn({ user_external_id: id })).contactId).not.toBe(mail.contactId)
    expect((await desk.signIn({ user_email: ' KIM@Shop.Example ' })).contactId).toBe(mail.contactId)
    const text = await desk.signIn({ user_external_id: '123' })
    expect((await desk.signIn({ user_external_id: 123 })).contactId).toBe(text.contactId)
    for (const other of ['0123', '123.0', '1e2', '123 '])
      expect((await desk.signIn({ user_external_id: other })).contactId).not.toBe(text.contactId)
    // More than fits exactly into a number is no id.
    const signature = await desk.sign({ user_external_id: '9007199254740993' })
    await refused([['2^53 + 1', { identity: { user_external_id: 2 ** 53 }, signature }, 'identity_invalid']])
  })

  it('ids of a thousand characters are told apart, and nobody can write the form in which they are kept', async () => {
    const long = 'x'.repeat(1000)
    const one = await desk.signIn({ user_external_id: long, client_external_id: long })
    const two = await desk.signIn({ user_external_id: `${long.slice(1)}y`, client_external_id: long })
    expect(two.contactId).not.toBe(one.contactId)
    await desk.ticket(one)
    for (const prefix of ['u', 'e', 'c', 'x']) {
      const hash = createHash('sha256').update(`${prefix}:${long}`).digest('hex')
      for (const id of [hash, `#${hash}`, `${prefix}:${hash}`]) {
        const thief = await desk.signIn({ user_external_id: id, client_external_id: id })
        expect(thief.contactId).not.toBe(one.contactId)
        const { body } = await desk.read<Tickets>(thief, 'tickets')
        expect(body.tickets).toEqual([])
      }
    }
  })

  it('two desks with the same ids know nothing of each other', async () => {
    const other = await desk.elsewhere()
    const [here, there] = [await desk.signIn(jan), await desk.signIn(jan, {}, other)]
    expect(there.contactId).not.toBe(here.contactId)
    const made = await desk.ticket(here)
    const list = await desk.as<Tickets>(there, { url: desk.widget('tickets', other) })
    expect(list.body.tickets).toEqual([])
    const crossed = await desk.as(there, { url: desk.widget(`tickets/${made.number}`, other) })
    expect(crossed.status).toBe(404)
    expect((await desk.read(there, 'tickets')).status).toBe(401)
  })

  it('50 sign-ins of a new user at once make one contact and one client', async () => {
    const identity = { user_external_id: 'NEW', user_email: 'new@crowd.example', client_external_id: 'CROWD' }
    const payload = { identity, signature: await desk.sign(identity) }
    const answers = await Promise.all(Array.from({ length: 50 }, () => desk.identify(payload)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body.contactId)).size).toBe(1)
    expect(new Set(answers.map(({ body }) => body.contactToken)).size).toBe(50)
    const { contacts } = await desk.manage<{ contacts: { client: { id: string } }[] }>(
      'GET',
      '/contacts?search=new@crowd',
    )
    expect(contacts).toHaveLength(1)
  })

  it('A10: an address that nobody signed opens nothing, and adopts nobody', async () => {
    const victim = await desk.signIn({ user_email: 'victim@shop.example' })
    await desk.ticket(victim, { title: 'Private' })
    // The short form signs the id alone; the address beside it is a mere claim.
    const identity = { user_external_id: 'THIEF', user_email: 'victim@shop.example' }
    const signature = await signIdentifier(identity, desk.here.key.secret)
    const thief = (await desk.identify({ identity, signature })).body
    expect(thief.contactId).not.toBe(victim.contactId)
    expect(thief.contact.emailVerified).toBe(false)
    expect((await desk.read<Tickets>(thief, 'tickets')).body.tickets).toEqual([])
    // A visitor who merely types it is nobody either.
    const typed = await desk.ticket(null, { email: 'victim@shop.example' })
    expect((await desk.read<Tickets>(typed, 'tickets')).body.tickets).toHaveLength(1)
    expect((await desk.signIn({ user_email: 'victim@shop.example' })).contactId).toBe(victim.contactId)
  })

  it('an address is adopted once, by the id that is signed beside it, and by no second one', async () => {
    const known = await desk.signIn({ user_email: 'adopted@shop.example' })
    await desk.ticket(known, { title: 'Before the id' })
    const first = await desk.signIn({ user_external_id: 'AD-1', user_email: 'adopted@shop.example' })
    expect(first.contactId).toBe(known.contactId)
    const second = await desk.signIn({ user_external_id: 'AD-2', user_email: 'adopted@shop.example' })
    expect(second.contactId).not.toBe(known.contactId)
    expect((await desk.read<Tickets>(second, 'tickets')).body.tickets).toEqual([])
    // Two at once: one of them.
    await desk.signIn({ user_email: 'raced@shop.example' })
    const raced = await Promise.all(
      ['R-1', 'R-2', 'R-3', 'R-4'].map((id) =>
        desk.signIn({ user_external_id: id, user_email: 'raced@shop.example' }),
      ),
    )
    expect(new Set(raced.map(({ contactId }) => contactId)).size).toBe(4)
  })

  it('a name that nobody signed does not replace one that was', async () => {
    const identity = { user_external_id: 'NAMED', user_name: 'Nora Named' }
    const real = await desk.signIn(identity)
    const claimed = { user_external_id: 'NAMED', user_name: 'Support Team' }
    const signature = await signIdentifier(claimed, desk.here.key.secret)
    const { body } = await desk.identify({ identity: claimed, signature })
    expect([body.contactId, body.contact.name]).toEqual([real.contactId, 'Nora Named'])
    const { contact } = await desk.manage<{ contact: { claims: object } }>(
      'GET',
      `/contacts/${real.contactId}`,
    )
    expect(contact.claims).toEqual({ user_name: 'Support Team' })
  })

  it('A10: only the client that a session was signed for is opened, not the one its contact had before', async () => {
    await desk.ticket(await desk.signIn(ewa), { title: 'Of the client' })
    await desk.signIn(jan)
    const { user_external_id } = jan
    const signature = await signIdentifier({ user_external_id }, desk.here.key.secret)
    const claims = { user_external_id, user_name: 'Jan' }
    const { body } = await desk.identify({ identity: claims, signature })
    expect(body.contact.client).toBeNull()
    const titles = (await desk.read<Tickets>(body, 'tickets')).body.tickets.map(({ subject }) => subject)
    expect(titles).not.toContain('Of the client')
  })

  it('A10: users of whom only the client is proved share what is theirs, and see nothing of those who are proved', async () => {
    await desk.setDesk({ tickets: { ownOnly: true } })
    const unproved = async (name: string) => {
      const identity = { client_external_id: 'CRM-OWN', user_external_id: name }
      const signature = await signIdentifier(identity, desk.here.key.secret)
      return (await desk.identify({ identity, signature })).body
    }
    const proved = await desk.signIn({ client_external_id: 'CRM-OWN', user_external_id: 'P' })
    const [one, two] = [await unproved('P'), await unproved('Q')]
    expect(one.contactId).not.toBe(proved.contactId)
    const own = await desk.ticket(proved, { title: 'Proved' })
    await desk.ticket(one, { title: 'Unproved' })
    const titles = async (who: Session) =>
      (await desk.read<Tickets>(who, 'tickets')).body.tickets.map(({ subject }) => subject)
    expect([await titles(one), await titles(two), await titles(proved)]).toEqual([
      ['Unproved'],
      ['Unproved'],
      ['Proved'],
    ])
    expect((await desk.read(two, `tickets/${own.number}`)).status).toBe(404)
    await desk.setDesk({ tickets: { ownOnly: false } })
    expect((await titles(proved)).sort()).toEqual(['Proved', 'Unproved'])
  })

  it('A05: a session lives no longer than its signature, its key, or an hour', async () => {
    const soon = (await desk.identify({ identity: jan, signature: await desk.sign(jan, { ahead: 120 }) }))
      .body
    expect(new Date(soon.expiresAt).getTime() - desk.clock.now().getTime()).toBe(120_000)
    const key = await desk.makeKey()
    const retiresAt = new Date(desk.clock.now().getTime() + 300_000).toISOString()
    await desk.manage('PATCH', `/secrets/${key.id}`, { retiresAt })
    const signature = await desk.sign(jan, { key })
    expect((await desk.identify({ identity: jan, signature })).body.expiresAt).toBe(retiresAt)
    const far = (
      await desk.identify({ identity: jan, signature: await desk.sign(jan, { ahead: 20 * 86_400 }) })
    ).body
    expect(new Date(far.expiresAt).getTime() - desk.clock.now().getTime()).toBe(3_600_000)
  })

  it('A13: signs nobody in as the contact whose credentials it brings along', async () => {
    const session = await desk.signIn(jan)
    const victim = await desk.ticket(session, { title: 'Kept' })
    // A signed session is no anonymous contact: nothing of it moves to whom comes with it.
    const thief = await desk.signIn(zoe, { contactId: session.contactId, contactToken: session.contactToken })
    const { body } = await desk.read<History>(thief, 'history')
    expect(body.conversations.map(({ id }) => id)).not.toContain(victim.conversationId)
    expect((await desk.read(session, `tickets/${victim.number}`)).status).toBe(200)
  })

  it('A04: the full form of one identity is not that of another', async () => {
    const forDesk = { desk: desk.deskId, keyId: desk.here.key.id, secret: desk.here.key.secret, expires: 1 }
    await expect(signIdentity({ user_external_id: 'a\nuser_email=b' }, forDesk)).rejects.toThrow(TypeError)
  })
})
