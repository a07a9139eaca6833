import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { readCredentials } from '../http/guards.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { readPage } from '../http/paging.ts'
import { ipKey } from '../http/throttle.ts'
import { redeemEmailLink, requestEmailLink } from './email-links.ts'
import { identify } from './identifying.ts'
import { mergeByHand, undoMerge } from './merging.ts'
import { changeContact, contactViewById, listContacts, mergesOf } from './people.ts'
import { contactSelfView, signOut, updateEmail } from './service.ts'

/** Who a visitor is, and what agents know of it. */
export function contactRoutes(context: MountContext): void {
  const { deps, rateLimit } = context

  mount(context, api.contacts.identify, async ({ desk, body, request }) => {
    try {
      return await identify(deps, desk, body, readCredentials(request))
    } catch (error) {
      // Only refusals count, so that guessing is slow and a whole office may share one address.
      if (error instanceof HelpdeskError && error.code === 'identity_rejected')
        await rateLimit('signIn', `identity:${ipKey(request.ip)}`)
      throw error
    }
  })

  mount(context, api.contacts.requestEmailLink, ({ desk, body, request }) =>
    requestEmailLink(deps, desk, body, readCredentials(request)),
  )

  mount(context, api.contacts.redeemEmailLink, ({ desk, body, request }) =>
    redeemEmailLink(deps, desk, body, readCredentials(request)),
  )

  mount(context, api.contacts.signOut, async ({ desk, request }) => {
    const credentials = readCredentials(request)
    if (credentials) await signOut(deps, desk, credentials)
    return null
  })

  mount(context, api.contacts.updateEmail, async ({ desk, contact, body }) => ({
    contact: contactSelfView(await updateEmail(deps, desk, contact, body)),
  }))

  mount(context, api.contacts.list, async ({ desk, query }) => {
    const { limit } = readPage({ limit: query.limit }, { default: 50, most: 100 })
    const { contacts, next } = await listContacts(deps, desk, query.search, {
      cursor: readCursor(query.cursor),
      limit,
    })
    return { contacts, nextCursor: next }
  })

  mount(context, api.contacts.get, async ({ desk, params }) => {
    const [contact, merges] = await Promise.all([
      contactViewById(deps, desk, params.contactId),
      mergesOf(deps, desk, params.contactId),
    ])
    return { contact, merges }
  })

  mount(context, api.contacts.update, async ({ desk, params, body }) => ({
    contact: await changeContact(deps, desk, params.contactId, body),
  }))

  mount(context, api.contacts.merge, async ({ desk, agent, params, body }) => {
    const id = await mergeByHand(deps, desk, agent, params.contactId, body.intoContactId)
    const merges = await mergesOf(deps, desk, body.intoContactId)
    const merge = merges.find((one) => one.id === id)
    if (!merge) throw new HelpdeskError('conflict')
    return { contact: await contactViewById(deps, desk, body.intoContactId), merge }
  })

  mount(context, api.contacts.undoMerge, async ({ desk, agent, params }) => ({
    contact: await contactViewById(deps, desk, await undoMerge(deps, desk, agent, params.mergeId)),
  }))
}

/** This list goes by ids. @throws HelpdeskError validation_failed */
function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) return cursor
  const errors = [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check cursor', errors })
}
