import type { Agent, Session } from '@helpdesk/core/api'
import { computed, signal } from '@preact/signals'
import { client, errorCode } from '../client.ts'
import { forgetAll } from '../ui/storage.ts'

/** Who is signed in: `undefined` not known yet, `null` nobody. */
export const session = signal<Session | null | undefined>(undefined)

/** Whether a session ended while somebody was working: everything stays as it is until they sign in again. */
export const expired = signal(false)

/** Whether the first owner is still to be made; `undefined` not known yet. */
export const setUpNeeded = signal<boolean | undefined>(undefined)

/** Whether finding out failed, and how. */
export const bootError = signal<unknown>(null)

/** The signed-in agent. */
export const me = computed<Agent | null>(() => session.value?.agent ?? null)

/** The token of the link that the server printed, from `?token=`; an empty text when there is none. */
export const setUpToken = signal('')

let waiting: { resolve: () => void; reject: (error: unknown) => void }[] = []

/** Finds out who is here: an agent, nobody, or the first owner to be. */
export async function boot(): Promise<void> {
  takeSetUpToken()
  bootError.value = null
  try {
    session.value = await client.agents.me()
  } catch (error) {
    if (errorCode(error) !== 'unauthenticated') {
      bootError.value = error
      return
    }
    await findOutSetUp()
  }
}

async function findOutSetUp(): Promise<void> {
  try {
    setUpNeeded.value = (await client.agents.setupState()).needed
    session.value = null
  } catch (error) {
    bootError.value = error
  }
}

/** The token opens the desk once: it must not stay in the address bar, the history or a screenshot. */
function takeSetUpToken(): void {
  const url = new URL(location.href)
  const inHash = /[?&]token=([^&]+)/.exec(url.hash)?.[1]
  const token = url.searchParams.get('token') ?? (inHash && decodeURIComponent(inHash))
  if (!token) return
  setUpToken.value = token
  url.searchParams.delete('token')
  url.hash = url.hash.replace(/\?.*$/, '')
  history.replaceState(null, '', url)
}

/** Signs in; after an ended session everything that waited goes on where it was. */
export async function signIn(email: string, password: string): Promise<void> {
  const next = await client.agents.signIn({ email, password })
  const before = session.peek()
  session.value = next
  setUpNeeded.value = false
  if (!expired.peek()) return
  expired.value = false
  const held = waiting
  waiting = []
  // What one person left unfinished is not finished under another's name.
  for (const one of held) {
    if (before?.agent.id === next.agent.id) one.resolve()
    else one.reject(new Error('Somebody else signed in'))
  }
}

/** Makes the first owner and the first desk, and signs in. */
export async function setUp(input: Parameters<typeof client.agents.setup>[0]): Promise<Session> {
  const made = await client.agents.setup(input)
  setUpNeeded.value = false
  session.value = made
  return made
}

/** Ends the session on the server and forgets here what belonged to it. */
export async function signOut(): Promise<void> {
  try {
    await client.agents.signOut()
  } catch (error) {
    if (errorCode(error) !== 'unauthenticated') throw error
  }
  forgetSession()
}

/** Forgets who was here, with their drafts, files and unsent messages. */
export function forgetSession(): void {
  for (const one of waiting) one.reject(new Error('Signed out'))
  waiting = []
  expired.value = false
  session.value = null
  forgetAll('drafts.')
  forgetAll('outbox.')
  forgetAll('uploads.')
}

/**
 * Does something that needs a session. If it has ended, the sign-in comes up over the page, and once the same
 * person is back the work is done: nothing has to be typed or clicked again.
 */
export async function withSession<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (errorCode(error) !== 'unauthenticated' || !session.peek()) throw error
    await new Promise<void>((resolve, reject) => {
      waiting.push({ resolve, reject })
      expired.value = true
    })
    return withSession(work)
  }
}

/** Changes the signed-in agent's own settings. */
export async function updateMe(change: Parameters<typeof client.agents.updateMe>[0]): Promise<void> {
  session.value = await withSession(() => client.agents.updateMe(change))
}
