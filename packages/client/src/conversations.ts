import type {
  AgentMessage,
  Api,
  Body,
  ConversationDetail,
  InboxCounts,
  InboxItem,
  Message,
  Query,
} from '@helpdesk/core/api'
import type { Credentials, WithoutCredentials } from './contacts.ts'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, CreateOptions, Http, Plain } from './http.ts'

type Routes = Api['conversations']

/** `{ message, email?, name?, attachments?, claims?, channel?, pageUrl? }`. */
export type StartInput = WithoutCredentials<Body<Routes['start']>>
/** `{ contactId, contactToken, conversationId, number, message }`. */
export type Started = Answer<Routes['start']>
/** `{ conversationId, message, attachments? }`. */
export type ReplyInput = WithoutCredentials<Body<Routes['reply']>>
/** `{ limit?, cursor? }`, at most 50 conversations. */
export type HistoryQuery = WithoutCredentials<Query<Routes['history']>>
/** `{ contact, conversations, nextCursor, eventSeq }`. */
export type History = Answer<Routes['history']>
/** `{ limit?, cursor? }`, at most 100 messages. */
export type MessagesQuery = Plain<Query<Routes['messages']>>
/** `{ messages, olderMessages }`, oldest first; `olderMessages` is the cursor of the page before. */
export type MessagesPage = Answer<Routes['messages']>

/** What a visitor does with its conversations. */
export interface VisitorConversations {
  /** Starts a conversation and keeps the credentials that come with it. */
  start(input: StartInput, options?: CreateOptions): Promise<Started>
  /** Writes on in one of the contact's conversations. */
  reply(input: ReplyInput, options?: CreateOptions): Promise<Message>
  /** The contact's conversations, each with its newest 50 messages, oldest first. */
  history(query?: HistoryQuery, options?: CallOptions): Promise<History>
  /** Older messages of a conversation; `cursor` is its `olderMessages`. */
  messages(conversationId: string, query?: MessagesQuery, options?: CallOptions): Promise<MessagesPage>
  /** How many replies the contact has not seen. */
  unread(options?: CallOptions): Promise<Answer<Routes['unread']>>
  /** The contact has seen everything up to `seq`: call it only for what is really on the screen. */
  markRead(conversationId: string, seq: number, options?: CallOptions): Promise<Answer<Routes['read']>>
  /** The contact is typing; agents see it for a few seconds. */
  typing(conversationId: string, options?: CallOptions): Promise<void>
}

/** A visitor's conversations over HTTP; `onStarted` gets the credentials that come with the first message. */
export function visitorConversations(
  http: Http,
  base: string,
  onStarted: (known: Credentials) => void,
): VisitorConversations {
  const at = (conversationId: string, rest: string) =>
    `${base}/conversations/${encodeURIComponent(conversationId)}/${rest}`
  return {
    async start(body, options) {
      const started = await http.call<Routes['start']>(
        `POST ${base}/message`,
        { body, create: true },
        options,
      )
      onStarted(started)
      return started
    },
    reply: (body, options) =>
      http.call<Routes['reply']>(`POST ${base}/reply`, { body, create: true }, options),
    history: (query, options) => http.call<Routes['history']>(`GET ${base}/history`, { query }, options),
    messages: (conversationId, query, options) =>
      http.call<Routes['messages']>(`GET ${at(conversationId, 'messages')}`, { query }, options),
    unread: (options) => http.call<Routes['unread']>(`GET ${base}/unread`, {}, options),
    markRead: (conversationId, seq, options) =>
      http.call<Routes['read']>(
        `POST ${at(conversationId, 'read')}`,
        { body: { seq }, repeatable: true },
        options,
      ),
    typing: (conversationId, options) =>
      http.call<Routes['typing']>(`POST ${at(conversationId, 'typing')}`, {}, options),
  }
}

