import { HelpdeskError } from '@helpdesk/core'
import { readClaims, readEmail, readName } from '../ask.ts'
import type { ContactRecord, DeskRecord, SessionRecord, World } from '../records.ts'
import { refusal } from '../schema.ts'
import { newContact } from '../writing.ts'

/** Who begins a conversation, with what it says about itself. */
export interface Beginner {
  world: World
  desk: DeskRecord
  contact: ContactRecord | null
  session: SessionRecord | null
  body: { email?: string; name?: string; claims?: unknown }
}

/** The contact that begins a conversation: the known one, or a new one with an address, where one is needed. */
export function writerOf({ world, desk, contact: known, session, body }: Beginner): ContactRecord {
  // A public link opens one conversation, and no other.
  if (session?.link) throw new HelpdeskError('forbidden')
  // Whom the host vouches for, it can be asked about.
  const isKnown = session !== null || known?.email
  if (desk.settings.widget.emailRequired && !body.email && !isKnown) {
    throw refusal([{ pointer: '/body/email', detail: 'is required' }])
  }
  const email = body.email === undefined ? null : readEmail(body.email)
  const name = readName(body.name)
  const claims = readClaims(body.claims)
  const contact = known ?? newContact(world, desk, { email, name })
  contact.email ??= email
  contact.name ??= name
  Object.assign(contact.claims, claims)
  return contact
}
