import { type AgentRole, HelpdeskError, isOpen } from '@helpdesk/core'
import type { Api, Body, InboxItem, Params, Query, Result, Route } from '@helpdesk/core/api'
import {
  agentNotes,
  agentReads,
  agentReplies,
  agentTyping,
  assign,
  changeDesk,
  contactReads,
  contactTyping,
  contactWrites,
  findConversation,
  newContact,
  setStatus,
  start,
  tell,
} from './acts.ts'
import type { AgentRecord, ContactRecord, DeskRecord, World } from './records.ts'
import { addAgent } from './seed.ts'
import * as view from './views.ts'

/** A request that has passed the door: signed in, allowed, valid. */
export interface Ask<R extends Route> {
  world: World
  /** The desk in the path; without one there, the first. */
  desk: DeskRecord
  role: AgentRole
  contact: R extends { auth: 'contact' } ? ContactRecord : ContactRecord | null
  agent: R extends { auth: 'agent' } ? AgentRecord : AgentRecord | null
  params: Params<R>
  query: Query<R>
  body: Body<R>
  userAgent: string | null
}

/** One answer per route of the contract: one that is missing or answers another shape does not compile. */
export type Answers = {
  [N in keyof Api]: {
    [V in keyof Api[N]]: Api[N][V] extends infer R extends Route ? (ask: Ask<R>) => Result<R> : never
  }
}

