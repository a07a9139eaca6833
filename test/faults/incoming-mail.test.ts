import { access, mkdtemp, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { killAll, type MailProcess, startMailProcess } from './mail-desk.ts'
import { compareDelivered, everythingOnce, seesDamage } from './mail-ledger.ts'

/** More of them in the long version. */
const isLong = process.env.FAULTS === 'long'
const killsOfOne = isLong ? 20 : 5
const killsOfMany = isLong ? 20 : 3
const different = 200
const parallel = 8
const name = `incoming_${Date.now()}`
/** E-mails that wait for longer are looked for: their job is lost. */
const waitingMs = 5 * 60_000

let url: string
let folder: string
let database: pg.Pool
let server: MailProcess
let secret: string
let starting: Promise<MailProcess>

// The timer that looks for what waits rings every second instead of every minute.
const start = () => {
  starting = startMailProcess({ database: { DATABASE_URL: url }, filesFolder: folder, timersFaster: 60 })
  return starting
}
const restart = async () => {
  await server.kill()
  server = await start()
}

beforeAll(async () => {
  url = await createDatabase(inject('postgresUrl'), name)
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-incoming-'))
  database = new pg.Pool({ connectionString: url, max: 3 })
  server = await start()
  const settings = await server.asOwner<{ webhook: { secret: string } }>('/api/desks/faults/email-settings')
  secret = settings.webhook.secret
})
afterAll(async () => {
  killAll()
  await database.end()
  await dropDatabase(inject('postgresUrl'), name)
  await rm(folder, { recursive: true, force: true })
})

/** An e-mail with a file. */
const letter = (index: string) =>
  `From: Vera <vera${index.replace(' ', '-')}@visitor.example>
To: faults@in.shop.example
Subject: Parcel ${index}
Message-ID: <letter-${index.replace(' ', '-')}@visitor.example>
Date: Sat, 21 Nov 2026 12:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=part

--part
Content-Type: text/plain; charset=utf-8

Where is parcel ${index}?
--part
Content-Type: text/plain; name="list.txt"
Content-Disposition: attachment; filename="list.txt"

Parcel ${index}: one lamp
--part--
`.replaceAll('\n', '\r\n')

/** @throws when it was not acknowledged, whyever */
async function byWebhook(to: MailProcess, mail: string): Promise<void> {
  const response = await fetch(`${to.url}/api/email/faults/incoming`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${secret}` },
    body: mail,
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}

/** @throws when it was not acknowledged, whyever */
async function bySmtp(to: MailProcess, mail: string): Promise<void> {
  const socket = createConnection(to.mailPort, '127.0.0.1')
  socket.setTimeout(10_000, () => socket.destroy(new Error('No answer')))
  const commands = [
    'EHLO mail.visitor.example',
    'MAIL FROM:<vera@visitor.example>',
    'RCPT TO:<faults@in.shop.example>',
    'DATA',
    `${mail}.`,
  ]
  try {
    let answer = ''
    for await (const chunk of socket) {
      answer += String(chunk)
      // The last line of an answer has a space after its code.
      if (!/(?:^|\n)\d{3} [^\n]*\n$/.test(answer)) continue
      if (!/^[23]/.test(answer)) throw new Error(answer)
      answer = ''
      const command = commands.shift()
      if (command === undefined) return
      socket.write(`${command}\r\n`)
    }
  } finally {
    socket.destroy()
  }
  throw new Error('The server hung up')
}

type Way = (to: MailProcess, mail: string) => Promise<void>

/** Brings a mail until it is acknowledged, as mail servers and providers do. */
async function bring(way: Way, mail: string): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    try {
      return await way(await starting, mail)
    } catch (error) {
      if (Date.now() > until) throw error
      await pause(20)
    }
  }
}

/** Waits until every e-mail is taken in, those included whose job died with the server. */
async function allTaken(): Promise<void> {
  await server.clock(Date.now() + waitingMs + 1_000)
  const waiting = async () => {
    const { rows } = await database.query(`select id from helpdesk.emails where state = 'received'`)
    return rows.length
  }
  await expect.poll(waiting, { timeout: 60_000 }).toBe(0)
  await server.clock(null)
}

const bodies = async (like: string) => {
  const text = 'select body from helpdesk.messages where body like $1'
  const { rows } = await database.query<{ body: string }>(text, [like])
  return rows.map(({ body }) => body.trim())
}
/** The messages that have a file, each as often as it has one. */
const withFiles = async (like: string) => {
  const text = `select m.body, a.file_key as key from helpdesk.attachments a
    join helpdesk.messages m on m.desk_id = a.desk_id and m.id = a.message_id where m.body like $1`
  const { rows } = await database.query<{ body: string; key: string }>(text, [like])
  for (const { key } of rows) await access(join(folder, key))
  return rows.map(({ body }) => body.trim())
}
const states = async (like: string) => {
  const text = 'select distinct state, reason from helpdesk.emails where subject like $1'
  const { rows } = await database.query(text, [like])
  return rows
}

describe('an e-mail that is brought by webhook and by SMTP while the server is killed', () => {
  it(`is one message after ${killsOfOne} kill -9, however often it comes`, async () => {
    const ways = [
      byWebhook,
      bySmtp,
      byWebhook,
      bySmtp,
      byWebhook,
      bySmtp,
      byWebhook,
      bySmtp,
      byWebhook,
      bySmtp,
    ]
    const owed = ['Where is parcel same?']
    for (let killed = 0; killed < killsOfOne; killed++) {
      // One that comes again with every kill, and one that comes for the first time.
      const brought = ways.map((way) => bring(way, letter('same')))
      brought.push(...ways.slice(0, 6).map((way) => bring(way, letter(`same ${killed}`))))
      owed.push(`Where is parcel same ${killed}?`)
      // Somewhere between the first connection and the last word about it.
      await pause(60 * Math.random())
      await restart()
      await Promise.all(brought)
    }
    await allTaken()
    expect(await states('Parcel same%')).toEqual([{ state: 'taken', reason: null }])
    const written = await bodies('Where is parcel same%')
    expect(compareDelivered(owed, written)).toEqual(everythingOnce)
    expect(compareDelivered(owed, await withFiles('Where is parcel same%'))).toEqual(everythingOnce)
    expect(seesDamage(owed, written)).toBe(true)
  })

  it(`is one message for each of ${different} that were acknowledged, after ${killsOfMany} kill -9`, async () => {
    const indices = Array.from({ length: different }, (_, index) => String(index))
    let acknowledged = 0
    const lane = async (first: number) => {
      for (let index = first; index < different; index += parallel) {
        const way = (index / parallel) % 2 < 1 ? byWebhook : bySmtp
        await bring(way, letter(String(index)))
        acknowledged += 1
      }
    }
    const killer = async () => {
      for (let killed = 1; killed <= killsOfMany; killed++) {
        while (acknowledged < (killed * different) / (killsOfMany + 1)) await pause(2)
        await pause(Math.random() * 20)
        await restart()
      }
    }
    await Promise.all([killer(), ...Array.from({ length: parallel }, (_, first) => lane(first))])
    await allTaken()
    expect(acknowledged).toBe(different)
    const owed = indices.map((index) => `Where is parcel ${index}?`)
    const written = (await bodies('Where is parcel %')).filter((body) => !body.includes('same'))
    expect(compareDelivered(owed, written)).toEqual(everythingOnce)
    const filed = (await withFiles('%')).filter((body) => !body.includes('same'))
    expect(compareDelivered(owed, filed)).toEqual(everythingOnce)
    expect(seesDamage(owed, written)).toBe(true)
    expect(await states('Parcel %')).toEqual([{ state: 'taken', reason: null }])
    // The ledger reads rows; a row less or twice in the database is seen as well.
    const [lost, doubled] = ['Where is parcel 7?', 'Where is parcel 8?']
    await database.query('delete from helpdesk.messages where body like $1', [`${lost}%`])
    await database.query(
      `insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
        select desk_id, conversation_id, seq + 1000000, gen_random_uuid(), kind, author_type, author_id, body, created_at
        from helpdesk.messages where body like $1`,
      [`${doubled}%`],
    )
    const damaged = (await bodies('Where is parcel %')).filter((body) => !body.includes('same'))
    expect(compareDelivered(owed, damaged)).toEqual({ lost: [lost], repeated: [doubled], strange: [] })
  })
})
