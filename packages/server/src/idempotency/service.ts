import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { HelpdeskError } from '@helpdesk/core'
import type { Route } from '@helpdesk/core/api'
import type { FastifyRequest } from 'fastify'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { deleteKeysBefore, selectKey } from './store.ts'

/** A request that may be repeated: the hash of its key and of what it asks. */
export interface IdempotencyRequest {
  key: string
  keyHash: string
  requestHash: string
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Reads the `Idempotency-Key` header.
 * @throws HelpdeskError idempotency_key_invalid
 */
export function readIdempotencyKey(
  request: FastifyRequest,
  route: Route,
  body: unknown,
): IdempotencyRequest | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,255}$/.test(key)) {
    throw new HelpdeskError('idempotency_key_invalid', {
      detail: 'Idempotency-Key must have 8 to 255 visible ASCII characters',
    })
  }
  return { key, keyHash: sha256(key), requestHash: sha256(JSON.stringify([route.id, request.params, body])) }
}

/**
 * What an earlier request with this key made.
 * @returns the ids of its rows
 * @throws HelpdeskError idempotency_key_reused when that request asked for something else
 */
export async function replayOf(
  db: Queryable,
  deskId: string,
  scope: string,
  request: IdempotencyRequest,
): Promise<Record<string, string>> {
  const row = await selectKey(db, deskId, scope, request.keyHash)
  if (!row) throw new HelpdeskError('request_in_progress', { retryAfter: 1 })
  if (row.requestHash !== request.requestHash) throw new HelpdeskError('idempotency_key_reused')
  return row.made
}

/** Keys are remembered for two days. */
const rememberedMs = 2 * 86_400_000

/** Forgets the keys of requests that nobody repeats any more. */
export async function forgetOldKeys({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteKeysBefore(db, new Date(now().getTime() - rememberedMs))
}

/**
 * Encrypts a secret of an answer under the key of its request, so that a repeat can be given the same secret
 * although the database has neither of them.
 */
export function seal(secret: string, request: IdempotencyRequest, iv: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', sealingKey(request), iv)
  const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return sealed.toString('base64url')
}

/** The secret of `seal`. */
export function unseal(sealed: string, request: IdempotencyRequest): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(request), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
}

// Not the hash that is stored: with that one, the database alone would open the seal.
const sealingKey = (request: IdempotencyRequest) =>
  createHash('sha256').update(`helpdesk-seal\n${request.key}`).digest()
