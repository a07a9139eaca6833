import { HelpdeskError } from '@helpdesk/core'
import type { Contact, ContactMerge } from '@helpdesk/core/api'
import { clientView } from '../clients/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type PersonRow, selectMerges, selectPeople, selectPerson, updateWishes } from './people-store.ts'

/** A page of the desk's contacts, newest first. @param search part of a name, an address or an external id */
export async function listContacts(
  deps: Deps,
  desk: DeskRecord,
  search: string | undefined,
  page: { cursor: string | undefined; limit: number },
): Promise<{ contacts: Contact[]; next: string | null }> {
  const rows = await selectPeople(deps.db, desk.deskId, search?.trim() || null, page.cursor, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return {
    contacts: shown.map((row) => contactView(deps, desk, row)),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** A contact as agents see it. @throws HelpdeskError not_found */
export async function contactViewById(deps: Deps, desk: DeskRecord, id: string): Promise<Contact> {
  const row = await selectPerson(deps.db, desk.deskId, id)
  if (!row) throw new HelpdeskError('not_found')
  return contactView(deps, desk, row)
}

/** Notes what a contact wishes, or tries its address again. @throws HelpdeskError not_found */
export async function changeContact(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  change: { emailOptedOut?: boolean | undefined; emailBounce?: null | undefined },
): Promise<Contact> {
  await updateWishes(deps.db, desk.deskId, id, {
    optedOut: change.emailOptedOut ?? null,
    forgetBounce: change.emailBounce === null,
  })
  return contactViewById(deps, desk, id)
}

/** What has become part of a contact and can be taken back, newest first. */
export async function mergesOf(deps: Deps, desk: DeskRecord, id: string): Promise<ContactMerge[]> {
  const rows = await selectMerges(deps.db, desk.deskId, id)
  return rows.map((row) => ({
    id: row.id,
    from: { id: row.from_id, name: row.from_name, email: row.from_email },
    by: row.by,
    agentName: row.agent_name,
    conversations: row.conversations,
    at: row.created_at.toISOString(),
  }))
}

function contactView(deps: Deps, desk: DeskRecord, row: PersonRow): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.email_verified,
    emailOptedOut: row.email_opted_out,
    emailBounce: row.email_bounce && { at: row.email_bounce.at, detail: row.email_bounce.detail },
    phone: row.phone,
    externalId: row.external_id,
    identity: row.identity,
    claims: { ...row.client_claims, ...row.claims },
    client: row.client && clientView(row.client),
    online: deps.presence.contactOnline(desk.deskId, row.id),
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }
}
