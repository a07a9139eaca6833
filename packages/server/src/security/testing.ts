import { type AgentRole, type IdentityInput, signIdentity } from '@helpdesk/core'
import type { api, Result } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { startSession } from '../agents/service.ts'
import { insertAgent, upsertRole } from '../agents/store.ts'
import { findDesk } from '../desks/service.ts'
import type { HelpdeskOptions } from '../options.ts'
import { type DatabaseKind, startDesk, type TestDesk } from '../testing.ts'

/** What a page gets for its identity. */
export type Session = Result<(typeof api)['contacts']['identify']>
/** What opening a ticket answers. */
export type Ticket = Result<(typeof api)['tickets']['create']>
/** A page of tickets. */
export type Tickets = Result<(typeof api)['tickets']['list']>
/** One ticket with its messages. */
export type OneTicket = Result<(typeof api)['tickets']['get']>
/** What a contact reads. */
export type History = Result<(typeof api)['conversations']['history']>

/** Credentials of a contact. */
export interface Contact {
  contactId: string
  contactToken: string
}

/** A key of a desk with its secret. */
export interface Key {
  id: string
  secret: string
}

/** An answer, whatever it is. */
export interface Answer<Body = never> {
  status: number
  body: Body
  headers: Record<string, unknown>
}

/** What a refusal says. */
export interface Refusal {
  code: string
  reason?: string
  errors?: { pointer: string }[]
}

/** A desk of the installation, as its visitors and its team reach it. */
export interface Place {
  publicId: string
  deskId: string
  key: Key
}

/** A desk that runs, and everybody who may come to it. */
export interface SecurityDesk extends TestDesk {
  here: Place
  widget(path: string, place?: Place): string
  team(path: string, place?: Place): string
  /** Another desk of the same installation, with a key and an owner of its own. */
  elsewhere(): Promise<Place & { owner: Record<string, string> }>
  sign(identity: IdentityInput, options?: { ahead?: number; place?: Place; key?: Key }): Promise<string>
  identify(payload: object, place?: Place): Promise<Answer<Session & Refusal>>
  /** The session of a signed identity; fails the test when it is refused. */
  signIn(identity: IdentityInput, more?: object, place?: Place): Promise<Session>
  ticket(who: Contact | null, payload?: object, place?: Place): Promise<Ticket>
  /** A request with credentials. */
  as<Body = never>(who: Contact | null, options: InjectOptions): Promise<Answer<Body>>
  read<Body = never>(who: Contact | null, path: string): Promise<Answer<Body>>
  post<Body = never>(who: Contact | null, path: string, payload?: object): Promise<Answer<Body>>
  /** The headers of a new agent, perhaps with a role. */
  agent(role: AgentRole | null, place?: Place): Promise<Record<string, string>>
  /** A request as the owner that must succeed. */
  manage<Body = never>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<Body>
  setDesk(change: object): Promise<void>
  makeKey(): Promise<Key>
  linkToken(conversationId: string): Promise<string>
  openLink(token: string): Promise<Answer<{ session: Session } & Refusal>>
  /** Everything that the database holds, by table: the same when nothing was written. */
  everything(): Promise<Record<string, string>>
}

