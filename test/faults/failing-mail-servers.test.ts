import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { killAll, type MailProcess, messageIdOf, startMailProcess } from './mail-desk.ts'
import { deliverAt, type Row, rowsOf } from './mail-rows.ts'
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
  slow.drips = await startDrippingServer()
  slow.answers = await startDrippingAnswers(counting.answers?.port ?? 0)
  await counting.gone?.stop()
  const urls = Object.entries({ ...counting, ...slow }).map(([domain, { url }]) => [domain, url] as const)
  const servers = urls.map(([domain, url]) => [
    `${domain}.example`,
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

const byDomain = (rows: Row[]): Record<string, Row> =>
  Object.fromEntries(rows.map((row) => [row.recipient.replace(/^.*@|\.example$/g, ''), row]))
const sendAt = async (ms: number) => byDomain(await deliverAt(desk, database, ms))

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
  const at = start
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
    const first = await sendAt(at)
    ids = Object.fromEntries(domains.map((domain) => [domain, first[domain]?.id ?? '']))
    const second = await sendAt(at + 30_000)
    refusing.busy.refuseGreeting = null
    refusing.later.refuseRecipients = null
    tries = [first, second, await sendAt(at + 150_000)]
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
    for (let row = tries[2]?.gone; row?.state === 'scheduled'; row = (await sendAt(time)).gone)
      time = row.due.getTime()
    const [gone] = (await rowsOf(database)).filter(({ id }) => id === ids.gone)
    expect(gone).toMatchObject({ state: 'failed', reason: 'undeliverable', attempts: 13 })
    expect((time - at) / dayMs).toBeCloseTo(5, 0)
    expect(Object.values(counting).flatMap(({ arrivals }) => arrivals)).toHaveLength(before)
  })
})
