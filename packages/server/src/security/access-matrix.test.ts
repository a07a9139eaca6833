import { type Route, routes } from '@helpdesk/core/api'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { findDesk } from '../desks/service.ts'
import { takeIn } from '../emails/service.ts'
import { finishEmail } from '../emails/store.ts'
import { letter } from '../emails/testing.ts'
import { unsubscribeToken } from '../notifications/unsubscribe.ts'
import { databaseKinds } from '../testing.ts'
import {
  type Answer,
  type Contact,
  comparable,
  people,
  type SecurityDesk,
  startSecurityDesk,
  type Ticket,
} from './testing.ts'

/** Everybody who may come, in the order of the columns below. */
const actors = [
  'nobody',
  'anonymous A',
  'anonymous B',
  'user 1 of client A',
  'user 2 of client A',
  'user of client B',
  'holder of a public link',
  'contact of another desk',
  'agent of another desk',
  'viewer',
  'agent',
  'admin',
  'owner',
] as const
type Actor = (typeof actors)[number]

/**
 * What a route gives to each actor:
 * `ok` success (of an object: its own, while a foreign and an absent one are 404 and look the same);
 * `who` 401 contact_unknown; `sign` 401 unauthenticated; `none` 404 not_found; `no` 403 forbidden.
 */
type Grant = 'ok' | 'who' | 'sign' | 'none' | 'no'
const refusals: Record<Exclude<Grant, 'ok'>, string> = {
  who: '401 contact_unknown',
  sign: '401 unauthenticated',
  none: '404 not_found',
  no: '403 forbidden',
}

//                                  |nobody|------- contacts ------|link|other||-------- agents -------|
//                                  |      |A   B   A1   A2   B    |    |desk ||none view agent adm own |
const everyone /*                 */ = 'ok  ok  ok  ok   ok   ok    ok   ok    ok   ok   ok    ok  ok'
const anyVisitor /*               */ = 'ok  ok  ok  ok   ok   ok    ok   who   ok   ok   ok    ok  ok'
const beginner /*                 */ = 'ok  ok  ok  ok   ok   ok    no   who   ok   ok   ok    ok  ok'
const contact /*                  */ = 'who ok  ok  ok   ok   ok    ok   who   who  who  who   who who'
const ownContact /*               */ = 'who ok  ok  ok   ok   ok    no   who   who  who  who   who who'
const anyAgent /*                 */ = 'sign sign sign sign sign sign sign sign  ok   ok   ok    ok  ok'
const viewer /*                   */ = 'sign sign sign sign sign sign sign sign  none ok   ok    ok  ok'
const agent /*                    */ = 'sign sign sign sign sign sign sign sign  none no   ok    ok  ok'
const admin /*                    */ = 'sign sign sign sign sign sign sign sign  none no   no    ok  ok'

/** What a request is about: how an own one comes to be, and who has one. */
type Kind =
  | 'conversation'
  | 'new conversation'
  | 'ticket'
  | 'contact'
  | 'merge'
  | 'target'
  | 'category'
  | 'key'
  | 'link'
  | 'file'
  | 'upload'
  | 'collection'
  | 'article'
  | 'slug'
  | 'image'
  | 'notification'
  | 'subscriber'
  | 'e-mail'

interface Policy {
  grants: string
  /** The object that a request names. */
  of?: Kind
  /** Of what the request is made besides its path. */
  ask?: (id: string) => Pick<InjectOptions, 'payload' | 'headers'> & { search?: string }
  /** How foreign and absent objects are refused, when not by 404; `empty`: they are found by nobody. */
  stranger?: '400' | 'empty'
  /** Public routes that give the same to all: what the answer is. */
  answer?: string
}

const json = (payload: object) => () => ({ payload })
const file = {
  headers: { 'content-type': 'application/octet-stream' },
  payload: samples.png,
  search: '?name=a.png',
}

const absentId = '00000000-0000-7000-8000-000000000000'

