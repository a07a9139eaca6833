import {
  cutText,
  type FieldError,
  HelpdeskError,
  type Identity,
  type IdentityAttribute,
  type IdentityReason,
  readIdentity,
  type VerifiedIdentity,
  verifyIdentity,
  verifyIdentityToken,
} from '@helpdesk/core'
import type { IdentityForm } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { deskKeys } from '../secrets/service.ts'

/** What a page says about its user, and what vouches for it; all untrusted. */
export interface IdentityRequest {
  identity?: unknown
  signature?: unknown
  identityToken?: unknown
}

/** An identity that the desk accepts. */
export interface AcceptedIdentity extends Omit<VerifiedIdentity, 'ok' | 'keyId' | 'form'> {
  form: Exclude<IdentityForm, 'anonymous'>
  keyId: string | null
}

/**
 * What a page says about its user without a signature, to be shown as such.
 * @throws HelpdeskError validation_failed that names the attribute
 */
export function readClaims(value: unknown): Identity | undefined {
  if (value === undefined) return undefined
  const reading = readIdentity(value)
  if (reading.ok) return cut(reading.identity)
  const error: FieldError = {
    pointer: `/body/claims${reading.attribute ? `/${reading.attribute}` : ''}`,
    detail: 'must be one line of text',
  }
  throw new HelpdeskError('validation_failed', { detail: 'Check claims', errors: [error] })
}

const cut = (identity: Identity): Identity =>
  Object.fromEntries(Object.entries(identity).map(([name, text]) => [name, cutText(text, 1000)]))

/**
 * Checks what vouches for an identity against the desk's level and keys.
 * @throws HelpdeskError identity_rejected with the reason
 */
export async function acceptIdentity(
  deps: Deps,
  desk: DeskRecord,
  request: IdentityRequest,
): Promise<AcceptedIdentity> {
  const { level, allowShort } = desk.settings.security
  const { identity, signature, identityToken } = request
  const isSigned = isGiven(signature) || isGiven(identityToken)
  if (level === 'open' && !isSigned) return acceptPage(identity)
  const options = {
    desk: desk.publicId,
    keys: await deskKeys(deps, desk.deskId),
    now: Math.floor(deps.now().getTime() / 1000),
    allowShort,
  }
  const verified = isGiven(identityToken)
    ? await verifyIdentityToken(identityToken, options)
    : await verifyIdentity(identity, signature, options)
  if (!verified.ok) throw refused(verified.reason)
  return verified
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== ''

/** The page's word is enough on an `open` desk, but it proves no address. */
function acceptPage(identity: unknown): AcceptedIdentity {
  const reading = readIdentity(identity)
  const wanted: IdentityAttribute[] = ['user_external_id', 'user_email', 'client_external_id', 'client_email']
  if (!reading.ok || !wanted.some((name) => reading.identity[name])) throw refused('identity_invalid')
  return { form: 'page', keyId: null, expires: null, trusted: reading.identity, unverified: {} }
}

const refused = (reason: IdentityReason) => new HelpdeskError('identity_rejected', { reason })
