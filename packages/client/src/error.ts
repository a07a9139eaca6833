import type { ErrorCode, Problem } from '@helpdesk/core'

// A symbol of the registry: two copies of this package on one page recognise each other's errors.
const brand = Symbol.for('@helpdesk/client/ApiError')

/**
 * Why a call failed: a code of the desk, or what happened on the way (`network` no connection, `timeout` no
 * answer in time, `aborted` by the caller's signal, `unexpected` an answer that is not the desk's).
 */
export type ApiErrorCode = ErrorCode | 'network' | 'timeout' | 'aborted' | 'unexpected'

/** What is known of a failure beside its code. */
export interface ApiErrorDetails {
  /** What was asked, as `POST /api/…`: the beginning of the message. */
  line?: string
  status?: number
  problem?: Problem
  /** Seconds. */
  retryAfter?: number
  cause?: unknown
}

const reasons: Partial<Record<ApiErrorCode, string>> = {
  network: 'no connection',
  timeout: 'no answer in time',
  unexpected: 'not an answer of the desk',
}

/** The one error that every method of the clients throws; recognise it with {@link isApiError}. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The stable name of what went wrong. */
  readonly code: ApiErrorCode
  /** The HTTP status; 0 when the desk did not answer. */
  readonly status: number
  /** The problem document (RFC 9457) as the desk sent it. */
  readonly problem: Problem | undefined
  /** The request's id in the log of the desk. */
  readonly requestId: string | undefined
  /** Seconds to wait before another try makes sense. */
  readonly retryAfter: number | undefined
  /** What is wrong with which field, by JSON pointer (`/body/email`); empty unless `validation_failed`. */
  readonly fields: Readonly<Record<string, string>>

  constructor(code: ApiErrorCode, details: ApiErrorDetails = {}) {
    const { line, status = 0, problem, cause } = details
    const what = problem?.detail ?? problem?.title ?? reasons[code]
    const head = [line && `${line}:`, status || '', code].filter(Boolean).join(' ')
    super(what ? `${head} – ${what}` : head, { cause })
    this.code = code
    this.status = status
    this.problem = problem
    this.requestId = problem?.instance
    this.retryAfter = details.retryAfter ?? problem?.retryAfter
    this.fields = Object.fromEntries(problem?.errors?.map((one) => [one.pointer, one.detail]) ?? [])
    Object.defineProperty(this, brand, { value: true })
  }
}

/**
 * Whether something caught is an {@link ApiError}, of this or another copy of the package.
 * @example
 * try { await client.conversations.start(input) } catch (error) {
 *   if (isApiError(error) && error.code === 'messaging_disabled') …
 * }
 */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && brand in error
}