const policies: Record<string, Policy> = {
  'agents.setupState': { grants: everyone },
  'agents.setup': {
    grants: everyone,
    ask: json({ setupToken: 'x', name: 'X', email: 'x@y.example', password: 'long enough 1', deskName: 'X' }),
    answer: '403 setup_done',
  },
  'agents.signIn': {
    grants: everyone,
    ask: (id) => ({ payload: { email: `${id}@team.example`, password: 'wrong wrong wrong' } }),
    answer: '401 sign_in_failed',
  },
  'agents.signOut': { grants: anyAgent },
  'agents.me': { grants: anyAgent },
  'agents.updateMe': { grants: anyAgent, ask: json({ notifications: { widget: 'mine' } }) },

  'articles.home': { grants: everyone },
  'articles.read': { grants: everyone, of: 'slug' },
  'articles.search': { grants: everyone, ask: () => ({ search: '?q=secret' }) },
  'articles.rate': { grants: everyone, of: 'slug', ask: json({ helpful: true }) },
  'articles.image': { grants: everyone, of: 'image' },
  'articles.list': { grants: viewer },
  'articles.find': { grants: viewer, ask: () => ({ search: '?q=secret' }) },
  'articles.create': { grants: agent, ask: json({ locale: 'en', title: 'X' }) },
  'articles.get': { grants: viewer, of: 'article' },
  'articles.update': { grants: agent, of: 'article', ask: json({ featured: true }) },
  'articles.remove': { grants: admin, of: 'article' },
  'articles.order': { grants: agent, ask: json({ ids: [] }) },
  'articles.save': { grants: agent, of: 'article', ask: json({ title: 'Changed' }) },
  'articles.publish': { grants: agent, of: 'article' },
  'articles.unpublish': { grants: agent, of: 'article' },
  'articles.removeText': { grants: admin, of: 'article' },
  'articles.revisions': { grants: viewer, of: 'article' },
  'articles.preview': { grants: viewer, ask: json({ markdown: '*x*' }) },
  'articles.uploadImage': { grants: agent, ask: () => file },
  'articles.comments': { grants: viewer, of: 'article' },
  'articles.insights': { grants: viewer },
  'articles.importFile': { grants: admin, ask: (id) => ({ payload: { path: `en/${id}.md`, content: 'X' } }) },
  'articles.exportFiles': { grants: admin },

  'attachments.upload': { grants: anyVisitor, ask: () => file },
  'attachments.agentUpload': { grants: agent, ask: () => file },
  'attachments.download': { grants: everyone, of: 'file' },

  'categories.list': { grants: viewer },
  'categories.create': { grants: admin, ask: (id) => ({ payload: { code: `c-${id}`, name: { en: 'X' } } }) },
  'categories.update': { grants: admin, of: 'category', ask: json({ name: { en: 'Renamed' } }) },
  'categories.remove': { grants: admin, of: 'category' },
  'categories.order': { grants: admin, ask: json({ ids: [] }), answer: '409 conflict' },

  'collections.list': { grants: viewer },
  'collections.create': { grants: agent, ask: json({ name: { en: 'X' } }) },
  'collections.update': { grants: agent, of: 'collection', ask: json({ name: { en: 'Renamed' } }) },
  'collections.remove': { grants: admin, of: 'collection' },
  'collections.order': { grants: agent, ask: json({ ids: [absentId] }), answer: '409 conflict' },

  'contacts.identify': {
    grants: everyone,
    ask: json({ identity: people.zoe }),
    answer: '401 identity_rejected',
  },
  'contacts.requestEmailLink': { grants: everyone, ask: json({ email: 'a@b.example' }) },
  'contacts.redeemEmailLink': {
    grants: everyone,
    ask: json({ email: 'a@b.example', code: '000000' }),
    answer: '401 email_link_invalid',
  },
  'contacts.signOut': { grants: contact },
  'contacts.updateEmail': { grants: ownContact, ask: json({ email: 'new@address.example' }) },
  'contacts.list': { grants: viewer },
  'contacts.get': { grants: viewer, of: 'contact' },
  'contacts.update': { grants: agent, of: 'contact', ask: json({ emailOptedOut: false }) },
  'contacts.merge': { grants: agent, of: 'target', ask: (id) => ({ payload: { intoContactId: id } }) },
  'contacts.undoMerge': { grants: agent, of: 'merge' },

  'conversations.start': { grants: beginner, ask: json({ email: 'a@b.example', message: 'Hello' }) },
  'conversations.reply': {
    grants: contact,
    of: 'conversation',
    ask: (conversationId) => ({ payload: { conversationId, message: 'Hello' } }),
  },
  'conversations.history': { grants: contact },
  'conversations.unread': { grants: contact },
  'conversations.messages': { grants: contact, of: 'conversation' },
  'conversations.read': { grants: contact, of: 'conversation', ask: json({ seq: 1 }) },
  'conversations.typing': { grants: contact, of: 'conversation' },
  'conversations.list': {
    grants: viewer,
    of: 'contact',
    ask: (id) => ({ search: `?contact=${id}` }),
    stranger: 'empty',
  },
  'conversations.counts': { grants: viewer },
  'conversations.get': { grants: viewer, of: 'conversation' },
  'conversations.agentMessages': { grants: viewer, of: 'conversation' },
  'conversations.agentReply': { grants: agent, of: 'conversation', ask: json({ message: 'Hello' }) },
  'conversations.note': { grants: agent, of: 'conversation', ask: json({ message: 'Hello' }) },
  'conversations.update': {
    grants: agent,
    of: 'conversation',
    ask: json({ status: 'waiting', priority: 'high', assignee: 'me' }),
  },
  'conversations.agentRead': { grants: viewer, of: 'conversation', ask: json({ seq: 1 }) },
  'conversations.agentTyping': { grants: agent, of: 'conversation' },
  'conversations.publicLink': { grants: viewer, of: 'conversation' },
  'conversations.replacePublicLink': { grants: agent, of: 'new conversation' },
  'conversations.revokePublicLink': { grants: agent, of: 'new conversation' },

  'desks.publicSettings': { grants: everyone },
  'desks.list': { grants: anyAgent },
  'desks.get': { grants: viewer },
  'desks.update': { grants: admin, ask: json({ name: 'Shop' }) },

  'emailSettings.get': { grants: admin },
  'emailSettings.update': { grants: admin, ask: json({ sender: { name: 'Shop' } }) },
  'emailSettings.testSmtp': { grants: admin, ask: json({}) },
  'emailSettings.testImap': { grants: admin, ask: json({}), answer: '400 validation_failed' },
  'emailSettings.makeDkimKey': { grants: admin, answer: '409 conflict' },
  'emailSettings.replaceWebhookSecret': { grants: admin },

  'emails.receive': {
    grants: everyone,
    ask: () => ({ payload: 'Subject: X', headers: { 'content-type': 'message/rfc822' } }),
    answer: '401 unauthenticated',
  },

  'emailTemplates.list': { grants: viewer },
  'emailTemplates.save': { grants: admin, ask: json({ subject: 'X', body: '' }) },
  'emailTemplates.reset': { grants: admin },
  'emailTemplates.preview': { grants: viewer, ask: json({ subject: 'X', body: '' }) },
  'emailTemplates.sendTest': { grants: admin, ask: json({ subject: 'X', body: '' }) },

  'emails.list': { grants: viewer },
  'emails.get': { grants: viewer, of: 'e-mail' },
  'emails.raw': { grants: viewer, of: 'e-mail' },
  'emails.accept': { grants: agent, of: 'e-mail', ask: json({ as: 'new' }) },
  'emails.dismiss': { grants: agent, of: 'e-mail' },
  'emails.unsubscribe': { grants: everyone, of: 'subscriber' },

  'events.visitor': { grants: contact },
  'events.agent': { grants: viewer },

  'notifications.list': { grants: viewer },
  'notifications.resend': { grants: agent, of: 'notification' },

  'secrets.list': { grants: admin },
  'secrets.create': { grants: admin },
  'secrets.update': { grants: admin, of: 'key', ask: json({ retiresAt: null }) },
  'secrets.remove': { grants: admin, of: 'key' },
  'secrets.check': { grants: admin, ask: json({ identity: people.jan, signature: 'x' }) },

  'tickets.form': { grants: anyVisitor },
  'tickets.create': {
    grants: beginner,
    of: 'upload',
    ask: (key) => ({ payload: { title: 'T', content: 'C', email: 'a@b.example', attachments: [key] } }),
    stranger: '400',
  },
  'tickets.list': { grants: contact },
  'tickets.get': { grants: contact, of: 'ticket' },
  'tickets.openLink': { grants: everyone, of: 'link', ask: (token) => ({ payload: { token } }) },
}

