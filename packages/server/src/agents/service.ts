import { createHash } from 'node:crypto'
import { type AgentRole, cleanName, HelpdeskError, type NotifySwitches, normalizeEmail } from '@helpdesk/core'
import type { Session } from '@helpdesk/core/api'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { readSessionCookie } from '../http/session-cookie.ts'
import type { HostAgent } from '../options.ts'
import { verifyPassword } from './password.ts'
import {
  type AgentAccess,
  type AgentActor,
  deleteExpiredSessions,
  deleteSession,
  insertAgent,
  insertRoleOnEveryDesk,
  insertSession,
  selectAccess,
  selectByEmail,
  selectSession,
  updateAgent,
  updateSession,
} from './store.ts'

export type { AgentActor } from './store.ts'

/** Who is asking, and its role on each desk by the desk's public id. */
export interface Identified {
  agent: AgentActor
  desks: Map<string, AgentRole>
}

/** A session that has just begun: the cookie's value, and what the browser is told. */
export interface SignedIn {
  token: string
  session: Session
}

const day = 86_400_000
const idleMs = 14 * day
const writeEveryMs = 5 * 60_000

/** How long a session lasts at most, in seconds; after 14 days without use it ends earlier. */
export const sessionMaxAgeSeconds = (60 * day) / 1000

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Signs an agent in under a new session; the browser's former one ends. An unknown address, one without a password
 * and a wrong password give the same answer after the same work. Throttling is the caller's.
 * @param input `previousToken`: the session cookie that came with the request
 * @throws HelpdeskError sign_in_failed
 */
export async function signIn(
  deps: Deps,
  input: { email: string; password: string; previousToken?: string | null },
): Promise<SignedIn> {
  const known = await selectByEmail(deps.db, normalizeEmail(input.email) ?? '')
  const verified = await verifyPassword(known?.passwordHash ?? null, input.password)
  // Where the host signs agents in, a password from earlier times must not be a second door.
  if (!known || !verified || deps.config.authenticateAgent) throw new HelpdeskError('sign_in_failed')
  return await startSession(deps, known.id, input.previousToken ?? null)
}

/** Begins a session for an agent whose identity has been proved. */
export async function startSession(
  deps: Deps,
  agentId: string,
  previousToken: string | null,
): Promise<SignedIn> {
  const now = deps.now()
  const token = Buffer.from(deps.randomBytes(32)).toString('base64url')
  if (previousToken !== null) await deleteSession(deps.db, sha256(previousToken))
  await deleteExpiredSessions(deps.db, now)
  await insertSession(deps.db, {
    tokenHash: sha256(token),
    agentId,
    createdAt: now,
    expiresAt: sessionEnd(now, now),
  })
  return { token, session: await sessionView(deps, agentId) }
}

/** Ends a session on the server: the cookie's value is worth nothing from now on. */
export async function signOut(deps: Deps, token: string): Promise<void> {
  await deleteSession(deps.db, sha256(token))
}

/** Whose session a cookie's value is, with the roles of this moment; null when it has ended or never was. */
export async function resolveSession(deps: Deps, token: string): Promise<Identified | null> {
  const now = deps.now()
  const tokenHash = sha256(token)
  const row = await selectSession(deps.db, tokenHash, now)
  if (!row) return null
  if (now.getTime() - row.lastUsedAt.getTime() >= writeEveryMs) {
    await updateSession(deps.db, tokenHash, now, sessionEnd(row.createdAt, now))
  }
  return identified(row)
}

function sessionEnd(createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(lastUsedAt.getTime() + idleMs, createdAt.getTime() + sessionMaxAgeSeconds * 1000))
}

const identified = ({ agent, desks }: AgentAccess): Identified => ({
  agent,
  desks: new Map(desks.map((desk) => [desk.publicId, desk.role])),
})

/** An agent that answers on a desk at this moment; null when it is gone or only looks on. */
export async function agentOnDesk(
  deps: Pick<Deps, 'db'>,
  desk: { publicId: string },
  agentId: string,
): Promise<AgentActor | null> {
  const access = await selectAccess(deps.db, agentId)
  const role = access?.desks.find(({ publicId }) => publicId === desk.publicId)?.role
  return access && role !== undefined && role !== 'viewer' ? access.agent : null
}

