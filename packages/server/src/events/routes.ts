import { HelpdeskError } from '@helpdesk/core'
import { api, type Query, type Result } from '@helpdesk/core/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { hijacked, type MountContext, mount } from '../http/mount.ts'
import { readPage } from '../http/paging.ts'
import type { Viewer } from '../realtime/presence.ts'
import { type EventPage, eventLog, readEvents } from './service.ts'

type VisitorPage = Result<typeof api.events.visitor>
type AgentPage = Result<typeof api.events.agent>

/** What happens: as a stream of server-sent events when the request accepts one, page by page otherwise. */
export function eventRoutes(context: MountContext): void {
  context.deps.hub.readFrom(eventLog(context.deps))
  mount(context, api.events.visitor, async (call) => {
    const answer = await answerEvents(call, call.contact.scope)
    return answer as VisitorPage | typeof hijacked
  })
  mount(context, api.events.agent, async (call) => {
    const answer = await answerEvents(call, { agentId: call.agent.id })
    return answer as AgentPage | typeof hijacked
  })
}

interface EventsCall {
  deps: Deps
  desk: { deskId: string }
  query: Query<typeof api.events.visitor>
  request: FastifyRequest
  reply: FastifyReply
  stillAllowed(): Promise<boolean>
}

async function answerEvents(call: EventsCall, viewer: Viewer): Promise<EventPage | typeof hijacked> {
  const { deps, desk, query, request, reply, stillAllowed } = call
  const { deskId } = desk
  const after = readAfter(query, request)
  const { limit } = readPage({ limit: query.limit }, { default: 100, most: 500 })
  // A HEAD would hold the connection open without ever sending a byte.
  if (request.method === 'GET' && acceptsStream(request)) {
    await deps.hub.open({ request, reply, deskId, viewer, after, stillAllowed })
    return hijacked
  }
  return readEvents(deps, deskId, viewer, after, limit)
}

function acceptsStream({ headers }: FastifyRequest): boolean {
  return /(^|[,\s])text\/event-stream\s*($|[,;])/i.test(headers.accept ?? '')
}

/**
 * The position to go on from. A browser that reconnects repeats the address it began with: the header is newer.
 * @throws HelpdeskError validation_failed when the header is not a position
 */
function readAfter(query: { after?: string }, { headers }: FastifyRequest): number | undefined {
  const header = headers['last-event-id']
  if (header === undefined || header === '')
    return query.after === undefined ? undefined : Number(query.after)
  if (typeof header === 'string' && /^[0-9]{1,15}$/.test(header)) return Number(header)
  const errors = [{ pointer: '/headers/last-event-id', detail: 'has the wrong form' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check last-event-id', errors })
}
