import { createHash, timingSafeEqual } from 'node:crypto'
import { HelpdeskError, type Locale, normalizeEmail } from '@helpdesk/core'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { createDesk } from '../desks/service.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { agentName, type SignedIn, startSession, visibleName } from './service.ts'
import {
  deleteSessionsOf,
  insertAgent,
  lockOwners,
  selectByEmail,
  selectDesk,
  selectOwnerExists,
  updatePassword,
  upsertRole,
} from './store.ts'

/** Whether the first owner is still to be made on the set-up page. */
export async function setupNeeded(deps: Deps): Promise<boolean> {
  return deps.config.authenticateAgent === null && !(await selectOwnerExists(deps.db))
}

/**
 * Makes the first owner and the first desk, and signs the owner in. Of two at once, one does and the other is told
 * so. Throttling is the caller's.
 * @throws HelpdeskError setup_done, forbidden (wrong token), validation_failed
 */
export async function setup(
  deps: Deps,
  input: {
    setupToken: string
    name: string
    email: string
    password: string
    deskName: string
    locale?: Locale
    previousToken?: string | null
  },
): Promise<SignedIn> {
  if (!(await setupNeeded(deps))) throw new HelpdeskError('setup_done')
  if (!sameSecret(input.setupToken, deps.config.setupToken)) {
    throw new HelpdeskError('forbidden', { detail: 'The set-up link is not valid' })
  }
  const email = validEmail(input.email)
  const name = visibleName(input.name)
  const passwordHash = await hashPassword(input.password)
  const agentId = await deps.db.transaction(async (tx) => {
    await lockOwners(tx)
    if (await selectOwnerExists(tx)) throw new HelpdeskError('setup_done')
    const locale = input.locale ?? 'en'
    const desk =
      (await selectDesk(tx, undefined)) ?? (await createDesk(deps, tx, { name: input.deskName, locale }))
    const owner = await saveAgent(deps, tx, { email, name, locale, passwordHash })
    await upsertRole(tx, desk.deskId, owner, 'owner')
    return owner
  })
  return await startSession(deps, agentId, input.previousToken ?? null)
}

/**
 * Makes sure that an owner with this address and password exists, and may be repeated: at each start of a server,
 * for instance. The owner gets the named desk, else the oldest, else a new one. A password that differs from the
 * one in the database replaces it and ends the agent's sessions.
 * @param owner `password` null: the host signs this agent in
 * @returns the ids, and whether the agent is new
 * @throws TypeError when the address is none
 */
export async function createOwner(
  deps: Deps,
  owner: {
    email: string
    password: string | null
    name?: string
    desk?: { publicId?: string; name?: string; locale?: Locale }
  },
): Promise<{ agentId: string; deskId: string; publicId: string; created: boolean }> {
  const email = normalizeEmail(owner.email)
  if (email === null) throw new TypeError('The owner needs a valid e-mail address')
  const before = await selectByEmail(deps.db, email)
  const passwordHash = await changedHash(owner.password, before?.passwordHash ?? null)
  return await deps.db.transaction(async (tx) => {
    await lockOwners(tx)
    const existing = await selectByEmail(tx, email)
    const { publicId, name = 'Support', locale = 'en' } = owner.desk ?? {}
    const desk =
      (await selectDesk(tx, publicId)) ??
      (await createDesk(deps, tx, { name, locale, ...(publicId === undefined ? {} : { publicId }) }))
    const agentId = await saveAgent(deps, tx, {
      email,
      name: agentName(owner.name, email),
      locale,
      passwordHash,
    })
    await upsertRole(tx, desk.deskId, agentId, 'owner')
    return { agentId, deskId: desk.deskId, publicId: desk.publicId, created: existing === null }
  })
}

/** The hash to store, or null when there is nothing to change. */
async function changedHash(password: string | null, stored: string | null): Promise<string | null> {
  if (password === null) return null
  if (stored !== null && (await verifyPassword(stored, password))) return null
  return await hashPassword(password)
}

/** Adds the agent, or gives the one who has the address the password, if there is one. @returns its id */
async function saveAgent(
  deps: Deps,
  tx: Tx,
  agent: { email: string; name: string; locale: Locale; passwordHash: string | null },
): Promise<string> {
  const existing = await selectByEmail(tx, agent.email)
  if (!existing) {
    const id = deps.newId()
    await insertAgent(tx, { id, ...agent, createdAt: deps.now() })
    return id
  }
  if (agent.passwordHash !== null) {
    await updatePassword(tx, existing.id, agent.passwordHash)
    await deleteSessionsOf(tx, existing.id)
  }
  return existing.id
}

function validEmail(email: string): string {
  const normalized = normalizeEmail(email)
  if (normalized !== null) return normalized
  const errors = [{ pointer: '/body/email', detail: 'must be one e-mail address' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check email', errors })
}

/** Compares in constant time; nothing equals a secret that was never set. */
function sameSecret(given: string, expected: string | null): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected ?? '')) && expected !== null && expected !== ''
}
