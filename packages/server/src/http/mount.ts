import { type AgentRole, HelpdeskError } from '@helpdesk/core'
import type { Body, Params, Query, Result, Route } from '@helpdesk/core/api'
import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { AgentActor } from '../agents/service.ts'
import type { ContactActor } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type IdempotencyRequest, readIdempotencyKey } from '../idempotency/service.ts'
import { allowAnyOrigin } from './cors.ts'
import { guardAgent, guardDesk, guardVisitor } from './guards.ts'
import { once } from './once.ts'
import type { RateLimiter } from './rate-limit.ts'
import { ipKey } from './throttle.ts'
import { mailScope, uploadScope } from './upload.ts'
import { type Check, compileCheck, withoutIds } from './validation.ts'

/** Returned by a handler that answers on the raw connection (streams). */
export const hijacked = Symbol('hijacked')

type Guarded<R extends Route> = (R['path'] extends
  | `${string}:helpdeskId${string}`
  | `${string}:deskId${string}`
  ? { desk: DeskRecord }
  : Record<never, never>) &
  (R['auth'] extends 'contact' ? { contact: ContactActor } : Record<never, never>) &
  (R['auth'] extends 'visitor' ? { contact: ContactActor | null } : Record<never, never>) &
  (R['auth'] extends 'agent' ? { agent: AgentActor & { role: AgentRole } } : Record<never, never>)

/** What a handler gets: the checked parts of the request and who is asking. */
export type Call<R extends Route> = Guarded<R> & {
  deps: Deps
  params: Params<R>
  query: Query<R>
  body: Body<R>
  /** The `Idempotency-Key` of the request, on routes that honour one. */
  idempotency: IdempotencyRequest | null
  /** Whether the caller would still be let in; streams ask it now and then. */
  stillAllowed: () => Promise<boolean>
  request: FastifyRequest
  reply: FastifyReply
}

/** What mount needs beside the dependencies of the services. */
export interface MountContext {
  app: FastifyInstance
  deps: Deps
  rateLimit: RateLimiter
}

/**
 * Serves a route of the contract: CORS, rate limits, guard and validation before the handler, and only the
 * members that the contract names after it.
 */
export function mount<R extends Route>(
  { app, deps, rateLimit }: MountContext,
  route: R,
  handler: (call: Call<R>) => Promise<Result<R> | typeof hijacked>,
): void {
  // Compiled at the first call: a server that starts has better things to do than to compile every schema.
  const checks = once(() => compileChecks(route))
  const [status, schema] = successOf(route)
  const serialize = status === 204 ? null : once(() => fastJson(withoutIds(schema) as Schema))
  const forVisitors = route.auth !== 'agent' && route.path.includes('/:helpdeskId')

  const options: RouteOptions = {
    method: route.method,
    url: route.path,
    ...(route.bodyBytes ? { bodyLimit: route.bodyBytes } : {}),
    onRequest: async (request, reply) => {
      if (forVisitors) allowAnyOrigin(reply)
      if (route.auth === 'public' || route.auth === 'visitor')
        await rateLimit(route.limit, `ip:${ipKey(request.ip)}`)
    },
    handler: async (request, reply) => {
      const call = await prepare(deps, route, checks(), request, reply, rateLimit)
      const result = await handler(call as Call<R>)
      if (result === hijacked) return reply
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      if (reply.statusCode === 304) return reply.send()
      if (!serialize) return reply.code(204).send()
      return reply
        .code(status)
        .header('content-type', 'application/json; charset=utf-8')
        .send(serialize()(result))
    },
  }
  if (route.upload) uploadScope(app, (scope) => scope.route(options))
  else if (route.mail) mailScope(app, (scope) => scope.route(options))
  else app.route(options)
}

async function prepare(
  deps: Deps,
  route: Route,
  checks: Checks,
  request: FastifyRequest,
  reply: FastifyReply,
  rateLimit: RateLimiter,
) {
  // Who asks comes before what is asked: a stranger learns nothing from a validation error.
  const agent = route.auth === 'agent' ? await guardAgent(deps, route, request) : null
  if (agent) await rateLimit(route.limit === 'write' ? 'agentWrite' : route.limit, `agent:${agent.actor.id}`)
  const body = route.body ? (request.body ?? null) : undefined
  checks.params?.(request.params)
  checks.query?.(request.query)
  checks.body?.(body)
  const desk = await guardDesk(deps, request.params as Record<string, string>)
  const visitor =
    desk && (route.auth === 'contact' || route.auth === 'visitor')
      ? await guardVisitor(deps, desk, route, request, rateLimit)
      : null
  const access = agent && desk ? agent.on(desk, route.role ?? 'viewer') : null
  return {
    deps,
    params: request.params,
    query: request.query,
    body,
    request,
    reply,
    ...(desk ? { desk } : {}),
    ...(agent ? { agent: access ?? { ...agent.actor, role: 'viewer' } } : {}),
    ...(route.auth === 'contact' || route.auth === 'visitor' ? { contact: visitor?.contact ?? null } : {}),
    idempotency: route.idempotent ? readIdempotencyKey(request, route, body) : null,
    stillAllowed: agent ? () => agent.still(desk) : (visitor?.still ?? (async () => true)),
  }
}

interface Checks {
  params?: Check
  query?: Check
  body?: Check
}

function compileChecks(route: Route): Checks {
  const checks: Checks = {}
  // A signed address that is not whole is no different from a wrong one.
  const forPath = route.download ? asNotFound : (check: Check) => check
  if (route.params) checks.params = forPath(compileCheck('params', route.params))
  if (route.query) checks.query = forPath(compileCheck('query', route.query))
  if (route.body) checks.body = compileCheck('body', route.body)
  return checks
}

const asNotFound =
  (check: Check): Check =>
  (value) => {
    try {
      check(value)
    } catch (error) {
      throw new HelpdeskError('not_found', { cause: error })
    }
  }

function successOf(route: Route): [number, unknown] {
  const first = Object.entries(route.response)[0]
  if (!first) throw new Error(`${route.id} has no response`)
  return [Number(first[0]), first[1]]
}
