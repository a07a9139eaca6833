import {
  type Identity,
  type IdentityReason,
  identifierOf,
  normalizeEmail,
  readIdentity,
} from '@helpdesk/core'
import type { ContactSession } from '@helpdesk/core/api'
import { isLive } from './keys.ts'
import type { ClientRecord, ContactRecord, DeskRecord, SessionRecord, World } from './records.ts'
import { newContact } from './writing.ts'

/** What a page says about its user, as a request brings it. */
export interface Presented {
  identity?: unknown
  signature?: unknown
  identityToken?: unknown
}

/** What a look at a signature finds; here everything of the right form is right, unless it is all zeros. */
export interface Finding {
  form: ContactSession['form'] | null
  keyId: string | null
  expiresAt: string | null
  reason: IdentityReason | null
  trusted: Identity
  unverified: Identity
}

const fullForm = /^v2\.([A-Za-z0-9_-]{1,32})\.([1-9]\d{0,14})\.([0-9a-f]{64})$/
const shortForm = /^[0-9a-f]{64}$/
const jwtForm = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/

/** Looks at an identity and its signature as the desk does, but for the arithmetic of the signature itself. */
export function inspect(world: World, desk: DeskRecord, presented: Presented): Finding {
  const { identityToken, signature } = presented
  if (identityToken !== undefined) return inspectToken(world, desk, identityToken)
  const { settings } = desk
  const refuse = (reason: IdentityReason) => finding({ reason })
  if (signature === undefined || signature === null || signature === '') {
    if (settings.security.level !== 'open') return refuse('signature_missing')
    return withIdentity(presented.identity, (trusted) => finding({ form: 'page', trusted }))
  }
  const text = typeof signature === 'string' ? signature : ''
  const [, keyId, seconds = ''] = fullForm.exec(text) ?? []
  const isShort = shortForm.test(text) && settings.security.allowShort
  if (!keyId && !isShort) return refuse('signature_malformed')
  return withIdentity(presented.identity, (identity) => {
    if (!keyId) {
      const name = identifierOf(identity) ?? 'user_email'
      const { [name]: trusted = '', ...unverified } = identity
      return signed({ form: 'short', trusted: { [name]: trusted }, unverified }, text)
    }
    const found = { form: 'full', keyId, expiresAt: toTime(Number(seconds)), trusted: identity } as const
    return current(world, desk, found) ?? signed(found, text.slice(-64))
  })
}

function inspectToken(world: World, desk: DeskRecord, token: unknown): Finding {
  const [, head = '', body = '', mac = ''] = jwtForm.exec(typeof token === 'string' ? token : '') ?? []
  const header = decode(head)
  const claims = decode(body)
  if (header?.alg !== 'HS256') return finding({ reason: 'signature_malformed' })
  return withIdentity(claims, (trusted) => {
    if (claims?.aud !== desk.settings.id) return finding({ reason: 'signature_mismatch' })
    const expires = Number(claims.exp)
    if (!(expires > 0)) return finding({ reason: 'signature_expired' })
    const found = { form: 'jwt', keyId: String(header.kid), expiresAt: toTime(expires), trusted } as const
    return current(world, desk, found) ?? signed(found, mac.replaceAll('A', '0'))
  })
}

function finding(known: Partial<Finding>): Finding {
  return { form: null, keyId: null, expiresAt: null, reason: null, trusted: {}, unverified: {}, ...known }
}

function withIdentity(value: unknown, next: (identity: Identity) => Finding): Finding {
  const reading = readIdentity(value)
  const isGood = reading.ok && identifierOf(reading.identity) !== undefined
  return isGood ? next(reading.identity) : finding({ reason: 'identity_invalid' })
}

/** Why a signature that names its key and its end is no longer good. */
function current(world: World, desk: DeskRecord, found: Partial<Finding>): Finding | null {
  const { keyId, expiresAt } = found
  const key = desk.secrets.find(({ id }) => id === keyId)
  // A desk of a test without any keys takes every one.
  const isKnown = desk.secrets.length === 0 || (key && isLive(world, key))
  if (!isKnown) return finding({ ...found, trusted: {}, reason: 'signature_unknown_key' })
  const isOver = Date.parse(expiresAt ?? '') + 60_000 < world.now().getTime()
  return isOver ? finding({ ...found, trusted: {}, reason: 'signature_expired' }) : null
}

