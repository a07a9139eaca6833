import { isSecret, signText, verifyText } from './hmac.ts'

/** The attributes that a host may sign, in the byte order of their names, in which they are signed. */
export const identityAttributes = [
  'client_email',
  'client_external_id',
  'client_name',
  'client_plan',
  'client_url',
  'user_email',
  'user_external_id',
  'user_name',
  'user_phone',
] as const

/** The name of one attribute. */
export type IdentityAttribute = (typeof identityAttributes)[number]

/** Attributes as they are signed and stored: text, absent rather than empty. */
export type Identity = { [Name in IdentityAttribute]?: string }

/** Attributes as a host passes them: a number stands for its decimal digits, empty text for absence. */
export type IdentityInput = { readonly [Name in IdentityAttribute]?: string | number }

/** The attributes of which at least one must be present; the short form signs the first one present. */
export const identifierOrder = [
  'client_external_id',
  'user_external_id',
  'user_email',
  'client_email',
] as const satisfies readonly IdentityAttribute[]

/** One of the attributes that identify. */
export type IdentifierAttribute = (typeof identifierOrder)[number]

/** Why a signature is refused; `signature_expired` is also one that expires more than 30 days ahead. */
export const identityReasons = [
  'signature_missing',
  'signature_malformed',
  'signature_unknown_key',
  'signature_expired',
  'signature_mismatch',
  'identity_invalid',
] as const

/** One of the reasons of a refusal. */
export type IdentityReason = (typeof identityReasons)[number]

/** A secret of a desk; times are Unix seconds, a key without `retiresAt` does not retire. */
export interface IdentityKey {
  /** `[A-Za-z0-9_-]{1,32}` */
  id: string
  /** At least 32 bytes of UTF-8; a shorter one never verifies anything. */
  secret: string
  retiresAt?: number | null
}

/** What a verification needs to know of the desk; `now` is Unix seconds. */
export interface VerifyOptions {
  /** The desk's public id. */
  desk: string
  keys: readonly IdentityKey[]
  now: number
  /** Whether the short form is accepted; it is unless this is `false`, else it counts as malformed. */
  allowShort?: boolean
}

/** A verified identity: what may be relied on, and what was merely said beside it (short form only). */
export interface VerifiedIdentity {
  ok: true
  form: 'full' | 'short' | 'jwt'
  /** The key that made the signature. */
  keyId: string
  trusted: Identity
  unverified: Identity
  /** Unix seconds; `null` for the short form, which does not expire. */
  expires: number | null
}

/** The outcome of a verification. */
export type Verification = VerifiedIdentity | { ok: false; reason: IdentityReason }

/** The attributes of an untrusted value, or the name of the first one that is not acceptable. */
export type IdentityReading =
  | { ok: true; identity: Identity }
  | { ok: false; attribute: IdentityAttribute | null }

const fullForm = /^v2\.([A-Za-z0-9_-]{1,32})\.([1-9][0-9]{0,14})\.([0-9a-f]{64})$/
const shortForm = /^[0-9a-f]{64}$/
const keyIdForm = /^[A-Za-z0-9_-]{1,32}$/
const skewSeconds = 60
const maxAheadSeconds = 2_592_000

/** Whether a text can be signed: no NUL, CR, LF or lone surrogate. */
function isSignable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 14 || code > 0xd7ff) return !text.includes('\0') && !/[\r\n\p{Cs}]/u.test(text)
  }
  return true
}

/** The text of one attribute, `''` when it is absent, `null` when it must be refused. */
function toText(value: unknown): string | null {
  if (typeof value === 'string') return isSignable(value) ? value : null
  if (value === undefined) return ''
  if (typeof value !== 'number') return null
  // Beyond these a number has no exact decimal form, so that two ids could become one.
  return Number.isSafeInteger(value) || /^-?\d+\.\d+$/.test(String(value)) ? String(value) : null
}

/** The attributes of an untrusted value, and as they are signed: one `\nname=value` each. */
function read(
  value: unknown,
): { identity: Identity; lines: string } | { attribute: IdentityAttribute | null } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { attribute: null }
  const identity: Identity = {}
  let lines = ''
  for (const name of identityAttributes) {
    let text: string | null
    try {
      text = Object.hasOwn(value, name) ? toText((value as Record<string, unknown>)[name]) : ''
    } catch {
      text = null
    }
    if (text === null) return { attribute: name }
    if (text === '') continue
    identity[name] = text
    lines = `${lines}\n${name}=${text}`
  }
  return { identity, lines }
}

/**
 * Reads the attributes of an untrusted value: own properties only, numbers become their decimal digits, empty
 * text counts as absent, other names are ignored. Refused: other types, `null`, NUL, CR, LF, lone surrogates,
 * numbers without an exact decimal form. Never throws.
 */
export function readIdentity(value: unknown): IdentityReading {
  const reading = read(value)
  return 'lines' in reading ? { ok: true, identity: reading.identity } : { ok: false, ...reading }
}

/** The attribute that the short form signs, `undefined` when there is none. */
export function identifierOf(identity: Identity): IdentifierAttribute | undefined {
  return identifierOrder.find((name) => Object.hasOwn(identity, name))
}

function canonicalText(lines: string, desk: string, expires: number): string {
  return `helpdesk-identity-v2\ndesk=${desk}\nexpires=${expires}${lines}`
}

