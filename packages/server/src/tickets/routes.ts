import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { listTickets, readByNumber } from '../conversations/visitor-service.ts'
import { cacheable } from '../http/etag.ts'
import { readCredentials } from '../http/guards.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { cursorOf, readPage } from '../http/paging.ts'
import { ipKey } from '../http/throttle.ts'
import { openLinkSession, publicLink, removeLink, replaceLink, resolveLink } from './links.ts'
import { createTicket, ticketForm } from './service.ts'

/** Tickets: what visitors do with them, and their public links. */
export function ticketRoutes(context: MountContext): void {
  const { deps, rateLimit } = context

  mount(context, api.tickets.form, async ({ desk, query, request, reply }) => {
    return cacheable(request, reply, await ticketForm(deps, desk, query.locale))
  })

  mount(context, api.tickets.create, async ({ desk, contact, body, request, idempotency }) => {
    const known = contact ? { ...contact, contactToken: readCredentials(request)?.contactToken ?? '' } : null
    const userAgent = request.headers['user-agent'] ?? null
    return createTicket(deps, desk, known, body, { userAgent }, idempotency)
  })

  mount(context, api.tickets.list, async ({ desk, contact, query }) => {
    const page = readPage(query, { default: 20, most: 100 })
    const { tickets, next, eventSeq } = await listTickets(
      deps,
      desk,
      contact.scope,
      query.status ?? 'all',
      page,
    )
    return { tickets, nextCursor: cursorOf(next), eventSeq }
  })

  mount(context, api.tickets.get, ({ desk, contact, params }) =>
    readByNumber(deps, desk, contact.scope, params.number),
  )

  mount(context, api.tickets.openLink, async ({ body, request }) => {
    const opened = await resolveLink(deps, body.token)
    if (!opened) {
      // Whoever has a right link is never kept waiting by others behind the same address.
      await rateLimit('link', `link:${ipKey(request.ip)}`)
      throw new HelpdeskError('not_found')
    }
    return { helpdeskId: opened.desk.publicId, session: await openLinkSession(deps, opened) }
  })

  mount(context, api.conversations.publicLink, async ({ desk, params }) => ({
    url: await publicLink(deps, desk, params.conversationId),
  }))
  mount(context, api.conversations.replacePublicLink, async ({ desk, params }) => ({
    url: await replaceLink(deps, desk, params.conversationId),
  }))
  mount(context, api.conversations.revokePublicLink, async ({ desk, params }) => {
    await removeLink(deps, desk, params.conversationId)
    return null
  })
}
