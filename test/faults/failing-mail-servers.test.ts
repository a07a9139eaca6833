import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { killAll, type MailProcess, messageIdOf, startMailProcess } from './mail-desk.ts'
import { type CountingServer, startCountingServer } from './mail-server.ts'
import {
  type SlowServer,
  startDrippingAnswers,
  startDrippingServer,
  startSilentServer,
} from './slow-server.ts'

const start = Date.now()
const dayMs = 86_400_000
const name = `failing_${start}`
/** Short only where it is what a test waits for: the machine may be busy. */
const patience: Record<string, object> = {
  silent: { greeting: 500 },
  drips: { total: 1_500 },
  answers: { total: 2_500 },
}

/** The e-mail servers by the domain whose mail they take. */
const counting: Record<string, CountingServer> = {}
const slow: Record<string, SlowServer> = {}
let desk: MailProcess
let database: pg.Pool

beforeAll(async () => {
  const domains = [
    'fine',
    'busy',
    'later',
    'nobody',
    'full',
    'rude',
    'rude-once',
    'answers',
    'gone',
    'others',
  ]
  for (const domain of domains) counting[domain] = await startCountingServer()
  slow.silent = await startSilentServer()
  slow.hanging = await startSilentServer()
  slow.drips = await startDrippingServer()
  slow.answers = await startDrippingAnswers(counting.answers?.port ?? 0)
  await counting.gone?.stop()
  const urls = Object.entries({ ...counting, ...slow }).map(([domain, { url }]) => [domain, url] as const)
  const servers = urls.map(([domain, url]) => [
    domain === 'others' ? '*' : `${domain}.example`,
    { url, timeouts: patience[domain] ?? {} },
  ])
  const url = await createDatabase(inject('postgresUrl'), name)
  database = new pg.Pool({ connectionString: url, max: 3 })
  desk = await startMailProcess({
    database: { DATABASE_URL: url },
    servers: Object.fromEntries(servers),
    clock: start,
  })
})
afterAll(async () => {
  killAll()
  await database?.end()
  const { gone, ...open } = counting
  await Promise.all(Object.values({ ...open, ...slow }).map((one) => one.stop()))
  await dropDatabase(inject('postgresUrl'), name)
})

interface Row {
  id: string
  recipient: string
  state: string
  reason: string | null
  attempts: number
  due: Date
  error: string | null
  sentTo: string | null
}

const rowsNow = async () => {
  const { rows } =
    await database.query<Row>(`select n.id, coalesce(k.email, 'agent') as recipient, n.state, n.reason,
      n.attempts, n.due_at as due, n.last_error as error, n.sent_to as "sentTo"
    from helpdesk.notifications n left join helpdesk.contacts k on k.id = n.recipient_id`)
  return rows
}

/** Sends all that is due at a moment, and waits for what a job has begun to send. */
async function deliverAt(ms: number): Promise<Record<string, Row>> {
  await desk.clock(ms)
  await desk.sweep()
  const isOpen = ({ state, due }: Row) => ['scheduled', 'sending'].includes(state) && due.getTime() <= ms
  const isDone = async () => expect((await rowsNow()).filter(isOpen)).toEqual([])
  await vi.waitFor(isDone, { timeout: 60_000, interval: 20 })
  return Object.fromEntries(
    (await rowsNow()).map((row) => [row.recipient.replace(/^.*@|\.example$/g, ''), row]),
  )
}