export const answers: Answers = {
  agents: {
    setupState: ({ world }) => ({ needed: world.setupNeeded }),
    setup({ world, desk, body }) {
      if (!world.setupNeeded) throw new HelpdeskError('setup_done')
      if (body.setupToken !== world.setupToken) throw new HelpdeskError('forbidden')
      desk.settings.name = body.deskName
      const agent = addAgent(world, body)
      if (body.locale) agent.locale = desk.settings.locale = body.locale
      world.setupNeeded = false
      world.session = agent
      return view.toSession(world, agent)
    },
    signIn({ world, body }) {
      const agent = world.agents.find(({ email }) => email === body.email.trim().toLowerCase())
      if (agent?.password !== body.password) throw new HelpdeskError('sign_in_failed')
      world.session = agent
      return view.toSession(world, agent)
    },
    signOut({ world }) {
      world.session = null
      return null
    },
    me: ({ world, agent }) => view.toSession(world, agent),
    updateMe({ world, agent, body }) {
      Object.assign(agent, body)
      return view.toSession(world, agent)
    },
  },
  contacts: {
    updateEmail({ contact, body }) {
      contact.email = body.email
      contact.emailVerified = false
      contact.name = body.name ?? contact.name
      return { contact: view.toContactSelf(contact) }
    },
  },
  desks: {
    publicSettings: ({ desk }) => view.toPublicDesk(desk),
    list: ({ world, agent }) => ({
      desks: world.desks.flatMap((desk) => {
        const role = desk.roles.get(agent.id)
        return role ? [view.toDesk(desk, role)] : []
      }),
    }),
    get: ({ desk, role }) => view.toDesk(desk, role),
    update({ world, desk, role, body }) {
      changeDesk(world, desk, body)
      return view.toDesk(desk, role)
    },
  },
  events: {
    visitor({ desk, contact, query }) {
      const { entries, ...page } = pageOfLog(desk, query)
      return { ...page, events: entries.flatMap((entry) => view.toVisitorEvent(entry, contact) ?? []) }
    },
    agent({ desk, agent, query }) {
      const { entries, ...page } = pageOfLog(desk, query)
      return { ...page, events: entries.flatMap((entry) => view.toAgentEvent(entry, agent) ?? []) }
    },
  },
  conversations: {
    start({ world, desk, contact: known, body, userAgent }) {
      if (!desk.settings.active) throw new HelpdeskError('desk_inactive')
      mustHaveMessaging(desk)
      if (desk.settings.security.level === 'signature' && !known) throw new HelpdeskError('identity_required')
      if (desk.settings.widget.emailRequired && !body.email && !known?.email) {
        const errors = [{ pointer: '/body/email', detail: 'is required' }]
        throw new HelpdeskError('validation_failed', { errors })
      }
      const contact = known ?? newContact(world, desk, body)
      contact.email ??= body.email ?? null
      contact.name ??= body.name ?? null
      const conversation = start(world, desk, contact, { ...body, userAgent: userAgent ?? undefined })
      const [first] = view.toConversationWithMessages(conversation).messages
      if (!first) throw new HelpdeskError('internal')
      const { id: conversationId, number } = conversation
      return { contactId: contact.id, contactToken: contact.token, conversationId, number, message: first }
    },
    reply({ world, desk, contact, body }) {
      mustHaveMessaging(desk)
      const conversation = findConversation(desk, body.conversationId, contact)
      return view.toMessage(conversation, contactWrites(world, desk, conversation, body.message))
    },
    history({ desk, contact, query }) {
      const own = desk.conversations.filter((one) => one.contact === contact)
      const { items, nextCursor } = pageOfList(newestFirst(own), query, 50)
      return {
        contact: view.toContactSelf(contact),
        conversations: items.map(view.toConversationWithMessages),
        nextCursor,
        eventSeq: desk.seq,
      }
    },
    unread({ desk, contact }) {
      const own = desk.conversations.filter((one) => one.contact === contact)
      return { unreadCount: own.reduce((sum, one) => sum + view.toConversation(one).unreadCount, 0) }
    },
    messages({ desk, contact, params, query }) {
      const conversation = findConversation(desk, params.conversationId, contact)
      const { messages, olderMessages } = view.pageOf(view.replies(conversation), ...around(query))
      return { messages: messages.map((one) => view.toMessage(conversation, one)), olderMessages }
    },
    read({ world, desk, contact, params, body }) {
      const conversation = findConversation(desk, params.conversationId, contact)
      contactReads(world, desk, conversation, body.seq)
      return { contactReadSeq: conversation.contactReadSeq }
    },
    typing({ desk, contact, params }) {
      const { id } = findConversation(desk, params.conversationId, contact)
      tell(desk, contactTyping(id, contact))
      return null
    },
    list({ desk, agent, query }) {
      const shown = desk.conversations.filter(
        (one) =>
          (!query.status || (query.status === 'open' ? isOpen(one.status) : one.status === query.status)) &&
          (!query.assignee || one.assignee === (query.assignee === 'me' ? agent : null)),
      )
      const { items, nextCursor } = pageOfList(newestFirst(shown), query, 100)
      const conversations = items.map((one) => view.toInboxItem(one, agent))
      return { conversations, nextCursor, eventSeq: desk.seq }
    },
    counts({ desk, agent }) {
      const items = desk.conversations.map((one) => view.toInboxItem(one, agent))
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
    get: ({ desk, agent, params }) =>
      view.toConversationDetail(desk, findConversation(desk, params.conversationId), agent),
    agentMessages({ desk, params, query }) {
      const conversation = findConversation(desk, params.conversationId)
      const { messages, olderMessages } = view.pageOf(conversation.messages, ...around(query))
      return { messages: messages.map((one) => view.toAgentMessage(conversation, one)), olderMessages }
    },
    agentReply({ world, desk, agent, params, body }) {
      const conversation = findConversation(desk, params.conversationId)
      const message = agentReplies(world, desk, conversation, agent, body.message, body)
      return { message: view.toAgentMessage(conversation, message), status: conversation.status }
    },
    note({ world, desk, agent, params, body }) {
      const conversation = findConversation(desk, params.conversationId)
      const message = agentNotes(world, desk, conversation, agent, body.message)
      return { message: view.toAgentMessage(conversation, message) }
    },
    update({ world, desk, agent, params, body }) {
      const conversation = findConversation(desk, params.conversationId)
      if (body.assignee !== undefined) assign(world, desk, conversation, agent, body.assignee && agent)
      if (body.status) setStatus(world, desk, conversation, agent, body.status)
      return view.toInboxItem(conversation, agent)
    },
    agentRead({ world, desk, agent, params, body }) {
      const conversation = findConversation(desk, params.conversationId)
      agentReads(world, desk, conversation, agent, body.seq)
      return { readSeq: conversation.agentReads.get(agent.id) ?? 0 }
    },
    agentTyping({ desk, agent, params }) {
      const { id, contact } = findConversation(desk, params.conversationId)
      tell(desk, agentTyping(id, contact, agent))
      return null
    },
  },
}

function mustHaveMessaging(desk: DeskRecord): void {
  if (!view.messagingOn(desk)) throw new HelpdeskError('messaging_disabled')
}

function newestFirst<C extends { messages: { seq: number }[] }>(conversations: C[]): C[] {
  return conversations.toSorted((a, b) => (b.messages.at(-1)?.seq ?? 0) - (a.messages.at(-1)?.seq ?? 0))
}

interface PageQuery {
  limit?: number | string
  cursor?: string
}

function atMost({ limit }: PageQuery, most: number): number {
  return Math.min(most, Math.max(1, Number(limit ?? 50)))
}

function pageOfList<T>(all: T[], query: PageQuery, most: number) {
  const from = Number(query.cursor ?? 0) || 0
  const to = from + atMost(query, most)
  return { items: all.slice(from, to), nextCursor: to < all.length ? String(to) : null }
}

function around(query: PageQuery): [limit: number, before: number] {
  return [atMost(query, 100), Number(query.cursor ?? Infinity) || 0]
}

function pageOfLog(desk: DeskRecord, { after, limit }: { after?: string; limit?: number | string }) {
  const later = desk.log.filter(({ seq }) => seq > Number(after ?? desk.seq))
  const entries = later.slice(0, atMost({ limit: limit ?? 500 }, 500))
  const more = entries.length < later.length
  return { entries, more, cursor: more ? (entries.at(-1)?.seq ?? desk.seq) : desk.seq }
}
