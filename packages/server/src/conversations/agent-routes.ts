import { api } from '@helpdesk/core/api'
import { categoryByCode } from '../categories/service.ts'
import { currentEventSeq } from '../desks/service.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { cursorOf, readPage } from '../http/paging.ts'
import { assign, readAsAgent, setFact, setStatus } from './changing.ts'
import {
  agentMessageOf,
  contactOfConversation,
  countInbox,
  listInbox,
  oneInboxItem,
  readAgentMessages,
  readConversation,
} from './service.ts'
import type { InboxFilter } from './store.ts'
import { replyAsAgent, writeNote } from './writing.ts'

/** What agents do in the inbox. */
export function agentConversationRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.conversations.list, async ({ desk, agent, query }) => {
    // Read first: events after it that the page already shows are harmless, missed ones would not be.
    const eventSeq = await currentEventSeq(deps, desk.deskId)
    const { contact, client } = query
    const filter: InboxFilter = {
      view: query.status ?? 'all',
      assignee: query.assignee ?? null,
      ...(contact ? { of: { contact } } : client ? { of: { client } } : {}),
    }
    const { items, next } = await listInbox(
      deps,
      desk,
      agent.id,
      filter,
      readPage(query, { default: 50, most: 100 }),
    )
    return { conversations: items, nextCursor: cursorOf(next), eventSeq }
  })

  mount(context, api.conversations.counts, async ({ desk, agent }) => countInbox(deps, desk, agent.id))

  mount(context, api.conversations.get, async ({ desk, agent, params }) => {
    const eventSeq = await currentEventSeq(deps, desk.deskId)
    return readConversation(deps, desk, agent.id, params.conversationId, eventSeq)
  })

  mount(context, api.conversations.agentMessages, async ({ desk, params, query }) => {
    await contactOfConversation(deps, desk.deskId, params.conversationId)
    const page = readPage(query, { default: 50, most: 100 })
    const { messages, next } = await readAgentMessages(deps, desk, params.conversationId, page)
    return { messages, olderMessages: cursorOf(next) }
  })

  mount(context, api.conversations.agentReply, async ({ desk, agent, params, body, idempotency }) => {
    const input = { conversationId: params.conversationId, ...body }
    const written = await replyAsAgent(deps, desk, agent, input, idempotency)
    return agentMessageOf(deps, desk.deskId, written)
  })

  mount(context, api.conversations.note, async ({ desk, agent, params, body, idempotency }) => {
    const input = { conversationId: params.conversationId, ...body }
    const written = await writeNote(deps, desk, agent, input, idempotency)
    return { message: (await agentMessageOf(deps, desk.deskId, written)).message }
  })

  mount(context, api.conversations.update, async ({ desk, agent, params, body }) => {
    const { conversationId } = params
    // Asked before anything is written, so that a wrong code leaves everything as it was.
    const category = body.category ? await categoryByCode(deps, desk, body.category) : null
    if (body.priority) await setFact(deps, desk, agent, conversationId, 'priority', body.priority)
    if (body.category !== undefined)
      await setFact(deps, desk, agent, conversationId, 'category', category?.id ?? null)
    if (body.assignee !== undefined)
      await assign(deps, desk, agent, conversationId, body.assignee && agent.id)
    if (body.status !== undefined) await setStatus(deps, desk, agent, conversationId, body.status)
    return oneInboxItem(deps, desk.deskId, agent.id, conversationId)
  })

  mount(context, api.conversations.agentRead, async ({ desk, agent, params, body }) => ({
    readSeq: await readAsAgent(deps, desk, agent.id, params.conversationId, body.seq),
  }))

  mount(context, api.conversations.agentTyping, async ({ desk, agent, params }) => {
    const { conversationId } = params
    const contactId = await contactOfConversation(deps, desk.deskId, conversationId)
    deps.bus.publish({
      type: 'typing',
      deskId: desk.deskId,
      conversationId,
      contactId,
      by: 'agent',
      agentId: agent.id,
      name: agent.name,
    })
    return null
  })
}
