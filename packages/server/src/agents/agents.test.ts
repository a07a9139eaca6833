import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { HelpdeskError } from '@helpdesk/core'
import type { Session } from '@helpdesk/core/api'
import * as argon2 from '@node-rs/argon2'
import Fastify, { type FastifyInstance, type FastifyRequest, type LightMyRequestResponse } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { createClock } from '../../../../test/support/clock.ts'
import { createDatabase, dropDatabase } from '../../../../test/support/postgres.ts'
import type {} from '../../../../test/support/postgres-setup.ts'
import { connect, type Db } from '../db/db.ts'
import { migrate } from '../db/migrate.ts'
import type { Deps } from '../deps.ts'
import { createDesk } from '../desks/service.ts'
import { problemErrors } from '../http/problem.ts'
import { uuidv7 } from '../ids.ts'
import type { HostAgent } from '../options.ts'
import { createOwner, setup, setupNeeded } from './first-owner.ts'
import { agentRoutes } from './routes.ts'
import { authenticateAgent, resolveSession } from './service.ts'

vi.mock('@node-rs/argon2', { spy: true })

const password = 'correct horse battery'
const owner = { email: 'owner@desk.example', password, name: 'Olga Owner' }
const setupToken = 'set-up-token'

const databases: [string, () => Promise<{ db: Db; drop: () => Promise<void> }>][] = [
  [
    'PGlite',
    async () => {
      const pglite = await PGlite.create()
      return { db: await connect({ pglite }), drop: () => pglite.close() }
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const name = `agents_${randomBytes(6).toString('hex')}`
      const url = inject('postgresUrl')
      const db = await connect({ connectionString: await createDatabase(url, name) })
      return {
        db,
        drop: async () => {
          await db.close()
          await dropDatabase(url, name)
        },
      }
    },
  ],
]

