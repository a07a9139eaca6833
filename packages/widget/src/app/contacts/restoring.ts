import { type EmailLinkProof, emailLinks, isApiError } from '@helpdesk/client'
import type { Model } from '../model.ts'
import type { Screen } from '../screen.ts'

/** Has the one-time link sent. @returns the code of what went wrong, if something did */
export async function askForLink(
  { client, store, signal }: Model,
  email: string,
): Promise<string | undefined> {
  const { locale } = store.get().texts
  return failureOf(emailLinks(client).request({ email, locale }, { signal }))
}

/**
 * Brings the conversations back into this browser and shows them.
 * @param said what screen readers are told then
 * @returns the code of what went wrong, if something did
 */
export async function bringBack(
  model: Model,
  proof: EmailLinkProof,
  { to, said }: { to: Screen; said: string },
): Promise<string | undefined> {
  const { client, store, live, signal } = model
  const failure = await failureOf(
    emailLinks(client)
      .redeem(proof, { signal })
      .then(({ contact }) => {
        // What was here belongs to the browser's earlier credentials, and comes again with these if it is theirs.
        live.stop()
        store.set({
          history: 'loading',
          contact,
          conversations: [],
          nextCursor: null,
          tickets: null,
          isLost: false,
          screen: to,
          announcement: said,
        })
      }),
  )
  if (failure !== undefined) return failure
  await model.reload()
  showBack(model)
}

/** Opens the only conversation; several are a list, which may be below what else the first screen has. */
function showBack({ store, shell }: Model): void {
  const { conversations, screen } = store.get()
  const [one, second] = conversations
  if (screen.name !== 'home') return
  if (one && !second) store.set({ screen: { name: 'thread', id: one.id } })
  else
    setTimeout(() =>
      shell.body.querySelector('.home > .list:last-of-type')?.scrollIntoView?.({ block: 'nearest' }),
    )
}

async function failureOf(request: Promise<unknown>): Promise<string | undefined> {
  try {
    await request
  } catch (error) {
    return isApiError(error) ? error.code : 'unexpected'
  }
}

/** The token of the link that led to this page; empty when it has lost it. */
export function tokenOfPage({ shell }: Model): string | undefined {
  const isLinked = shell.options.page === 'restore' && location.hash.startsWith('#link=')
  return isLinked ? location.hash.slice('#link='.length) : undefined
}

/** Takes the token, which opens nothing any more, out of the address. */
export function forgetToken(): void {
  history.replaceState(history.state, '', location.pathname + location.search)
}
