import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'

const mebibyte = 1024 * 1024
const size = 10 * mebibyte
const parallel = 20
const script = fileURLToPath(new URL('./desk-process.mjs', import.meta.url))
const zip = Buffer.from('504b0304140000000800', 'hex')

/** A file of 10 MiB that never lies in memory as a whole on this side either. */
function body(head: Uint8Array, options: { pauseMs?: number; stopAfter?: number } = {}): ReadableStream {
  const piece = Buffer.alloc(128 * 1024, 'helpdesk')
  let sent = 0
  return new ReadableStream(
    {
      async pull(controller) {
        if (options.pauseMs) await pause(options.pauseMs)
        if (sent >= (options.stopAfter ?? size)) {
          if (options.stopAfter) controller.error(new Error('gone'))
          else controller.close()
          return
        }
        const part = Buffer.from(piece.subarray(0, Math.min(piece.length, size - sent)))
        if (sent === 0) part.set(head)
        sent += part.length
        controller.enqueue(part)
      },
    },
    { highWaterMark: 0 },
  )
}

describe.runIf(platform() === 'linux')('20 parallel uploads of 10 MiB', () => {
  let folder: string
  let database: string
  let server: ChildProcess
  let address: string
  const postgres = inject('postgresUrl')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-uploads-'))
    database = `uploads_${Date.now()}`
    const env = { DATABASE_URL: await createDatabase(postgres, database), FILES_DIR: folder }
    server = spawn(process.execPath, [script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    address = await new Promise((resolve, reject) => {
      server.stdout?.once('data', (line: Buffer) => resolve(`http://127.0.0.1:${Number(line)}`))
      server.once('exit', () => reject(new Error('The server ended')))
    })
    // What is loaded with the first upload is not what uploads cost.
    await upload(body(zip))
  })
  afterAll(async () => {
    if (server && server.exitCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await gone
    }
    await dropDatabase(postgres, database)
    await rm(folder, { recursive: true, force: true })
  })

  const upload = async (content: ReadableStream, headers: Record<string, string> = {}) => {
    const response = await fetch(`${address}/api/messaging/widget/faults/attachments?name=a.zip`, {
      method: 'POST',
      body: content,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      duplex: 'half',
    } as RequestInit)
    return { status: response.status, body: await response.json() }
  }
  const memory = async (line: 'VmRSS' | 'VmHWM') => {
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
    return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
  }
  /** How far the resident memory of the server rises above where it was, in MiB. */
  const costOf = async (work: () => Promise<void>) => {
    await writeFile(`/proc/${server.pid}/clear_refs`, '5')
    const before = await memory('VmRSS')
    await work()
    return (await memory('VmHWM')) - before
  }
  const rows = async () => {
    const client = new pg.Client({ connectionString: `${postgres.replace(/\/[^/]*$/, '')}/${database}` })
    await client.connect()
    const result = await client.query('select count(*)::int as n from helpdesk.attachments')
    await client.end()
    return result.rows[0].n
  }
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length

  it.each([
    ['announced', { 'content-length': String(size) }, {}],
    ['in pieces', {}, {}],
    ['announced, by slow senders', { 'content-length': String(size) }, { pauseMs: 25 }],
  ])('%s cost at most 64 MB of memory', async (name, headers, pace) => {
    const cost = await costOf(async () => {
      const answers = await Promise.all(
        Array.from({ length: parallel }, () => upload(body(zip, pace), headers as Record<string, string>)),
      )
      for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: { bytes: size } })
    })
    console.info(`20 parallel uploads of 10 MiB ${name}: ${cost.toFixed(1)} MiB of extra memory`)
    expect(cost).toBeLessThanOrEqual(64)
  })

  it('that all break off leave no row and no file', async () => {
    const before = [await rows(), await files()]
    const broken = Array.from({ length: parallel }, () => upload(body(zip, { stopAfter: 6 * mebibyte })))
    const outcomes = await Promise.allSettled(broken)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    await expect.poll(async () => [await rows(), await files()], { timeout: 10_000 }).toEqual(before)
  })
})
