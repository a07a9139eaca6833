import { setTimeout as pause } from 'node:timers/promises'
import { decideDelivery, isEmail, nextAttempt, unwanted } from '@helpdesk/core'
import { MailError } from '../adapters/mail.ts'
import type { Deps } from '../deps.ts'
import { type DeskMail, deskMailOf } from '../email-settings/service.ts'
import { reserveAddress, sentTimes } from './addresses-store.ts'
import { markBounced } from './changes-store.ts'
import { type Composition, compose } from './composing.ts'
import { type DeliveryContext, selectCoveredMessages, selectDeliveryContext } from './context-store.ts'
import { oneLine } from './mail-view.ts'
import {
  absorbScheduled,
  type Claimed,
  claimNotification,
  type Outcome,
  renewLease,
  settleNotification,
} from './store.ts'
import { rememberedMs, unverifiedSlot } from './unverified.ts'

/** What delivering needs. */
export type DeliveryDeps = Pick<
  Deps,
  'db' | 'now' | 'bus' | 'jobs' | 'mail' | 'deskMails' | 'log' | 'config' | 'vault'
>

/** How a notification stands after it was looked at; `not_due` when there was nothing to do here. */
export type DeliveryResult = 'sent' | 'skipped' | 'failed' | 'scheduled' | 'not_due'

/** A claim holds so long; a process that dies leaves its notifications to the others after it. */
const leaseMs = 60_000

/** More messages than this are not joined in one e-mail; the oldest are left to the conversation. */
const messagesPerMail = 50

/**
 * Delivers one notification if it is due: claims it, decides what is still owed, sends, and writes down how it ended.
 * However many processes try, one gets the claim. A process that dies between sending and writing leads to one
 * repeat after the lease, with the same Message-ID.
 * @throws when the database cannot be reached
 */
export async function deliverNotification(
  deps: DeliveryDeps,
  deskId: string,
  id: string,
): Promise<DeliveryResult> {
  const claimed = await claimNotification(deps.db, { deskId, id }, deps.now(), leaseEnd(deps))
  if (claimed === null) return 'not_due'
  const stopRenewing = keepLease(deps, claimed)
  try {
    return await settle(deps, claimed, await attempt(deps, claimed))
  } finally {
    stopRenewing()
  }
}

const leaseEnd = (deps: DeliveryDeps) => new Date(deps.now().getTime() + leaseMs)

/** A slow mail server must not look like a dead process. */
function keepLease(deps: DeliveryDeps, claimed: Claimed): () => void {
  const timer = setInterval(() => {
    renewLease(deps.db, claimed, leaseEnd(deps)).catch((error: unknown) =>
      deps.log.warn({ err: error, notification: claimed.id }, 'The lease of a notification was not renewed'),
    )
  }, leaseMs / 3)
  timer.unref()
  return () => clearInterval(timer)
}

/** One try, from what the database says now to how it ended. */
async function attempt(deps: DeliveryDeps, claimed: Claimed): Promise<Outcome> {
  // Whatever made the earlier tries end without an answer, such as a process that died, must not go on for ever.
  if (claimed.attempts > 1 && nextAttempt(claimed.attempts - 1, deps.now()) === null) {
    return failed('It was tried too often without an answer')
  }
  const context = await selectDeliveryContext(deps.db, claimed)
  if (context === null) return { state: 'skipped', reason: 'conversation_gone' }
  let deskMail: DeskMail
  try {
    deskMail = await deskMailOf(deps, claimed.deskId)
  } catch (error) {
    return notSent(deps, claimed, '', error)
  }
  const newest = await selectCoveredMessages(deps.db, claimed, messagesPerMail + 1)
  const { readSeq, ...recipient } = recipientOf(deps, claimed, context, deskMail)
  const { recipientId, kind, resent } = claimed
  const decision = decideDelivery({ messages: newest, recipientId, kind, resent, readSeq, ...recipient })
  if ('skip' in decision) return { state: 'skipped', reason: decision.skip, readSeq }

  const address = recipient.email ?? ''
  if (claimed.recipientType === 'contact' && !context.contactEmailVerified) {
    const refusal = await askForAddress(deps, claimed, address)
    if (refusal !== null) return { readSeq, ...refusal }
  }
  const hasEarlier = decision.send.length > messagesPerMail
  const messages = decision.send.slice(-messagesPerMail)
  return send(deps, { claimed, context, messages, hasEarlier, address, deskMail }, readSeq)
}

function recipientOf(deps: DeliveryDeps, claimed: Claimed, context: DeliveryContext, deskMail: DeskMail) {
  const isContact = claimed.recipientType === 'contact'
  const email = (isContact ? context.contactEmail : context.agentEmail)?.toLowerCase() ?? ''
  // The desk does not write to itself: that would be a conversation without end.
  const own = [deps.config.mailFrom.address, deskMail.sender.address, deskMail.replyMailbox]
  const isUsable = isEmail(email) && !own.some((address) => address?.toLowerCase() === email)
  const isMine = context.assigneeId === claimed.recipientId
  const refusal = isContact
    ? context.contactOptedOut && ('opted_out' as const)
    : unwanted(context.agentNotify ?? {}, context.channel, isMine)
  return {
    gone: (isContact ? context.contactEmailVerified : context.agentNotify) === null,
    enabled: true,
    refusal: refusal || null,
    bounced: isContact && context.contactBounced,
    email: isUsable ? email : null,
    // Of a confirmation nothing is read or unread: it says what its reader wrote.
    readSeq:
      claimed.kind === 'ticket_created' ? 0 : isContact ? context.contactReadSeq : context.agentReadSeq,
  }
}

