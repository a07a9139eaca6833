import { isOpen } from '@helpdesk/core'
import type { InboxItem } from '@helpdesk/core/api'
import { type Answers, find, pageOfList, readPage } from '../ask.ts'
import { readCategory } from '../categories.ts'
import { agentReads, assign, setCategory, setPriority, setStatus } from '../changes.ts'
import { claimFiles, mustSaySomething } from '../files.ts'
import { agentTypes } from '../log.ts'
import type { ConversationRecord } from '../records.ts'
import * as view from '../views.ts'
import { agentNotes, agentReplies } from '../writing.ts'
import type { visitorConversations } from './conversations.ts'

/** What agents do in the inbox. */
export const agentConversations: Omit<Answers['conversations'], keyof typeof visitorConversations> = {
  list({ desk, agent, query }) {
    const shown = desk.conversations.filter(
      (one) =>
        (!query.status || (query.status === 'open' ? isOpen(one.status) : one.status === query.status)) &&
        (!query.assignee || one.assignee === (query.assignee === 'me' ? agent : null)) &&
        (!query.contact || one.contact.id === query.contact) &&
        (!query.client || one.client?.id === query.client),
    )
    const { items, nextCursor } = pageOfList(shown, query, { default: 50, most: 100 })
    const conversations = items.map((one) => view.toInboxItem(desk, one, agent))
    return { conversations, nextCursor, eventSeq: desk.seq }
  },
  counts({ desk, agent }) {
    const items = desk.conversations.map((one) => view.toInboxItem(desk, one, agent))
    const count = (test: (item: InboxItem) => boolean) => items.filter(test).length
    const open = items.filter(({ status }) => isOpen(status))
    return {
      all: items.length,
      open: open.length,
      pending: count(({ status }) => status === 'pending'),
      in_progress: count(({ status }) => status === 'in_progress'),
      waiting: count(({ status }) => status === 'waiting'),
      resolved: count(({ status }) => status === 'resolved'),
      mine: open.filter(({ assignee }) => assignee?.id === agent.id).length,
      unassigned: open.filter(({ assignee }) => assignee === null).length,
    }
  },
  get: (ask) =>
    view.toConversationDetail(ask.desk, find(ask, ask.params.conversationId).conversation, ask.agent),
  agentMessages(ask) {
    const { conversation } = find(ask, ask.params.conversationId)
    const { limit, before } = readPage(ask.query, { default: 50, most: 100 })
    const { messages, olderMessages } = view.pageOf(conversation.messages, limit, before)
    return { messages: messages.map((one) => view.toAgentMessage(conversation, one)), olderMessages }
  },
  agentReply(ask) {
    const { desk, agent, body } = ask
    const place = find(ask, ask.params.conversationId)
    const files = claimFiles(desk, body.attachments)
    mustSaySomething(body.message, files)
    const message = agentReplies(place, agent, body.message, { ...body, files })
    const { conversation } = place
    return { message: view.toAgentMessage(conversation, message), status: conversation.status }
  },
  note(ask) {
    const { desk, agent, body } = ask
    const place = find(ask, ask.params.conversationId)
    const files = claimFiles(desk, body.attachments)
    mustSaySomething(body.message, files)
    return { message: view.toAgentMessage(place.conversation, agentNotes(place, agent, body.message, files)) }
  },
  update(ask) {
    const { desk, agent, body } = ask
    const place = find(ask, ask.params.conversationId)
    const category = body.category && readCategory(desk, body.category)
    if (body.assignee !== undefined) assign(place, agent, body.assignee && agent)
    if (body.status) setStatus(place, agent, body.status)
    if (body.priority) setPriority(place, agent, body.priority)
    if (category !== undefined) setCategory(place, agent, category || null)
    return view.toInboxItem(desk, place.conversation, agent)
  },
  agentRead(ask) {
    const place = find(ask, ask.params.conversationId)
    agentReads(place, ask.agent, ask.body.seq)
    return { readSeq: place.conversation.agentReads.get(ask.agent.id) ?? 0 }
  },
  agentTyping(ask) {
    agentTypes(find(ask, ask.params.conversationId), ask.agent)
    return null
  },
  publicLink: (ask) => toPublicLink(ask.base, find(ask, ask.params.conversationId).conversation),
  replacePublicLink(ask) {
    const { conversation } = find(ask, ask.params.conversationId)
    conversation.linkToken = ask.world.newToken()
    return toPublicLink(ask.base, conversation)
  },
  revokePublicLink(ask) {
    find(ask, ask.params.conversationId).conversation.linkToken = null
    return null
  },
}

function toPublicLink(base: string, { linkToken }: ConversationRecord) {
  return { url: linkToken && `${base}/t/${linkToken}` }
}
