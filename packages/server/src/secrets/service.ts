import { diagnoseIdentity, HelpdeskError, type IdentityClaim, type IdentityKey } from '@helpdesk/core'
import type { IdentityReport, SecretKey } from '@helpdesk/core/api'
import type { AgentActor } from '../agents/service.ts'
import { endSessionsOf } from '../contacts/service.ts'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import {
  insertSecret,
  lockDeskSecrets,
  type SecretRow,
  selectSecrets,
  touchSecret,
  updateRetirement,
} from './store.ts'

const mostLive = 10

/** The desk's keys with their secrets, from memory when they were read a moment ago; retired ones are among them. */
export async function deskKeys(deps: Deps, deskId: string): Promise<IdentityKey[]> {
  const known = deps.keys.get(deskId)
  if (known) return known
  const keys = (await selectSecrets(deps.db, deskId)).map((row) => ({
    id: row.keyId,
    secret: deps.vault.unseal('desk-secrets', aboutOf(deskId, row.keyId), row.sealedSecret),
    retiresAt: row.retiresAt === null ? null : Math.floor(row.retiresAt.getTime() / 1000),
  }))
  deps.keys.set(deskId, keys)
  return keys
}

const aboutOf = (deskId: string, keyId: string) => `${deskId} ${keyId}`

/** When a key retires, in Unix seconds. */
export async function retirementOf(deps: Deps, deskId: string, keyId: string): Promise<number | null> {
  return (await deskKeys(deps, deskId)).find((key) => key.id === keyId)?.retiresAt ?? null
}

/** Notes that a key has vouched for somebody, to the minute. */
export async function noteUse(deps: Deps, deskId: string, keyId: string | null, now: Date): Promise<void> {
  if (keyId !== null) await touchSecret(deps.db, deskId, keyId, now)
}

/** The desk's keys without their secrets, newest first. */
export async function listSecrets(deps: Deps, desk: DeskRecord): Promise<SecretKey[]> {
  const rows = await selectSecrets(deps.db, desk.deskId)
  return rows.map((row) => secretView(row, deps.now()))
}

/**
 * Makes a key of 32 random bytes. Its secret is answered here and never again.
 * @param agent who makes it; null for a program
 * @throws HelpdeskError conflict when there are 10 live ones
 */
export async function createSecret(
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
): Promise<{ key: SecretKey; secret: string }> {
  const { deskId } = desk
  const keyId = `k${Buffer.from(deps.randomBytes(6)).toString('hex')}`
  const secret = Buffer.from(deps.randomBytes(32)).toString('hex')
  const sealedSecret = deps.vault.seal('desk-secrets', aboutOf(deskId, keyId), secret)
  const rows = await deps.db.transaction(async (tx) => {
    await lockDeskSecrets(tx, deskId)
    const live = (await selectSecrets(tx, deskId)).filter((row) => isLive(row, deps.now()))
    if (live.length >= mostLive)
      throw new HelpdeskError('conflict', {
        detail: `A desk has at most ${mostLive} live keys: retire one first`,
      })
    await insertSecret(tx, deskId, { keyId, sealedSecret, createdBy: agent?.id ?? null }, deps.now())
    return selectSecrets(tx, deskId)
  })
  forgetKeys(deps, deskId)
  return { key: viewOf(rows, keyId, deps.now()), secret }
}

/**
 * Says when a key retires; a moment that has come retires it now, and sessions that it opened end with it.
 * @throws HelpdeskError not_found, conflict when a `signature` desk would be left without a key
 */
export async function retireSecret(
  deps: Deps,
  desk: DeskRecord,
  keyId: string,
  retiresAt: Date | null,
): Promise<SecretKey> {
  const { deskId } = desk
  const now = deps.now()
  const rows = await deps.db.transaction(async (tx) => {
    // As it is under the lock: somebody may be changing the level at this moment.
    const level = await lockDeskSecrets(tx, deskId)
    const before = await selectSecrets(tx, deskId)
    if (!before.some((row) => row.keyId === keyId)) throw new HelpdeskError('not_found')
    const others = before.some((row) => row.keyId !== keyId && isLive(row, now))
    if (level === 'signature' && !others && retiresAt !== null && retiresAt <= now) {
      throw new HelpdeskError('conflict', {
        detail: 'This desk accepts signed requests only and has no other key',
      })
    }
    await updateRetirement(tx, deskId, keyId, retiresAt)
    if (retiresAt !== null) await endSessionsOf(tx, deskId, keyId, retiresAt)
    return selectSecrets(tx, deskId)
  })
  forgetKeys(deps, deskId)
  return viewOf(rows, keyId, now)
}

/** Whether the desk has a key that verifies now. */
export async function hasLiveKey(db: Queryable, deskId: string, now: Date): Promise<boolean> {
  return (await selectSecrets(db, deskId)).some((row) => isLive(row, now))
}

/** Why a signature is accepted or refused, without telling any secret or right value. */
export async function checkIdentity(
  deps: Deps,
  desk: DeskRecord,
  claim: IdentityClaim,
): Promise<IdentityReport> {
  const { verification, hints } = await diagnoseIdentity(claim, {
    desk: desk.publicId,
    keys: await deskKeys(deps, desk.deskId),
    now: Math.floor(deps.now().getTime() / 1000),
    allowShort: desk.settings.security.allowShort,
  })
  if (!verification.ok) {
    const { reason } = verification
    return { ok: false, form: null, keyId: null, reason, expiresAt: null, trusted: [], unverified: [], hints }
  }
  const { form, keyId, expires, trusted, unverified } = verification
  return {
    ok: true,
    form,
    keyId,
    reason: null,
    expiresAt: expires === null ? null : new Date(expires * 1000).toISOString(),
    trusted: Object.keys(trusted),
    unverified: Object.keys(unverified),
    hints,
  }
}

/** Every process reads the keys again. */
function forgetKeys(deps: Deps, deskId: string): void {
  deps.keys.forget(deskId)
  deps.bus.publish({ type: 'desk', deskId })
}

const isLive = ({ retiresAt }: SecretRow, now: Date) => retiresAt === null || retiresAt > now

function viewOf(rows: readonly SecretRow[], keyId: string, now: Date): SecretKey {
  const row = rows.find((one) => one.keyId === keyId)
  if (!row) throw new HelpdeskError('not_found')
  return secretView(row, now)
}

function secretView(row: SecretRow, now: Date): SecretKey {
  return {
    id: row.keyId,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    retiresAt: row.retiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    live: isLive(row, now),
  }
}
