import { HelpdeskError, isToken, newToken } from '@helpdesk/core'
import type { ContactSession } from '@helpdesk/core/api'
import { MailError } from '../adapters/mail.ts'
import { bounded } from '../clients/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskById } from '../desks/service.ts'
import { deskMailOf } from '../email-settings/service.ts'
import type { JobData } from '../jobs/jobs.ts'
import { emailLinkMail } from '../notifications/mails.ts'
import { lockAddress, rememberedMs, timesForLink, unverifiedSlot } from '../notifications/unverified.ts'
import {
  decoyTimes,
  deleteLinksBefore,
  keepLink,
  selectKnownAddress,
  selectLiveLinks,
  settleCode,
  type UsedLink,
  useLinkByToken,
} from './email-links-store.ts'
import { type Browser, bringTogether } from './restoring.ts'
import {
  type Credentials,
  contactSelfView,
  findContact,
  hashContactToken,
  openSession,
  readEmail,
} from './service.ts'

const linkMs = 15 * 60_000
const sessionMs = 90 * 86_400_000
const mostWrongCodes = 5
const hourMs = 3_600_000
const mostInAnHour = 5
const mostInADay = 10

/**
 * Has a one-time link sent, if the desk knows the address. What it takes and what it answers is the same for every
 * address: whoever asks learns nothing of it.
 * @throws HelpdeskError validation_failed, identity_required
 */
export async function requestEmailLink(
  deps: Deps,
  desk: DeskRecord,
  input: { email: string; locale?: string | undefined },
  credentials: Credentials | null,
): Promise<{ expiresAt: string }> {
  mustTakeMailboxes(desk)
  const now = deps.now()
  const contactId = await contactOf(deps, desk, credentials)
  const job: JobData = {
    deskId: desk.deskId,
    id: deps.newId(),
    address: readEmail(input.email),
    ...(input.locale === undefined ? {} : { locale: input.locale }),
    ...(contactId === null ? {} : { contactId }),
  }
  await deps.db.transaction((tx) => deps.jobs.enqueue(tx, 'contacts.email-link', job, now))
  return { expiresAt: new Date(now.getTime() + linkMs).toISOString() }
}

/**
 * Makes the link and sends it, unless the desk does not know the address or has written there enough; then an earlier
 * link stays as it is.
 * @throws when it may work later
 */
export async function sendEmailLink(deps: Deps, job: JobData): Promise<void> {
  const { deskId, id, address: email = '', locale = null, contactId: askedById = null } = job
  const desk = await deskById(deps, deskId)
  if (!desk || desk.settings.security.level === 'signature') return
  try {
    const { adapter, sender, replyMailbox } = await deskMailOf(deps, deskId)
    // The desk does not write to itself.
    const own = [deps.config.mailFrom.address, sender.address, replyMailbox]
    if (own.some((address) => address?.toLowerCase() === email)) return
    const made = await deps.db.transaction((tx) => makeLink(tx, deps, { deskId, id, email, askedById }))
    if (made === null) return
    const page = `${deps.config.publicUrl}/p/${encodeURIComponent(desk.publicId)}/link`
    const url = `${page}${locale === null ? '' : `?locale=${encodeURIComponent(locale)}`}#link=${made.token}`
    await adapter.send(await emailLinkMail(deps, desk, { id, to: email, locale, url, code: made.code }))
  } catch (error) {
    // What the mailbox refuses for good, or may have already, is not tried again.
    if (!(error instanceof MailError) || !(error.permanent || error.uncertain)) throw error
    deps.log.warn({ err: error, job: id }, 'A one-time link was not sent')
  }
}

async function makeLink(
  tx: Tx,
  deps: Deps,
  of: { deskId: string; id: string; email: string; askedById: string | null },
): Promise<{ token: string; code: string } | null> {
  const now = deps.now()
  await lockAddress(tx, of.email)
  const { known, verified, bounced } = await selectKnownAddress(
    tx,
    of.deskId,
    of.email,
    bounded(`e:${of.email}`),
  )
  const isWanted = known && !bounced
  if (!(await hasRoom(tx, of, { isWanted, verified }, now))) return null
  const token = newToken(deps.randomBytes)
  const code = newCode(deps.randomBytes)
  // A wrong code must not do more where the address is known than where it is not: what it takes could be measured.
  const isKept = await keepLink(tx, {
    ...of,
    tokenHash: hashContactToken(token),
    codeHash: isWanted ? codeHash(deps, of.deskId, of.email, code, of.id) : '',
    createdAt: now,
    expiresAt: new Date(now.getTime() + linkMs),
  })
  return isKept && isWanted ? { token, code } : null
}

/** Whether one more e-mail may go to the address: an unproved one shares its ration with all automatic e-mails. */
async function hasRoom(
  tx: Tx,
  of: { deskId: string; id: string; email: string },
  { isWanted, verified }: { isWanted: boolean; verified: boolean },
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - rememberedMs)
  if (!isWanted) return unverifiedSlot(await decoyTimes(tx, of, since), now).slot === 'now'
  const { links, all } = await timesForLink(tx, of.id, of.email, since)
  if (!verified) return unverifiedSlot(all, now).slot === 'now'
  const inLastHour = links.filter((at) => now.getTime() - at.getTime() < hourMs)
  return links.length < mostInADay && inLastHour.length < mostInAnHour
}