/** `{ status?, assignee?, contact?, client?, limit?, cursor? }`; `status: 'open'` is all that is not resolved. */
export type InboxQuery = Plain<Query<Routes['list']>>
/** `{ conversations, nextCursor, eventSeq }`, newest activity first. */
export type InboxPage = Answer<Routes['list']>
/** `{ messages, olderMessages }`, oldest first, notes and events included. */
export type AgentMessagesPage = Answer<Routes['agentMessages']>
/** `{ message, attachments?, sendInstantly?, resolve? }`. */
export type AgentReply = Plain<Body<Routes['agentReply']>>
/** `{ message, status }`. */
export type AgentReplied = Answer<Routes['agentReply']>
/**
 * `{ status?, assignee?, priority?, category? }`; as assignee `'me'` takes the conversation, `null` gives it
 * back; a category is named by its code, `null` is none.
 */
export type ConversationChange = Plain<Body<Routes['update']>>

/** What agents do with the conversations of a desk; `deskId` is the public id, `id` the conversation's. */
export interface AgentConversations {
  /** A page of the inbox. */
  list(deskId: string, query?: InboxQuery, options?: CallOptions): Promise<InboxPage>
  /** How many conversations each view of the inbox has. */
  counts(deskId: string, options?: CallOptions): Promise<InboxCounts>
  /** A conversation with its newest messages. */
  get(deskId: string, id: string, options?: CallOptions): Promise<ConversationDetail>
  /** Older messages of a conversation. */
  messages(
    deskId: string,
    id: string,
    query?: MessagesQuery,
    options?: CallOptions,
  ): Promise<AgentMessagesPage>
  /** Replies to the contact, by e-mail too unless it reads in time. */
  reply(deskId: string, id: string, reply: AgentReply, options?: CreateOptions): Promise<AgentReplied>
  /** Writes a note that only agents see. */
  note(
    deskId: string,
    id: string,
    note: Plain<Body<Routes['note']>>,
    options?: CreateOptions,
  ): Promise<{ message: AgentMessage }>
  /** Sets status, priority, category or who answers. */
  update(deskId: string, id: string, change: ConversationChange, options?: CallOptions): Promise<InboxItem>
  /** The agent has seen everything up to `seq`. */
  markRead(
    deskId: string,
    id: string,
    seq: number,
    options?: CallOptions,
  ): Promise<Answer<Routes['agentRead']>>
  /** The agent is typing; the contact and other agents see it for a few seconds. */
  typing(deskId: string, id: string, options?: CallOptions): Promise<void>
}

/** A desk's conversations over HTTP. */
export function agentConversations(http: Http): AgentConversations {
  const all = (deskId: string) => `${deskPath(deskId)}/conversations`
  const one = (deskId: string, id: string, rest = '') => `${all(deskId)}/${encodeURIComponent(id)}${rest}`
  return {
    list: (deskId, query, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, { query }, options),
    counts: (deskId, options) => http.call<Routes['counts']>(`GET ${all(deskId)}/counts`, {}, options),
    get: (deskId, id, options) => http.call<Routes['get']>(`GET ${one(deskId, id)}`, {}, options),
    messages: (deskId, id, query, options) =>
      http.call<Routes['agentMessages']>(`GET ${one(deskId, id, '/messages')}`, { query }, options),
    reply: (deskId, id, body, options) =>
      http.call<Routes['agentReply']>(`POST ${one(deskId, id, '/replies')}`, { body, create: true }, options),
    note: (deskId, id, body, options) =>
      http.call<Routes['note']>(`POST ${one(deskId, id, '/notes')}`, { body, create: true }, options),
    update: (deskId, id, body, options) =>
      http.call<Routes['update']>(`PATCH ${one(deskId, id)}`, { body }, options),
    markRead: (deskId, id, seq, options) =>
      http.call<Routes['agentRead']>(
        `POST ${one(deskId, id, '/read')}`,
        { body: { seq }, repeatable: true },
        options,
      ),
    typing: (deskId, id, options) =>
      http.call<Routes['agentTyping']>(`POST ${one(deskId, id, '/typing')}`, {}, options),
  }
}