function signed(found: Partial<Finding>, hex: string): Finding {
  const isWrong = /^0+$/.test(hex)
  return finding(isWrong ? { ...found, trusted: {}, unverified: {}, reason: 'signature_mismatch' } : found)
}

function toTime(seconds: number): string {
  return new Date(Math.min(seconds * 1000, 8.64e15)).toISOString()
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const text = new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

/** The contact that an identity stands for, brought up to date with what it says; made when it is new. */
export function contactOf(world: World, desk: DeskRecord, found: Finding): ContactRecord {
  const { form, trusted, unverified } = found
  const client = clientOf(world, desk, trusted)
  const identityKey = keyOf(trusted, unverified, client)
  const said = { ...unverified, ...trusted }
  const contact =
    desk.contacts.find((one) => one.identityKey === identityKey && !one.mergedInto) ??
    newContact(world, desk, { identityKey })
  const email = normalizeEmail(said.user_email ?? '')
  const isProved = form !== 'page' && trusted.user_email !== undefined
  contact.client = client ?? contact.client
  contact.name = said.user_name ?? contact.name
  contact.phone = trusted.user_phone ?? contact.phone
  contact.externalId = trusted.user_external_id ?? contact.externalId
  contact.identity = form === 'link' || form === null ? 'page' : form
  contact.claims = unverified
  if (email) Object.assign(contact, { email, emailVerified: isProved })
  contact.lastSeenAt = world.now().toISOString()
  return contact
}

/** The client that an identity names; made when it is new. */
export function clientOf(world: World, desk: DeskRecord, identity: Identity): ClientRecord | null {
  const { client_external_id: externalId = null, client_email: email = null } = identity
  if (externalId === null && email === null) return null
  const known = desk.clients.find((one) =>
    externalId === null ? one.externalId === null && one.email === email : one.externalId === externalId,
  )
  const client = known ?? addClient(world, desk, { externalId, email })
  client.email = email ?? client.email
  client.name = identity.client_name ?? client.name
  client.url = identity.client_url ?? client.url
  client.plan = identity.client_plan ?? client.plan
  return client
}

/** A client nobody has heard of before. */
export function addClient(world: World, desk: DeskRecord, known: Partial<ClientRecord>): ClientRecord {
  const client: ClientRecord = {
    id: world.newId(),
    externalId: null,
    name: null,
    email: null,
    url: null,
    plan: null,
    createdAt: world.now().toISOString(),
    ...known,
  }
  desk.clients.push(client)
  return client
}

/** By what an identity is found again: what was vouched for, except to tell the users of one client apart. */
export function keyOf(trusted: Identity, unverified: Identity, client: ClientRecord | null): string {
  const { user_external_id: user, user_email: email } = trusted
  if (user !== undefined) return `u:${user}`
  if (email !== undefined) return `e:${email.toLowerCase()}`
  const said = unverified.user_external_id ?? unverified.user_email?.toLowerCase() ?? ''
  return `c:${client?.id ?? ''}:${said}`
}

/** Whether only the client of a contact was vouched for, so that any user of it may stand behind it. */
export function isUnproved({ identityKey }: ContactRecord): boolean {
  return identityKey?.startsWith('c:') ?? false
}

/** Credentials for an hour, but no longer than the signature, unless that would be of no use. */
export function openSession(
  world: World,
  desk: DeskRecord,
  {
    until = null,
    ...known
  }: Pick<SessionRecord, 'contact' | 'form'> & Partial<SessionRecord> & { until?: string | null },
): SessionRecord {
  const now = world.now().getTime()
  const signed = until === null ? Infinity : Math.max(Date.parse(until), now + 60_000)
  const session: SessionRecord = {
    token: world.newToken(),
    keyId: null,
    client: null,
    link: null,
    expiresAt: new Date(Math.min(now + 3_600_000, signed)).toISOString(),
    ...known,
  }
  desk.sessions.push(session)
  return session
}
