import { api } from '@helpdesk/core/api'
import { contactSelfView, seeContact } from '../contacts/service.ts'
import { readCredentials } from '../http/guards.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { cursorOf, readPage } from '../http/paging.ts'
import { assertOwnConversation, countUnread, readContactMessages, readHistory } from './service.ts'
import { startConversation } from './starting.ts'
import { readAsContact, replyAsContact } from './writing.ts'

/** What visitors do: the seed's endpoints and what the widget needs beside them. */
export function conversationRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.conversations.start, async ({ desk, contact, body, request, idempotency }) => {
    const known = contact ? { ...contact, contactToken: readCredentials(request)?.contactToken ?? '' } : null
    const userAgent = request.headers['user-agent'] ?? null
    return startConversation(deps, desk, known, { ...body, userAgent, channel: 'widget' }, idempotency)
  })

  mount(context, api.conversations.reply, ({ desk, contact, body, idempotency }) =>
    replyAsContact(deps, desk, contact, body, idempotency),
  )

  mount(context, api.conversations.history, async ({ desk, contact, query }) => {
    const page = readPage(query, { default: 20, most: 50 })
    const [{ conversations, next, eventSeq }] = await Promise.all([
      readHistory(deps, desk, contact.id, page),
      seeContact(deps, desk, contact),
    ])
    return { contact: contactSelfView(contact), conversations, nextCursor: cursorOf(next), eventSeq }
  })

  mount(context, api.conversations.unread, async ({ desk, contact }) => ({
    unreadCount: await countUnread(deps, desk, contact.id),
  }))

  mount(context, api.conversations.messages, async ({ desk, contact, params, query }) => {
    const page = readPage(query, { default: 50, most: 100 })
    const { messages, next } = await readContactMessages(deps, desk, contact.id, params.conversationId, page)
    return { messages, olderMessages: cursorOf(next) }
  })

  mount(context, api.conversations.read, async ({ desk, contact, params, body }) => ({
    contactReadSeq: await readAsContact(deps, desk, contact.id, params.conversationId, body.seq),
  }))

  mount(context, api.conversations.typing, async ({ desk, contact, params }) => {
    await assertOwnConversation(deps, desk.deskId, contact.id, params.conversationId)
    const { conversationId } = params
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
