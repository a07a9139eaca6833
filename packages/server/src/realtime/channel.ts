import { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'

/** What a channel needs of its owner. */
export interface ChannelOptions {
  name: string
  connectionString?: string
  pool?: pg.Pool
  log: Pick<FastifyBaseLogger, 'warn'>
  heartbeatMs?: number
  retryMs?: number
  answerWithinMs?: number
  /** A payload that nobody acts on; its echo proves that notifications arrive. */
  probe: string
  /** Hands over the payloads that wait, and forgets them. */
  takeOutgoing(): string[]
  /** Takes payloads back that could not be sent. */
  giveBack(payloads: string[]): void
  onPayload(payload: string): void
  /** Called after every (re)connect: what was said meanwhile is lost. */
  onListening(): void
}

/** One connection that listens and notifies, and comes back when it breaks. */
export interface Channel {
  /** Sends what waits, together with everything else of this tick. */
  flush(): void
  isOpen(): boolean
  listening(): Promise<void>
  close(): Promise<void>
}

const longestRetryMs = 5_000
const farewellMs = 1_000
const notify = 'select pg_notify($1, payload) from unnest($2::text[]) payload'

const noop = () => {}

/** Opens the channel; connects in the background and never throws. */
export function openChannel(options: ChannelOptions): Channel {
  const { retryMs = 100, log } = options
  const state: ChannelState = { open: false, closed: false, deaf: false, failures: 0, wake: noop, cut: noop }
  let heard = noop
  const listening = new Promise<void>((resolve) => {
    heard = resolve
  })
  const closing = new AbortController()

  async function keepConnected(): Promise<void> {
    while (!state.closed) {
      try {
        await session(options, state, heard)
      } catch (error) {
        if (!state.closed) log.warn({ err: error }, 'the connection of the bus broke; connecting again')
      }
      state.open = false
      if (!state.closed) await pause(retryDelay(retryMs, state.failures++), closing.signal)
    }
  }

  const running = keepConnected()
  return {
    flush: () => state.wake(),
    isOpen: () => state.open,
    listening: () => listening,
    async close() {
      state.closed = true
      closing.abort()
      state.wake()
      // A server that does not answer must not hold up the end of the process.
      await Promise.race([running, pause(farewellMs)])
      state.cut()
    },
  }
}

interface ChannelState {
  open: boolean
  closed: boolean
  /** It has been said that notifications do not arrive. */
  deaf: boolean
  failures: number
  wake(): void
  /** Ends the connection without asking the server. */
  cut(): void
}

/** From connecting until the channel is closed; throws when the connection breaks. */
async function session(options: ChannelOptions, state: ChannelState, heard: () => void): Promise<void> {
  const { client, cut } = newClient(options)
  const latch = createLatch()
  state.wake = latch.open
  state.cut = cut
  let ended = false
  let echoed = true
  client.once('end', () => {
    ended = true
    latch.open()
  })
  client.on('notification', ({ payload = '' }) => {
    if (payload === options.probe) echoed = true
    else options.onPayload(payload)
  })
  try {
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(options.name)}`)
    state.open = true
    state.failures = 0
    heard()
    options.onListening()
    let idle = true
    while (!state.closed) {
      if (idle && !echoed) warnOnce(options, state)
      if (idle) echoed = false
      await send(client, options, idle ? [options.probe] : [])
      const sentAt = performance.now()
      idle = !(await latch.wait(options.heartbeatMs ?? 30_000))
      if (ended) throw new Error('The connection ended')
      // What this tick still publishes goes into the same statement; under load, what some milliseconds do. A NOTIFY
      // for every message would cost the database nearly as much as a message.
      const rest = gatherMs - (performance.now() - sentAt)
      await (rest > 0 ? pause(rest) : new Promise(setImmediate))
    }
    await send(client, options, [])
    await Promise.race([client.end(), pause(farewellMs)])
  } finally {
    cut()
  }
}

async function send(client: pg.Client, options: ChannelOptions, probe: string[]): Promise<void> {
  const waiting = options.takeOutgoing()
  const payloads = [...probe, ...waiting]
  if (payloads.length === 0) return
  try {
    await client.query(notify, [options.name, payloads])
  } catch (error) {
    options.giveBack(waiting)
    throw error
  }
}

function warnOnce({ log }: ChannelOptions, state: ChannelState): void {
  if (state.deaf) return
  state.deaf = true
  log.warn('notifications do not arrive: is a transaction pooler in between? Name the server itself')
}

/** So long at least lies between two statements, in milliseconds. This process's own streams do not wait for them. */
const gatherMs = 5

/** A client on a socket that we can cut, which `end` does not do when the other side is silent. */
function newClient({ pool, connectionString, answerWithinMs = 10_000 }: ChannelOptions) {
  const base: pg.ClientConfig = connectionString === undefined ? poolOptions(pool) : { connectionString }
  const socket = base.stream?.() ?? new Socket()
  const client = new pg.Client({
    ...base,
    stream: () => socket,
    application_name: 'helpdesk bus',
    keepAlive: true,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  // Without a listener a broken connection would end the process.
  client.on('error', () => undefined)
  return { client, cut: () => void socket.destroy() }
}

function poolOptions(pool: pg.Pool | undefined): pg.ClientConfig {
  if (!pool) throw new TypeError('The bus needs a connection string or a pool')
  // The pool hides its password and key from being listed, and so from the spread.
  return { ...pool.options, password: pool.options.password, ssl: pool.options.ssl }
}

function retryDelay(firstMs: number, failures: number): number {
  const longest = Math.min(longestRetryMs, firstMs * 2 ** Math.min(failures, 10))
  return longest * (0.5 + Math.random() / 2)
}

/** Something to wait for that may be opened before, while or after somebody waits. */
function createLatch() {
  let isOpen = false
  let release = noop
  return {
    open() {
      isOpen = true
      release()
    },
    /** Resolves true once it is open, false after the time; closes behind itself. */
    async wait(ms: number): Promise<boolean> {
      if (!isOpen) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          timer.unref()
          release = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const opened = isOpen
      isOpen = false
      return opened
    },
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
