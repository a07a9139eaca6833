import { HelpdeskError, newToken } from '@helpdesk/core'
import type { ContactSession } from '@helpdesk/core/api'
import { contactSelfView, findContact, hashContactToken, openSession } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskById } from '../desks/service.ts'
import { uuidBytes, uuidOf } from '../ids.ts'
import { bumpLink, type LinkRow, revokeLink, selectLink } from './links-store.ts'

/**
 * A public link is not kept anywhere: its token names desk and conversation and is signed with the installation's key
 * over them and the version of the link. Replacing it counts the version on, revoking it switches it off.
 */
const tokenForm = /^[A-Za-z0-9_-]{86}$/
const sessionMs = 60 * 60_000

/** The token of a version of a conversation's link: 32 bytes that name it and 32 that sign it, base64url. */
export function linkToken(
  deps: Pick<Deps, 'vault'>,
  deskId: string,
  conversationId: string,
  version: number,
): string {
  const mac = deps.vault.mac('public-links', textOf(deskId, conversationId, version))
  return Buffer.concat([
    uuidBytes(deskId),
    uuidBytes(conversationId),
    Buffer.from(mac, 'base64url'),
  ]).toString('base64url')
}

const textOf = (deskId: string, conversationId: string, version: number) =>
  `${deskId} ${conversationId} ${version}`

/** The address of a conversation's page; null when its link was revoked. */
export function linkUrl(
  deps: Pick<Deps, 'vault' | 'config'>,
  deskId: string,
  conversationId: string,
  link: { version: number; revoked: boolean },
): string | null {
  if (link.revoked) return null
  return `${deps.config.publicUrl}/t/${linkToken(deps, deskId, conversationId, link.version)}`
}

/** A conversation's public link; null when it was revoked. @throws HelpdeskError not_found */
export async function publicLink(
  deps: Deps,
  desk: DeskRecord,
  conversationId: string,
): Promise<string | null> {
  const link = await selectLink(deps.db, desk.deskId, conversationId)
  if (!link) throw new HelpdeskError('not_found')
  return linkUrl(deps, desk.deskId, conversationId, link)
}

/** A new public link; the old one and its sessions end. @throws HelpdeskError not_found */
export async function replaceLink(
  deps: Deps,
  desk: DeskRecord,
  conversationId: string,
): Promise<string | null> {
  const link = await bumpLink(deps.db, desk.deskId, conversationId)
  if (!link) throw new HelpdeskError('not_found')
  endStreams(deps, desk)
  return linkUrl(deps, desk.deskId, conversationId, link)
}

/** Revokes the public link and its sessions. @throws HelpdeskError not_found */
export async function removeLink(deps: Deps, desk: DeskRecord, conversationId: string): Promise<void> {
  if (!(await revokeLink(deps.db, desk.deskId, conversationId))) throw new HelpdeskError('not_found')
  endStreams(deps, desk)
}

/** Every stream of the desk is asked now whether it may go on: nobody reads on through a link that is gone. */
function endStreams(deps: Deps, desk: DeskRecord): void {
  deps.bus.publish({ type: 'desk', deskId: desk.deskId })
}

/** What a token opens. */
export interface OpenedLink {
  desk: DeskRecord
  link: LinkRow
}

/** The conversation that a token opens; null for every token that opens none, whatever the cause. */
export async function resolveLink(deps: Deps, token: string): Promise<OpenedLink | null> {
  if (!tokenForm.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const [deskId, conversationId] = [uuidOf(bytes.subarray(0, 16)), uuidOf(bytes.subarray(16, 32))]
  const link = await selectLink(deps.db, deskId, conversationId)
  // Checked in any case, so that an absent conversation takes as long as a wrong signature.
  const text = textOf(deskId, conversationId, link?.version ?? 0)
  const isRight = deps.vault.verify('public-links', text, bytes.subarray(32).toString('base64url'))
  // One token has one spelling: the last character carries bits that decoding would drop.
  if (!link || !isRight || link.revoked || bytes.toString('base64url') !== token) return null
  const desk = await deskById(deps, deskId)
  return desk && { desk, link }
}

/** Opens a session for one conversation, with the rights of whom it belongs to, in it alone. */
export async function openLinkSession(deps: Deps, { desk, link }: OpenedLink): Promise<ContactSession> {
  const now = deps.now()
  const contactToken = newToken(deps.randomBytes)
  const expiresAt = new Date(now.getTime() + sessionMs)
  const session = {
    contactId: link.contactId,
    tokenHash: hashContactToken(contactToken),
    form: 'link' as const,
    keyId: null,
    clientId: null,
    conversationId: link.conversationId,
    linkVersion: link.version,
    expiresAt,
  }
  await openSession(deps.db, desk.deskId, session, now)
  const credentials = { contactId: link.contactId, contactToken }
  const actor = await findContact(deps, desk, credentials)
  if (!actor) throw new HelpdeskError('not_found')
  return {
    ...credentials,
    expiresAt: expiresAt.toISOString(),
    contact: contactSelfView(actor),
    form: 'link',
    conversationNumber: link.number,
  }
}
