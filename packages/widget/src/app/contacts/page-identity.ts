import { type Identity, identifierOrder, readIdentity } from '@helpdesk/core'
import type { IdentityProblem } from '../../events.ts'
import type { WidgetOptions } from '../../options.ts'

/** What the page says of its user, read and checked. */
export interface Said {
  identity: Identity
  /** What vouches for it. */
  proof: Proof | undefined
  /** The same for the same person, and no two persons have the same. */
  person: string
  /** The same as long as the page says the same of the person. */
  text: string
}

/** Something that only the host's server, or the desk, can have made. */
export type Proof = { signature: string } | { identityToken: string } | { linkToken: string }

/** The page says something that cannot be used, or the desk does not accept it. */
export class Refusal extends Error {
  readonly reason: IdentityProblem
  constructor(reason: IdentityProblem, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * Asks the page who its user is; nothing when it has none.
 * @throws Refusal for attributes that cannot be signed, and when the page's own `identify()` fails
 */
export async function askPage(options: WidgetOptions): Promise<Said | undefined> {
  const { identify } = options
  if (typeof identify !== 'function') return readSaid(options)
  let answer: unknown
  try {
    answer = await identify()
  } catch (cause) {
    throw new Refusal('identify_failed', cause)
  }
  return readSaid(answer)
}

/** What options or an answer of `identify()` say; own properties only. */
export function readSaid(answer: unknown): Said | undefined {
  if (typeof answer !== 'object' || answer === null) return
  const given: Record<string, unknown> = Object.assign(Object.create(null), answer)
  const text = (...names: string[]) =>
    names.map((name) => given[name]).find((one) => one && typeof one === 'string')
  const linkToken = text('linkToken', 'link_token') as string | undefined
  const identityToken = text('identityToken', 'identity_token') as string | undefined
  const signature = text('signature') as string | undefined
  // The script tag of the seed calls the user's address `data-email`.
  const attributes = { user_email: given.email, ...given, ...(given.identity as object | undefined) }
  const { identity, ok } = identityToken ? readToken(identityToken) : check(attributes)
  if (!ok && !linkToken) throw new Refusal('identity_invalid')
  const isSilent = Object.keys(identity).length === 0
  if (linkToken) return { identity: {}, proof: { linkToken }, person: `link\n${linkToken}`, text: linkToken }
  if (identityToken)
    return {
      identity,
      proof: { identityToken },
      person: isSilent ? identityToken : personOf(identity),
      text: isSilent ? identityToken : JSON.stringify(identity),
    }
  if (isSilent) return
  const proof = signature ? { signature } : undefined
  return { identity, proof, person: personOf(identity), text: JSON.stringify([identity, !!proof]) }
}

function check(attributes: unknown): { ok: boolean; identity: Identity } {
  const reading = readIdentity(attributes)
  return reading.ok ? reading : { ok: false, identity: {} }
}

/** The attributes in a JWT, which only the desk can verify. */
function readToken(token: string): { ok: boolean; identity: Identity } {
  try {
    const [, payload = ''] = token.split('.')
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const claims: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0))),
    )
    const reading = readIdentity(claims)
    return { ok: true, identity: reading.ok ? reading.identity : {} }
  } catch {
    // Whatever it is: the desk says what is wrong with it.
    return { ok: true, identity: {} }
  }
}

const personOf = (identity: Identity) => JSON.stringify(identifierOrder.map((name) => identity[name] ?? null))