/**
 * Exchanges the token of a link, or an address with its code, for a session: its holder reads that mailbox. What was
 * begun with the address comes together, and what this browser has begun.
 * @throws HelpdeskError email_link_invalid, whatever is wrong; identity_required
 */
export async function redeemEmailLink(
  deps: Deps,
  desk: DeskRecord,
  proof: { token?: string | undefined; email?: string | undefined; code?: string | undefined },
  credentials: Credentials | null,
): Promise<ContactSession> {
  mustTakeMailboxes(desk)
  const ownId = await contactOf(deps, desk, credentials)
  const contactToken = newToken(deps.randomBytes)
  const expiresAt = new Date(deps.now().getTime() + sessionMs)
  const opened = await againAfterRace(() =>
    deps.db.transaction(async (tx) => {
      const used = await useLink(tx, deps, desk, proof)
      if (used === null) return null
      // The code is typed by whoever asked; a link may have come from anywhere.
      const hasAsked = proof.token === undefined || used.askedById === ownId
      const browser: Browser = { id: ownId, hasAsked }
      const { contactId, merged } = await bringTogether(tx, deps, desk.deskId, used.email, browser)
      const tokenHash = hashContactToken(contactToken)
      const session = { contactId, tokenHash, form: 'email', keyId: null, clientId: null, expiresAt } as const
      await openSession(tx, desk.deskId, { ...session, conversationId: null, linkVersion: null }, deps.now())
      return { contactId, merged }
    }),
  )
  // Outside of the transaction: a wrong code counts.
  if (opened === null) throw new HelpdeskError('email_link_invalid')
  if (opened.merged) deps.bus.publish({ type: 'events', deskId: desk.deskId })
  const { contactId } = opened
  const actor = await findContact(deps, desk, { contactId, contactToken })
  if (!actor) throw new Error('A session that was just opened is not there')
  return {
    contactId,
    contactToken,
    expiresAt: expiresAt.toISOString(),
    contact: contactSelfView(actor),
    form: 'email',
    conversationNumber: null,
  }
}

/** The anonymous contact of a browser; null when it has none. */
async function contactOf(deps: Deps, desk: DeskRecord, credentials: Credentials | null) {
  const found = credentials && (await findContact(deps, desk, credentials))
  return found?.via === 'token' ? found.id : null
}

/** Uses a link up, or counts a wrong code. @returns what it proves, or null */
async function useLink(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  {
    token,
    email,
    code,
  }: { token?: string | undefined; email?: string | undefined; code?: string | undefined },
): Promise<UsedLink | null> {
  const { deskId } = desk
  const now = deps.now()
  if (token !== undefined)
    return isToken(token) ? useLinkByToken(tx, deskId, hashContactToken(token), now, mostWrongCodes) : null
  if (email === undefined || code === undefined) return null
  const address = readEmail(email)
  const live = await selectLiveLinks(tx, deskId, address, now, mostWrongCodes)
  const right = live.find(
    ({ id, codeHash }) => codeHash !== '' && isCode(deps, codeHash, deskId, address, code, id),
  )
  await settleCode(
    tx,
    deskId,
    live.map(({ id }) => id),
    right?.id ?? null,
    now,
  )
  return right ? { email: address, askedById: null } : null
}

/** Two at once may give the same address to two contacts; the second time the first one is there. */
async function againAfterRace<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code !== '23505' || constraint !== 'contacts_identity_key') throw error
    return act()
  }
}

/** Forgets links that count for nothing any more. */
export async function forgetOldLinks({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deleteLinksBefore(db, new Date(now().getTime() - rememberedMs))
}

/** Where only a signature counts, no mailbox does. @throws HelpdeskError identity_required */
function mustTakeMailboxes({ settings }: DeskRecord): void {
  if (settings.security.level === 'signature') throw new HelpdeskError('identity_required')
}

const codeText = (deskId: string, email: string, code: string, id: string) =>
  [deskId, email, code, id].join(' ')

const codeHash = ({ vault }: Pick<Deps, 'vault'>, ...of: Parameters<typeof codeText>) =>
  vault.mac('email-codes', codeText(...of))

const isCode = ({ vault }: Pick<Deps, 'vault'>, hash: string, ...of: Parameters<typeof codeText>) =>
  vault.verify('email-codes', codeText(...of), hash)

/** Six digits, each as likely as any other. */
function newCode(randomBytes: Deps['randomBytes']): string {
  for (;;) {
    const [a = 0, b = 0, c = 0] = randomBytes(3)
    const number = a * 65_536 + b * 256 + c
    // The rest of 2^24 would make some codes likelier.
    if (number < 16_000_000) return String(number % 1_000_000).padStart(6, '0')
  }
}
