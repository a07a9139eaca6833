import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { api, Body, Result } from '@helpdesk/core/api'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import { inject } from 'vitest'
import { createClock } from '../../../test/support/clock.ts'
import { createDatabase, dropDatabase } from '../../../test/support/postgres.ts'
import { diskFiles } from './adapters/disk-files.ts'
import type { Mail, MailAdapter } from './adapters/mail.ts'
import type { DatabaseOptions } from './db/db.ts'
import { createDesk, type NewDesk } from './desks/service.ts'
import type { HelpdeskHandle, HelpdeskOptions } from './options.ts'
import { helpdesk } from './plugin.ts'

/** The databases that every behaviour is tested on. */
export const databaseKinds = ['pglite', 'postgres'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

/** An empty database of its own for one test file. */
export async function openDatabase(
  kind: DatabaseKind,
): Promise<{ database: DatabaseOptions; close: () => Promise<void> }> {
  if (kind === 'pglite') return openPglite()
  const server = inject('postgresUrl')
  const name = `test_${Math.random().toString(36).slice(2)}`
  const connectionString = await createDatabase(server, name)
  return { database: { connectionString, poolSize: 5 }, close: () => dropDatabase(server, name) }
}

let compiling: ReturnType<typeof compilePglite> | undefined

/** The program of the embedded database, compiled once for all files that a process tests, and optimised on the way. */
function compiled() {
  compiling ??= compilePglite()
  return compiling
}

async function compilePglite() {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  const [program, bundle] = await Promise.all([
    readFile(join(folder, 'pglite.wasm')),
    readFile(join(folder, 'pglite.data')),
  ])
  return { pgliteWasmModule: await WebAssembly.compile(program), fsBundle: new Blob([bundle]) }
}

/** An embedded database of its own that has every table. */
export async function openPglite(): Promise<{ database: { pglite: PGlite }; close: () => Promise<void> }> {
  const template = await readFile(inject('pgliteTemplate'))
  const pglite = await PGlite.create({ ...(await compiled()), loadDataDir: new Blob([template]) })
  return { database: { pglite }, close: () => pglite.close() }
}

/** A mail adapter that keeps what it is given. */
export function memoryMail(): MailAdapter & { mails: Mail[] } {
  const mails: Mail[] = []
  return { mails, send: async (mail) => void mails.push(mail) }
}

type Started = Result<(typeof api)['conversations']['start']>

/** A desk that runs, with a clock that stands still and everything a test does with it. */
export interface TestDesk {
  app: FastifyInstance
  handle: HelpdeskHandle
  clock: ReturnType<typeof createClock>
  mail: ReturnType<typeof memoryMail>
  /** Where attachments are kept. */
  filesFolder: string
  deskId: string
  owner: { email: string; password: string; cookie: string }
  /** A request as the signed-in owner. */
  asOwner(options: InjectOptions): Promise<{ status: number; body: never }>
  /** A request as anybody. */
  call(options: InjectOptions): Promise<{ status: number; body: never; headers: Record<string, unknown> }>
  /** Starts a conversation from the widget. */
  start(body?: Partial<Body<(typeof api)['conversations']['start']>>): Promise<Started>
  /** The authorisation of a contact. */
  bearer(contact: { contactId: string; contactToken: string }): { authorization: string }
  desk(input?: Partial<NewDesk>): Promise<string>
  close(): Promise<void>
}

/** Starts the plugin on an empty database, with an owner and the desk `shop`. */
export async function startDesk(
  kind: DatabaseKind,
  overrides: Partial<HelpdeskOptions> = {},
): Promise<TestDesk> {
  const { database, close } = await openDatabase(kind)
  const clock = createClock()
  const mail = memoryMail()
  const filesFolder = await mkdtemp(join(tmpdir(), 'helpdesk-files-'))
  const app = Fastify({ logger: false })
  const owner = { email: 'olga@shop.example', password: 'correct horse battery', cookie: '' }
  let handle: HelpdeskHandle | undefined
  await app.register(helpdesk, {
    database,
    publicUrl: 'http://localhost',
    mail,
    files: diskFiles({ folder: filesFolder }),
    owner: { ...owner, name: 'Olga' },
    rateLimits: false,
    now: clock.now,
    worker: false,
    onReady: (ready) => {
      handle = ready
    },
    ...overrides,
  })
  await app.ready()
  if (!handle) throw new Error('The plugin did not get ready')
  const { deps } = handle
  const call: TestDesk['call'] = async (options) => {
    const response = await app.inject(options)
    const text = response.body
    return {
      status: response.statusCode,
      body: (text ? JSON.parse(text) : null) as never,
      headers: response.headers,
    }
  }
  const signedIn = await app.inject({
    method: 'POST',
    url: '/api/agents/sign-in',
    payload: owner && { email: owner.email, password: owner.password },
  })
  owner.cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  const [first] = (await app.inject({ url: '/api/desks', headers: { cookie: owner.cookie } })).json().desks
  const desk: TestDesk = {
    app,
    handle,
    clock,
    mail,
    filesFolder,
    deskId: first.id,
    owner,
    call,
    asOwner: (options) =>
      call({ ...options, headers: { origin: 'http://localhost', ...options.headers, cookie: owner.cookie } }),
    async start(body = {}) {
      const payload = { email: 'vera@visitor.example', message: 'Hello', ...body }
      const { status, body: answer } = await call({
        method: 'POST',
        url: `/api/messaging/widget/${first.id}/message`,
        payload,
      })
      if (status !== 201) throw new Error(`start: ${status} ${JSON.stringify(answer)}`)
      return answer as Started
    },
    bearer: ({ contactId, contactToken }) => ({ authorization: `Bearer ${contactId}.${contactToken}` }),
    desk: async (input = {}) => (await createDesk(deps, deps.db, { name: 'Another', ...input })).publicId,
    async close() {
      await app.close()
      await close()
      await rm(filesFolder, { recursive: true, force: true })
    },
  }
  return desk
}
