import type { Deps } from '../deps.ts'
import { type DeskRecord, deskById } from '../desks/service.ts'
import { uuidBytes, uuidOf } from '../ids.ts'
import { contactExists, setOptedOut } from './unsubscribe-store.ts'

/**
 * The token of a contact's unsubscribe link is not kept anywhere: it names desk and contact and is signed with the
 * installation's key over them. It opens nothing else.
 */
const tokenForm = /^[A-Za-z0-9_-]{86}$/

/** The token: 32 bytes that name desk and contact and 32 that sign them, base64url, 86 characters. */
export function unsubscribeToken(deps: Pick<Deps, 'vault'>, deskId: string, contactId: string): string {
  const mac = Buffer.from(deps.vault.mac('unsubscribe', `${deskId} ${contactId}`), 'base64url')
  return Buffer.concat([uuidBytes(deskId), uuidBytes(contactId), mac]).toString('base64url')
}

/** What an e-mail to a reply address has as its subject when it asks for no more of them. */
export const unsubscribeSubject = 'unsubscribe'

/** Where a contact asks for no more e-mails: the page, and the address that mail programs post to. */
export function unsubscribeUrls(
  deps: Pick<Deps, 'vault' | 'config'>,
  deskId: string,
  contactId: string,
): { page: string; oneClick: string } {
  const token = unsubscribeToken(deps, deskId, contactId)
  const { publicUrl } = deps.config
  return {
    page: `${publicUrl}/p/unsubscribe/${token}`,
    oneClick: `${publicUrl}/api/email/unsubscribe/${token}`,
  }
}

/** Whom a token is about. */
export interface Subscriber {
  desk: DeskRecord
  contactId: string
}

/** Whom a token is about; null for every token that is about nobody, whatever the cause. */
export async function readUnsubscribeToken(deps: Deps, token: string): Promise<Subscriber | null> {
  if (!tokenForm.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const [deskId, contactId] = [uuidOf(bytes.subarray(0, 16)), uuidOf(bytes.subarray(16, 32))]
  // One token has one spelling: the last character carries bits that decoding would drop.
  const isRight =
    deps.vault.verify('unsubscribe', `${deskId} ${contactId}`, bytes.subarray(32).toString('base64url')) &&
    bytes.toString('base64url') === token
  if (!isRight || !(await contactExists(deps.db, deskId, contactId))) return null
  const desk = await deskById(deps, deskId)
  return desk && { desk, contactId }
}

/** Notes whether a contact wants e-mails of a desk, also where it became part of another contact meanwhile. */
export async function setWantsEmails(
  deps: Pick<Deps, 'db'>,
  deskId: string,
  contactId: string,
  wants: boolean,
): Promise<void> {
  await setOptedOut(deps.db, deskId, contactId, !wants)
}
