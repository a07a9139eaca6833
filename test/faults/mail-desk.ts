import { type ChildProcess, fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./mail-process.mjs', import.meta.url))

/** What a process of `mail-process.mjs` is started with. */
export interface MailProcessOptions {
  database: { DATABASE_URL: string } | { PGLITE_DIR: string }
  /** Options of `smtpMail` for each domain of recipients; `*` for all others. */
  servers?: Record<string, object>
  filesFolder?: string
  /** The moment at which its clock stands still, until told another; without it time passes. */
  clock?: number
  /** How many times faster the timers ring that look for what was left behind. */
  timersFaster?: number
}

/** A server in a process of its own. */
export interface MailProcess {
  url: string
  mailPort: number
  isAlive(): boolean
  /** Resolves when the process has read an answer of a mail server that it is not going to write down. */
  answered: Promise<string>
  /** For each address an e-mail that is due now. @returns the ids of the notifications */
  owe(addresses: string[]): Promise<string[]>
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>
  /** Sets its clock and stops it; null: time passes as everywhere. */
  clock(ms: number | null): Promise<void>
  /** From now on answers of mail servers are read and not written down. */
  hold(): Promise<void>
  /** Sends what is due. @returns how many notifications were decided */
  sweep(): Promise<number>
  kill(): Promise<void>
  /** Ends it as an operator does, with what is being sent finished. */
  close(): Promise<void>
  /** A request as the owner. */
  asOwner<Body>(path: string, request?: { method: string; body: object }): Promise<Body>
}

interface Told {
  id?: number
  result?: unknown
  error?: string
  answered?: string
  port?: number
  mailPort?: number
}

const running = new Set<ChildProcess>()

/** Kills what a failed test left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts a process and waits until it serves. */
export async function startMailProcess(options: MailProcessOptions): Promise<MailProcess> {
  const child = fork(script, {
    env: {
      ...process.env,
      // It starts often; what was compiled once need not be compiled again.
      NODE_COMPILE_CACHE: join(tmpdir(), 'helpdesk-compile-cache'),
      ...options.database,
      SMTP_SERVERS: JSON.stringify(options.servers ?? {}),
      ...(options.filesFolder ? { FILES_DIR: options.filesFolder } : {}),
      ...(options.clock ? { CLOCK: String(options.clock) } : {}),
      ...(options.timersFaster ? { TIMERS_FASTER: String(options.timersFaster) } : {}),
    },
    execArgv: [],
  })
  running.add(child)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void gone.then(() => running.delete(child))
  const answered = Promise.withResolvers<string>()
  const { port, mailPort } = await firstWords(child)
  const ask = asking(child, answered.resolve)
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    mailPort,
    isAlive,
    answered: answered.promise,
    owe: (addresses) => ask('owe', addresses),
    query: (text, values = []) => ask('query', [text, values]),
    clock: (ms) => ask('clock', ms),
    hold: () => ask('hold'),
    sweep: () => ask('sweep'),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async close() {
      await ask('close')
      await gone
    },
    asOwner: owner(url),
  }
}

function firstWords(child: ChildProcess): Promise<{ port: number; mailPort: number }> {
  return new Promise((resolve, reject) => {
    child.once('message', (told: Told) => resolve({ port: told.port ?? 0, mailPort: told.mailPort ?? 0 }))
    child.once('exit', () => reject(new Error('The server ended before it served')))
  })
}

/** Asks the process to do something; what it did not answer before it ended fails. */
function asking(child: ChildProcess, answered: (messageId: string) => void) {
  let last = 0
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  child.on('message', ({ id = 0, result, error, answered: messageId }: Told) => {
    if (messageId !== undefined) return answered(messageId)
    if (error === undefined) asked.get(id)?.resolve(result)
    else asked.get(id)?.reject(new Error(error))
    asked.delete(id)
  })
  child.once('exit', () => {
    for (const { reject } of asked.values()) reject(new Error('The server ended'))
    asked.clear()
  })
  return <Result>(command: string, argument?: unknown): Promise<Result> => {
    const answer = Promise.withResolvers<unknown>()
    last += 1
    asked.set(last, answer)
    answer.promise.catch(() => undefined)
    // The exit tells who waits; a message to a process that has just ended has no more to say.
    child.send({ id: last, command, argument }, () => undefined)
    return answer.promise as Promise<Result>
  }
}

function owner(url: string): MailProcess['asOwner'] {
  let cookie: Promise<string> | undefined
  const call = (path: string, body: object | undefined, method: string, more: Record<string, string>) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        origin: 'http://127.0.0.1',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...more,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const signIn = async () => {
    const login = { email: 'olga@shop.example', password: 'correct horse battery' }
    const response = await call('/api/agents/sign-in', login, 'POST', {})
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  return async <Body>(path: string, request?: { method: string; body: object }): Promise<Body> => {
    cookie ??= signIn()
    const response = await call(path, request?.body, request?.method ?? 'GET', { cookie: await cookie })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Body
  }
}

/** The Message-ID of a notification. */
export const messageIdOf = (notificationId: string) => `<hd.${notificationId}@shop.example>`

/** `count` different addresses. */
export const addresses = (count: number, domain = 'visitor.example') =>
  Array.from({ length: count }, (_, index) => `contact${index}@${domain}`)