/** Asks whether an unproved address may get a mail now, and if so counts this one. Null: it may. */
function askForAddress(deps: DeliveryDeps, claimed: Claimed, address: string): Promise<Outcome | null> {
  return deps.db.transaction(async (tx) => {
    const now = deps.now()
    const times = await sentTimes(tx, claimed, address, new Date(now.getTime() - rememberedMs))
    const slot = unverifiedSlot(times, now)
    if (slot.slot === 'none') return { state: 'skipped', reason: 'rate_limited' }
    if (slot.slot === 'later') return { state: 'scheduled', dueAt: slot.at, uncounted: true }
    await reserveAddress(tx, claimed, address)
    return null
  })
}

async function send(deps: DeliveryDeps, composition: Composition, readSeq: number): Promise<Outcome> {
  const { claimed, address, deskMail } = composition
  try {
    const mail = await compose(deps, composition)
    await deskMail.adapter.send(mail)
    return { state: 'sent', readSeq, sentTo: address, subject: mail.subject }
  } catch (error) {
    const outcome = notSent(deps, claimed, address, error)
    if (error instanceof MailError && error.noMailbox && claimed.recipientType === 'contact') {
      const detail = outcome.lastError ?? ''
      await markBounced(deps.db, claimed.deskId, claimed.recipientId, { address, detail, at: deps.now() })
      return { ...outcome, reason: 'bounced' }
    }
    return outcome
  }
}

/** What a failed try leads to. */
function notSent(deps: DeliveryDeps, claimed: Claimed, address: string, error: unknown): Outcome {
  deps.log.warn(
    { err: error, notification: claimed.id, attempt: claimed.attempts },
    'A notification was not sent',
  )
  const { permanent, uncertain } = error instanceof MailError ? error : { permanent: false, uncertain: false }
  const lastError = oneLine(error instanceof Error ? error.message : String(error), 200)
  const dueAt = nextAttempt(claimed.attempts, deps.now())
  const mayHaveArrived = uncertain || claimed.maybeSent
  if (permanent || dueAt === null)
    return { ...failed(lastError), ...(mayHaveArrived && address !== '' ? { sentTo: address } : {}) }
  // The mail may lie in the mailbox already: one repeat, which the reader's program can recognise, and no third.
  if (uncertain && claimed.maybeSent)
    return { ...failed(`It is not known whether it arrived. ${lastError}`), sentTo: address }
  if (mayHaveArrived)
    return { state: 'sending', dueAt, lastError, ...(address === '' ? {} : { sentTo: address }) }
  return { state: 'scheduled', dueAt, lastError }
}

const failed = (lastError: string): Outcome => ({ state: 'failed', reason: 'undeliverable', lastError })

/** Writes the outcome down and tells those who look at the conversation. */
async function settle(deps: DeliveryDeps, claimed: Claimed, outcome: Outcome): Promise<DeliveryResult> {
  const { settled, logged } = await persistently(() =>
    outcome.dueAt === undefined
      ? settleNotification(deps.db, claimed, outcome, deps.now())
      : putOff(deps, claimed, outcome, outcome.dueAt),
  )
  if (logged) deps.bus.publish({ type: 'events', deskId: claimed.deskId })
  if (!settled) return 'not_due'
  return outcome.state === 'sending' ? 'scheduled' : outcome.state
}

/** Waits for another try, with its timer. What must be repeated as it was stays apart from what was written since. */
function putOff(deps: DeliveryDeps, claimed: Claimed, outcome: Outcome, wanted: Date) {
  return deps.db.transaction(async (tx) => {
    let dueAt = wanted
    if (outcome.state === 'scheduled' && claimed.kind === 'message' && !claimed.resent) {
      const other = await absorbScheduled(tx, claimed)
      // A newer message does not wait for the back-off of an older one, but for its share of mails it does.
      if (other !== null && other < dueAt && !outcome.uncounted) dueAt = other
    }
    const settled = await settleNotification(tx, claimed, { ...outcome, dueAt }, deps.now())
    if (settled.settled) {
      const { deskId, id } = claimed
      await deps.jobs.enqueue(tx, 'notifications.deliver', { deskId, id }, dueAt)
    }
    return settled
  })
}

/**
 * A database that is away for a moment after the mail has left would cost a second copy of it: the outcome is offered
 * again for some seconds, well within the lease.
 */
async function persistently<T>(write: () => Promise<T>): Promise<T> {
  for (const wait of [100, 400, 1_500, 5_000]) {
    try {
      return await write()
    } catch {
      await pause(wait)
    }
  }
  return write()
}