describe.each(databases)('agents on %s', (_name, open) => {
  let db: Db
  let drop: () => Promise<void>
  let deps: Deps
  let app: FastifyInstance
  let host: ((request: FastifyRequest) => HostAgent | null) | null = null
  const clock = createClock()

  beforeAll(async () => {
    ;({ db, drop } = await open())
    await migrate(db)
  })
  afterAll(() => drop())

  beforeEach(async () => {
    const tables = ['agents', 'agent_sessions', 'desk_agents', 'desks', 'desk_counters']
    await run(`truncate ${tables.map((name) => `helpdesk.${name}`).join(', ')}`)
    clock.set('2026-11-21T12:00:00Z')
    const config = {
      publicUrl: 'http://localhost',
      allowedOrigins: [],
      setupToken,
      get authenticateAgent() {
        return host
      },
    }
    const newId = () => uuidv7(clock.now(), randomBytes(16))
    deps = { db, now: clock.now, newId, randomBytes, config } as unknown as Deps
    app = Fastify()
    problemErrors(app)
    agentRoutes({ app, deps, rateLimit: async () => undefined })
    vi.clearAllMocks()
  })
  afterEach(() => {
    host = null
  })

  const run = <Row>(text: string) => db.run<Row>({ name: '', text }, [])
  const post = (url: string, payload: object | undefined, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) })
  const signIn = (email = owner.email, word = password, headers: Record<string, string> = {}) =>
    post('/api/agents/sign-in', { email, password: word }, headers)
  const cookieOf = (response: LightMyRequestResponse) =>
    String(response.headers['set-cookie']).split(';')[0] as string
  const me = async (cookie: string) => await app.inject({ url: '/api/agents/me', headers: { cookie } })
  const same = { origin: 'http://localhost' }
  const problem = (response: LightMyRequestResponse) => {
    const { instance: _, ...rest } = response.json()
    return { status: response.statusCode, ...rest }
  }

  describe('sign-in', () => {
    test('answers who it is and what it may do, with a cookie whose value is not in the database', async () => {
      const { publicId } = await createOwner(deps, owner)
      const response = await signIn('OWNER@desk.example ')
      expect(response.statusCode).toBe(200)
      expect(response.json<Session>()).toEqual({
        agent: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          name: 'Olga Owner',
          email: 'owner@desk.example',
          locale: 'en',
          notifications: {
            widget: 'all',
            contact_form: 'all',
            ticket_center: 'all',
            email: 'all',
            api: 'all',
          },
        },
        desks: [{ id: publicId, name: 'Support', role: 'owner' }],
      })
      expect(response.headers['cache-control']).toBe('no-store')
      expect(response.headers['set-cookie']).toMatch(
        /^helpdesk_session=[\w-]{43}; Path=\/; Max-Age=5184000; HttpOnly; SameSite=Lax$/,
      )
      const token = cookieOf(response).split('=')[1] as string
      expect(JSON.stringify(await run('select * from helpdesk.agent_sessions'))).not.toContain(token)
      expect((await me(cookieOf(response))).json()).toEqual(response.json())
    })

    test('A52: an unknown address, one without a password and a wrong password look alike', async () => {
      await createOwner(deps, owner)
      await createOwner(deps, { email: 'sso@desk.example', password: null })
      vi.clearAllMocks()
      const answers: object[] = []
      for (const email of [owner.email, 'sso@desk.example', 'nobody@desk.example', 'no address', '%']) {
        vi.mocked(argon2.verify).mockClear()
        const response = await signIn(email, 'wrong password')
        answers.push({ ...problem(response), verified: vi.mocked(argon2.verify).mock.calls.length })
        expect(response.headers['set-cookie']).toBeUndefined()
      }
      const refusal = {
        type: 'urn:helpdesk:error:sign_in_failed',
        title: 'E-mail or password is wrong',
        status: 401,
        code: 'sign_in_failed',
        verified: 1,
      }
      expect(answers).toEqual([refusal, refusal, refusal, refusal, refusal])
      expect(argon2.hash).not.toHaveBeenCalled()
    })

    test('A52: after five wrong ones the right password has to wait too, for known and unknown accounts', async () => {
      await createOwner(deps, owner)
      const answers: object[][] = []
      for (const email of [owner.email, 'nobody@desk.example']) {
        app = Fastify()
        problemErrors(app)
        agentRoutes({ app, deps, rateLimit: async () => undefined })
        const codes = []
        for (let i = 0; i < 6; i++) codes.push(problem(await signIn(email, 'wrong password')))
        const last = await signIn(email)
        expect(Number(last.headers['retry-after'])).toBeGreaterThanOrEqual(1)
        answers.push([...codes, problem(last)].map(({ code, status }) => ({ code, status })))
      }
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]?.slice(4)).toEqual([
        { code: 'sign_in_failed', status: 401 },
        { code: 'too_many_requests', status: 429 },
        { code: 'too_many_requests', status: 429 },
      ])
    })

    test('A45: a planted session is not taken over: the id is new and the old one ends', async () => {
      await createOwner(deps, owner)
      const planted = cookieOf(await signIn())
      const response = await signIn(owner.email, password, { cookie: planted, ...same })
      expect(cookieOf(response)).not.toBe(planted)
      expect((await me(planted)).statusCode).toBe(401)
      expect((await me(cookieOf(response))).statusCode).toBe(200)
      const invented = `helpdesk_session=${'A'.repeat(43)}`
      const next = await signIn(owner.email, password, { cookie: invented, ...same })
      expect(cookieOf(next)).not.toBe(invented)
      expect((await me(invented)).statusCode).toBe(401)
    })

    test('A41: a page of another origin can neither sign a browser in nor out', async () => {
      await createOwner(deps, owner)
      const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      expect(problem(await signIn(owner.email, password, evil))).toMatchObject({ code: 'origin_not_allowed' })
      expect(argon2.verify).not.toHaveBeenCalled()
      const cookie = cookieOf(await signIn())
      for (const headers of [evil, {}]) {
        const response = await post('/api/agents/sign-out', undefined, { cookie, ...headers })
        expect(problem(response)).toMatchObject({ status: 403, code: 'origin_not_allowed' })
      }
      expect((await me(cookie)).statusCode).toBe(200)
    })

    test('A41: a form of another page is no JSON', async () => {
      await createOwner(deps, owner)
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const payload = JSON.stringify({ email: owner.email, password })
        const request = {
          method: 'POST',
          url: '/api/agents/sign-in',
          headers: { 'content-type': type },
        } as const
        const response = await app.inject({ ...request, payload })
        expect(response.statusCode).toBeGreaterThanOrEqual(400)
        expect(response.headers['set-cookie']).toBeUndefined()
      }
    })

    test.each([
      [{ email: ['owner@desk.example'], password }],
      [{ email: 'owner@desk.example', password: { toString: 'x' } }],
      [{ email: 'owner@desk.example\0', password }],
      [{ email: 'owner@desk.example', password: `${password}\ud800` }],
      [{ email: 'owner@desk.example', password, admin: true }],
      [{ email: 'owner@desk.example', password: 'x'.repeat(201) }],
    ])('refuses the body %j', async (payload) => {
      await createOwner(deps, owner)
      expect(problem(await post('/api/agents/sign-in', payload))).toMatchObject({ code: 'validation_failed' })
    })
  })

  describe('A45: sessions', () => {
    test('signing out ends it on the server', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      const response = await post('/api/agents/sign-out', undefined, { cookie, ...same })
      expect(response.statusCode).toBe(204)
      expect(response.headers['set-cookie']).toMatch(/^helpdesk_session=; Path=\/; Max-Age=0;/)
      expect(problem(await me(cookie))).toMatchObject({ status: 401, code: 'unauthenticated' })
    })

    test('end after 14 days without use', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      for (let days = 0; days < 45; days += 9) {
        clock.advance(9 * 86_400_000)
        expect((await me(cookie)).statusCode).toBe(200)
      }
      clock.advance(14 * 86_400_000)
      expect((await me(cookie)).statusCode).toBe(401)
    })

    test('end after 60 days, however busy', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      for (let days = 0; days < 59; days++) {
        clock.advance(86_400_000)
        expect((await me(cookie)).statusCode).toBe(200)
      }
      clock.advance(86_400_000)
      expect((await me(cookie)).statusCode).toBe(401)
    })

    test('write down their use every five minutes at most', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      const lastUsed = async () => {
        await me(cookie)
        const [row] = await run<{ last_used_at: Date }>('select last_used_at from helpdesk.agent_sessions')
        return row?.last_used_at.toISOString()
      }
      clock.advance(299_999)
      expect(await lastUsed()).toBe('2026-11-21T12:00:00.000Z')
      clock.advance(1)
      expect(await lastUsed()).toBe('2026-11-21T12:05:00.000Z')
    })

    test('that ended are removed when somebody signs in', async () => {
      await createOwner(deps, owner)
      await signIn()
      clock.advance(15 * 86_400_000)
      await signIn()
      expect(await run('select 1 from helpdesk.agent_sessions')).toHaveLength(1)
    })

    test('follow a changed role at once, and end with the agent', async () => {
      const { agentId, publicId } = await createOwner(deps, owner)
      const token = cookieOf(await signIn()).split('=')[1] as string
      const desks = async () => (await resolveSession(deps, token))?.desks
      expect(await desks()).toEqual(new Map([[publicId, 'owner']]))
      await run(`update helpdesk.desk_agents set role = 'viewer'`)
      expect(await desks()).toEqual(new Map([[publicId, 'viewer']]))
      await run('delete from helpdesk.desk_agents')
      expect(await desks()).toEqual(new Map())
      await run(`delete from helpdesk.agents where id = '${agentId}'`)
      expect(await desks()).toBeUndefined()
    })

    test.each([
      ['nothing', ''],
      ['an unknown one', `helpdesk_session=${'x'.repeat(43)}`],
      ['a hash', `helpdesk_session=${'0'.repeat(64)}`],
      ['SQL', `helpdesk_session=' or 1=1 --`],
    ])('of %s are none', async (_what, cookie) => {
      await createOwner(deps, owner)
      await signIn()
      expect((await me(cookie)).statusCode).toBe(401)
    })
  })

  describe('the own profile', () => {
    test('changes what is named and nothing else', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      const patch = (payload: object) =>
        app.inject({ method: 'PATCH', url: '/api/agents/me', headers: { cookie, ...same }, payload })
      expect((await patch({ locale: 'pl' })).json().agent).toMatchObject({ name: 'Olga Owner', locale: 'pl' })
      const second = await patch({ name: '  Olga\u202e\u200b \n O. ', notifications: { email: 'mine' } })
      expect(second.json().agent).toMatchObject({
        name: 'Olga O.',
        locale: 'pl',
        notifications: { email: 'mine', widget: 'all' },
      })
      expect((await patch({})).json().agent).toMatchObject({
        name: 'Olga O.',
        notifications: { email: 'mine' },
      })
      expect(problem(await patch({ name: '\u200b\u202e' }))).toMatchObject({ code: 'validation_failed' })
      expect(problem(await patch({ email: 'x@y.eu' }))).toMatchObject({ code: 'validation_failed' })
      expect(problem(await patch({ role: 'owner' }))).toMatchObject({ code: 'validation_failed' })
      expect(problem(await patch({ locale: 'xx' }))).toMatchObject({ code: 'validation_failed' })
    })
  })

  describe('set-up', () => {
    const first = { setupToken, name: 'Olga', email: 'Olga@Desk.example', password, deskName: 'Kasia’s shop' }
    const needed = async () => (await app.inject({ url: '/api/setup' })).json()

    test('makes the first owner and desk, signs in, and is over then', async () => {
      expect(await needed()).toEqual({ needed: true })
      const response = await post('/api/setup', { ...first, locale: 'pl' })
      expect(response.statusCode).toBe(201)
      expect(response.json<Session>()).toMatchObject({
        agent: { name: 'Olga', email: 'olga@desk.example', locale: 'pl' },
        desks: [{ name: 'Kasia’s shop', role: 'owner' }],
      })
      expect((await me(cookieOf(response))).json()).toEqual(response.json())
      expect(await needed()).toEqual({ needed: false })
      expect(problem(await post('/api/setup', first))).toMatchObject({ status: 403, code: 'setup_done' })
      expect(problem(await post('/api/setup', { ...first, setupToken: 'wrong' }))).toMatchObject({
        code: 'setup_done',
      })
      expect((await signIn('olga@desk.example')).statusCode).toBe(200)
    })

    test('two at once make one', async () => {
      const people = Array.from({ length: 4 }, (_, i) => ({ ...first, email: `p${i}@x.eu` }))
      const results = await Promise.allSettled(people.map((person) => setup(deps, person)))
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'setup_done' })
      }
      expect(await run('select 1 from helpdesk.desks')).toHaveLength(1)
      expect(await run('select 1 from helpdesk.agents')).toHaveLength(1)
      expect(await run(`select 1 from helpdesk.desk_agents where role = 'owner'`)).toHaveLength(1)
    })

    test('wants the right token, and slows guessing down', async () => {
      for (const wrong of ['x', `${setupToken} `, setupToken.toUpperCase(), 'null', 'undefined']) {
        const response = await post('/api/setup', { ...first, setupToken: wrong })
        expect(problem(response)).toMatchObject({ status: 403, code: 'forbidden' })
      }
      expect(problem(await post('/api/setup', first))).toMatchObject({ status: 429 })
      expect(argon2.hash).not.toHaveBeenCalled()
      expect(await needed()).toEqual({ needed: true })
    })

    test('is closed where no token was set', async () => {
      for (const none of [null, '']) {
        const closed = { ...deps, config: { ...deps.config, setupToken: none } } as Deps
        await expect(setup(closed, { ...first, setupToken: '' })).rejects.toMatchObject({ code: 'forbidden' })
      }
    })

    test('refuses a short password, a wrong address and another page', async () => {
      const code = async (change: object, headers = {}) =>
        problem(await post('/api/setup', { ...first, ...change }, headers)).code
      expect(await code({ password: '123456789' })).toBe('validation_failed')
      expect(await code({ email: 'a@b' })).toBe('validation_failed')
      expect(await code({}, { origin: 'https://evil.example' })).toBe('origin_not_allowed')
      expect(await needed()).toEqual({ needed: true })
    })

    test('takes the desk that is already there', async () => {
      await createDesk(deps, db, { name: 'Made by the host', publicId: 'made' })
      const response = await post('/api/setup', first)
      expect(response.json().desks).toEqual([{ id: 'made', name: 'Made by the host', role: 'owner' }])
    })
  })

  describe('an owner named by the operator', () => {
    test('is made once, however often it is asked for', async () => {
      const made = await createOwner(deps, {
        ...owner,
        desk: { publicId: 'demo', name: 'Demo', locale: 'de' },
      })
      expect(made).toMatchObject({ publicId: 'demo', created: true })
      const cookie = cookieOf(await signIn())
      const again = await createOwner(deps, { ...owner, name: 'Another', email: 'Owner@Desk.example' })
      expect(again).toEqual({ ...made, created: false })
      expect((await me(cookie)).json().agent.name).toBe('Olga Owner')
      expect(await setupNeeded(deps)).toBe(false)
    })

    test('several servers that start at once make one', async () => {
      const made = await Promise.all([1, 2, 3].map(() => createOwner(deps, owner)))
      expect(new Set(made.map((one) => one.agentId)).size).toBe(1)
      expect(made.filter((one) => one.created)).toHaveLength(1)
      expect(await run('select 1 from helpdesk.desks')).toHaveLength(1)
    })

    test('gets a new password from there, which ends the sessions of the old one', async () => {
      await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      await createOwner(deps, { ...owner, password: 'another long one' })
      expect((await me(cookie)).statusCode).toBe(401)
      expect((await signIn()).statusCode).toBe(401)
      expect((await signIn(owner.email, 'another long one')).statusCode).toBe(200)
    })

    test('keeps the password where none is given', async () => {
      await createOwner(deps, owner)
      await createOwner(deps, { email: owner.email, password: null })
      expect((await signIn()).statusCode).toBe(200)
    })

    test('must have an address', async () => {
      await expect(createOwner(deps, { ...owner, email: 'nobody' })).rejects.toThrow(TypeError)
    })
  })

  describe('agents that the host signs in', () => {
    const ask = async (claim: HostAgent | null) => {
      host = () => claim
      return (await app.inject({ url: '/api/agents/me' })).json()
    }

    test('are known by address or id', async () => {
      const { agentId, publicId } = await createOwner(deps, owner)
      const expected = { agent: { id: agentId }, desks: [{ id: publicId, role: 'owner' }] }
      expect(await ask({ email: 'OWNER@desk.example' })).toMatchObject(expected)
      expect(await ask({ agentId })).toMatchObject(expected)
      expect(await ask(null)).toMatchObject({ code: 'unauthenticated' })
      expect(await ask({ agentId: deps.newId() })).toMatchObject({ code: 'unauthenticated' })
    })

    test('are refused when unknown, unless the host asks for them to be made', async () => {
      const { publicId } = await createOwner(deps, owner)
      clock.advance(1000)
      await createDesk(deps, db, { name: 'Second', publicId: 'second' })
      const anna = { email: 'anna@host.example', name: 'Anna\u202e' }
      expect(await ask(anna)).toMatchObject({ code: 'unauthenticated' })
      expect(await ask({ ...anna, provision: false, role: 'owner' })).toMatchObject({
        code: 'unauthenticated',
      })
      expect(await ask({ email: 'not an address', provision: true })).toMatchObject({
        code: 'unauthenticated',
      })
      const made = await ask({ ...anna, provision: true, role: 'admin' })
      expect(made).toMatchObject({ agent: { name: 'Anna', email: 'anna@host.example' } })
      expect(made.desks.map((desk: { id: string; role: string }) => [desk.id, desk.role])).toEqual([
        [publicId, 'admin'],
        ['second', 'admin'],
      ])
      // What the team changed since stays: the host's role is only the first one.
      expect(await ask({ ...anna, provision: true, role: 'viewer' })).toEqual(made)
    })

    test('two first requests at once make one agent', async () => {
      await createOwner(deps, owner)
      host = () => ({ email: 'anna@host.example', provision: true })
      const responses = await Promise.all(
        Array.from({ length: 5 }, () => app.inject({ url: '/api/agents/me' })),
      )
      expect(new Set(responses.map((response) => response.json().agent.id)).size).toBe(1)
      expect(responses[0]?.json()).toMatchObject({ agent: { name: 'anna' }, desks: [{ role: 'agent' }] })
    })

    test('have no second door: neither password, nor cookie, nor set-up', async () => {
      expect(await setupNeeded(deps)).toBe(true)
      const { agentId } = await createOwner(deps, owner)
      const cookie = cookieOf(await signIn())
      host = () => null
      expect((await me(cookie)).statusCode).toBe(401)
      expect(problem(await signIn())).toMatchObject({ code: 'sign_in_failed' })
      await run(`delete from helpdesk.desk_agents where agent_id = '${agentId}'`)
      expect(await setupNeeded(deps)).toBe(false)
    })

    test('cost the host one question per request, and a fresh one where it is asked for', async () => {
      await createOwner(deps, owner)
      const asked = vi.fn(() => ({ email: owner.email }))
      host = asked
      const request = {} as FastifyRequest
      const [first, second] = await Promise.all([
        authenticateAgent(deps, request),
        authenticateAgent(deps, request),
      ])
      expect(first).toBe(second)
      expect(asked).toHaveBeenCalledTimes(1)
      asked.mockReturnValue(null as never)
      expect(await authenticateAgent(deps, request)).toBe(first)
      expect(await authenticateAgent(deps, request, { fresh: true })).toBeNull()
    })

    test('get an error, not access, when the host fails', async () => {
      host = () => {
        throw new HelpdeskError('unavailable')
      }
      expect((await app.inject({ url: '/api/agents/me' })).statusCode).toBe(503)
    })
  })
})
