import { decideMerge, type MergeContact, normalizeEmail } from '@helpdesk/core'
import { bounded } from '../clients/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { lockMerges } from './merges-store.ts'
import { mergeContacts } from './merging.ts'
import {
  identifyByEmail,
  markVerified,
  type ProvableContact,
  selectIdentifiedBy,
  selectProvable,
} from './proving-store.ts'
import { unprovedPrefix } from './scope.ts'

/**
 * Notes that whoever reads a mailbox is the contact: an answer to an e-mail of ours came from there. The contact's address
 * is verified, and an anonymous contact becomes part of the one that has proved the same address before.
 * @returns the contact that it is now; null when it is gone
 */
export async function proveByReply(
  deps: Deps,
  deskId: string,
  contactId: string,
  address: string,
): Promise<string | null> {
  const proved = await deps.db.transaction(async (tx) => {
    await lockMerges(tx, deskId)
    const contact = await selectProvable(tx, deskId, contactId)
    // A contact that has another address by now is no less the one that was asked, but the proof is of the old one.
    if (!contact || normalizeEmail(contact.email ?? '') !== address) return contact && { id: contact.id }
    if (contact.identityKey?.startsWith(unprovedPrefix)) return { id: contact.id }
    if (contact.identityKey !== null) {
      await markVerified(tx, deskId, contact.id)
      return { id: contact.id }
    }
    return proveAnonymous(tx, deps, deskId, contact, address)
  })
  if (proved && 'merged' in proved) deps.bus.publish({ type: 'events', deskId })
  return proved?.id ?? null
}

async function proveAnonymous(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  deskId: string,
  contact: ProvableContact,
  address: string,
): Promise<{ id: string; merged?: true }> {
  const key = bounded(`e:${address}`)
  const found = await selectIdentifiedBy(tx, deskId, address, contact.id, key)
  const [into, second] = found
  // Two users of the host with one mailbox: which of them wrote, nobody can say.
  const isOne = into !== undefined && (second === undefined || into.identityKey === key)
  const proof = { by: 'mailbox_reply', email: address } as const
  if (isOne && decideMerge(mergeFacts(contact), mergeFacts(into), proof).merge) {
    await mergeContacts(tx, deps, deskId, contact.id, into.id, { by: 'mailbox_reply', agentId: null })
    return { id: into.id, merged: true }
  }
  // A browser has the token of a contact that did not begin by e-mail, and whoever sits there may have typed somebody else's
  // address: it keeps its own conversations, and is not what a signature or a link for the address would open.
  const isIdentified = contact.byEmailOnly && (await identifyByEmail(tx, deskId, contact.id, key))
  if (!isIdentified) await markVerified(tx, deskId, contact.id)
  return { id: contact.id }
}

const mergeFacts = (contact: ProvableContact): MergeContact => ({
  id: contact.id,
  userExternalId: contact.externalId,
  clientExternalId: contact.clientExternalId,
  verifiedEmail: contact.emailVerified ? normalizeEmail(contact.email ?? '') : null,
})
