import type { AgentEvent, Api, VisitorEvent } from '@helpdesk/core/api'
import { isApiError } from './error.ts'
import { type Answer, type Http, type Line, pause, within } from './http.ts'
import type { Runtime } from './runtime.ts'
import { createSseParser } from './sse.ts'

type Page = Answer<Api['events']['visitor' | 'agent']>

/**
 * How a stream of events is doing: `connecting` at first and after a drop, `live` streaming, `polling` asking
 * every few seconds, `offline` the last try failed (it keeps trying).
 */
export type StreamState = 'connecting' | 'live' | 'polling' | 'offline'

/** How to listen to events. */
export interface EventsOptions {
  /** The position after which to begin, the `eventSeq` of an earlier answer; from now on when absent. */
  after?: number
  /** Ends the stream cleanly, without an error. */
  signal?: AbortSignal
  onState?(state: StreamState): void
}

const pollEveryMs = 4_000
const firstReconnectMs = 1_000
const longestReconnectMs = 30_000
/** The server greets at once; what holds its first byte back for so long will not stream. */
const longestGreetingMs = 20_000
/** The server says something every 15 s; a connection silent for three of these is dead. */
const longestSilenceMs = 45_000
/** So many connections in a row without a single byte: something on the way holds the stream back. */
const silentConnections = 2

/** The events of a contact's conversations, each once and in order, until the signal is aborted. */
export function visitorEvents(
  http: Http,
  base: string,
  options?: EventsOptions,
): AsyncIterable<VisitorEvent> {
  return listen<VisitorEvent>(http, `GET ${base}/events`, options)
}

/** The events of a desk, each once and in order, until the signal is aborted. */
export function agentEvents(http: Http, base: string, options?: EventsOptions): AsyncIterable<AgentEvent> {
  return listen<AgentEvent>(http, `GET ${base}/events`, options)
}

/** What outlives a connection. */
interface Progress {
  position: number | undefined
  /** Milliseconds between two connections, at least. */
  reconnectMs: number
  /** Connections in a row that ended early. */
  failures: number
  /** Streams in a row that never said anything. */
  silent: number
  polling: boolean
  /** The current stream has said something. */
  greeted: boolean
}

type Report = (state: StreamState) => void

/** One connection among those that make up a subscription. */
interface Connection {
  http: Http
  line: Line
  progress: Progress
  report: Report
  /** Aborted when the caller has enough, or when it is time to connect again at once. */
  wake: AbortSignal
}

async function* listen<E>(http: Http, line: Line, options: EventsOptions = {}): AsyncGenerator<E, void> {
  const { after: position, signal } = options
  const { runtime } = http
  const progress: Progress = {
    position,
    reconnectMs: firstReconnectMs,
    failures: 0,
    silent: 0,
    polling: false,
    greeted: false,
  }
  const report = reporter(options)
  let wake = new AbortController()
  const interrupt = () => wake.abort()
  signal?.addEventListener('abort', interrupt)
  // After a change of network the old connection is dead, even if it does not know yet.
  const forgetOnline = runtime.onOnline(interrupt)
  try {
    report('connecting')
    while (!signal?.aborted) {
      wake = new AbortController()
      progress.greeted = false
      let waitMs: number
      try {
        waitMs = yield* connect<E>({ http, line, progress, report, wake: wake.signal })
      } catch (error) {
        if (isFinal(error)) throw error
        report(progress.greeted ? 'connecting' : 'offline')
        waitMs = Math.max(afterFailure(progress, runtime), retryAfterMs(error))
      }
      await pause(runtime, waitMs, wake.signal)
    }
  } finally {
    forgetOnline()
    signal?.removeEventListener('abort', interrupt)
  }
}

/** One connection; what it returns is how many milliseconds to wait before the next one. */
async function* connect<E>(connection: Connection): AsyncGenerator<E, number> {
  const { http, line, progress, report } = connection
  const controller = new AbortController()
  try {
    const headers = progress.polling ? undefined : { accept: 'text/event-stream' }
    // In the address, not in `Last-Event-ID`: the same to the desk, and no further header for CORS to allow.
    const input = { query: { after: progress.position }, headers }
    const response = await patiently(connection, http.send(line, input, controller.signal))
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (streams && response.body) {
      yield* readStream<E>(connection, response.body.getReader())
      report('connecting')
      return backOff(progress, http.runtime)
    }
    const { polling } = progress
    progress.polling = true
    // An answer without a readable body comes from a fetch that cannot stream.
    if (streams && !polling) return 0
    const page = await patiently<Page>(connection, response.json())
    report('polling')
    progress.failures = 0
    for (const event of page.events) {
      if (connection.wake.aborted) return 0
      if (isNew(progress, event)) yield event as E
    }
    progress.position = page.cursor
    return page.more ? 0 : pollEveryMs
  } finally {
    controller.abort()
  }
}

async function* readStream<E>(
  connection: Connection,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<E, void> {
  const { progress, report, wake } = connection
  const decoder = new TextDecoder()
  const parse = createSseParser()
  progress.silent++
  try {
    for (;;) {
      const { done, value } = await patiently(connection, reader.read())
      progress.silent = 0
      if (done) return
      report('live')
      // A server that greets and hangs up again and again is not well: its second piece tells.
      if (progress.greeted) progress.failures = 0
      progress.greeted = true
      for (const { data, id, retry } of parse(decoder.decode(value, { stream: true }))) {
        if (wake.aborted) return
        if (retry !== undefined) progress.reconnectMs = Math.min(Math.max(retry, 250), 60_000)
        if (data === undefined) {
          // The desk says where it goes on: past what concerns others, or back after it was restored.
          progress.position = id ?? progress.position
        } else {
          const event: Page['events'][number] = JSON.parse(data)
          if (isNew(progress, event)) yield event as E
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function patiently<T>({ http, line, progress, wake }: Connection, promise: Promise<T>): Promise<T> {
  return within(promise, progress.greeted ? longestSilenceMs : longestGreetingMs, wake, http.runtime, line)
}

function reporter({ onState, signal }: EventsOptions): Report {
  let state: StreamState | undefined
  return (next) => {
    if (next !== state && !signal?.aborted) onState?.(next)
    state = next
  }
}

/** Passing events (typing, presence) have no place in the order: they are always new. */
function isNew(progress: Progress, event: Page['events'][number]): boolean {
  if (!('seq' in event)) return true
  if (event.seq <= (progress.position ?? -1)) return false
  progress.position = event.seq
  return true
}

/** Between the least wait and twice as much, four times as much, … so that streams do not all return at once. */
function backOff(progress: Progress, runtime: Runtime): number {
  const least = progress.reconnectMs
  const most = Math.max(least, Math.min(longestReconnectMs, least * 2 ** ++progress.failures))
  return least + runtime.random() * (most - least)
}

function afterFailure(progress: Progress, runtime: Runtime): number {
  // A poll that failed is a reason to try the stream again.
  progress.polling = progress.silent >= silentConnections
  if (progress.polling) progress.silent = 0
  return backOff(progress, runtime)
}

function retryAfterMs(error: unknown): number {
  return (isApiError(error) && error.retryAfter ? error.retryAfter : 0) * 1000
}

/** Trying again would end the same way: the caller is not known, or not allowed, or what it asks is not there. */
function isFinal(error: unknown): boolean {
  const status = isApiError(error) ? error.status : 0
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}
