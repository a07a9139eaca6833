import { HelpdeskError } from '@helpdesk/core'
import { type Answers, findContact, readEmail, readName, readPage } from '../ask.ts'
import { toContact, toContactMerge, toContactSelf, toContactSession } from '../contact-views.ts'
import { redeemLink, sendLink } from '../email-links.ts'
import { contactOf, inspect, isUnproved, openSession } from '../identities.ts'
import { mergeContacts, mergesInto, undoMerge } from '../merges.ts'
import type { DeskRecord } from '../records.ts'
import { refusal } from '../schema.ts'

/** Who writes: identities, sessions, merges. */
export const contacts: Answers['contacts'] = {
  identify({ world, desk, body, credentials }) {
    const found = inspect(world, desk, body)
    const { form, keyId, reason } = found
    if (form === null || reason !== null) {
      throw new HelpdeskError('identity_rejected', { reason: reason ?? 'signature_malformed' })
    }
    const contact = contactOf(world, desk, found)
    const key = desk.secrets.find(({ id }) => id === keyId)
    if (key) key.lastUsedAt = world.now().toISOString()
    const anonymous = desk.contacts.find(
      ({ id, token, identity }) =>
        id === credentials?.contactId && token === credentials.contactToken && identity === 'anonymous',
    )
    // A page's word is not a proof, and an unproved user of a client is not one person.
    const isProved = form !== 'page' && !isUnproved(contact)
    const hasTokens = desk.settings.security.level !== 'signature'
    if (anonymous && !anonymous.mergedInto && isProved && hasTokens) {
      mergeContacts({ world, desk }, anonymous, contact, { by: 'signature' })
    }
    const hasClient = 'client_external_id' in found.trusted || 'client_email' in found.trusted
    const client = hasClient ? contact.client : null
    const until = found.expiresAt
    const session = openSession(world, desk, { contact, form, keyId, client, until })
    return toContactSession(session)
  },
  requestEmailLink({ world, desk, body }) {
    mustTakeMailboxes(desk)
    return { expiresAt: sendLink(world, desk, readEmail(body.email)).expiresAt }
  },
  redeemEmailLink({ world, desk, body, credentials }) {
    mustTakeMailboxes(desk)
    return toContactSession(redeemLink({ world, desk }, body, credentials))
  },
  signOut({ desk, session }) {
    desk.sessions = desk.sessions.filter((one) => one !== session)
    return null
  },
  updateEmail({ contact, session, body }) {
    if (session?.link) throw new HelpdeskError('forbidden')
    contact.email = readEmail(body.email)
    contact.emailVerified = false
    contact.name = readName(body.name) ?? contact.name
    return { contact: toContactSelf(contact) }
  },
  list({ desk, query }) {
    const { limit, before } = readPage(query, { default: 50, most: 100 })
    const words = query.search?.trim().toLowerCase() ?? ''
    const found = desk.contacts
      .map((contact, index) => ({ contact, position: index + 1 }))
      .filter(({ contact }) => !contact.mergedInto)
      .filter(({ contact: { name, email, externalId } }) =>
        [name, email, externalId].some((text) => (text ?? '').toLowerCase().includes(words)),
      )
      .filter(({ position }) => position < before)
      .toReversed()
    const page = found.slice(0, limit)
    const nextCursor = page.length < found.length ? String(page.at(-1)?.position) : null
    return { contacts: page.map(({ contact }) => toContact(desk, contact)), nextCursor }
  },
  get({ desk, params }) {
    const contact = findContact(desk, params.contactId)
    return { contact: toContact(desk, contact), merges: mergesInto(desk, contact).map(toContactMerge) }
  },
  update({ desk, params, body }) {
    const contact = findContact(desk, params.contactId)
    if (body.emailOptedOut !== undefined) contact.emailOptedOut = body.emailOptedOut
    if (body.emailBounce === null) contact.emailBounce = null
    return { contact: toContact(desk, contact) }
  },
  merge({ world, desk, agent, params, body }) {
    if (body.intoContactId === params.contactId) {
      throw refusal([{ pointer: '/body/intoContactId', detail: 'must be another contact' }])
    }
    const into = findContact(desk, body.intoContactId)
    const from = findContact(desk, params.contactId)
    const merge = mergeContacts({ world, desk }, from, into, { by: 'agent', agent })
    return { contact: toContact(desk, into), merge: toContactMerge(merge) }
  },
  undoMerge({ world, desk, agent, params }) {
    const merge = desk.merges.find(({ id }) => id === params.mergeId)
    if (!merge) throw new HelpdeskError('not_found')
    return { contact: toContact(desk, undoMerge({ world, desk }, merge, agent)) }
  },
}

/** Where only a signature counts, no mailbox does. @throws {HelpdeskError} `identity_required` */
function mustTakeMailboxes({ settings }: DeskRecord): void {
  if (settings.security.level === 'signature') throw new HelpdeskError('identity_required')
}