/** Starts a desk with a key. */
export async function startSecurityDesk(
  kind: DatabaseKind,
  overrides: Partial<HelpdeskOptions> = {},
): Promise<SecurityDesk> {
  const desk = await startDesk(kind, overrides)
  const { deps } = desk.handle
  const internalId = async (publicId: string) => (await findDesk(deps, publicId))?.deskId ?? ''
  const makeKeyAs = async (publicId: string, headers: Record<string, string>): Promise<Key> => {
    const { status, body } = await desk.call({
      method: 'POST',
      url: `/api/desks/${publicId}/secrets`,
      headers,
    })
    if (status !== 201) throw new Error(`key: ${status}`)
    const made = body as Result<(typeof api)['secrets']['create']>
    return { id: made.key.id, secret: made.secret }
  }
  const owner = { cookie: desk.owner.cookie, origin: 'http://localhost' }
  const here: Place = {
    publicId: desk.deskId,
    deskId: await internalId(desk.deskId),
    key: await makeKeyAs(desk.deskId, owner),
  }
  const widget = (path: string, place = here) => `/api/messaging/widget/${place.publicId}/${path}`
  const team = (path: string, place = here) => `/api/desks/${place.publicId}${path}`
  const as: SecurityDesk['as'] = (who, options) =>
    desk.call({ ...options, headers: { ...options.headers, ...(who ? desk.bearer(who) : {}) } })
  const manage: SecurityDesk['manage'] = async (method, path, payload) => {
    const answer = await desk.asOwner({ method, url: team(path), ...(payload ? { payload } : {}) })
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const agent: SecurityDesk['agent'] = async (role, place = here) => {
    const id = deps.newId()
    const email = `agent-${id}@team.example`
    const made = {
      id,
      name: 'Agata Secretname',
      email,
      locale: 'en',
      passwordHash: null,
      createdAt: deps.now(),
    }
    await insertAgent(deps.db, made)
    if (role) await upsertRole(deps.db, place.deskId, id, role)
    const { token } = await startSession(deps, id, null)
    return { cookie: `helpdesk_session=${token}`, origin: 'http://localhost' }
  }
  const sign: SecurityDesk['sign'] = (identity, { ahead = 86_400, place = here, key = place.key } = {}) => {
    const expires = Math.floor(desk.clock.now().getTime() / 1000) + ahead
    return signIdentity(identity, { desk: place.publicId, keyId: key.id, secret: key.secret, expires })
  }
  const identify: SecurityDesk['identify'] = (payload, place = here) =>
    desk.call({ method: 'POST', url: widget('identify', place), payload })
  return {
    ...desk,
    here,
    widget,
    team,
    as,
    manage,
    agent,
    sign,
    identify,
    read: (who, path) => as(who, { url: widget(path) }),
    post: (who, path, payload) =>
      as(who, { method: 'POST', url: widget(path), ...(payload ? { payload } : {}) }),
    async elsewhere() {
      const publicId = await desk.desk()
      const place = { publicId, deskId: await internalId(publicId), key: { id: '', secret: '' } }
      const boss = await agent('owner', place)
      return { ...place, owner: boss, key: await makeKeyAs(publicId, boss) }
    },
    async signIn(identity, more = {}, place = here) {
      const { status, body } = await identify(
        { identity, signature: await sign(identity, { place }), ...more },
        place,
      )
      if (status !== 200) throw new Error(`identify: ${status} ${JSON.stringify(body)}`)
      return body
    },
    async ticket(who, payload = {}, place = here) {
      const asked = {
        title: 'Printer on fire',
        content: 'It burns.',
        ...(who ? {} : { email: 'vera@visitor.example' }),
      }
      const options = {
        method: 'POST',
        url: widget('tickets', place),
        payload: { ...asked, ...payload },
      } as const
      const { status, body } = await as<Ticket>(who, options)
      if (status !== 201) throw new Error(`ticket: ${status} ${JSON.stringify(body)}`)
      return body
    },
    makeKey: () => makeKeyAs(here.publicId, owner),
    setDesk: async (change) => void (await manage('PATCH', '', change)),
    async linkToken(conversationId) {
      const { url } = await manage<{ url: string }>('GET', `/conversations/${conversationId}/public-link`)
      return url.split('/t/')[1] ?? ''
    },
    openLink: (token) =>
      desk.call({ method: 'POST', url: '/api/messaging/public-ticket', payload: { token } }),
    async everything() {
      const run = async <Row>(text: string) =>
        (await deps.db.orm.execute(sql.raw(text))) as unknown as { rows: Row[] }
      const { rows: tables } = await run<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'helpdesk' order by 1`,
      )
      const sums = tables.map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' ' || md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as sum from helpdesk."${name}" t`,
      )
      const { rows } = await run<{ name: string; sum: string }>(sums.join(' union all '))
      return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
    },
  }
}

/** Users of two clients of the host. */
export const people = {
  jan: {
    client_external_id: 'CRM-123',
    client_name: 'Nowak i Synowie',
    user_external_id: 'USR-1',
    user_email: 'jan@nowak.example',
    user_name: 'Jan Nowak',
  },
  ewa: {
    client_external_id: 'CRM-123',
    client_name: 'Nowak i Synowie',
    user_external_id: 'USR-2',
    user_email: 'ewa@nowak.example',
    user_name: 'Ewa Nowak',
  },
  zoe: {
    client_external_id: 'CRM-9',
    client_name: 'Other Ltd',
    user_external_id: 'USR-9',
    user_email: 'zoe@other.example',
    user_name: 'Zoe Other',
  },
} as const

/** An answer without what differs from request to request. */
export const comparable = ({ status, body }: Answer<unknown>): string => {
  const plain = typeof body === 'object' && body !== null ? { ...body, instance: undefined } : body
  return `${status} ${JSON.stringify(plain)}`
}