/** The identity of a host that signs, or an error that names what is wrong with it. */
function readOwn(input: IdentityInput): { lines: string; identifier: string } {
  const reading = read(input)
  if ('attribute' in reading)
    throw new TypeError(`identity: ${reading.attribute ?? 'an object of attributes'} is not valid`)
  const name = identifierOf(reading.identity)
  const identifier = name && reading.identity[name]
  if (!identifier) throw new TypeError(`identity: one of ${identifierOrder.join(', ')} is needed`)
  return { lines: reading.lines, identifier }
}

function requireSecret(secret: string): void {
  if (!isSecret(secret)) throw new TypeError('secret: at least 32 bytes are needed')
}

/**
 * The text that the full form signs: version, desk, expiry and one line per attribute, joined by `\n`.
 * @param options `desk`: public id; `expires`: Unix seconds
 * @throws TypeError for an identity, desk or expiry that cannot be signed
 */
export function canonicalIdentity(
  identity: IdentityInput,
  options: { desk: string; expires: number },
): string {
  const own = readOwn(identity)
  if (!toText(options.desk)) throw new TypeError('desk: the public id of a desk is needed')
  if (!Number.isSafeInteger(options.expires) || options.expires < 1 || options.expires >= 1e15)
    throw new TypeError('expires: Unix seconds are needed')
  return canonicalText(own.lines, options.desk, options.expires)
}

/**
 * Signs every attribute of an identity (full form); call it on the host's server only.
 * @param options `expires`: Unix seconds, at most 30 days ahead, 24 hours for a page
 * @returns `v2.<keyId>.<expires>.<64 hex digits>`
 * @throws TypeError for an identity, desk, expiry, key id or secret that cannot be used
 */
export async function signIdentity(
  identity: IdentityInput,
  options: { desk: string; keyId: string; secret: string; expires: number },
): Promise<string> {
  const text = canonicalIdentity(identity, options)
  if (!keyIdForm.test(options.keyId))
    throw new TypeError('keyId: 1 to 32 letters, digits, "_" or "-" are needed')
  requireSecret(options.secret)
  return `v2.${options.keyId}.${options.expires}.${await signText(options.secret, text)}`
}

/**
 * Signs one identifier of an identity (short form), the first present of `identifierOrder`; it never expires.
 * @returns 64 lower-case hex digits
 * @throws TypeError for an identity or secret that cannot be used
 */
export async function signIdentifier(identity: IdentityInput, secret: string): Promise<string> {
  const own = readOwn(identity)
  requireSecret(secret)
  return signText(secret, own.identifier)
}

/** Whether a signature's time is acceptable: 60 s of clock skew behind, 30 days ahead; not for NaN. */
export function isCurrent(expires: number, now: number): boolean {
  return expires + skewSeconds >= now && expires <= now + maxAheadSeconds
}

/** Whether a key may verify now: not retired, and with a secret that is long enough. */
export function isLive(key: IdentityKey, now: number): boolean {
  return (key.retiresAt ?? Number.POSITIVE_INFINITY) > now && isSecret(key.secret)
}

/** What a signature claims, before it is verified; any key may have made one without `keyId`. */
interface Claim extends Omit<VerifiedIdentity, 'ok' | 'keyId'> {
  keyId: string | undefined
  hex: string
  text: string
}

function readClaim(identity: unknown, signature: unknown, options: VerifyOptions): Claim | IdentityReason {
  if (signature === undefined || signature === null || signature === '') return 'signature_missing'
  if (typeof signature !== 'string') return 'signature_malformed'
  const isFull = fullForm.test(signature)
  if (!isFull && (options.allowShort === false || !shortForm.test(signature))) return 'signature_malformed'
  const reading = read(identity)
  const identifier = 'lines' in reading ? identifierOf(reading.identity) : undefined
  if ('attribute' in reading || identifier === undefined) return 'identity_invalid'
  if (!isFull) {
    const { [identifier]: text = '', ...unverified } = reading.identity
    const trusted: Identity = { [identifier]: text }
    return { form: 'short', keyId: undefined, expires: null, hex: signature, text, trusted, unverified }
  }
  const keyEnd = signature.indexOf('.', 3)
  const hexStart = signature.length - 64
  const expires = Number(signature.slice(keyEnd + 1, hexStart - 1))
  if (!isCurrent(expires, options.now)) return 'signature_expired'
  return {
    form: 'full',
    keyId: signature.slice(3, keyEnd),
    expires,
    hex: signature.slice(hexStart),
    text: canonicalText(reading.lines, options.desk, expires),
    trusted: reading.identity,
    unverified: {},
  }
}

/**
 * Verifies what a page says about its user against its signature, full or short form, in constant time.
 * @param identity untrusted; see `readIdentity`
 * @param signature untrusted
 * @returns the trusted attributes, or the reason of the refusal; never throws for what is untrusted
 */
export async function verifyIdentity(
  identity: unknown,
  signature: unknown,
  options: VerifyOptions,
): Promise<Verification> {
  const claim = readClaim(identity, signature, options)
  if (typeof claim === 'string') return refusal(claim)
  const { form, keyId, expires, hex, text, trusted, unverified } = claim
  let reason: IdentityReason = 'signature_unknown_key'
  for (const key of options.keys) {
    if ((keyId !== undefined && keyId !== key.id) || !isLive(key, options.now)) continue
    if (await verifyText(key.secret, hex, text))
      return { ok: true, form, keyId: key.id, trusted, unverified, expires }
    reason = 'signature_mismatch'
  }
  return refusal(reason)
}

/** A verification that ended with this reason. */
export function refusal(reason: IdentityReason): Verification {
  return { ok: false, reason }
}
