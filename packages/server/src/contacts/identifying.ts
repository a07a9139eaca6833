import { cleanName, decideMerge, type Identity, newToken, normalizeEmail } from '@helpdesk/core'
import type { ContactSession } from '@helpdesk/core/api'
import { bounded, findOrMakeClient } from '../clients/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { noteUse, retirementOf } from '../secrets/service.ts'
import { type AcceptedIdentity, acceptIdentity, type IdentityRequest } from './identity.ts'
import {
  adoptByEmail,
  type IdentifiedContact,
  selectByKey,
  selectWhole,
  upsertIdentified,
  widenToClient,
} from './identity-store.ts'
import { lockContacts, lockMerges } from './merges-store.ts'
import { mergeContacts } from './merging.ts'
import { unprovedPrefix } from './scope.ts'
import {
  type ContactActor,
  type Credentials,
  contactSelfView,
  findContact,
  hashContactToken,
} from './service.ts'
import { insertSession } from './sessions-store.ts'

const sessionMs = 60 * 60_000
const leastMs = 60_000

/**
 * Exchanges an identity that something vouches for for a short-lived session. The contact is found again by what was
 * vouched for, and the browser's anonymous contact becomes part of it.
 * @throws HelpdeskError identity_rejected with the reason
 */
export async function identify(
  deps: Deps,
  desk: DeskRecord,
  request: IdentityRequest,
  browser: Credentials | null,
): Promise<ContactSession> {
  const accepted = await acceptIdentity(deps, desk, request)
  const anonymous = browser && (await findContact(deps, desk, browser))
  const now = deps.now()
  const contactToken = newToken(deps.randomBytes)
  const expiresAt = await sessionEnd(deps, desk, accepted, now)
  const { contact, merged } = await deps.db.transaction(async (tx) => {
    const joining = anonymous?.via === 'token' ? anonymous : null
    if (joining) await lockMerges(tx, desk.deskId)
    const found = await findOrMake(tx, deps, desk, accepted, now)
    const merged = joining !== null && (await mergeAnonymous(tx, deps, desk, joining, found, accepted))
    await insertSession(
      tx,
      desk.deskId,
      {
        contactId: found.id,
        tokenHash: hashContactToken(contactToken),
        form: accepted.form,
        keyId: accepted.keyId,
        clientId: found.clientId,
        conversationId: null,
        linkVersion: null,
        expiresAt,
      },
      now,
    )
    return { contact: found, merged }
  })
  if (merged) deps.bus.publish({ type: 'events', deskId: desk.deskId })
  await noteUse(deps, desk.deskId, accepted.keyId, now)
  const credentials = { contactId: contact.id, contactToken }
  const actor = await findContact(deps, desk, credentials)
  if (!actor) throw new Error('A session that was just opened is not there')
  return {
    ...credentials,
    expiresAt: expiresAt.toISOString(),
    contact: contactSelfView(actor),
    form: accepted.form,
    conversationNumber: null,
  }
}

/** An hour, but no longer than the signature and its key. */
async function sessionEnd(
  deps: Deps,
  desk: DeskRecord,
  accepted: AcceptedIdentity,
  now: Date,
): Promise<Date> {
  const ends = [now.getTime() + sessionMs]
  if (accepted.expires !== null) ends.push(Math.max(accepted.expires * 1000, now.getTime() + leastMs))
  const retires = accepted.keyId === null ? null : await retirementOf(deps, desk.deskId, accepted.keyId)
  if (retires !== null) ends.push(retires * 1000)
  return new Date(Math.min(...ends))
}

async function findOrMake(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  { trusted, unverified, form }: AcceptedIdentity,
  now: Date,
): Promise<IdentifiedContact> {
  const { deskId } = desk
  const clientId = await findOrMakeClient(tx, deps, deskId, { trusted, unverified }, now)
  const email = normalizeEmail(trusted.user_email ?? '')
  const externalId = trusted.user_external_id ?? null
  const identityKey = keyOf(trusted, unverified, clientId, email)
  // Who was known by the address alone gets the id that comes with it now.
  if (externalId !== null && email !== null && form !== 'page') {
    const known = await selectByKey(tx, deskId, identityKey)
    if (!known) await adoptByEmail(tx, deskId, bounded(`e:${email}`), identityKey, externalId)
  }
  const said: Identity = { ...unverified, ...trusted }
  const contact = await upsertIdentified(tx, {
    deskId,
    id: deps.newId(),
    identityKey,
    form,
    externalId,
    name: cleanName(said.user_name ?? '') || null,
    // Of whom nothing personal is proved, the name is as good as the rest.
    nameProved: trusted.user_name !== undefined || identityKey.startsWith(unprovedPrefix),
    email: email ?? normalizeEmail(said.user_email ?? ''),
    emailProved: email !== null && form !== 'page',
    phone: trusted.user_phone ?? null,
    claims: unverified,
    clientId,
    now,
  })
  // An agent said that this is somebody else as well: whose signature it is, its conversations are there.
  if (contact.mergedIntoId !== null) return { ...(await selectWhole(tx, deskId, contact.id)), clientId }
  if (clientId !== null) await widenToClient(tx, deskId, contact.id, clientId)
  return { ...contact, clientId }
}

/** By what an identity is found again: only what was vouched for, except to tell the users of one client apart. */
function keyOf(
  trusted: Identity,
  unverified: Identity,
  clientId: string | null,
  email: string | null,
): string {
  if (trusted.user_external_id) return bounded(`u:${trusted.user_external_id}`)
  if (trusted.user_email) return bounded(`e:${email ?? trusted.user_email.toLowerCase()}`)
  const said = unverified.user_external_id ?? unverified.user_email?.toLowerCase() ?? ''
  return bounded(`${unprovedPrefix}${clientId}:${said}`)
}

async function mergeAnonymous(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  anonymous: ContactActor,
  contact: IdentifiedContact,
  { trusted, form }: AcceptedIdentity,
): Promise<boolean> {
  // A page's word is not a proof, and an unproved user of a client is not one person.
  if (form === 'page' || contact.identityKey?.startsWith(unprovedPrefix)) return false
  // Its browser may be signing in a second time at this moment.
  const [still] = await lockContacts(tx, desk.deskId, [anonymous.id])
  if (!still || still.mergedIntoId !== null) return false
  const email = normalizeEmail(trusted.user_email ?? '')
  const decision = decideMerge(
    {
      id: anonymous.id,
      userExternalId: null,
      clientExternalId: null,
      verifiedEmail: anonymous.emailVerified ? anonymous.email : null,
    },
    {
      id: contact.id,
      userExternalId: contact.externalId,
      clientExternalId: trusted.client_external_id ?? null,
      verifiedEmail: contact.emailVerified ? contact.email : null,
    },
    {
      by: 'signature',
      ...(trusted.user_external_id ? { userExternalId: trusted.user_external_id } : {}),
      ...(trusted.client_external_id ? { clientExternalId: trusted.client_external_id } : {}),
      ...(email ? { email } : {}),
    },
  )
  if (!decision.merge) return false
  await mergeContacts(tx, deps, desk.deskId, anonymous.id, contact.id, { by: 'signature', agentId: null })
  return true
}
