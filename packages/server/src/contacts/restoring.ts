import { decideMerge, type MergeContact, normalizeEmail } from '@helpdesk/core'
import { bounded } from '../clients/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { selectByKey, selectWhole, upsertIdentified } from './identity-store.ts'
import { lockMerges } from './merges-store.ts'
import { mergeContacts } from './merging.ts'
import { identifyByEmail, type ProvableContact, selectIdentifiedBy, selectProvable } from './proving-store.ts'
import { proveKey, selectTyped } from './restoring-store.ts'

/** The id of no contact. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The browser in which an address is proved. */
export interface Browser {
  /** Its anonymous contact, if it has one. */
  id: string | null
  /** Whoever sits there has asked for the e-mail: a link that came from anywhere takes nothing along. */
  hasAsked: boolean
}

/**
 * Brings together what was begun with an address that was just proved: in the contact that has proved it before, else in
 * one of those that typed it. Tokens of browsers that merely typed the address open nothing any more.
 * @returns the contact, and whether others became part of it
 */
export async function bringTogether(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  deskId: string,
  email: string,
  browser: Browser,
): Promise<{ contactId: string; merged: boolean }> {
  await lockMerges(tx, deskId)
  const typed = await selectTyped(tx, deskId, email)
  const own = browser.id === null ? null : await selectProvable(tx, deskId, browser.id)
  const holder = await holderOf(tx, deps, deskId, email, typed, own)
  const parts = typed.filter(({ id }) => id !== holder.id)
  if (own && isToJoin(own, browser, holder) && !parts.some(({ id }) => id === own.id)) parts.push(own)
  const into = { ...mergeFacts(holder), verifiedEmail: provedBy(holder) ?? email }
  let merged = false
  for (const part of parts) {
    if (!decideMerge(mergeFacts(part), into, { by: 'email_link', email }).merge) continue
    await mergeContacts(tx, deps, deskId, part.id, holder.id, { by: 'email_link', agentId: null })
    merged = true
  }
  return { contactId: holder.id, merged }
}

/** What a browser has begun joins, unless it became part of another contact meanwhile. */
function isToJoin(own: ProvableContact, { id, hasAsked }: Browser, holder: { id: string }): boolean {
  return hasAsked && own.id === id && own.id !== holder.id && own.identity === 'anonymous'
}

/** The contact that an address stands for. */
async function holderOf(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  deskId: string,
  email: string,
  typed: readonly ProvableContact[],
  own: ProvableContact | null,
): Promise<ProvableContact> {
  const key = bounded(`e:${email}`)
  const keyed = await selectByKey(tx, deskId, key)
  if (keyed) {
    // An agent said that this is somebody else as well.
    const whole = keyed.mergedIntoId === null ? keyed : await selectWhole(tx, deskId, keyed.id)
    if (whole.id === keyed.id) await proveKey(tx, deskId, keyed.id, email)
    return mustBe(await selectProvable(tx, deskId, whole.id))
  }
  const [one, second] = await selectIdentifiedBy(tx, deskId, email, nobody, key)
  // Of two users of the host with one mailbox neither is opened: which of them reads it, nobody can say.
  if (one && !second) return one
  const first = typed.find(({ id }) => id === own?.id) ?? typed[0]
  if (first && (await identifyByEmail(tx, deskId, first.id, key)))
    return mustBe(await selectProvable(tx, deskId, first.id))
  const made = await upsertIdentified(tx, {
    deskId,
    id: deps.newId(),
    identityKey: key,
    form: 'email',
    externalId: null,
    name: null,
    nameProved: false,
    email,
    emailProved: true,
    phone: null,
    claims: {},
    clientId: null,
    now: deps.now(),
  })
  return mustBe(await selectProvable(tx, deskId, made.id))
}

function mustBe(contact: ProvableContact | null): ProvableContact {
  if (!contact) throw new Error('A contact that was just found is not there')
  return contact
}

const provedBy = ({ email, emailVerified }: ProvableContact) =>
  emailVerified ? normalizeEmail(email ?? '') : null

const mergeFacts = (contact: ProvableContact): MergeContact => ({
  id: contact.id,
  userExternalId: contact.externalId,
  clientExternalId: contact.clientExternalId,
  verifiedEmail: provedBy(contact),
})
