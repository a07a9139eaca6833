import { type AgentRole, agentRoles, HelpdeskError } from '@helpdesk/core'
import type { Route, RouteRole } from '@helpdesk/core/api'
import type { FastifyRequest } from 'fastify'
import { type AgentActor, authenticateAgent } from '../agents/service.ts'
import { type ContactActor, type Credentials, findContact, findContactStill } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import { checkOrigin } from './origin.ts'
import type { RateLimiter } from './rate-limit.ts'
import { ipKey } from './throttle.ts'

/** The desk that the path names, if it names one. @throws HelpdeskError not_found */
export async function guardDesk(
  deps: Deps,
  params: Record<string, string | undefined>,
): Promise<DeskRecord | null> {
  const publicId = params.helpdeskId ?? params.deskId
  if (publicId === undefined) return null
  const desk = await findDesk(deps, publicId)
  if (!desk) throw new HelpdeskError('not_found')
  return desk
}

/** A signed-in agent and what it may do. */
export interface AgentGuard {
  actor: AgentActor
  /** The agent with its role on a desk. @throws HelpdeskError not_found when it has none, forbidden when too weak */
  on(desk: DeskRecord, role: RouteRole): AgentActor & { role: AgentRole }
  /** Whether the session and the role still hold. */
  still(desk: DeskRecord | null): Promise<boolean>
}

/** Lets signed-in agents through; writes only from pages of our own. @throws HelpdeskError unauthenticated, origin_not_allowed */
export async function guardAgent(deps: Deps, route: Route, request: FastifyRequest): Promise<AgentGuard> {
  if (route.method !== 'GET') checkOrigin(deps.config, request)
  const found = await authenticateAgent(deps, request)
  if (!found) throw new HelpdeskError('unauthenticated')
  return {
    actor: found.agent,
    on(desk, needed) {
      const role = found.desks.get(desk.publicId)
      // An agent without a role here learns no more than that there is nothing for it.
      if (!role) throw new HelpdeskError('not_found')
      if (rank(role) > rank(needed)) throw new HelpdeskError('forbidden')
      return { ...found.agent, role }
    },
    async still(desk) {
      const again = await authenticateAgent(deps, request, { fresh: true })
      return again !== null && (desk === null || again.desks.has(desk.publicId))
    },
  }
}

/** Strongest first, as core lists them. */
const rank = (role: AgentRole) => agentRoles.indexOf(role)

/** The contact behind a visitor's request, or nobody where the route lets anonymous visitors in. */
export async function guardVisitor(
  deps: Deps,
  desk: DeskRecord,
  route: Route,
  request: FastifyRequest,
  rateLimit: RateLimiter,
): Promise<{ contact: ContactActor | null; still: () => Promise<boolean> }> {
  const credentials = readCredentials(request)
  if (!credentials) {
    if (desk.settings.security.level === 'signature') throw new HelpdeskError('identity_required')
    if (route.auth === 'contact') throw new HelpdeskError('contact_unknown')
    return { contact: null, still: async () => true }
  }
  const contact = await findContact(deps, desk, credentials)
  if (!contact) {
    // Only failures count against the address here, so that guessing is slow and many visitors may share one.
    await rateLimit('signIn', `token:${ipKey(request.ip)}`)
    throw new HelpdeskError('contact_unknown')
  }
  if (route.auth === 'contact') await rateLimit(route.limit, `contact:${contact.id}`)
  return { contact, still: () => findContactStill(deps, desk, credentials, contact) }
}

/**
 * Contact credentials: `Authorization: Bearer <contactId>.<contactToken>`, or `contactId` and `contactToken` in the
 * body or the query.
 * @throws HelpdeskError contact_unknown when they are there but not whole
 */
export function readCredentials(request: FastifyRequest): Credentials | null {
  const header = request.headers.authorization
  if (header !== undefined) {
    const match = /^Bearer ([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/i.exec(header)
    if (!match?.[1] || !match[2]) throw new HelpdeskError('contact_unknown')
    return { contactId: match[1].toLowerCase(), contactToken: match[2] }
  }
  const source = (request.method === 'GET' ? request.query : request.body) as
    | Partial<Credentials>
    | null
    | undefined
  const { contactId, contactToken } = source ?? {}
  if (contactId === undefined && contactToken === undefined) return null
  if (!contactId || !contactToken) throw new HelpdeskError('contact_unknown')
  return { contactId, contactToken }
}
