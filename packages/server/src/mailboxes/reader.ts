import { setTimeout as pauseFor } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import { mailServerAddresses } from '../adapters/mail-host.ts'
import type { Deps } from '../deps.ts'
import { type ConnectionStep, isWrongPassword, stepOf, wordsOf } from '../email-settings/server-words.ts'
import { passwordOf } from '../email-settings/service.ts'
import { type FolderReader, folderReader } from './folder.ts'
import { openImap } from './imap.ts'
import { keepProgress, MailboxTaken, type ProgressKeeper } from './progress.ts'
import type { ClaimedMailbox, Reading } from './store.ts'

/** How patient readers are. */
export interface ReaderTiming {
  /** How often a folder is looked into although the server has said nothing. */
  pollMs: number
  /** How long a server may take to be reached and to answer. */
  patienceMs: number
  /** Waits; ends early when the signal comes. */
  pause(ms: number, signal: AbortSignal): Promise<void>
}

/** As in production. */
export const defaultTiming: ReaderTiming = {
  pollMs: 120_000,
  patienceMs: 20_000,
  pause: (ms, signal) => pauseFor(ms, undefined, { signal, ref: false }).catch(() => undefined),
}

/** A mailbox that is being read. */
export interface MailboxReader extends Reading {
  /** Resolves when it has stopped, whoever asked for it. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Reads a mailbox until it is told to stop or another process has it. */
export function startReader(deps: Deps, claimed: ClaimedMailbox, timing: ReaderTiming): MailboxReader {
  const stopping = new AbortController()
  const progress = keepProgress(deps, claimed)
  const ended = readOn(deps, claimed, progress, timing, stopping.signal).catch((error: unknown) => {
    if (!(error instanceof MailboxTaken)) deps.log.error({ err: error }, 'Reading a mailbox ended')
  })
  return {
    deskId: claimed.deskId,
    readerId: claimed.readerId,
    ended,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

/** Opens the mailbox again and again, with pauses that grow while it does not work. */
async function readOn(
  deps: Deps,
  claimed: ClaimedMailbox,
  progress: ProgressKeeper,
  timing: ReaderTiming,
  signal: AbortSignal,
): Promise<void> {
  const folder = folderReader(deps, claimed.deskId, progress)
  const session: Session = { progress, folder, timing, signal, at: 'sign_in' }
  for (let failures = 0; !signal.aborted; ) {
    session.at = 'sign_in'
    try {
      await readConnected(deps, claimed, session, () => {
        failures = 0
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof MailboxTaken) throw error
      failures += 1
      await tellFailure(deps, claimed, session, error)
      await timing.pause(pauseAfter(failures, isWrongPassword(error), deps), signal)
    }
  }
}

async function tellFailure(
  deps: Deps,
  { deskId, imap }: ClaimedMailbox,
  { progress, at }: Session,
  error: unknown,
): Promise<void> {
  deps.log.warn({ err: error, deskId }, 'A mailbox cannot be read')
  try {
    await progress.tell('failing', wordsOf(error, at && stepOf(error, at), imap))
  } catch (failure) {
    if (failure instanceof MailboxTaken) throw failure
    // With the database away there is nowhere to write it; the next try may find it.
    deps.log.warn({ err: failure, deskId }, 'The state of a mailbox could not be noted')
  }
}

const minuteMs = 60_000

/** 5 s, doubling up to 5 minutes; after a wrong password 15 minutes up to an hour, or providers lock the account. */
function pauseAfter(failures: number, wrongPassword: boolean, deps: Pick<Deps, 'randomBytes'>): number {
  const [first, most] = wrongPassword ? [15 * minuteMs, 60 * minuteMs] : [5_000, 5 * minuteMs]
  const base = Math.min(most, first * 2 ** Math.min(failures - 1, 10))
  // Apart from each other, so that a server that comes back is not met by all at once.
  return Math.round(base * (0.75 + (deps.randomBytes(1)[0] ?? 0) / 512))
}

interface Session {
  progress: ProgressKeeper
  folder: FolderReader
  timing: ReaderTiming
  signal: AbortSignal
  /** How far the connection has come; null once the folder is open. */
  at: ConnectionStep | null
}

/** One connection, for as long as it lasts. @throws when it ends by itself */
async function readConnected(
  deps: Deps,
  { deskId, imap, imapPassword }: ClaimedMailbox,
  session: Session,
  onRead: () => void,
): Promise<void> {
  const { progress, folder, timing, signal } = session
  const password = passwordOf(deps, deskId, 'imap', imapPassword)
  const rules = { allowPrivate: deps.config.allowPrivateMailServers }
  const addresses = await mailServerAddresses(imap.host, rules)
  const client = await openImap(imap, password, addresses, { patienceMs: timing.patienceMs, signal })
  const news = listen(client, signal)
  try {
    session.at = 'open_folder'
    // As the folder was then: what comes meanwhile has a higher number.
    const { uidValidity, uidNext } = await client.mailboxOpen(imap.folder)
    const opened = { uidValidity: String(uidValidity), uidNext: uidNext || null }
    session.at = null
    await progress.tell('connected', null)
    while (!signal.aborted) {
      news.forget()
      await folder.readNew(client, opened)
      onRead()
      const heard = await news.wait(timing)
      if (heard === 'closed') throw news.reason()
      // Whoever says nothing may be gone: asking shows it, and whether something came without a word.
      if (heard === 'nothing') await answered(client.noop(), timing, signal)
    }
  } finally {
    news.end()
    client.close()
  }
}

/** What a server says by itself while nothing is asked of it. */
function listen(client: ImapFlow, signal: AbortSignal) {
  let ring = Promise.withResolvers<'news'>()
  let failure: unknown
  const closed = Promise.withResolvers<'closed'>()
  client.on('exists', () => ring.resolve('news'))
  client.on('error', (error: unknown) => {
    failure ??= error
  })
  client.once('close', () => closed.resolve('closed'))
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) client.close()
  return {
    forget() {
      ring = Promise.withResolvers()
    },
    async wait({ pollMs, pause }: ReaderTiming): Promise<'news' | 'closed' | 'nothing'> {
      const over = new AbortController()
      const silence = pause(pollMs, over.signal).then(() => 'nothing' as const)
      const heard = await Promise.race([closed.promise, ring.promise, silence])
      over.abort()
      return heard
    },
    end: () => signal.removeEventListener('abort', close),
    reason: () => failure ?? new Error('The server closed the connection'),
  }
}

async function answered(
  asked: Promise<unknown>,
  { patienceMs, pause }: ReaderTiming,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController()
  const late = pause(patienceMs, AbortSignal.any([signal, over.signal])).then(() => {
    if (!over.signal.aborted) throw new Error('The server does not answer any more')
  })
  await Promise.race([asked, late]).finally(() => over.abort())
  await late.catch(() => undefined)
}
