import type { Shell } from '../../lazy.ts'
import { createStorage } from '../../storage.ts'
import { exchange, wasMerged } from './exchange.ts'
import { askPage, Refusal, type Said } from './page-identity.ts'
import { hash, openVisitorStorage, type Session, type VisitorStorage } from './visitor-storage.ts'

/** The sessions of one identified visitor, one after the other. */
export interface Sessions {
  readonly storage: VisitorStorage
  /** Makes sure of the first one; it is over as soon as the desk has said something, or cannot be reached. */
  begin(): Promise<void>
  /** The page says the same of the same person, with a fresh signature perhaps. */
  accept(said: Said): void
  /** As `fetch`, with the session of now; a refused one is renewed once. */
  readonly fetch: typeof fetch
  /** Ends the session on the desk and forgets everything. */
  signOut(): void
  stop(): void
}

/** What becomes of them. */
export interface SessionsOptions {
  said: Said
  signal: AbortSignal
  /** The desk does not accept what the page says, from the beginning or no longer. */
  onRefused(refusal: Refusal, hadSession: boolean): void
  /** The page's `identify()` suddenly names another person, or nobody. */
  onSomebodyElse(): void
}

const longestTimerMs = 86_400_000
/** Also when the clock of the computer says that it is too late already. */
const shortestTimerMs = 60_000
const retryMs = 30_000
const aheadMs = 60_000

/** Creates the sessions of a visitor; nothing happens before `begin()`, or after the signal. */
export function createSessions(shell: Shell, options: SessionsOptions): Sessions {
  const { onRefused, onSomebodyElse } = options
  const { desk } = shell.options
  const anonymous = createStorage(desk)
  const storage = openVisitorStorage(desk, options.said.person)
  const controller = new AbortController()
  const { signal } = controller
  let { said } = options
  let renewing: Promise<Session> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    controller.abort()
  }
  options.signal.addEventListener('abort', stop)

  const later = (ms: number) => {
    clearTimeout(timer)
    if (!signal.aborted) timer = setTimeout(() => renew().catch(() => {}), ms)
  }
  const keep = (session: Session) => {
    storage.keepSession(session)
    const leftMs = session.expiresAt - Date.now() - aheadMs
    later(Math.min(Math.max(leftMs, shortestTimerMs), longestTimerMs))
  }
  const ask = async (): Promise<Session> => {
    const { proof, identity, text } = said
    const known = proof && 'linkToken' in proof ? undefined : anonymous.get('')
    const answer = await exchange({ address: shell.address, identity, proof, anonymous: known }, signal)
    const { contactId, contactToken, conversationNumber } = answer
    const only = conversationNumber ?? undefined
    if (known && (await wasMerged(shell.address, known, signal))) storage.adopt(anonymous)
    const session = {
      contactId,
      contactToken,
      expiresAt: Date.parse(answer.expiresAt),
      said: hash(text),
      only,
    }
    keep(session)
    return session
  }
  /** Asks the page again, if it can be asked, and then the desk. */
  const askBoth = async (isFirst: boolean): Promise<Session> => {
    const hadSession = !isFirst && storage.session !== undefined
    try {
      if (hadSession && typeof shell.options.identify === 'function') {
        const again = await askPage(shell.options)
        if (again?.person !== said.person) {
          stop()
          onSomebodyElse()
          throw new Error('Somebody else is there')
        }
        said = again
      }
      return await ask()
    } catch (cause) {
      if (signal.aborted) throw cause
      if (!(cause instanceof Refusal) || (cause.reason === 'identify_failed' && !navigator.onLine)) {
        later(retryMs)
        throw cause
      }
      stop()
      storage.keepSession(undefined)
      onRefused(cause, hadSession)
      throw cause
    }
  }
  const renew = (isFirst = false) => {
    renewing ??= askBoth(isFirst).finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    storage,
    async begin() {
      const { session } = storage
      if (session?.said === hash(said.text) && session.expiresAt - aheadMs > Date.now()) keep(session)
      else await renew(true).catch(() => {})
    },
    accept(next) {
      said = next
    },
    async fetch(url, init) {
      const headers = (init?.headers ?? {}) as Record<string, string>
      if (!headers.authorization) return fetch(url, init)
      const send = ({ contactId, contactToken }: Session) =>
        fetch(url, { ...init, headers: { ...headers, authorization: `Bearer ${contactId}.${contactToken}` } })
      const used = storage.session ?? (await renew())
      const response = await send(used)
      if (response.status !== 401) return response
      const next = storage.session
      // Another request may have renewed it meanwhile.
      return send(next && next.contactToken !== used.contactToken ? next : await renew())
    },
    signOut() {
      const { session } = storage
      stop()
      storage.forget()
      if (!session) return
      const authorization = `Bearer ${session.contactId}.${session.contactToken}`
      // That it fails is of no importance: the session ends by itself soon.
      fetch(`${shell.address}sign-out`, {
        method: 'POST',
        headers: { authorization },
        credentials: 'omit',
        keepalive: true,
      }).catch(() => {})
    },
    stop,
  }
}