const perRequest = new WeakMap<FastifyRequest, Promise<Identified | null>>()

/**
 * Who is behind a request: by the host's own authentication where it brings one, by the session cookie otherwise.
 * Asked once per request.
 * @param options `fresh`: ask again, for a request that lasts (streams)
 * @returns null for nobody, an ended session, or an agent that the desk does not know
 */
export function authenticateAgent(
  deps: Deps,
  request: FastifyRequest,
  options: { fresh?: boolean } = {},
): Promise<Identified | null> {
  const cached = perRequest.get(request)
  if (cached && options.fresh !== true) return cached
  const found = deps.config.authenticateAgent
    ? askHost(deps, deps.config.authenticateAgent, request)
    : bySessionCookie(deps, request)
  perRequest.set(request, found)
  return found
}

async function bySessionCookie(deps: Deps, request: FastifyRequest): Promise<Identified | null> {
  const token = readSessionCookie(deps.config, request)
  return token === null ? null : await resolveSession(deps, token)
}

async function askHost(
  deps: Deps,
  ask: NonNullable<Deps['config']['authenticateAgent']>,
  request: FastifyRequest,
): Promise<Identified | null> {
  const claim = await ask(request)
  if (!claim) return null
  const agentId = 'agentId' in claim ? claim.agentId : await findOrProvision(deps, claim)
  const access = agentId === null ? null : await selectAccess(deps.db, agentId)
  return access && identified(access)
}

async function findOrProvision(
  deps: Deps,
  claim: Exclude<HostAgent, { agentId: string }>,
): Promise<string | null> {
  const email = normalizeEmail(claim.email)
  if (email === null) return null
  const known = await selectByEmail(deps.db, email)
  if (known) return known.id
  if (claim.provision !== true) return null
  return await deps.db.transaction(async (tx) => {
    const id = deps.newId()
    const agent = { id, name: agentName(claim.name, email), email, locale: 'en', passwordHash: null }
    // Two first requests at once: the second one waits for the first and takes what it made.
    if (!(await insertAgent(tx, { ...agent, createdAt: deps.now() }))) {
      return (await selectByEmail(tx, email))?.id ?? null
    }
    await insertRoleOnEveryDesk(tx, id, claim.role ?? 'agent')
    return id
  })
}

/** The name to show for an agent: the given one without what could disguise it, else the address up to the `@`. */
export function agentName(name: string | undefined, email: string): string {
  return cleanName(name ?? '') || email.slice(0, email.indexOf('@'))
}

/**
 * Changes an agent's own name, language or notification switches; what is not named stays.
 * @throws HelpdeskError validation_failed when nothing of the name can be seen
 */
export async function updateMe(
  deps: Deps,
  agentId: string,
  change: { name?: string; locale?: string; notifications?: NotifySwitches },
): Promise<Session> {
  const name = change.name === undefined ? undefined : visibleName(change.name)
  await updateAgent(deps.db, agentId, { name, locale: change.locale, notify: change.notifications })
  return await sessionView(deps, agentId)
}

/**
 * A name without what could disguise it.
 * @throws HelpdeskError validation_failed when nothing is left
 */
export function visibleName(name: string): string {
  const cleaned = cleanName(name)
  if (cleaned !== '') return cleaned
  const errors = [{ pointer: '/body/name', detail: 'must not be blank' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check name', errors })
}

const allChannels = {
  widget: 'all',
  contact_form: 'all',
  ticket_center: 'all',
  email: 'all',
  api: 'all',
} as const

/**
 * The agent and its desks as the contract's `Session`.
 * @throws HelpdeskError unauthenticated when the agent is gone
 */
export async function sessionView(deps: Deps, agentId: string): Promise<Session> {
  const access = await selectAccess(deps.db, agentId)
  if (!access) throw new HelpdeskError('unauthenticated')
  const { agent, desks } = access
  const { id, name, email, locale, notify } = agent
  const notifications = { ...allChannels, ...notify }
  return {
    agent: { id, name, email, locale: locale as Session['agent']['locale'], notifications },
    desks: desks.map(({ publicId, name, role }) => ({ id: publicId, name, role })),
  }
}
