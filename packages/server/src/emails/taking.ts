import { decideIncoming, type IncomingState } from '@helpdesk/core'
import { wake } from '../conversations/writing.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskById } from '../desks/service.ts'
import { createGate } from '../gate.ts'
import { uuidv7 } from '../ids.ts'
import { noteBounce } from '../notifications/bounces.ts'
import { setWantsEmails, unsubscribeSubject } from '../notifications/unsubscribe.ts'
import { type Matched, matchEmail, notificationOfMessage } from './matching.ts'
import { selectDeskOfNotification, selectOurMails } from './matching-store.ts'
import { post } from './posting.ts'
import { loadRaw } from './raw-files.ts'
import { sweepRaw } from './raw-sweep.ts'
import { type ReadMail, readMail } from './reading.ts'
import { type MailReport, readReport } from './reports.ts'
import {
  beginTaking,
  type EmailOutcome,
  finishEmail,
  noteTrouble,
  selectWaiting,
  type WholeEmailRow,
} from './store.ts'
import { replyOf } from './words.ts'

/** After so many tries, the last of them a day after the first, something is wrong with the e-mail itself. */
const mostAttempts = 12
const lookBackMs = 7 * 86_400_000

/** Each may be 25 MiB, and is in memory more than once while it is read. */
const gate = createGate(3)

/**
 * Takes a kept e-mail in: reads it, decides about it and writes what follows. Repeated, it changes nothing.
 * @throws when it may work later; the job is tried again then, and after that the sweep
 */
export function takeEmail(deps: Deps, deskId: string, id: string): Promise<void> {
  return gate(() => takeOne(deps, deskId, id))
}

async function takeOne(deps: Deps, deskId: string, id: string): Promise<void> {
  const row = await beginTaking(deps.db, deskId, id, deps.now())
  const desk = row && (await deskById(deps, deskId))
  if (!row || !desk) return
  // Counted before it is read: an e-mail that brings a process down does so only so often.
  if (row.attempts > mostAttempts) {
    const lastError = row.lastError ?? 'It could not be taken in'
    await finish(deps, deskId, id, { state: 'failed', reason: 'unreadable', lastError })
    return
  }
  try {
    await finish(deps, deskId, id, await takeRow(deps, desk, row))
  } catch (error) {
    await noteTrouble(deps.db, deskId, id, String(error).slice(0, 500)).catch(() => undefined)
    throw error
  }
}

/** Notes what became of an e-mail, and lets dashboards know where it waits. @returns false when it is in another state by now */
export async function finish(
  deps: Deps,
  deskId: string,
  id: string,
  outcome: EmailOutcome,
  from: IncomingState = 'received',
): Promise<boolean> {
  const finished = await finishEmail(deps.db, deskId, id, from, outcome, deps.now())
  if (finished?.logged) wake(deps, deskId)
  return finished !== null
}

async function takeRow(deps: Deps, desk: DeskRecord, row: WholeEmailRow): Promise<EmailOutcome> {
  const raw = await loadRaw(deps, row)
  const mail = raw && (await readMail(raw))
  if (!mail) {
    const lastError = raw ? 'Its form is not that of an e-mail' : 'The file is gone'
    return { state: 'failed', reason: 'unreadable', lastError }
  }
  const matched = await matchEmail(deps, desk, mail, row.envelope, replyOf(mail).text)
  const decision = decideIncoming(matched.facts)
  const match = matched.facts.answers?.by ?? (matched.facts.isNumberOfSender ? 'number' : null)
  const leaverId = leaverOf(mail, matched)
  if (leaverId !== null) {
    await setWantsEmails(deps, desk.deskId, leaverId, false)
    return { state: 'ignored', reason: 'unsubscribed', match, conversationId: matched.conversationId }
  }
  if (decision.do === 'ignore') {
    const isReport = matched.facts.automatic !== null && matched.facts.automatic !== 'bulk'
    const report = isReport && !matched.facts.isOwnMessage ? readReport(mail) : null
    const isKnown = report !== null && (await noteReport(deps, mail, report))
    const reason = isKnown ? 'bounce' : decision.reason
    return { state: 'ignored', reason, match, conversationId: matched.conversationId }
  }
  if (decision.do === 'hold') {
    return { state: 'held', reason: decision.reason, match, conversationId: matched.conversationId }
  }
  const sender = mail.from.address
  if (sender === null) throw new Error('An e-mail without a sender is to be posted')
  return post(deps, desk, { id: row.id, mail, sender }, matched, decision)
}

/**
 * The contact that wants no more e-mails: mail programs which cannot post to the page of `List-Unsubscribe` write to its
 * address instead, whatever they say in the text. The reply address proves as much as the page's.
 */
function leaverOf(mail: ReadMail, { facts, ours }: Matched): string | null {
  const isAsked = facts.answers?.by === 'reply_address' && ours?.recipient === 'contact'
  return isAsked && mail.subject.trim().toLowerCase() === unsubscribeSubject ? ours.recipientId : null
}

/**
 * Passes on what a mail server, or a provider, says of an e-mail of ours. Which one it was stands in what it sends back;
 * its id cannot be guessed, so that nobody can say so of an address that we did not write to.
 */
async function noteReport(deps: Deps, mail: ReadMail, report: MailReport): Promise<boolean> {
  const ids = [...report.messageIds, ...mail.answers].flatMap((one) => notificationOfMessage(deps, one) ?? [])
  for (const notificationId of [...new Set(ids)].slice(0, 5)) {
    const deskId = await selectDeskOfNotification(deps.db, notificationId)
    const [ours] = deskId === null ? [] : await selectOurMails(deps.db, deskId, [notificationId])
    if (deskId === null || !ours) continue
    if (report.kind === 'complaint') {
      if (ours.recipient === 'contact') await setWantsEmails(deps, deskId, ours.recipientId, false)
    } else if (report.permanent) {
      const address = report.address ?? ours.sentTo
      await noteBounce(deps, deskId, { notificationId, address, permanent: true, detail: report.detail })
    }
    return true
  }
  return false
}

/** Takes in what was kept some minutes ago and still waits, its job being lost or having given up. */
export async function takeWaiting(deps: Deps): Promise<void> {
  const now = deps.now()
  const after = uuidv7(new Date(now.getTime() - lookBackMs), new Uint8Array(16))
  const waiting = await selectWaiting(deps.db, now, after)
  for (const { deskId, id } of waiting) {
    await takeEmail(deps, deskId, id).catch((error: unknown) =>
      deps.log.error({ err: error, email: id }, 'An e-mail could not be taken in'),
    )
  }
}

const sweepEveryMs = 60_000
const filesEveryMs = 12 * 60 * 60_000
/** How far back files are looked through when a process has started, and later. */
const days = { first: 30, later: 3 }

/** Looks every minute for e-mails that still wait, and twice a day for files without one. @returns a function that ends it */
export function startTaking(deps: Deps): () => Promise<void> {
  let running: Promise<void> | undefined
  let filesSwept: number | null = null
  const sweepFiles = async () => {
    const { files } = deps
    const now = deps.now()
    if (!files || (filesSwept !== null && now.getTime() - filesSwept < filesEveryMs)) return
    await sweepRaw({ db: deps.db, files }, now, filesSwept === null ? days.first : days.later)
    filesSwept = now.getTime()
  }
  const timer = setInterval(() => {
    running ??= takeWaiting(deps)
      .then(sweepFiles)
      .catch((error: unknown) => deps.log.error({ err: error }, 'Looking for waiting e-mails failed'))
      .finally(() => {
        running = undefined
      })
  }, sweepEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
