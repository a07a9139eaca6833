import { type AgentRole, agentRoles, HelpdeskError, isInlineImage, toProblem } from '@helpdesk/core'
import { api, type Route, routes } from '@helpdesk/core/api'
import { type HttpHandler, HttpResponse, http } from 'msw'
import type { Ask } from './ask.ts'
import { ownViewer } from './contact-views.ts'
import type { Controls } from './controls.ts'
import type { ContactRecord, DeskRecord, FileRecord, SessionRecord, Viewer, World } from './records.ts'
import { answers } from './routes.ts'
import { findErrors, refusal, type Schema } from './schema.ts'
import { openStream } from './streams.ts'

/** A request on its way through the door. */
interface Visit {
  route: Route
  request: Request
  params: Record<string, unknown>
  query: Record<string, string>
  body: unknown
  bytes: Uint8Array<ArrayBuffer>
}

type AnswerOne = (ask: Ask<Route>) => unknown

const answersById = new Map<string, AnswerOne>(
  Object.entries(api).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, route]: [string, Route]) => {
      const byVerb = answers[noun as keyof typeof answers] as unknown as Record<string, AnswerOne>
      const answer = byVerb[verb]
      if (!answer) throw new Error(`The contract has a route without an answer here: ${route.id}`)
      return [route.id, answer]
    }),
  ),
)

// Not every test runs on the desk's own origin, and an upload is no simple request.
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' }

/** A handler for what a page of another origin asks before it uploads. */
function preflight(base: string, { path }: Route): HttpHandler {
  return http.options(base + path, () => {
    const allowed = {
      'access-control-allow-headers': '*, authorization',
      'access-control-allow-methods': '*',
    }
    return new Response(null, { status: 204, headers: { ...cors, ...allowed } })
  })
}

/** One MSW handler per route of the contract; `base` is what stands before `/api`. */
export function createHandlers(base: string, world: () => World, controls: Controls): HttpHandler[] {
  // What is fixed comes before what has a parameter in the same place.
  const ordered = routes.toSorted((a, b) => a.path.split(':').length - b.path.split(':').length)
  const uploads = ordered.filter((route) => route.upload)
  const handlers = ordered.map((route) =>
    http[route.method.toLowerCase() as Lowercase<Route['method']>](
      base + route.path,
      async ({ request, params }) => {
        const query = Object.fromEntries(new URL(request.url).searchParams)
        // The star of an address that may be any is a parameter too.
        const named = Object.fromEntries(Object.entries(params).filter(([name]) => !/^\d+$/.test(name)))
        const bytes = new Uint8Array(await request.arrayBuffer())
        const isText = !route.upload && !route.mail
        const text = isText ? new TextDecoder().decode(bytes) : ''
        controls.note(route, request, isText ? text : bytes)
        await controls.held(route.id)
        if (controls.offline) return HttpResponse.error()
        try {
          const failure = controls.takeFailure(route.id)
          if (failure) throw failure
          const body = parse(text)
          return respond({ route, request, params: named, query, body, bytes }, world(), controls)
        } catch (error) {
          return refuse(error)
        }
      },
    ),
  )
  return [...handlers, ...uploads.map((route) => preflight(base, route))]
}

function respond(visit: Visit, world: World, controls: Controls): Response {
  const { route, request } = visit
  const ask = admit(visit, world)
  const streams = request.headers.get('accept')?.includes('text/event-stream')
  if (route.stream && streams && controls.streaming) {
    const position = request.headers.get('last-event-id') ?? visit.query.after
    const after = position === undefined ? undefined : Number(position)
    const { desk, viewer, agent } = ask
    const body = openStream({ desk, viewer, agent: viewer ? null : agent, after, signal: request.signal })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    })
  }
  if (route.upload && request.headers.get('content-type') !== 'application/octet-stream') {
    throw new HelpdeskError('unsupported_media_type')
  }
  const answer = () => {
    const result = answersById.get(route.id)?.(ask)
    return route.download ? toDownload(result as FileRecord) : toResponse(route, result)
  }
  const key = route.idempotent ? request.headers.get('idempotency-key') : null
  if (key === null) return answer()
  if (!/^[\x21-\x7e]{8,255}$/.test(key))
    throw new HelpdeskError('idempotency_key_invalid', {
      detail: 'Idempotency-Key must have 8 to 255 visible ASCII characters',
    })
  const scope = ask.agent?.id ?? ask.contact?.id ?? 'anonymous'
  const asked = JSON.stringify([route.id, visit.params, visit.body])
  return controls.once(`${scope} ${key}`, asked, answer)
}

