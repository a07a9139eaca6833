import { signText } from './hmac.ts'
import {
  type Identity,
  type IdentityAttribute,
  type IdentityKey,
  type IdentityReason,
  identifierOf,
  identityAttributes,
  readIdentity,
  type Verification,
  type VerifyOptions,
  verifyIdentity,
} from './identity.ts'
import { verifyIdentityToken } from './identity-token.ts'
import { constantTimeEqual } from './tokens.ts'

/** What may be wrong with a signature. */
export const identityHintCodes = [
  'attribute_not_signed',
  'attribute_missing',
  'attribute_changed',
  'wrong_desk',
  'wrong_key',
  'retired_key',
  'wrong_expiry',
  'wrong_case',
  'not_hex',
  'line_ending',
  'other_identifier',
  'signed_as_json',
  'number_or_empty',
  'unknown_attribute',
] as const

/** One thing that would make a signature match. */
export interface IdentityHint {
  code: (typeof identityHintCodes)[number]
  attribute: string | null
  /** English; names no secret and no right value. */
  detail: string
}

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

/** A text that a host may have signed by mistake, and what that mistake would be. */
interface Guess {
  text: string
  hints: IdentityHint[]
}

const hint = (code: IdentityHint['code'], detail: string, attribute: string | null = null): IdentityHint => ({
  code,
  attribute,
  detail,
})

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
        name.slice(0, 60),
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
  const guesses = fullGuesses(reading.identity, options.desk, Number(expires))
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

const changes: readonly [string, (text: string) => string][] = [
  ['white space around it', (text) => text.trim()],
  ['upper case', (text) => text.toLowerCase()],
  ['percent encoding', safely(decodeURIComponent)],
  ['percent encoding', (text) => encodeURIComponent(text)],
  ['HTML escapes', unescapeHtml],
  ['another Unicode form', (text) => text.normalize('NFC')],
  ['another Unicode form', (text) => text.normalize('NFD')],
  ['a decimal point', (text) => text.replace(/\.0+$/, '')],
]

function safely(change: (text: string) => string) {
  return (text: string) => {
    try {
      return change(text)
    } catch {
      return text
    }
  }
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** Texts of the full form that differ from the right one by one mistake, the likeliest first. */
function* fullGuesses(identity: Identity, desk: string, expires: number): Generator<Guess> {
  const lines = (said: Identity) =>
    identityAttributes.flatMap((name) => (said[name] ? [`${name}=${said[name]}`] : []))
  const head = (expiry: number | string, name = desk) => [
    'helpdesk-identity-v2',
    `desk=${name}`,
    `expires=${expiry}`,
  ]
  const right = [...head(expires), ...lines(identity)]
  yield { text: right.join('\n'), hints: [] }
  yield {
    text: `${right.join('\n')}\n`,
    hints: [hint('line_ending', 'The signed text must not end with a line break.')],
  }
  yield {
    text: right.join('\r\n'),
    hints: [hint('line_ending', 'The lines must be joined by \\n, without \\r.')],
  }
  for (const part of smallerSets(identity)) {
    const left = identityAttributes.filter((name) => identity[name] !== undefined && part[name] === undefined)
    const detail = 'The page sends it, but it was not signed. Sign every attribute that is sent.'
    yield {
      text: [...head(expires), ...lines(part)].join('\n'),
      hints: left.map((name) => hint('attribute_not_signed', detail, name)),
    }
  }
  yield* changedGuesses(identity, (said) => [...head(expires), ...lines(said)].join('\n'))
  yield* emptyGuesses(identity, head(expires))
  for (const [expiry, detail] of [
    [expires * 1000, 'The signed text has milliseconds where the signature has seconds.'],
    [`${expires}.0`, 'The expiry in the signed text must be a whole number.'],
  ] as const)
    yield { text: [...head(expiry), ...lines(identity)].join('\n'), hints: [hint('wrong_expiry', detail)] }
  for (const name of new Set([desk.toLowerCase(), '', 'undefined', 'null']))
    if (name !== desk)
      yield {
        text: [...head(expires, name), ...lines(identity)].join('\n'),
        hints: [hint('wrong_desk', 'The line "desk=" must have the public id of this desk.')],
      }
  const detail = 'JSON was signed: sign the lines of the canonical text.'
  yield { text: JSON.stringify(identity), hints: [hint('signed_as_json', detail)] }
}

/** Every set of attributes with fewer than there are, the largest first. */
function smallerSets(identity: Identity): Identity[] {
  const names = identityAttributes.filter((name) => identity[name] !== undefined)
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, bits) =>
    names.filter((_name, place) => (bits >> place) & 1),
  )
  return sets
    .sort((a, b) => b.length - a.length)
    .map((set) => Object.fromEntries(set.map((name) => [name, identity[name]])) as Identity)
}

function* changedGuesses(identity: Identity, textOf: (said: Identity) => string): Generator<Guess> {
  for (const name of identityAttributes) {
    const value = identity[name]
    if (value === undefined) continue
    for (const [what, change] of changes) {
      const other = change(value)
      if (other === value) continue
      const detail = `The signed value and the value of the page differ in ${what}.`
      yield { text: textOf({ ...identity, [name]: other }), hints: [hint('attribute_changed', detail, name)] }
    }
  }
}

function* emptyGuesses(identity: Identity, head: string[]): Generator<Guess> {
  const absent = identityAttributes.filter((name) => identity[name] === undefined)
  const detail = 'An empty attribute counts as absent: leave its line out.'
  const withEmpty = (empty: readonly IdentityAttribute[]) =>
    identityAttributes.flatMap((name) =>
      identity[name] === undefined
        ? empty.includes(name)
          ? [`${name}=`]
          : []
        : [`${name}=${identity[name]}`],
    )
  for (const names of [...absent.map((name) => [name]), absent])
    yield {
      text: [...head, ...withEmpty(names)].join('\n'),
      hints: names.map((name) => hint('number_or_empty', detail, name)),
    }
}

/** Texts of the short form that differ from the right one by one mistake. */
function* shortGuesses(identity: Identity): Generator<Guess> {
  const right = identifierOf(identity)
  if (right === undefined) return
  yield { text: identity[right] ?? '', hints: [] }
  for (const name of identityAttributes) {
    if (name === right || identity[name] === undefined) continue
    const detail = `It signs ${name}, but with these attributes the short form signs ${right}.`
    yield { text: identity[name], hints: [hint('other_identifier', detail, right)] }
  }
  const ending = 'The identifier was signed with a line break at its end.'
  yield { text: `${identity[right]}\n`, hints: [hint('line_ending', ending, right)] }
  yield* changedGuesses({ [right]: identity[right] } as Identity, (said) => said[right] ?? '')
}
