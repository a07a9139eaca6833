import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { makeDataFolder } from '../support/embedded.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { type Client, compare, runClient } from './ledger.ts'

const kills = 20
const sends = 2_000
/** The embedded database writes one after the other: as many would take minutes, and show the same. */
const fewer = 1_000
const parallel = 8
const script = fileURLToPath(new URL('./desk-process.mjs', import.meta.url))
const oldestFirst = 'select conversation_id, body from helpdesk.messages order by seq'

/** A server that can be killed and started again; `url` waits for it. */
function killable(env: Record<string, string>) {
  let child: ChildProcess | undefined
  let address: Promise<string> = Promise.reject(new Error('not started'))
  address.catch(() => undefined)
  return {
    url: () => address,
    start() {
      const started = spawn(process.execPath, [script], {
        // It starts often; what was compiled once need not be compiled again.
        env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'helpdesk-compile-cache'), ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      address = new Promise((resolve, reject) => {
        started.stdout?.once('data', (line: Buffer) => resolve(`http://127.0.0.1:${Number(line)}`))
        started.once('exit', () => reject(new Error('The server ended')))
      })
      address.catch(() => undefined)
      return address
    },
    async kill() {
      const victim = child
      if (!victim || victim.exitCode !== null || victim.signalCode !== null) return
      const gone = new Promise((resolve) => victim.once('exit', resolve))
      victim.kill('SIGKILL')
      await gone
    },
  }
}

async function torture(
  env: Record<string, string>,
  sends: number,
): Promise<{ clients: Client[]; killed: number }> {
  const server = killable(env)
  await server.start()
  let acknowledged = 0
  let killed = 0
  let over = false
  const more = () => {
    acknowledged += 1
    return acknowledged < sends || killed < kills
  }
  const killer = (async () => {
    while (killed < kills && !over) {
      // Spread over the whole run, at moments that nobody chose.
      const next = ((killed + 1) * sends) / (kills + 1)
      while (acknowledged < next && !over) await pause(5)
      await pause(Math.random() * 30)
      await server.kill()
      killed += 1
      await server.start()
    }
  })()
  try {
    const clients = await Promise.all(
      Array.from({ length: parallel }, (_, index) => runClient(server, 'faults', `client ${index}`, more)),
    )
    await killer
    return { clients, killed }
  } finally {
    over = true
    await server.kill()
  }
}

function expectNothingLost(
  clients: Client[],
  rows: { conversation_id: string; body: string }[],
  killed: number,
  sends: number,
): void {
  const verdict = compare(clients, rows)
  expect(killed).toBe(kills)
  expect(verdict.acknowledged).toBeGreaterThanOrEqual(sends)
  expect(verdict).toMatchObject({ lost: [], doubled: [], outOfOrder: [] })
  // The same ledger against damaged rows: a harness that sees no loss proves nothing.
  const [client] = clients
  const own = rows.filter((row) => row.conversation_id === client?.conversationId)
  const [first, second] = own
  if (!client || !first || !second) throw new Error('Nothing was stored')
  const others = rows.filter((row) => row !== first)
  expect(compare(clients, others).lost).toEqual([first.body])
  expect(compare(clients, [...rows, first]).doubled).toEqual([first.body])
  expect(compare([client], [...own.slice(2), second, first]).outOfOrder).toEqual([client.conversationId])
}

describe(`${kills} kill -9 of the server during acknowledged sends`, () => {
  it(`lose none of ${sends}, double none and keep the order on PostgreSQL`, async () => {
    const server = inject('postgresUrl')
    const url = await createDatabase(server, `faults_${Date.now()}`)
    try {
      const { clients, killed } = await torture({ DATABASE_URL: url }, sends)
      const database = new pg.Client(url)
      await database.connect()
      const { rows } = await database.query(oldestFirst)
      await database.end()
      expectNothingLost(clients, rows, killed, sends)
    } finally {
      await dropDatabase(server, new URL(url).pathname.slice(1))
    }
  })

  it(`lose none of ${fewer}, double none and keep the order on the embedded database`, async () => {
    const folder = await makeDataFolder('faults')
    try {
      const { clients, killed } = await torture({ PGLITE_DIR: join(folder, 'pglite') }, fewer)
      const database = await PGlite.create(join(folder, 'pglite'))
      const { rows } = await database.query<{ conversation_id: string; body: string }>(oldestFirst)
      await database.close()
      expectNothingLost(clients, rows, killed, fewer)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
