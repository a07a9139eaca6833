import { type AgentRole, cleanName, HelpdeskError, isOpen, normalizeEmail } from '@helpdesk/core'
import type { Api, Body, InboxItem, Params, Query, Result, Route } from '@helpdesk/core/api'
import { agentReads, assign, changeDesk, contactReads, lastReplySeq, setStatus } from './changes.ts'
import { agentTypes, contactTypes, type Place } from './log.ts'
import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  MessageRecord,
  World,
} from './records.ts'
import { refusal } from './schema.ts'
import { addAgent } from './seed.ts'
import * as view from './views.ts'
import { agentNotes, agentReplies, contactWrites, newContact, start } from './writing.ts'

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

/** What the mock desk answers to whoever has passed the door. */
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
      Object.assign(agent, body, { name: readName(body.name) ?? agent.name })
      return view.toSession(world, agent)
    },
  },
  contacts: {
    updateEmail({ contact, body }) {
      contact.email = readEmail(body.email)
      contact.emailVerified = false
      contact.name = readName(body.name) ?? contact.name
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
      if (desk.settings.widget.emailRequired && !body.email && !known?.email) {
        throw refusal([{ pointer: '/body/email', detail: 'is required' }])
      }
      const email = body.email === undefined ? null : readEmail(body.email)
      const name = readName(body.name)
      const contact = known ?? newContact(world, desk, { email, name })
      contact.email ??= email
      contact.name ??= name
      const conversation = start(world, desk, contact, { ...body, userAgent })
      const [first] = view.toConversationWithMessages(conversation).messages
      if (!first) throw new HelpdeskError('internal')
      const { id: conversationId, number } = conversation
      return { contactId: contact.id, contactToken: contact.token, conversationId, number, message: first }
    },
    reply(ask) {
      mustHaveMessaging(ask.desk)
      const place = find(ask, ask.body.conversationId, ask.contact)
      return view.toMessage(place.conversation, contactWrites(place, ask.body.message))
    },
    history({ desk, contact, query }) {
      const own = desk.conversations.filter((one) => one.contact === contact)
      const { items, nextCursor } = pageOfList(own, query, { default: 20, most: 50 })
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
    messages(ask) {
      const { conversation } = find(ask, ask.params.conversationId, ask.contact)
      const { messages, olderMessages } = pageOfThread(view.replies(conversation), ask.query)
      return { messages: messages.map((one) => view.toMessage(conversation, one)), olderMessages }
    },
    read(ask) {
      const place = find(ask, ask.params.conversationId, ask.contact)
      contactReads(place, ask.body.seq)
      return { contactReadSeq: place.conversation.contactReadSeq }
    },
    typing(ask) {
      contactTypes(find(ask, ask.params.conversationId, ask.contact))
      return null
    },
    list({ desk, agent, query }) {
      const shown = desk.conversations.filter(
        (one) =>
          (!query.status || (query.status === 'open' ? isOpen(one.status) : one.status === query.status)) &&
          (!query.assignee || one.assignee === (query.assignee === 'me' ? agent : null)),
      )
      const { items, nextCursor } = pageOfList(shown, query, { default: 50, most: 100 })
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
    get: (ask) =>
      view.toConversationDetail(ask.desk, find(ask, ask.params.conversationId).conversation, ask.agent),
    agentMessages(ask) {
      const { conversation } = find(ask, ask.params.conversationId)
      const { messages, olderMessages } = pageOfThread(conversation.messages, ask.query)
      return { messages: messages.map((one) => view.toAgentMessage(conversation, one)), olderMessages }
    },
    agentReply(ask) {
      const place = find(ask, ask.params.conversationId)
      const message = agentReplies(place, ask.agent, ask.body.message, ask.body)
      const { conversation } = place
      return { message: view.toAgentMessage(conversation, message), status: conversation.status }
    },
    note(ask) {
      const place = find(ask, ask.params.conversationId)
      const message = agentNotes(place, ask.agent, ask.body.message)
      return { message: view.toAgentMessage(place.conversation, message) }
    },
    update(ask) {
      const { agent, body } = ask
      const place = find(ask, ask.params.conversationId)
      if (body.assignee !== undefined) assign(place, agent, body.assignee && agent)
      if (body.status) setStatus(place, agent, body.status)
      return view.toInboxItem(place.conversation, agent)
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
  },
}

/** A conversation of the desk, and of the contact when one is named. @throws {HelpdeskError} `not_found` */
function find({ world, desk }: Omit<Place, 'conversation'>, id: string, contact?: ContactRecord): Place {
  const conversation = desk.conversations.find(
    (one) => one.id === id && (!contact || one.contact === contact),
  )
  if (!conversation) throw new HelpdeskError('not_found')
  return { world, desk, conversation }
}

function mustHaveMessaging(desk: DeskRecord): void {
  if (!view.messagingOn(desk)) throw new HelpdeskError('messaging_disabled')
}

function readEmail(text: string): string {
  const email = normalizeEmail(text)
  if (email) return email
  throw refusal([{ pointer: '/body/email', detail: 'must be one e-mail address' }])
}

function readName(text?: string): string | null {
  return text === undefined ? null : cleanName(text) || null
}

interface PageQuery {
  limit?: number | string
  cursor?: string
}

/** A cursor is the position where the last page ended. */
function readPage({ limit, cursor }: PageQuery, limits: { default: number; most: number }) {
  const most = Math.min(Number(limit ?? limits.default), limits.most)
  if (most < 1) throw refusal([{ pointer: '/query/limit', detail: 'must be at least 1' }])
  const before = Number(cursor ?? Infinity)
  if (Number.isNaN(before))
    throw refusal([{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }])
  return { limit: most, before }
}

function pageOfThread(messages: MessageRecord[], query: PageQuery) {
  const { limit, before } = readPage(query, { default: 50, most: 100 })
  return view.pageOf(messages, limit, before)
}

function pageOfList(
  all: ConversationRecord[],
  query: PageQuery,
  limits: { default: number; most: number },
): { items: ConversationRecord[]; nextCursor: string | null } {
  const { limit, before } = readPage(query, limits)
  const rest = all
    .filter((one) => lastReplySeq(one) < before)
    .toSorted((a, b) => lastReplySeq(b) - lastReplySeq(a))
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && items.length < rest.length ? String(lastReplySeq(last)) : null }
}

function pageOfLog(desk: DeskRecord, { after, limit }: { after?: string; limit?: number | string }) {
  const most = readPage({ limit }, { default: 200, most: 500 }).limit
  const later = desk.log.filter(({ seq }) => seq > Number(after ?? desk.seq))
  const entries = later.slice(0, most)
  const more = entries.length < later.length
  return { entries, more, cursor: more ? (entries.at(-1)?.seq ?? desk.seq) : desk.seq }
}