/** Sends a request as a visitor. */
async function visit<Body>(path: string, body: object, bearer?: string): Promise<Body> {
  const response = await fetch(`${desk.url}/api/messaging/widget/faults${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

interface Begun {
  contactId: string
  contactToken: string
  conversationId: string
}
async function begin(email: string): Promise<Begun> {
  const begun = await visit<Begun>('/message', { email, message: 'Hello' })
  const { contactId, contactToken, conversationId } = begun
  return { contactId, contactToken, conversationId }
}

describe('500 messages that are read within the delay', () => {
  it('cause no e-mail, and each of their notifications says why', async () => {
    const talk = async (email: string, isRead: boolean) => {
      const { contactId, contactToken, conversationId } = await begin(email)
      const path = `/api/desks/faults/conversations/${conversationId}`
      let seq = 0
      for (let index = 0; index < 5; index++) {
        const body = { message: `Answer ${index}` }
        const answer = await desk.asOwner<{ message: { seq: number } }>(`${path}/replies`, {
          method: 'POST',
          body,
        })
        seq = answer.message.seq
      }
      await desk.asOwner(`${path}/read`, { method: 'POST', body: { seq } })
      if (isRead)
        await visit(`/conversations/${conversationId}/read`, { seq }, `${contactId}.${contactToken}`)
    }
    await talk('vera@unread.example', false)
    const lane = async (lane: number) => {
      for (let index = lane; index < 100; index += 4) await talk(`reader${index}@read.example`, true)
    }
    await Promise.all([0, 1, 2, 3].map(lane))
    await deliverAt(start + 59_999)
    expect(counting.others?.arrivals).toEqual([])
    await deliverAt(start + 60_000)
    const rows = await rowsNow()
    const readers = rows.filter(({ recipient }) => recipient.endsWith('@read.example'))
    expect(readers).toHaveLength(100)
    const unlike = rows.filter(({ state, reason }) => state !== 'skipped' || reason !== 'read')
    // One visitor has not read; a test that sends nothing at all would prove nothing.
    expect(unlike.map(({ recipient, state }) => [recipient, state])).toEqual([
      ['vera@unread.example', 'sent'],
    ])
    expect(counting.others?.arrivals.map(({ to }) => to)).toEqual(['vera@unread.example'])
    expect(counting.others?.arrivals[0]?.raw).toContain('Answer 4')
  })
})

describe('a mail server that', () => {
  const domains = [
    'fine',
    'gone',
    'silent',
    'drips',
    'busy',
    'later',
    'nobody',
    'full',
    'rude',
    'rude-once',
    'answers',
  ]
  const at = start + 120_000
  let ids: Record<string, string>
  let tries: Record<string, Row>[]
  const arrivalsOf = (domain: string) => counting[domain]?.arrivals.map(({ messageId }) => messageId) ?? []
  const mailOf = (domain: string) => messageIdOf(ids[domain] ?? '')
  const statesOf = (domain: string) =>
    tries.map((rows, index) => {
      const { state, attempts, due } = rows[domain] as Row
      return [state, attempts, (due.getTime() - (at + [0, 30, 150][index]! * 1_000)) / 1_000]
    })

  beforeAll(async () => {
    const refusing = counting as Record<
      'busy' | 'later' | 'nobody' | 'full' | 'rude' | 'rude-once',
      CountingServer
    >
    refusing.busy.refuseGreeting = 421
    refusing.later.refuseRecipients = 451
    refusing.nobody.refuseRecipients = 550
    refusing.full.decide = () => ({ refuse: 552 })
    refusing.rude.decide = () => 'hang-up'
    refusing['rude-once'].decide = () => (refusing['rude-once'].arrivals.length === 0 ? 'hang-up' : 'take')
    await desk.clock(at)
    await desk.owe(domains.map((domain) => `vera@${domain}.example`))
    const first = await deliverAt(at)
    ids = Object.fromEntries(domains.map((domain) => [domain, first[domain]?.id ?? '']))
    const second = await deliverAt(at + 30_000)
    refusing.busy.refuseGreeting = null
    refusing.later.refuseRecipients = null
    tries = [first, second, await deliverAt(at + 150_000)]
  })

  it('takes every mail gets it at once', () => {
    expect(statesOf('fine')[0]).toEqual(['sent', 1, 0])
    expect(arrivalsOf('fine')).toEqual([mailOf('fine')])
  })

  it.each([
    ['refuses connections', 'gone', /ECONNREFUSED/],
    ['says nothing', 'silent', /greeting/i],
    ['greets with one byte a second', 'drips', /./],
  ])('%s is tried again after 30 seconds, 2 minutes, 10 minutes', (_, domain, error) => {
    expect(statesOf(domain)).toEqual([
      ['scheduled', 1, 30],
      ['scheduled', 2, 120],
      ['scheduled', 3, 600],
    ])
    for (const rows of tries)
      expect(rows[domain]).toMatchObject({ error: expect.stringMatching(error), sentTo: null })
  })

  it.each([
    ['greets with 421', 'busy', /421/],
    ['answers 451 to the recipient', 'later', /451/],
  ])('%s gets the mail when it takes mails again', (_, domain, error) => {
    expect(statesOf(domain).slice(0, 2)).toEqual([
      ['scheduled', 1, 30],
      ['scheduled', 2, 120],
    ])
    expect(tries[1]?.[domain]?.error).toMatch(error)
    expect(tries[2]?.[domain]).toMatchObject({ state: 'sent', attempts: 3, error: null })
    expect(arrivalsOf(domain)).toEqual([mailOf(domain)])
  })

  it.each([
    ['answers 550 to the recipient', 'nobody', /550/],
    ['answers 552 to the mail', 'full', /552/],
  ])('%s is not asked again', (_, domain, error) => {
    for (const rows of tries)
      expect(rows[domain]).toMatchObject({
        state: 'failed',
        reason: 'undeliverable',
        attempts: 1,
        sentTo: null,
      })
    expect(tries[2]?.[domain]?.error).toMatch(error)
    expect(arrivalsOf(domain)).toEqual([])
  })

  it('hangs up after the mail gets it once more and no third time', () => {
    expect(statesOf('rude').slice(0, 1)).toEqual([['sending', 1, 30]])
    for (const rows of tries.slice(1))
      expect(rows.rude).toMatchObject({
        state: 'failed',
        attempts: 2,
        error: expect.stringMatching(/not known whether it arrived/),
        sentTo: 'vera@rude.example',
      })
    expect(arrivalsOf('rude')).toEqual([mailOf('rude'), mailOf('rude')])
  })

  it('hangs up after the mail and takes it the second time has it twice, as the same mail', () => {
    expect(tries[2]?.['rude-once']).toMatchObject({ state: 'sent', attempts: 2, error: null })
    expect(arrivalsOf('rude-once')).toEqual([mailOf('rude-once'), mailOf('rude-once')])
  })

  it('answers with one byte a second is asked once more, as nobody knows what it was about to say', () => {
    expect(statesOf('answers')[0]).toEqual(['sending', 1, 30])
    expect(tries[2]?.answers).toMatchObject({ state: 'failed', attempts: 2, sentTo: 'vera@answers.example' })
    expect(arrivalsOf('answers')).toEqual([mailOf('answers'), mailOf('answers')])
  })

  it('fails is shown to agents with its words', async () => {
    const { notifications } = await desk.asOwner<{ notifications: Record<string, unknown>[] }>(
      '/api/desks/faults/notifications?state=failed',
    )
    const shown = (domain: string) => notifications.find(({ id }) => id === ids[domain])
    expect(shown('nobody')).toMatchObject({
      reason: 'undeliverable',
      lastError: expect.stringMatching(/550/),
      maybeSent: false,
    })
    expect(shown('rude')).toMatchObject({ attempts: 2, maybeSent: true, messageId: mailOf('rude') })
    const waiting = await desk.asOwner<typeof notifications & { notifications: Record<string, unknown>[] }>(
      '/api/desks/faults/notifications?state=scheduled',
    )
    expect(waiting.notifications.find(({ id }) => id === ids.gone)).toMatchObject({
      attempts: 3,
      dueAt: new Date(at + 750_000).toISOString(),
    })
  })

  it('never answers is given up after five days, and what has failed stays failed', async () => {
    let time = at + 150_000
    const before = Object.values(counting).flatMap(({ arrivals }) => arrivals).length
    await database.query(`update helpdesk.notifications set state = 'skipped' where id = any($1)`, [
      [ids.silent, ids.drips],
    ])
    for (let row = tries[2]?.gone; row?.state === 'scheduled'; row = (await deliverAt(time)).gone)
      time = row.due.getTime()
    const [gone] = (await rowsNow()).filter(({ id }) => id === ids.gone)
    expect(gone).toMatchObject({ state: 'failed', reason: 'undeliverable', attempts: 13 })
    expect((time - at) / dayMs).toBeCloseTo(5, 0)
    expect(Object.values(counting).flatMap(({ arrivals }) => arrivals)).toHaveLength(before)
  })
})

describe('while a mail server says nothing', () => {
  it('visitors write as fast as without', async () => {
    const lanes = await Promise.all(Array.from({ length: 4 }, (_, lane) => begin(`lane${lane}@fast.example`)))
    const p95 = async (count: number) => {
      const times: number[] = []
      const lane = async (conversation: Begun) => {
        for (let index = 0; index < count; index++) {
          const began = performance.now()
          await visit('/reply', { ...conversation, message: `Message ${index}` })
          times.push(performance.now() - began)
        }
      }
      await Promise.all(lanes.map(lane))
      return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
    }
    // Jobs go by the clock of the database.
    await desk.clock(Date.now())
    await p95(25)
    const before = await p95(60)
    await desk.owe(Array.from({ length: 200 }, (_, index) => `vera${index}@hanging.example`))
    void desk.sweep().catch(() => undefined)
    const hanging = async () => {
      const rows = (await rowsNow()).filter(({ recipient }) => recipient.endsWith('@hanging.example'))
      return rows.filter(({ state }) => state === 'sending').length
    }
    // What the sweep and the jobs of one process have under way at once.
    await expect.poll(hanging, { timeout: 20_000 }).toBeGreaterThanOrEqual(15)
    const during = await p95(60)
    expect(await hanging()).toBeGreaterThanOrEqual(5)
    console.info(
      `p95 of a message: ${before.toFixed(1)} ms, with a silent mail server ${during.toFixed(1)} ms`,
    )
    expect(during).toBeLessThan(2 * Math.max(before, 25))
  })
})
