import { cutText } from './contacts.ts'
import { signText } from './hmac.ts'
import {
  type IdentityKey,
  type IdentityReason,
  identityAttributes,
  readIdentity,
  type Verification,
  type VerifyOptions,
  verifyIdentity,
} from './identity.ts'
import { fullGuesses, type Guess, hint, type IdentityHint, shortGuesses } from './identity-guesses.ts'
import { verifyIdentityToken } from './identity-token.ts'
import { constantTimeEqual } from './tokens.ts'

/** What a page says about its user, to be looked into. */
export interface IdentityClaim {
  identity?: unknown
  signature?: string
  identityToken?: string
}

/** The outcome of a verification, and what would have made it succeed. */
export interface IdentityDiagnosis {
  verification: Verification
  hints: IdentityHint[]
}

/**
 * Verifies an identity and, when it is refused, looks for the mistake: signs what hosts sign by mistake and compares.
 * Nothing secret and no right value is in the answer. For people who may read the desk's secrets anyway.
 */
export async function diagnoseIdentity(
  { identity, signature, identityToken }: IdentityClaim,
  options: VerifyOptions,
): Promise<IdentityDiagnosis> {
  const unknown = unknownAttributes(identity)
  if (identityToken !== undefined && identityToken !== '') {
    const verification = await verifyIdentityToken(identityToken, options)
    return { verification, hints: [...tokenHints(verification, identityToken, options), ...unknown] }
  }
  const verification = await verifyIdentity(identity, signature, options)
  if (verification.ok) return { verification, hints: unknown }
  const found = await signatureHints(identity, signature ?? '', verification.reason, options)
  return { verification, hints: [...found, ...unknown] }
}

function unknownAttributes(identity: unknown): IdentityHint[] {
  if (typeof identity !== 'object' || identity === null) return []
  const known: readonly string[] = identityAttributes
  return Object.keys(identity)
    .filter((name) => !known.includes(name))
    .slice(0, 10)
    .map((name) =>
      hint(
        'unknown_attribute',
        'This is not one of the nine attributes, so it is ignored.',
        cutText(name, 60),
      ),
    )
}

function tokenHints(
  verification: Verification,
  token: string,
  { desk, keys, now }: VerifyOptions,
): IdentityHint[] {
  if (verification.ok) return []
  const [head, body] = token.split('.').map(readPart)
  const found: IdentityHint[] = []
  if (head && head.alg !== 'HS256') found.push(hint('signed_as_json', 'The header must say "alg": "HS256".'))
  const key = keys.find(({ id }) => id === head?.kid)
  if (head && !key) found.push(hint('wrong_key', 'The header\'s "kid" must be the id of a key of this desk.'))
  if (key && isRetired(key, now))
    found.push(hint('retired_key', 'The key was retired: sign with a live one.'))
  if (body && ![body.aud].flat().includes(desk))
    found.push(hint('wrong_desk', 'The claim "aud" must be the public id of this desk.'))
  if (body && typeof body.exp !== 'number')
    found.push(hint('wrong_expiry', 'The claim "exp" is needed, in Unix seconds.'))
  else if (body) found.push(...expiryHints(Number(body.exp), now))
  return found
}

function readPart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const isRetired = (key: IdentityKey, now: number) => (key.retiresAt ?? Number.POSITIVE_INFINITY) <= now

function expiryHints(expires: number, now: number): IdentityHint[] {
  if (expires > now * 100)
    return [hint('wrong_expiry', 'The expiry looks like milliseconds: Unix seconds are needed.')]
  if (expires > now + 2_592_000) return [hint('wrong_expiry', 'The expiry lies more than 30 days ahead.')]
  if (expires + 60 < now)
    return [hint('wrong_expiry', 'The expiry has passed: sign again for each page, for 24 hours.')]
  return []
}

async function signatureHints(
  identity: unknown,
  signature: string,
  reason: IdentityReason,
  options: VerifyOptions,
): Promise<IdentityHint[]> {
  if (reason === 'signature_malformed') return formHints(signature, options)
  const reading = readIdentity(identity)
  if (!reading.ok)
    return [
      hint('attribute_changed', 'Only text of one line, or a number, can be signed.', reading.attribute),
    ]
  if (reason === 'identity_invalid')
    return [
      hint(
        'attribute_missing',
        'At least one of user_external_id, client_external_id, user_email, client_email is needed.',
      ),
    ]
  const full = /^v2\.([^.]+)\.(\d+)\.([0-9a-f]{64})$/.exec(signature)
  if (!full) return search(shortGuesses(reading.identity), signature, options.keys, options.now)
  const [, keyId = '', expires = '', hex = ''] = full
  const late = expiryHints(Number(expires), options.now)
  if (late.length > 0) return late
  const guesses = [...fullGuesses(reading.identity, options.desk, Number(expires))]
  const own = options.keys.filter(({ id }) => id === keyId)
  const found = await search(guesses, hex, own, options.now)
  if (found.length > 0) return found
  const other = await search(guesses, hex, options.keys, options.now)
  if (other.length > 0)
    return [hint('wrong_key', 'It was made with another key of this desk than it names.'), ...other]
  if (own.some((key) => isRetired(key, options.now)))
    return [hint('retired_key', 'The key it names was retired.')]
  return own.length > 0
    ? [hint('wrong_key', 'Either the secret is not that of the key it names, or the attributes were others.')]
    : [hint('wrong_key', 'This desk has no key with the id that it names.')]
}

function formHints(signature: string, { allowShort }: VerifyOptions): IdentityHint[] {
  const last = signature.split('.').at(-1) ?? ''
  if (/^[0-9a-f]{64}$/.test(signature) && allowShort === false)
    return [hint('other_identifier', 'The short form is switched off for this desk: sign the full form.')]
  if (/^[0-9a-fA-F]{64}$/.test(last.trim()) && last !== last.toLowerCase())
    return [hint('wrong_case', 'The digits must be lower case.')]
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(last))
    return [hint('not_hex', 'It looks like base64: 64 hex digits are needed.')]
  if (signature !== signature.trim()) return [hint('line_ending', 'There is white space around it.')]
  return [hint('not_hex', 'It must be v2.<key id>.<expiry>.<64 hex digits>, or 64 hex digits alone.')]
}

/** The guesses that one of the keys has signed; the first one that is right. */
async function search(
  guesses: Iterable<Guess>,
  hex: string,
  keys: readonly IdentityKey[],
  now: number,
): Promise<IdentityHint[]> {
  for (const { text, hints } of guesses) {
    for (const key of keys) {
      if (!constantTimeEqual(await signText(key.secret, text), hex)) continue
      return isRetired(key, now)
        ? [hint('retired_key', 'The key was retired: sign with a live one.'), ...hints]
        : hints
    }
  }
  return []
}
