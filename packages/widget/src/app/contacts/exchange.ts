import type { Identity } from '@helpdesk/core'
import type { ContactSession } from '@helpdesk/core/api'
import type { IdentityProblem } from '../../events.ts'
import { type Proof, Refusal } from './page-identity.ts'

const longestMs = 15_000

/** What the desk is asked with. */
export interface Question {
  /** Where the desk's endpoints for visitors are, with a slash at the end. */
  address: string
  identity: Identity
  proof: Proof | undefined
  /** `<contactId>.<contactToken>` of an anonymous visitor of this browser, who is the same person. */
  anonymous: string | undefined
}

/**
 * Exchanges what the page says for a session, in plain `fetch`: a page with a signed-in user pays for the badge, not
 * for the whole client.
 * @throws Refusal when the desk does not accept it; anything else may be different in a moment
 */
export async function exchange(question: Question, signal: AbortSignal): Promise<ContactSession> {
  const { address, identity, proof, anonymous } = question
  if (proof && 'linkToken' in proof) {
    const url = address.replace(/widget\/[^/]*\/$/, 'public-ticket')
    const { session } = await post<{ session: ContactSession }>(url, { token: proof.linkToken }, {}, signal)
    return session
  }
  const said = proof && 'identityToken' in proof ? proof : { identity, ...proof }
  return post(`${address}identify`, said, toHeaders(anonymous), signal)
}

/** Whether the desk has made the anonymous visitor part of the identified one: its own token opens nothing any more. */
export async function wasMerged(address: string, anonymous: string, signal: AbortSignal): Promise<boolean> {
  try {
    const headers = toHeaders(anonymous)
    const response = await fetch(`${address}unread`, { headers, credentials: 'omit', signal })
    return response.status === 401 && (await response.json()).code === 'contact_unknown'
  } catch {
    return false
  }
}

const toHeaders = (credentials: string | undefined): Record<string, string> =>
  credentials ? { authorization: `Bearer ${encodeURI(credentials)}` } : {}

async function post<T>(
  url: string,
  body: unknown,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, longestMs)
  signal.addEventListener('abort', abort)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      credentials: 'omit',
      body: JSON.stringify(body),
      signal: controller.signal,
    })
    if (response.ok) return await response.json()
    const { status } = response
    if (status === 429 || status >= 500) throw new Error(`The desk answered ${status}`)
    const problem: { reason?: IdentityProblem } = await response.json().catch(() => ({}))
    throw new Refusal(problem.reason ?? 'identity_invalid')
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}
