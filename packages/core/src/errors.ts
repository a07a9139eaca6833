/**
 * Every error the desk answers with: its HTTP status and a title for people.
 * The wire form is RFC 9457 `application/problem+json` with `code` beside the standard members.
 */
export const errorTable = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  sign_in_failed: { status: 401, title: 'E-mail or password is wrong' },
  contact_unknown: { status: 401, title: 'The contact or its token is not valid' },
  identity_required: { status: 401, title: 'This desk accepts signed requests only' },
  identity_rejected: { status: 401, title: 'The identity was not accepted' },
  email_link_invalid: { status: 401, title: 'The link or code is not valid any more' },
  forbidden: { status: 403, title: 'Not allowed' },
  origin_not_allowed: { status: 403, title: 'Requests from this origin are not accepted' },
  messaging_disabled: { status: 403, title: 'Messaging is turned off' },
  desk_inactive: { status: 403, title: 'This desk accepts no new conversations' },
  tickets_disabled: { status: 403, title: 'Tickets are turned off' },
  attachments_disabled: { status: 403, title: 'Attachments are turned off' },
  setup_done: { status: 403, title: 'The first owner exists already' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This method is not available here' },
  conflict: { status: 409, title: 'The request conflicts with the current state' },
  idempotency_key_reused: { status: 409, title: 'The Idempotency-Key belongs to a different request' },
  request_in_progress: { status: 409, title: 'The same request is still being worked on' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  quota_exceeded: { status: 413, title: 'Too many files in a short time' },
  attachment_refused: { status: 415, title: 'This kind of file is not accepted' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The desk is not available right now' },
} as const satisfies Record<string, { status: number; title: string }>

/** The stable machine-readable name of an error. */
export type ErrorCode = keyof typeof errorTable

/** One field that was refused: a JSON pointer into the request and what is wrong with it. */
export interface FieldError {
  /** JSON pointer, starting with the part of the request: `/body/email`, `/query/limit`, `/params/helpdeskId`. */
  pointer: string
  detail: string
}

/** The body of every error answer (RFC 9457). */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail?: string
  /** The request's id, as in the server's log. */
  instance?: string
  /** Why, where an error has machine-readable reasons (identity refusals). */
  reason?: string
  /** Seconds to wait, with `too_many_requests` and `unavailable`. */
  retryAfter?: number
  errors?: FieldError[]
}

/** The one error that rules and services throw on purpose; anything else becomes `internal`. */
export class HelpdeskError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly detail: string | undefined
  readonly reason: string | undefined
  readonly retryAfter: number | undefined
  readonly errors: FieldError[] | undefined

  constructor(
    code: ErrorCode,
    options: {
      detail?: string
      reason?: string
      retryAfter?: number
      errors?: FieldError[]
      cause?: unknown
    } = {},
  ) {
    super(options.detail ?? errorTable[code].title, { cause: options.cause })
    this.name = 'HelpdeskError'
    this.code = code
    this.status = errorTable[code].status
    this.detail = options.detail
    this.reason = options.reason
    this.retryAfter = options.retryAfter
    this.errors = options.errors
  }
}

/**
 * The RFC 9457 document of an error.
 * @param instance the request's id
 * @returns a plain object; `type` is a fragment of the error reference page
 */
export function toProblem(error: HelpdeskError, instance?: string): Problem {
  const problem: Problem = {
    type: `urn:helpdesk:error:${error.code}`,
    title: errorTable[error.code].title,
    status: error.status,
    code: error.code,
  }
  if (error.detail !== undefined) problem.detail = error.detail
  if (instance !== undefined) problem.instance = instance
  if (error.reason !== undefined) problem.reason = error.reason
  if (error.retryAfter !== undefined) problem.retryAfter = error.retryAfter
  if (error.errors !== undefined) problem.errors = error.errors
  return problem
}
