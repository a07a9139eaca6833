import type { IdentityProblem } from '../../events.ts'
import type { Shell, Visitor } from '../../lazy.ts'
import { createStorage } from '../../storage.ts'
import { watchUnread } from '../../unread.ts'
import { askPage, type Refusal, readSaid, type Said } from './page-identity.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** How long the application waits for the desk to say who is there, before it begins and tries on. */
const patienceMs = 8_000

/**
 * Finds out who is there, from what the page says and what the desk makes of it, and tells the shell; again when that
 * changes. Everything ends with the signal.
 */
export async function meet(shell: Shell, signal: AbortSignal): Promise<void> {
  let said: Said | undefined
  let isRefused = false
  let isTold = false
  const refuse = (event: 'identity:rejected' | 'identity:expired', { reason, cause }: Refusal) => {
    isRefused = true
    console.warn(...explain(event, reason), ...(cause === undefined ? [] : [cause]))
    shell.emit(event, { reason })
    // The application has shown what belongs to somebody who is not there any more.
    if (isTold) shell.setVisitor(visitor)
  }
  try {
    said = await askPage(shell.options)
  } catch (cause) {
    if (signal.aborted) return
    refuse('identity:rejected', cause as Refusal)
  }
  if (signal.aborted) return
  const mayAsk = said && (said.proof || shell.desk().securityLevel === 'open')
  const sessions =
    said && mayAsk
      ? createSessions(shell, {
          said,
          signal,
          onRefused: (refusal, hadSession) =>
            refuse(hadSession ? 'identity:expired' : 'identity:rejected', refusal),
          onSomebodyElse: () => void meet(shell, signal),
        })
      : undefined
  const visitor = createVisitor(shell, said, sessions, () => isRefused)
  if (sessions) await Promise.race([sessions.begin(), pause(patienceMs, signal)])
  if (signal.aborted) return
  isTold = true
  shell.setVisitor(visitor)
  watchUnread(
    shell.address,
    visitor.credentials,
    (count) => shell.visitor !== visitor || visitor.isCounted || shell.setUnread(count),
    signal,
  )
}

function createVisitor(
  shell: Shell,
  said: Said | undefined,
  sessions: Sessions | undefined,
  isRefused: () => boolean,
): Visitor {
  const anonymous = createStorage(shell.options.desk)
  const { user_email, client_email, user_name, client_name } = said?.identity ?? {}
  const accepted = () => (isRefused() ? undefined : sessions)
  return {
    isCounted: false,
    get isIdentified() {
      return !!accepted()
    },
    get desk() {
      return accepted() ? { securityLevel: 'verified' as const } : {}
    },
    get refusal() {
      return isRefused() ? 'identity-rejected' : undefined
    },
    get claims() {
      return accepted() ? undefined : said?.identity
    },
    prefill: { email: user_email ?? client_email, name: user_name ?? client_name },
    get storage() {
      return accepted()?.storage ?? anonymous
    },
    get only() {
      return accepted()?.storage.session?.only
    },
    get fetch() {
      return accepted()?.fetch
    },
    credentials() {
      if (!accepted()) return anonymous.get('')
      const { contactId, contactToken } = sessions?.storage.session ?? {}
      return contactToken && `${contactId}.${contactToken}`
    },
    isStill(options) {
      // Whom a function names is known when it is called.
      if (isRefused() || typeof options.identify === 'function') return false
      try {
        const next = readSaid(options)
        if (!next || next.person !== said?.person || next.text !== said.text) return false
        sessions?.accept(next)
        return true
      } catch {
        return false
      }
    },
    signOut: () => sessions?.signOut(),
  }
}

/** What a developer sees in the console. */
function explain(event: string, reason: IdentityProblem): [string, IdentityProblem] {
  const what =
    event === 'identity:expired'
      ? 'The session of this user has ended and could not be renewed. Call identify() with a fresh signature.'
      : 'The identity of this user was not accepted. The dashboard, under Security, says what is wrong with it.'
  return [`[helpdesk] ${what} Reason:`, reason]
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