/** Who asks, whether they may, and whether what they ask is valid. */
function admit(visit: Visit, world: World): Ask<Route> {
  const { route, request, params, query, body, bytes } = visit
  const agent = route.auth === 'agent' ? world.session : null
  if (route.auth === 'agent' && !agent) throw new HelpdeskError('unauthenticated')
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = route[part] as Schema | undefined
    const errors = schema ? findErrors(schema, visit[part], `/${part}`) : []
    if (errors.length) throw refusal(errors)
  }
  const desk = deskOf(params, world)
  const role = agent && desk.roles.get(agent.id)
  if (agent && 'deskId' in params && !role) throw new HelpdeskError('not_found')
  if (route.role && role && agentRoles.indexOf(role) > agentRoles.indexOf(route.role)) {
    throw new HelpdeskError('forbidden')
  }
  const known = ['contact', 'visitor'].includes(route.auth) ? comerOf(visit, world, desk) : null
  return {
    world,
    desk,
    role: role ?? ('viewer' satisfies AgentRole),
    contact: (known?.viewer.contact ?? null) as ContactRecord,
    viewer: (known?.viewer ?? null) as Viewer,
    session: known?.session ?? null,
    credentials: credentialsOf(visit),
    agent: agent as NonNullable<typeof agent>,
    params,
    query,
    body: body as Record<never, never>,
    bytes,
    base: request.url.slice(0, request.url.indexOf('/api/')),
    userAgent: request.headers.get('user-agent'),
  }
}

/** Who comes with credentials, of a session or of a browser. */
interface Comer {
  viewer: Viewer
  session: SessionRecord | null
}

function comerOf(visit: Visit, world: World, desk: DeskRecord): Comer | null {
  const shown = credentialsOf(visit)
  const comer = shown && findComer(world, desk, shown)
  if (shown && !comer) throw new HelpdeskError('contact_unknown')
  if (!comer && desk.settings.security.level === 'signature') throw new HelpdeskError('identity_required')
  if (!comer && visit.route.auth === 'contact') throw new HelpdeskError('contact_unknown')
  return comer
}

function findComer(world: World, desk: DeskRecord, shown: Credentials): Comer | null {
  const { contactId, contactToken: token } = shown
  const contact = desk.contacts.find((one) => one.id === contactId && !one.mergedInto)
  if (!contact) return null
  const { level, allowShort } = desk.settings.security
  // Nothing on such a desk is served on a bare browser token.
  const isOwn = contact.token === token && level !== 'signature'
  if (isOwn) return { viewer: ownViewer(contact), session: null }
  const session = desk.sessions.find((one) => one.contact === contact && one.token === token)
  if (!session || Date.parse(session.expiresAt) <= world.now().getTime()) return null
  const { client, link, form } = session
  if ((form === 'page' && level !== 'open') || (form === 'short' && !allowShort)) return null
  // A mailbox vouches for nobody where only the host's signature counts.
  if (form === 'email' && level === 'signature') return null
  if (link && link.token !== link.conversation.linkToken) return null
  return { viewer: { contact, client, only: link?.conversation ?? null }, session }
}

function deskOf(params: Visit['params'], world: World): DeskRecord {
  const id = params.deskId ?? params.helpdeskId ?? world.desks[0]?.settings.id
  const desk = world.desks.find(({ settings }) => settings.id === id)
  if (!desk) throw new HelpdeskError('not_found')
  return desk
}

type Credentials = NonNullable<Ask<Route>['credentials']>

function credentialsOf({ request, query, body }: Visit): Credentials | null {
  const [, id, token] = /^Bearer ([^.]*)\.(.*)$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (id && token) return { contactId: id, contactToken: token }
  const { contactId, contactToken } = { ...query, ...(body as Record<string, string> | undefined) }
  if (!contactId && !contactToken) return null
  return { contactId: contactId ?? '', contactToken: contactToken ?? '' }
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new HelpdeskError('invalid_json')
  }
}

/** An answer that breaks the contract is a defect of these handlers, or of the seed: it shows at once. */
function toResponse(route: Route, result: unknown): Response {
  const [[status, schema] = ['200', {}]] = Object.entries(route.response)
  const [broken] = findErrors(schema as Schema, result, '')
  if (broken) throw new Error(`${route.id} would answer with ${broken.pointer} that ${broken.detail}`)
  if (status === '204') return new Response(null, { status: 204 })
  return HttpResponse.json(result as object, {
    status: Number(status),
    headers: { ...cors, 'cache-control': 'no-store' },
  })
}

function toDownload({ name, type, bytes }: FileRecord): Response {
  const headers = new Headers({ 'content-type': type, 'x-content-type-options': 'nosniff' })
  const disposition = isInlineImage(type) ? 'inline' : 'attachment'
  headers.set('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`)
  return new Response(bytes, { headers })
}

let requestCount = 0

function refuse(error: unknown): Response {
  if (!(error instanceof HelpdeskError)) throw error
  const id = `request-${++requestCount}`
  const headers = new Headers({ ...cors, 'content-type': 'application/problem+json', 'x-request-id': id })
  if (error.retryAfter !== undefined) headers.set('retry-after', String(error.retryAfter))
  return new Response(JSON.stringify(toProblem(error, id)), { status: error.status, headers })
}
