import type { Client, Contact, ContactMerge, ContactSelf, ContactSession } from '@helpdesk/core/api'
import { isUnproved } from './identities.ts'
import type {
  ClientRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  MergeRecord,
  SessionRecord,
  Viewer,
} from './records.ts'

/** The contact that a contact is part of, itself when it was never merged. */
export function wholeOf(contact: ContactRecord): ContactRecord {
  return contact.mergedInto ? wholeOf(contact.mergedInto) : contact
}

/** A contact that looks at its own conversations. */
export function ownViewer(contact: ContactRecord): Viewer {
  return { contact, client: null, only: null }
}

/** Whether a visitor may open a conversation: its own, or a ticket of the client that was vouched for. */
export function maySee({ settings }: DeskRecord, viewer: Viewer, conversation: ConversationRecord): boolean {
  const { contact, client, only } = viewer
  if (only) return only === conversation
  if (conversation.contact === contact) return true
  if (client === null || conversation.client !== client || conversation.subject === null) return false
  // Unproved users of a client cannot be told apart for certain, so that they share theirs in any case.
  const areUnproved = isUnproved(contact) && isUnproved(conversation.contact)
  return !settings.tickets.ownOnly || areUnproved
}

/** A contact as it sees itself. */
export function toContactSelf(contact: ContactRecord): ContactSelf {
  const { id, name, email, emailVerified, client } = contact
  return {
    id,
    name,
    email,
    emailVerified,
    client: client && { externalId: client.externalId, name: client.name },
  }
}

/** Credentials with what they open. */
export function toContactSession(session: SessionRecord): ContactSession {
  const { token, contact, form, link, expiresAt } = session
  return {
    contactId: contact.id,
    contactToken: token,
    expiresAt,
    contact: toContactSelf(contact),
    form,
    conversationNumber: link?.conversation.number ?? null,
  }
}

/** A client as agents see it. */
export function toClient(client: ClientRecord): Client {
  return { ...client }
}

/** A contact as agents see it, without the token. */
export function toContact(desk: DeskRecord, contact: ContactRecord): Contact {
  const {
    id,
    name,
    email,
    emailVerified,
    emailOptedOut = false,
    emailBounce = null,
    phone,
    externalId,
    identity,
    claims,
    client,
    createdAt,
    lastSeenAt,
  } = contact
  return {
    id,
    name,
    email,
    emailVerified,
    emailOptedOut,
    emailBounce,
    phone,
    externalId,
    identity,
    claims,
    client: client && toClient(client),
    online: [...desk.listeners].some(({ viewer }) => viewer?.contact === contact),
    createdAt,
    lastSeenAt,
  }
}

/** A merge as agents see it. */
export function toContactMerge({ id, from, by, agent, moved, at }: MergeRecord): ContactMerge {
  return {
    id,
    from: { id: from.id, name: from.name, email: from.email },
    by,
    agentName: agent?.name ?? null,
    conversations: moved.length,
    at,
  }
}
