import type { Problem } from '@helpdesk/core'
import type { Body, Query, Result, Route } from '@helpdesk/core/api'
import { ApiError, type ApiErrorCode, isApiError } from './error.ts'
import type { Runtime } from './runtime.ts'

/** What every method takes last. */
export interface CallOptions {
  /** Ends the call at once with code `aborted`. */
  signal?: AbortSignal
  /** Milliseconds one try may take; 15,000 when absent. */
  timeoutMs?: number
}

/** What methods that create something take last. */
export interface CreateOptions extends CallOptions {
  /**
   * Names the act: the desk answers a repeat with what the first one made. Random when absent; pass your own
   * (8 to 255 characters) when a try may outlive the page, as an outbox does.
   */
  idempotencyKey?: string
}

/** What a route answers; nothing for 204. */
export type Answer<R extends Route> = Result<R> extends null ? undefined : Result<R>

/** A shape written out, so that an editor shows members and not the way they were derived. */
export type Plain<T> = { [K in keyof T]: T[K] }

/** A request line: the method and the path with its parameters filled in, as `POST /api/…`. */
export type Line<R extends Route = Route> = `${R['method']} ${string}`

/** What a request brings along. */
export interface Input {
  query?: object
  body?: unknown
  headers?: Record<string, string>
  /** Sent as it is, in place of a body. */
  file?: Blob
  /** Instead of the global one, unless the client was given its own. */
  fetch?: typeof fetch
  /** No credentials are sent, so that a browser asks no preflight and caches the answer. */
  anonymous?: boolean
  /** It makes something: an `Idempotency-Key` goes with it, so that it may be tried again. */
  create?: boolean
  /** Doing it twice is the same as once: it may be tried again, as GET always may. */
  repeatable?: boolean
}

/** What a request of a route of the contract brings along. */
export type InputOf<R extends Route> = Input &
  (R extends { body: object } ? { body: Body<R> } : { body?: never }) &
  (R extends { query: object } ? { query?: Query<R> } : { query?: never })

/** How the clients talk to the desk. */
export interface HttpOptions {
  url: string
  fetch?: typeof fetch
  timeoutMs?: number
  credentials: RequestCredentials
  /** The value of `Authorization`, asked for each request. */
  authorization?(): string | undefined
}

/** Bound to one desk's address. */
export interface Http {
  readonly runtime: Runtime
  /** @throws {ApiError} and nothing else */
  call<R extends Route>(line: Line<R>, input: InputOf<R>, options?: CreateOptions): Promise<Answer<R>>
  /** One try, answered with an ok response whose body is still to be read. */
  send(line: Line, input: Input, signal: AbortSignal): Promise<Response>
}

const passing = new Set<ApiErrorCode>(['network', 'timeout', 'request_in_progress', 'unavailable'])
const tries = 3
const firstDelayMs = 300
/** A caller waits for an answer: a longer wait is for them to decide. */
const longestRetryAfterSeconds = 10

/** A connection to one desk's server; every failure becomes an {@link ApiError}. */
export function createHttp(options: HttpOptions, runtime: Runtime): Http {
  const { url, authorization, credentials, timeoutMs: defaultTimeoutMs = 15_000 } = options
  const base = url.replace(/\/+$/, '')

  async function send(line: Line, input: Input, signal: AbortSignal): Promise<Response> {
    const [method, path] = line.split(' ')
    const headers: Record<string, string> = { accept: 'application/json', ...input.headers }
    const known = !input.anonymous && authorization?.()
    if (known) headers.authorization = known
    const init: RequestInit = { method, headers, signal, credentials }
    if (input.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(input.body)
    } else if (input.file) {
      headers['content-type'] = 'application/octet-stream'
      init.body = input.file
    }
    // Looked up late: a page may replace fetch after the client was made.
    const response = await (options.fetch ?? input.fetch ?? fetch)(base + path + queryText(input.query), init)
    if (!response.ok) throw await toError(response, line)
    return response
  }

  async function attempt(line: Line, input: Input, { signal, timeoutMs = defaultTimeoutMs }: CallOptions) {
    if (signal?.aborted) throw new ApiError('aborted', { line })
    const controller = new AbortController()
    const answer = async () => {
      const response = await send(line, input, controller.signal)
      return response.status === 204 ? undefined : response.json()
    }
    try {
      return await within(answer(), timeoutMs, signal, runtime, line)
    } catch (cause) {
      if (isApiError(cause)) throw cause
      const readable = (cause as Error).name !== 'SyntaxError'
      throw new ApiError(readable ? 'network' : 'unexpected', { line, cause })
    } finally {
      controller.abort()
    }
  }

  return {
    runtime,
    send,
    async call(line, input, callOptions = {}) {
      const { create, repeatable = create || line.startsWith('GET') } = input
      const key = create && { 'idempotency-key': callOptions.idempotencyKey ?? runtime.newKey() }
      for (let failures = 1; ; failures++) {
        try {
          return await attempt(line, key ? { ...input, headers: key } : input, callOptions)
        } catch (error) {
          if (!repeatable || failures === tries || !isApiError(error) || !isPassing(error)) throw error
          const backOff = firstDelayMs * 2 ** failures * (0.5 + runtime.random() / 2)
          await pause(runtime, Math.max(backOff, (error.retryAfter ?? 0) * 1000), callOptions.signal)
        }
      }
    },
  }
}

/**
 * What was promised, or an {@link ApiError} `timeout` or `aborted`, at once, even if the work behind it does
 * not know of signals.
 */
export function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  signal: AbortSignal | undefined,
  runtime: Runtime,
  line: string,
): Promise<T> {
  let forget = () => {}
  const outcome = new Promise<T>((resolve, reject) => {
    const abort = () => reject(new ApiError('aborted', { line }))
    const cancel = runtime.after(milliseconds, () => reject(new ApiError('timeout', { line })))
    forget = () => {
      cancel()
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    promise.then(resolve, reject)
  })
  return outcome.finally(forget)
}

/** Waits; ends early, without an error, when the signal is aborted. */
export function pause(runtime: Runtime, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return within(new Promise<void>(() => {}), milliseconds, signal, runtime, '').catch(() => {})
}

/** Whether the same request may well succeed in a moment. */
function isPassing({ code, retryAfter }: ApiError): boolean {
  if (retryAfter !== undefined && retryAfter > longestRetryAfterSeconds) return false
  return passing.has(code) || (code === 'too_many_requests' && retryAfter !== undefined)
}

function queryText(query: object = {}): string {
  // The way through JSON drops what is undefined.
  const text = new URLSearchParams(JSON.parse(JSON.stringify(query))).toString()
  return text && `?${text}`
}

async function toError(response: Response, line: string): Promise<ApiError> {
  const { status, headers } = response
  const document = (await response.json().catch(() => undefined)) as Problem | null | undefined
  // A proxy answers in its own words: only a document with a code is the desk's.
  const problem = typeof document?.code === 'string' ? document : undefined
  const retryAfter = Number(headers.get('retry-after')) || undefined
  return new ApiError(problem?.code ?? codeOf(status), { line, status, problem, retryAfter })
}

function codeOf(status: number): ApiErrorCode {
  if (status === 429) return 'too_many_requests'
  return status > 501 && status < 505 ? 'unavailable' : 'unexpected'
}
