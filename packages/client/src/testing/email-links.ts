import { HelpdeskError, normalizeEmail } from '@helpdesk/core'
import type { EmailLinkRecord } from './email-records.ts'
import { openSession } from './identities.ts'
import { mergeContacts } from './merges.ts'
import type { ContactRecord, DeskRecord, SessionRecord, World } from './records.ts'
import { newContact } from './writing.ts'

interface Home {
  world: World
  desk: DeskRecord
}

const linkMs = 15 * 60_000
const sessionMs = 90 * 86_400_000
const mostWrongCodes = 5

/** Sends a one-time link with its code to an address, known or not. */
export function sendLink(world: World, desk: DeskRecord, email: string): EmailLinkRecord {
  const link: EmailLinkRecord = {
    email,
    token: world.newToken(),
    code: String(100_000 + desk.emailLinks.length),
    expiresAt: new Date(world.now().getTime() + linkMs).toISOString(),
    wrongCodes: 0,
    isUsed: false,
  }
  desk.emailLinks.push(link)
  return link
}

/** What a browser shows: the token of the link, or the address with the code. */
export interface Proof {
  token?: string
  email?: string
  code?: string
}

/**
 * Exchanges a proof for a session; what was begun with the address, or by this browser, comes together.
 * @throws {HelpdeskError} `email_link_invalid`
 */
export function redeemLink(
  { world, desk }: Home,
  proof: Proof,
  credentials: { contactId: string; contactToken: string } | null,
): SessionRecord {
  const { email } = use({ world, desk }, proof)
  const own = desk.contacts.find(
    ({ id, token, mergedInto }) =>
      id === credentials?.contactId && token === credentials.contactToken && !mergedInto,
  )
  const contact = holderOf({ world, desk }, email)
  contact.emailVerified = true
  if (contact.identity === 'anonymous' || contact.identity === 'page') contact.identity = 'email'
  for (const other of desk.contacts) {
    const isTheirs = other === own || other.email === email
    if (other === contact || other.mergedInto || other.identity !== 'anonymous' || !isTheirs) continue
    mergeContacts({ world, desk }, other, contact, { by: 'email_link' })
  }
  const expiresAt = new Date(world.now().getTime() + sessionMs).toISOString()
  return openSession(world, desk, { contact, form: 'email', expiresAt })
}

function use({ world, desk }: Home, { token, email, code }: Proof): EmailLinkRecord {
  const address = email === undefined ? null : normalizeEmail(email)
  const link = desk.emailLinks.findLast((one) =>
    token === undefined ? one.email === address : one.token === token,
  )
  const isOver =
    !link ||
    link.isUsed ||
    link.wrongCodes >= mostWrongCodes ||
    Date.parse(link.expiresAt) <= world.now().getTime()
  if (isOver) throw new HelpdeskError('email_link_invalid')
  if (token === undefined && link.code !== code) {
    link.wrongCodes++
    throw new HelpdeskError('email_link_invalid')
  }
  link.isUsed = true
  return link
}

/** Whom an address stands for: who has proved it, else who used it first. */
function holderOf({ world, desk }: Home, email: string): ContactRecord {
  const holders = desk.contacts.filter((one) => !one.mergedInto && one.email === email)
  return holders.find((one) => one.emailVerified) ?? holders[0] ?? newContact(world, desk, { email })
}
