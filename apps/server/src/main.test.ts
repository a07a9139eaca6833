import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDataFolder } from '../../../test/support/embedded.ts'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const startMs = 60_000

/** A server program that was started, and what it has printed so far. */
interface Program {
  child: ChildProcess
  printed(): string
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | string | null>
}

describe('the server program', () => {
  let folder: string
  const programs: Program[] = []

  beforeAll(async () => {
    if (!existsSync(main)) throw new Error('apps/server is not built: run `pnpm build` first')
  }, startMs)
  beforeEach(async () => {
    folder = await makeDataFolder('main')
  })
  afterEach(async () => {
    for (const { child, ended } of programs.splice(0)) {
      child.kill('SIGKILL')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  })

  const run = (env: Record<string, string>): Program => {
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'fatal', ...env },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
    const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
    const program = { child, printed: () => text, ended }
    programs.push(program)
    return program
  }

  /** Starts it and waits until it says that it runs. */
  const start = async (env: Record<string, string> = {}): Promise<Program & { url: string }> => {
    const program = run(env)
    let code: unknown
    void program.ended.then((ended) => {
      code = ended
    })
    while (!program.printed().includes('/api/docs')) {
      if (code !== undefined) throw new Error(`It ended with ${code}: ${program.printed()}`)
      await Promise.race([once(program.child.stdout as NodeJS.EventEmitter, 'data'), program.ended])
    }
    const url = /http:\S+(?=\/dashboard\/)/.exec(program.printed())?.[0] ?? ''
    return { ...program, url }
  }

  test('refuses a wrong environment in one line', async () => {
    const program = run({ PORT: 'http' })
    expect(await program.ended).toBe(1)
    expect(program.printed()).toBe('PORT must be a whole number from 0 to 65535, not "http"\n')
  })

  test(
    'says where everything is and how to sign in, keeps a second one out, and leaves in order on SIGTERM',
    async () => {
      const program = await start({ HELPDESK_DEMO: '1' })
      const said = program.printed()
      expect(said).toContain(`${program.url}/demo\n`)
      expect(said).toContain(`${program.url}/help/demo\n`)
      expect(said).toContain(`${program.url}/dev/mail`)
      expect(said).toMatch(/Sign in as\s+owner@demo\.example\n\s+with\s+([a-z2-9]{4}-){3}[a-z2-9]{4}\n/)
      expect(said).toContain('Production belongs on PostgreSQL: set DATABASE_URL.')
      expect(said).not.toContain('setup?token')
      expect(said).not.toContain('\u001b')
      expect((await fetch(`${program.url}/readyz`)).status).toBe(200)

      const second = run({})
      expect(await second.ended).toBe(1)
      expect(second.printed()).toContain(`is in use by process ${program.child.pid}.`)
      expect(second.printed().trim().split('\n')).toHaveLength(1)

      program.child.kill('SIGTERM')
      expect(await program.ended).toBe(0)
      expect(await readdir(folder)).not.toContain('pglite.lock')
    },
    startMs,
  )

  test(
    'takes over after kill -9, with everything that was acknowledged',
    async () => {
      const owner = { HELPDESK_OWNER_EMAIL: 'olga@desk.example', HELPDESK_OWNER_PASSWORD: 'correct horse' }
      const first = await start(owner)
      expect(first.printed()).not.toMatch(/setup\?token|correct horse/)
      const signIn = async (url: string) => {
        const body = JSON.stringify({ email: 'olga@desk.example', password: 'correct horse' })
        const headers = { 'content-type': 'application/json' }
        return await fetch(`${url}/api/agents/sign-in`, { method: 'POST', headers, body })
      }
      const session = await signIn(first.url)
      const cookie = String(session.headers.get('set-cookie')).split(';')[0] ?? ''
      first.child.kill('SIGKILL')
      expect(await first.ended).toBe('SIGKILL')
      expect(await readdir(folder)).toContain('pglite.lock')

      const second = await start(owner)
      const me = await fetch(`${second.url}/api/agents/me`, { headers: { cookie } })
      expect(await me.json()).toEqual(await session.json())
      expect(me.status).toBe(200)
    },
    startMs,
  )

  test(
    'says that the port is taken',
    async () => {
      const taken = createServer()
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
      const { port } = taken.address() as { port: number }
      const program = run({ PORT: String(port) })
      expect(await program.ended).toBe(1)
      expect(program.printed()).toBe(`Port ${port} on 127.0.0.1 is taken: set PORT to another one.\n`)
      taken.close()
    },
    startMs,
  )

  test(
    'says that the database does not answer',
    async () => {
      const program = run({ DATABASE_URL: 'postgres://desk:secret@127.0.0.1:1/desk' })
      expect(await program.ended).toBe(1)
      expect(program.printed()).toMatch(/^The database in DATABASE_URL does not answer: .*\n$/)
      expect(program.printed()).not.toContain('secret')
    },
    startMs,
  )
})
