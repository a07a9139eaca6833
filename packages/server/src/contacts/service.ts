import { createHash } from 'node:crypto'
import { cleanName, constantTimeEqual, HelpdeskError, normalizeEmail } from '@helpdesk/core'
import type { ContactSelf } from '@helpdesk/core/api'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import { announceChange } from './address-change.ts'
import { unprovedPrefix, type VisitorScope } from './scope.ts'
import {
  deleteSession,
  deleteSessionsBefore,
  insertSession,
  type NewSession,
  type SessionForm,
  shortenSessions,
} from './sessions-store.ts'
import { type ContactRow, selectContact, touchContact, updateContactEmail } from './store.ts'

export { contactViewById } from './people.ts'

/** The contact behind a request. */
export interface ContactActor {
  id: string
  name: string | null
  email: string | null
  emailVerified: boolean
  createdAt: Date
  lastSeenAt: Date | null
  /** What let it in: the token of its browser, or a session of this form. */
  via: 'token' | SessionForm
  /** The client that was vouched for. */
  clientId: string | null
  client: { externalId: string | null; name: string | null } | null
  /** Which conversations it may see. */
  scope: VisitorScope
}

/** What a browser keeps to prove that a contact is its own. */
export interface Credentials {
  contactId: string
  contactToken: string
}

/** The stored form of a contact token: SHA-256, hex. Its 256 random bits need no slow hash. */
export const hashContactToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** The contact that the credentials prove, or null; wrong id and wrong token look the same. */
export async function findContact(
  deps: Deps,
  desk: DeskRecord,
  credentials: Credentials,
): Promise<ContactActor | null> {
  const hash = hashContactToken(credentials.contactToken)
  const row = await selectContact(deps.db, desk.deskId, credentials.contactId, hash, deps.now())
  if (!row) return null
  const isOwnToken = row.token_hash !== null && constantTimeEqual(row.token_hash, hash)
  const via = row.session_form ?? (isOwnToken ? 'token' : null)
  return via !== null && isAccepted(desk, via) ? toActor(desk, row, via) : null
}

/** Whether a desk lets in what came this way, by its settings as they are now. */
export function isAccepted({ settings: { security } }: DeskRecord, via: ContactActor['via']): boolean {
  if (via === 'token' || via === 'email') return security.level !== 'signature'
  if (via === 'page') return security.level === 'open'
  return via !== 'short' || security.allowShort
}

function toActor(desk: DeskRecord, row: ContactRow, via: ContactActor['via']): ContactActor {
  const clientId = row.session_client_id
  const wide = !desk.settings.tickets.ownOnly
  const isProved = !row.identity_key?.startsWith(unprovedPrefix)
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.email_verified,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    via,
    clientId,
    client: clientId === null ? null : { externalId: row.client_external_id, name: row.client_name },
    scope: {
      contactId: row.id,
      clientId: wide || !isProved ? clientId : null,
      wide,
      only: row.session_conversation_id,
    },
  }
}

/** Whether the credentials still open the contact, and as much of the desk as before. */
export async function findContactStill(
  deps: Deps,
  desk: DeskRecord,
  credentials: Credentials,
  before: ContactActor,
): Promise<boolean> {
  const current = await findDesk(deps, desk.publicId)
  const now = current && (await findContact(deps, current, credentials))
  return now != null && JSON.stringify(now.scope) === JSON.stringify(before.scope)
}

/** Ends a session; the token of a browser stays, it has nothing else to come back with. */
export async function signOut(deps: Deps, desk: DeskRecord, credentials: Credentials): Promise<void> {
  const hash = hashContactToken(credentials.contactToken)
  await deleteSession(deps.db, desk.deskId, credentials.contactId, hash)
}

/** Opens a session. */
export async function openSession(
  db: Queryable,
  deskId: string,
  session: NewSession,
  now: Date,
): Promise<void> {
  await insertSession(db, deskId, session, now)
}

/** Lets the sessions that a key opened end at a moment, or earlier as they would have. */
export async function endSessionsOf(db: Queryable, deskId: string, keyId: string, end: Date): Promise<void> {
  await shortenSessions(db, deskId, keyId, end)
}

/** Forgets sessions that have ended. */
export async function forgetEndedSessions({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteSessionsBefore(db, now())
}

/** Notes that the contact is here (to the minute). */
export async function seeContact(deps: Deps, desk: DeskRecord, contact: ContactActor): Promise<void> {
  const { lastSeenAt } = contact
  if (lastSeenAt && deps.now().getTime() - lastSeenAt.getTime() < 60_000) return
  await touchContact(deps.db, desk.deskId, contact.id, deps.now())
}

/**
 * Says where replies should be e-mailed to; the new address is unverified, and a proved one that it replaces is told.
 * @throws HelpdeskError validation_failed, forbidden (through a public link)
 */
export async function updateEmail(
  deps: Deps,
  desk: DeskRecord,
  contact: ContactActor,
  input: { email: string; name?: string | undefined },
): Promise<ContactActor> {
  // Whoever has a link to one conversation does not decide where the answers to it go.
  if (contact.scope.only) throw new HelpdeskError('forbidden')
  const [email, name] = [readEmail(input.email), readName(input.name)]
  const updated = await deps.db.transaction(async (tx) => {
    const changed = await updateContactEmail(tx, desk.deskId, contact.id, email, name)
    // Whoever sits at somebody else's browser must not lead the answers away unnoticed.
    if (changed?.leftEmail) await announceChange(tx, deps, desk.deskId, changed.leftEmail)
    return changed
  })
  if (!updated) throw new HelpdeskError('contact_unknown')
  const { leftEmail: _, ...shown } = updated
  return { ...contact, ...shown }
}

/** The stored form of an address. @throws HelpdeskError validation_failed */
export function readEmail(email: string): string {
  const normal = normalizeEmail(email)
  if (normal) return normal
  throw new HelpdeskError('validation_failed', {
    detail: 'Check email',
    errors: [{ pointer: '/body/email', detail: 'must be one e-mail address' }],
  })
}

/** The stored form of a name; null when nothing is left of it. */
export function readName(name: string | undefined): string | null {
  return name === undefined ? null : cleanName(name) || null
}

/** A contact as it sees itself. */
export function contactSelfView(contact: ContactActor): ContactSelf {
  const { id, name, email, emailVerified, client } = contact
  return { id, name, email, emailVerified, client }
}