const absentKey = 'k000000000000'
const absentUpload = `${absentId}.${'A'.repeat(43)}`

describe.each(databaseKinds)('A12 access, on %s', (kind) => {
  let desk: SecurityDesk
  let other: Awaited<ReturnType<SecurityDesk['elsewhere']>>
  const contacts = new Map<Actor, Contact>()
  const agents = new Map<Actor, Record<string, string>>()
  /** The conversation that an actor has, and one that it has not, though it may know its id. */
  const own = new Map<Actor, Ticket>()
  const foreign = new Map<Actor, Ticket>()
  let ofOtherDesk: Ticket

  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
    other = await desk.elsewhere()
    const a = await desk.ticket(null)
    const b = await desk.ticket(null)
    const users = [
      await desk.signIn(people.jan),
      await desk.signIn(people.ewa),
      await desk.signIn(people.zoe),
    ] as const
    const [ofA, ofB] = [await desk.ticket(users[0]), await desk.ticket(users[2])]
    const second = await desk.ticket(users[0])
    ofOtherDesk = await desk.ticket(null, {}, other)
    const link = await desk.openLink(await desk.linkToken(ofA.conversationId))
    const put = (actor: Actor, who: Contact, mine: Ticket, notMine: Ticket) => {
      contacts.set(actor, who)
      own.set(actor, mine)
      foreign.set(actor, notMine)
    }
    put('anonymous A', a, a, b)
    put('anonymous B', b, b, a)
    put('user 1 of client A', users[0], ofA, ofB)
    // A colleague's ticket is its own as well.
    put('user 2 of client A', users[1], ofA, a)
    put('user of client B', users[2], ofB, ofA)
    // Even another ticket of the same contact is not what the link opens.
    put('holder of a public link', link.body.session, ofA, second)
    put('contact of another desk', ofOtherDesk, ofOtherDesk, ofA)
    agents.set('agent of another desk', await desk.agent('owner', other))
    for (const role of ['viewer', 'agent', 'admin', 'owner'] as const)
      agents.set(role, await desk.agent(role))
  })
  afterAll(() => desk?.close())

  const upload = async (place = desk.here) => {
    const { search, ...options } = file
    const { body } = await desk.call({
      method: 'POST',
      url: desk.widget(`attachments${search}`, place),
      ...options,
    })
    return (body as { key: string }).key
  }
  const addressOf = async () => {
    const attached = await desk.ticket(null, { attachments: [await upload()] })
    return attached.message.attachments[0]!.url.replace('http://localhost', '')
  }
  const asBoss = async <Body>(method: 'GET' | 'POST', path: string, payload?: object) => {
    const options = {
      method,
      url: desk.team(path, other),
      headers: other.owner,
      ...(payload ? { payload } : {}),
    }
    return (await desk.call(options)).body as Body
  }
  type Body = { id: string; merge: { id: string }; key: { id: string }; url: string }
  const mergeable = async () =>
    [await desk.ticket(null), await desk.ticket(null)].map(({ contactId }) => contactId)

  /** The confirmation of a new ticket, as if it had been sent. */
  const sentNotification = async (place: typeof desk.here) => {
    const { conversationId } = await desk.ticket(null, {}, place)
    const text = `update helpdesk.notifications set state = 'sent'
      where conversation_id = $1 and kind = 'ticket_created' returning id`
    const { db } = desk.handle.deps
    return (await db.run<{ id: string }>({ name: 'matrix_sent', text }, [conversationId]))[0]!.id
  }

  const heldEmail = async ({ publicId, deskId }: typeof desk.here) => {
    const { deps } = desk.handle
    const record = (await findDesk(deps, publicId))!
    const envelope = { from: null, to: [] }
    const { id } = await takeIn(deps, record, { source: 'smtp', raw: letter(), envelope })
    await finishEmail(deps.db, deskId, id, 'received', { state: 'held', reason: 'too_many' }, deps.now())
    return id
  }

  /** Own, foreign and absent objects of each kind; the own one is made anew where the request uses it up. */
  const objects: Record<Kind, (actor: Actor) => Promise<{ own: string; foreign: string; absent: string }>> = {
    conversation: async (actor) => ({
      own: (own.get(actor) ?? own.get('user 1 of client A')!).conversationId,
      foreign: (foreign.get(actor) ?? ofOtherDesk).conversationId,
      absent: absentId,
    }),
    'new conversation': async () => ({
      own: (await desk.ticket(null)).conversationId,
      foreign: ofOtherDesk.conversationId,
      absent: absentId,
    }),
    ticket: async (actor) => ({
      own: (own.get(actor) ?? own.get('anonymous A')!).number,
      foreign: (foreign.get(actor) ?? own.get('user of client B')!).number,
      absent: '2647-999999',
    }),
    contact: async () => ({
      own: own.get('anonymous A')!.contactId,
      foreign: ofOtherDesk.contactId,
      absent: absentId,
    }),
    target: async () => ({ own: (await mergeable())[0]!, foreign: ofOtherDesk.contactId, absent: absentId }),
    merge: async () => {
      const [from, intoContactId] = await mergeable()
      const mine = await desk.manage<Body>('POST', `/contacts/${from}/merge`, { intoContactId })
      const [x, y] = [await desk.ticket(null, {}, other), await desk.ticket(null, {}, other)]
      const theirs = await asBoss<Body>('POST', `/contacts/${x.contactId}/merge`, {
        intoContactId: y.contactId,
      })
      return { own: mine.merge.id, foreign: theirs.merge.id, absent: absentId }
    },
    category: async (actor) => {
      const code = `${actors.indexOf(actor)}-${Math.random().toString(36).slice(2)}`
      const mine = await desk.manage<Body>('POST', '/categories', { code, name: { en: 'X' } })
      const theirs = await asBoss<Body>('POST', '/categories', { code, name: { en: 'X' } })
      return { own: mine.id, foreign: theirs.id, absent: absentId }
    },
    collection: async () => ({
      own: (await desk.manage<Body>('POST', '/collections', { name: { en: 'X' } })).id,
      foreign: (await asBoss<Body>('POST', '/collections', { name: { en: 'X' } })).id,
      absent: absentId,
    }),
    article: async () => {
      // With two languages, so that one can be removed.
      const mine = await desk.manage<Body>('POST', '/articles', { locale: 'pl', title: 'X' })
      await desk.manage('PATCH', `/articles/${mine.id}/texts/en`, { title: 'X' })
      return {
        own: mine.id,
        foreign: (await asBoss<Body>('POST', '/articles', { locale: 'en', title: 'X' })).id,
        absent: absentId,
      }
    },
    slug: async (actor) => {
      const file = (path: string) => ({ path, content: '---\npublished: true\n---\nText' })
      const place = actors.indexOf(actor)
      await desk.manage('POST', '/article-files', file(`en/ours-${place}.md`))
      await asBoss('POST', '/article-files', file(`en/theirs-${place}.md`))
      return { own: `ours-${place}`, foreign: `theirs-${place}`, absent: 'nothing-here' }
    },
    image: async () => {
      const keep = async (place: typeof desk.here, headers: Record<string, string>) => {
        const options = {
          ...file,
          method: 'POST' as const,
          url: desk.team(`/article-images${file.search}`, place),
        }
        const { body } = await desk.call({ ...options, headers: { ...file.headers, ...headers } })
        return (body as { url: string }).url.replace('http://localhost', '')
      }
      const mine = await keep(desk.here, agents.get('owner')!)
      const theirs = await keep(other, other.owner)
      const id = /[0-9a-f]{8}-[0-9a-f-]{27}/
      // The image of another desk under this desk's address.
      return { own: mine, foreign: mine.replace(id, id.exec(theirs)![0]), absent: mine.replace(id, absentId) }
    },
    // A desk has few keys: a new one only for those who may use it up.
    key: async (actor) => ({
      own: (actor === 'admin' || actor === 'owner' ? await desk.makeKey() : desk.here.key).id,
      foreign: other.key.id,
      absent: absentKey,
    }),
    link: async () => {
      const token = await desk.linkToken(own.get('anonymous A')!.conversationId)
      const wrong = `${token.slice(0, 42)}${token[42] === 'A' ? 'B' : 'A'}${token.slice(43)}`
      return { own: token, foreign: wrong, absent: 'A'.repeat(86) }
    },
    notification: async () => ({
      own: await sentNotification(desk.here),
      foreign: await sentNotification(other),
      absent: absentId,
    }),
    subscriber: async () => {
      const { contactId } = own.get('anonymous A')!
      const token = unsubscribeToken(desk.handle.deps, desk.here.deskId, contactId)
      const wrong = `${token.slice(0, 42)}${token[42] === 'A' ? 'B' : 'A'}${token.slice(43)}`
      return { own: token, foreign: wrong, absent: 'A'.repeat(86) }
    },
    'e-mail': async () => ({
      own: await heldEmail(desk.here),
      foreign: await heldEmail(other),
      absent: absentId,
    }),
    upload: async () => ({
      own: await upload(),
      foreign: await upload(other),
      absent: absentUpload,
    }),
    file: async () => {
      const address = await addressOf()
      const signature = /signature=([^&]+)/.exec(await addressOf())![1]!
      // An address with the signature of another file, and one of a file that is not there.
      const stolen = address.replace(/signature=[^&]+/, `signature=${signature}`)
      return { own: address, foreign: stolen, absent: address.replace(/[0-9a-f-]{36}\//, `${absentId}/`) }
    },
  }

  async function send(
    route: Route,
    policy: Policy,
    actor: Actor,
    id: string,
    mergeFrom: string,
  ): Promise<Answer> {
    const { search = '', headers, payload } = policy.ask?.(id) ?? {}
    const path = route.path
      .replace(/:(helpdeskId|deskId)/, desk.here.publicId)
      .replace(':contactId', policy.of === 'target' ? mergeFrom : id)
      .replace(/:(conversationId|mergeId|categoryId|keyId|number|collectionId|articleId|slug)/, id)
      .replace(/:(notificationId|unsubscribeToken|emailId)/, id)
      .replace(':kind', 'reply')
      .replace(':locale', 'en')
    const who = contacts.get(actor)
    const url = route.download && route.auth === 'public' ? id : `${path}${search}`
    const credentials = { ...(who ? desk.bearer(who) : {}), ...agents.get(actor) }
    // Failures of one address count together, and these are not about that.
    const remoteAddress = `192.0.2.${actors.indexOf(actor)}`
    const options = {
      method: route.method,
      url,
      remoteAddress,
      headers: { ...headers, ...credentials },
    } as InjectOptions
    if (payload !== undefined) options.payload = payload
    const { statusCode, body, headers: answered } = await desk.app.inject(options)
    const isJson = String(answered['content-type']).includes('json')
    return { status: statusCode, body: (isJson ? JSON.parse(body) : body) as never, headers: answered }
  }

  /** Signing out uses the session up: the actor comes back with a new one. */
  async function renew(actor: Actor): Promise<void> {
    if (actor === 'agent of another desk') agents.set(actor, await desk.agent('owner', other))
    else if (agents.has(actor)) agents.set(actor, await desk.agent(actor as 'viewer'))
    const identity = {
      'user 1 of client A': people.jan,
      'user 2 of client A': people.ewa,
      'user of client B': people.zoe,
    }
    if (actor in identity) contacts.set(actor, await desk.signIn(identity[actor as keyof typeof identity]))
    if (actor !== 'holder of a public link') return
    const token = await desk.linkToken(own.get(actor)!.conversationId)
    contacts.set(actor, (await desk.openLink(token)).body.session)
  }

  const outcome = ({ status, body }: Answer) =>
    status < 300 ? 'ok' : `${status} ${(body as { code?: string }).code}`

  it('is decided for every route of the contract, and for no other', () => {
    expect(Object.keys(policies).sort()).toEqual(routes.map(({ id }) => id).sort())
    for (const [id, { grants }] of Object.entries(policies))
      expect([id, grants.split(/\s+/).length]).toEqual([id, actors.length])
  })

  it.each(routes.map((route) => [route.id, route] as const))(
    'of %s is what the table says',
    async (id, route) => {
      const policy = policies[id]
      if (!policy) throw new Error(`${id} has no policy: add it to the table`)
      const grants = policy.grants.split(/\s+/) as Grant[]
      const found: Record<string, string> = {}
      const wanted: Record<string, string> = {}
      for (const [place, actor] of actors.entries()) {
        const grant = grants[place]!
        const {
          own: mine,
          foreign: theirs,
          absent,
        } = policy.of
          ? await objects[policy.of](actor)
          : { own: `${id}-${place}`.replace('.', '-'), foreign: '', absent: '' }
        const mergeFrom = policy.of === 'target' ? (await desk.ticket(null)).contactId : ''
        if (policy.of) {
          // A foreign and an absent object must not be told apart; they are tried first, while the own one is fresh.
          const strangers = [
            await send(route, policy, actor, theirs, mergeFrom),
            await send(route, policy, actor, absent, mergeFrom),
          ] as const
          const seen = strangers.map((answer) => comparable(withoutPosition(answer)))
          expect(seen[0], `${id} as ${actor}: foreign and absent differ`).toBe(seen[1])
          found[`${actor}, foreign`] = outcome(strangers[0])
          wanted[`${actor}, foreign`] = strangerOutcome(policy, grant)
          if (policy.stranger === 'empty' && grant === 'ok')
            expect((strangers[0].body as { conversations: unknown[] }).conversations).toEqual([])
        }
        found[actor] = outcome(await send(route, policy, actor, mine, mergeFrom))
        wanted[actor] = grant === 'ok' ? (policy.answer ?? 'ok') : refusals[grant]
        if (id.endsWith('.signOut') && grant === 'ok') await renew(actor)
      }
      expect(found).toEqual(wanted)
    },
  )

  function strangerOutcome({ stranger }: Policy, grant: Grant): string {
    if (grant !== 'ok') return refusals[grant]
    if (stranger === 'empty') return 'ok'
    return stranger === '400' ? '400 validation_failed' : '404 not_found'
  }

  /** The position of the desk's log grows with every test. */
  function withoutPosition(answer: Answer): Answer {
    const { eventSeq: _, ...body } = answer.body as Record<string, unknown>
    return { ...answer, body: body as never }
  }

  it('is refused to every actor alike when the desk is not there', async () => {
    for (const route of routes.filter(({ path }) => /:(helpdeskId|deskId)/.test(path))) {
      const policy = policies[route.id]!
      const image = `/api/article-images/no-such-desk/${absentId}/a.png`
      const named = { ticket: '1', key: absentKey, upload: absentUpload, slug: 'nothing-here', image }
      const id = named[policy.of as 'image'] ?? absentId
      const lost: Route = { ...route, path: route.path.replace(/:(helpdeskId|deskId)/, 'no-such-desk') }
      for (const actor of actors) {
        const answer = await send(lost, policy, actor, id, absentId)
        const isStranger = route.auth === 'agent' && !agents.has(actor)
        const refused = isStranger ? refusals.sign : refusals.none
        expect([route.id, actor, outcome(answer)]).toEqual([route.id, actor, refused])
      }
    }
  })
})
