import { api } from '@helpdesk/core/api'
import { readClaims } from '../contacts/identity.ts'
import { contactSelfView, seeContact } from '../contacts/service.ts'
import { readCredentials } from '../http/guards.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { cursorOf, readPage } from '../http/paging.ts'
import { readAsContact } from './changing.ts'
import { startConversation } from './starting.ts'
import { assertVisible, countUnread, readContactMessages, readHistory } from './visitor-service.ts'
import { assertAttachments, assertMessaging, replyAsContact } from './writing.ts'

/** What visitors do: the seed's endpoints and what the widget needs beside them. */
export function conversationRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.conversations.start, async ({ desk, contact, body, request, idempotency }) => {
    const known = contact ? { ...contact, contactToken: readCredentials(request)?.contactToken ?? '' } : null
    assertMessaging(desk)
    assertAttachments(desk, body.attachments)
    const userAgent = request.headers['user-agent'] ?? null
    const claims = readClaims(body.claims)
    const input = { ...body, claims, userAgent, channel: body.channel ?? 'widget' }
    return startConversation(deps, desk, known, input, idempotency)
  })

  mount(context, api.conversations.reply, ({ desk, contact, body, idempotency }) =>
    replyAsContact(deps, desk, contact, body, idempotency),
  )

  mount(context, api.conversations.history, async ({ desk, contact, query }) => {
    const page = readPage(query, { default: 20, most: 50 })
    const [{ conversations, next, eventSeq }] = await Promise.all([
      readHistory(deps, desk, contact.scope, page),
      seeContact(deps, desk, contact),
    ])
    return { contact: contactSelfView(contact), conversations, nextCursor: cursorOf(next), eventSeq }
  })

  mount(context, api.conversations.unread, async ({ desk, contact }) => ({
    unreadCount: await countUnread(deps, desk, contact.scope),
  }))

  mount(context, api.conversations.messages, async ({ desk, contact, params, query }) => {
    const page = readPage(query, { default: 50, most: 100 })
    const { messages, next } = await readContactMessages(
      deps,
      desk,
      contact.scope,
      params.conversationId,
      page,
    )
    return { messages, olderMessages: cursorOf(next) }
  })

  mount(context, api.conversations.read, async ({ desk, contact, params, body }) => ({
    contactReadSeq: await readAsContact(deps, desk, contact.scope, params.conversationId, body.seq),
  }))

  mount(context, api.conversations.typing, async ({ desk, contact, params }) => {
    const { conversationId } = params
    await assertVisible(deps, desk.deskId, contact.scope, conversationId)
    const name = contact.name ?? contact.email
    deps.bus.publish({
      type: 'typing',
      deskId: desk.deskId,
      conversationId,
      contactId: contact.id,
      by: 'contact',
      agentId: null,
      name,
    })
    return null
  })
}
