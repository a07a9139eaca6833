import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from '../errors.ts'

/**
 * Who may call a route.
 * - `public`: anybody, no identity looked at.
 * - `visitor`: anybody; a contact when its credentials are sent (wrong ones are refused, never ignored).
 * - `contact`: a contact with its token.
 * - `agent`: a signed-in agent; on routes with a desk, one who has at least `role` there.
 */
export type RouteAuth = 'public' | 'visitor' | 'contact' | 'agent'

/** What an agent must at least be on the desk, weakest first. */
export type RouteRole = 'viewer' | 'agent' | 'admin' | 'owner'

/** Which rate limit a call counts against. */
export type RateClass =
  | 'read'
  | 'write'
  | 'start'
  | 'signIn'
  | 'stream'
  | 'typing'
  | 'upload'
  | 'identify'
  | 'link'
  | 'incoming'

/** One endpoint, as data: validation, types, OpenAPI, guards and mock handlers are all made from it. */
export interface Route {
  /** `noun.verb`, the operation id in OpenAPI. */
  id: string
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Under the plugin's prefix, with `:name` parameters. */
  path: string
  auth: RouteAuth
  role?: RouteRole
  summary: string
  description?: string
  limit: RateClass
  /** Honours the `Idempotency-Key` header. */
  idempotent?: boolean
  /** Answers `text/event-stream` when the request accepts it. */
  stream?: boolean
  /** How large the body may be; 256 KiB unless told. */
  bodyBytes?: number
  /** The body is a file as it is (`application/octet-stream`), read as it arrives. */
  upload?: boolean
  /** The body is an e-mail, or whatever a mail program sends; read by the route, not as JSON. */
  mail?: boolean
  /** The answer is a file, not JSON. */
  download?: boolean
  params?: TSchema
  query?: TSchema
  body?: TSchema
  /** Response bodies by status; `204` has none. */
  response: Record<number, TSchema>
  errors: readonly ErrorCode[]
}

/** Declares a route; keeps every literal type. */
export function route<const R extends Route>(definition: R): R {
  return definition
}

type StaticOf<R, K extends keyof Route> =
  R extends Record<K, infer S extends TSchema> ? Static<S> : Record<never, never>

/** The path parameters of a route. */
export type Params<R extends Route> = StaticOf<R, 'params'>
/** The query of a route. */
export type Query<R extends Route> = StaticOf<R, 'query'>
/** The body of a route. */
export type Body<R extends Route> = StaticOf<R, 'body'>
/** What a route answers when it succeeds. */
export type Result<R extends Route> = {
  [S in keyof R['response']]: R['response'][S] extends TSchema ? Static<R['response'][S]> : never
}[keyof R['response']]
