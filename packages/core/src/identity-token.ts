import { toHex, verifyText } from './hmac.ts'
import type { VerifyOptions } from './identity.ts'
import { identifierOf, isCurrent, isLive, readIdentity, refusal, type Verification } from './identity.ts'

// The last character of a 32-byte MAC carries 4 of its 6 bits, so that one MAC has one spelling.
const jwtForm = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/
const maxLength = 16_384

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

/** The JSON object in a part of a JWT, `null` when it is anything else. */
function readPart(part: string): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(part))
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    // Without a prototype, a claim is only ever what the token itself says.
    return isObject ? Object.assign(Object.create(null), value) : null
  } catch {
    return null
  }
}

/**
 * Verifies an `identity_token`: a JWT signed with a desk's secret by HS256 (no other algorithm), with `kid`
 * the key's id, `aud` the desk's public id, `exp` in Unix seconds, and the attributes as claims.
 * @param token untrusted
 * @returns as `verifyIdentity`, everything in it trusted; another desk's token is a `signature_mismatch`
 */
export async function verifyIdentityToken(
  token: unknown,
  { desk, keys, now }: Omit<VerifyOptions, 'allowShort'>,
): Promise<Verification> {
  if (token === undefined || token === null || token === '') return refusal('signature_missing')
  const parts = typeof token === 'string' && token.length <= maxLength ? jwtForm.exec(token) : null
  if (parts === null) return refusal('signature_malformed')
  const [, head = '', body = '', mac = ''] = parts
  const header = readPart(head)
  if (header === null || header.alg !== 'HS256' || 'crit' in header) return refusal('signature_malformed')
  const key = keys.find((one) => one.id === header.kid && isLive(one, now))
  if (key === undefined) return refusal('signature_unknown_key')
  if (!(await verifyText(key.secret, toHex(fromBase64url(mac).buffer), `${head}.${body}`)))
    return refusal('signature_mismatch')

  const claims = readPart(body)
  const reading = readIdentity(claims)
  if (claims === null || !reading.ok || identifierOf(reading.identity) === undefined)
    return refusal('identity_invalid')
  const audiences: unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (!audiences.includes(desk)) return refusal('signature_mismatch')
  const { exp, nbf } = claims
  if (typeof exp !== 'number' || !isCurrent(exp, now)) return refusal('signature_expired')
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now + 60)) return refusal('signature_expired')
  return { ok: true, form: 'jwt', keyId: key.id, trusted: reading.identity, unverified: {}, expires: exp }
}
