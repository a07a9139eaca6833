import { createHash } from 'node:crypto'
import { cleanName, constantTimeEqual, HelpdeskError, normalizeEmail } from '@helpdesk/core'
import type { ContactSelf } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { selectContact, touchContact, updateContactEmail } from './store.ts'

/** The contact behind a request. */
export interface ContactActor {
  id: string
  name: string | null
  email: string | null
  emailVerified: boolean
  createdAt: Date
  lastSeenAt: Date | null
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
  const contact = await selectContact(deps.db, desk.deskId, credentials.contactId)
  const hash = hashContactToken(credentials.contactToken)
  if (!contact?.tokenHash || !constantTimeEqual(contact.tokenHash, hash)) return null
  const { tokenHash: _, ...actor } = contact
  return actor
}

/** Whether the credentials still open the contact. */
export async function findContactStill(
  deps: Deps,
  desk: DeskRecord,
  credentials: Credentials,
): Promise<boolean> {
  return (await findContact(deps, desk, credentials)) !== null
}

/** Notes that the contact is here (to the minute). */
export async function seeContact(deps: Deps, desk: DeskRecord, contact: ContactActor): Promise<void> {
  const { lastSeenAt } = contact
  if (lastSeenAt && deps.now().getTime() - lastSeenAt.getTime() < 60_000) return
  await touchContact(deps.db, desk.deskId, contact.id, deps.now())
}

/** Says where replies should be e-mailed to; the new address is unverified. */
export async function updateEmail(
  deps: Deps,
  desk: DeskRecord,
  contact: ContactActor,
  input: { email: string; name?: string | undefined },
): Promise<ContactActor> {
  const email = readEmail(input.email)
  const updated = await updateContactEmail(deps.db, desk.deskId, contact.id, email, readName(input.name))
  if (!updated) throw new HelpdeskError('contact_unknown')
  return updated
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
  return { id: contact.id, name: contact.name, email: contact.email, emailVerified: contact.emailVerified }
}
