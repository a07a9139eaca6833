import { authorTypes, channels, conversationStatuses, messageKinds, priorities } from '../conversations.ts'
import { notificationReasons, notificationStates } from '../notifications.ts'
import { attachment } from './attachments.ts'
import { contact } from './contacts.ts'
import { messageVias } from './conversations.ts'
import { route } from './route.ts'
import {
  attachedMessageBody,
  attachmentKeys,
  categoryCode,
  cursor,
  dateTime,
  id,
  limit,
  nothing,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  seq,
  Type,
} from './shared.ts'

const status = oneOf(conversationStatuses)

/** What became of the e-mail about a message. */
export const emailState = object(
  {
    state: oneOf(notificationStates),
    reason: nullable(oneOf(notificationReasons)),
    lastError: nullable(
      Type.String({ description: 'Why it has not arrived: what the mail server said last, in one line' }),
    ),
    at: dateTime,
    notificationId: id,
  },
  { $id: 'EmailState', description: 'at: scheduled: due at; sent, skipped, failed: when' },
)
export type EmailState = Static<typeof emailState>

/** What an entry of kind `event` says has changed. */
export const changeFields = ['status', 'assignee', 'priority', 'category', 'contact'] as const
export type ChangeField = (typeof changeFields)[number]

const agentRef = object({ id, name: Type.String() })

/** One entry of a thread as agents see it. */
export const agentMessage = object(
  {
    id,
    conversationId: id,
    seq: Type.Integer(),
    kind: oneOf(messageKinds),
    author: object({ type: oneOf(authorTypes), id: nullable(id), name: nullable(Type.String()) }),
    body: Type.String(),
    attachments: Type.Array(attachment),
    via: nullable(oneOf(messageVias)),
    change: nullable(
      object({
        field: oneOf(changeFields),
        from: nullable(Type.String()),
        to: nullable(Type.String()),
      }),
    ),
    email: nullable(emailState),
    original: nullable(
      object({
        emailId: id,
        from: Type.String({ description: 'The address that the e-mail names as its sender' }),
        proved: Type.Boolean({ description: 'Only the holder of that mailbox can have sent it' }),
      }),
    ),
    createdAt: dateTime,
  },
  { $id: 'AgentMessage' },
)
export type AgentMessage = Static<typeof agentMessage>

/** A conversation as a row of the inbox. */
export const inboxItem = object(
  {
    id,
    number: Type.String(),
    subject: nullable(Type.String()),
    preview: Type.String({ description: 'First words of the newest message' }),
    status,
    priority: oneOf(priorities),
    channel: oneOf(channels),
    category: nullable(
      object({ id, code: categoryCode, name: Type.String({ description: "In the desk's language" }) }),
    ),
    contact: object({ id, name: nullable(Type.String()), email: nullable(Type.String()) }),
    client: nullable(object({ id, name: nullable(Type.String()) })),
    assignee: nullable(agentRef),
    unread: Type.Boolean({ description: 'The caller has not seen the newest message of the contact' }),
    lastAuthor: oneOf(authorTypes),
    createdAt: dateTime,
    lastMessageAt: dateTime,
  },
  { $id: 'InboxItem' },
)
export type InboxItem = Static<typeof inboxItem>

/** A conversation as an agent reads it. */
export const conversationDetail = object(
  {
    ...inboxItem.properties,
    contact,
    contactReadSeq: Type.Integer({ description: 'The contact has seen everything up to here' }),
    pageUrl: nullable(Type.String({ description: 'The page the visitor wrote from' })),
    userAgent: nullable(Type.String()),
    messages: Type.Array(agentMessage),
    olderMessages: nullable(cursor),
    eventSeq: seq,
  },
  { $id: 'ConversationDetail' },
)
export type ConversationDetail = Static<typeof conversationDetail>

/** How many conversations each view of the inbox has. */
export const inboxCounts = object(
  {
    all: Type.Integer(),
    open: Type.Integer({ description: 'Not resolved' }),
    pending: Type.Integer(),
    in_progress: Type.Integer(),
    waiting: Type.Integer(),
    resolved: Type.Integer(),
    mine: Type.Integer(),
    unassigned: Type.Integer(),
  },
  { $id: 'InboxCounts' },
)
export type InboxCounts = Static<typeof inboxCounts>

const deskParams = object({ deskId: publicId })
const deskConversationParams = object({ deskId: publicId, conversationId: id })

/** What agents do in the inbox. */
export const agentConversations = {
  list: route({
    id: 'conversations.list',
    method: 'GET',
    path: '/api/desks/:deskId/conversations',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'A page of the inbox, newest activity first',
    params: deskParams,
    query: object({
      status: optional(oneOf([...conversationStatuses, 'open'])),
      assignee: optional(oneOf(['me', 'none'])),
      contact: optional(id),
      client: optional(id),
      limit: optional(limit(100)),
      cursor: optional(cursor),
    }),
    response: {
      200: object({ conversations: Type.Array(inboxItem), nextCursor: nullable(cursor), eventSeq: seq }),
    },
    errors: ['not_found'],
  }),
  counts: route({
    id: 'conversations.counts',
    method: 'GET',
    path: '/api/desks/:deskId/conversations/counts',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'How many conversations each view has',
    params: deskParams,
    response: { 200: inboxCounts },
    errors: ['not_found'],
  }),
  get: route({
    id: 'conversations.get',
    method: 'GET',
    path: '/api/desks/:deskId/conversations/:conversationId',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'A conversation with its newest messages',
    params: deskConversationParams,
    response: { 200: conversationDetail },
    errors: ['not_found'],
  }),
  agentMessages: route({
    id: 'conversations.agentMessages',
    method: 'GET',
    path: '/api/desks/:deskId/conversations/:conversationId/messages',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'Older messages of a conversation, notes and events included',
    params: deskConversationParams,
    query: object({ limit: optional(limit(100)), cursor: optional(cursor) }),
    response: { 200: object({ messages: Type.Array(agentMessage), olderMessages: nullable(cursor) }) },
    errors: ['not_found'],
  }),
  agentReply: route({
    id: 'conversations.agentReply',
    method: 'POST',
    path: '/api/desks/:deskId/conversations/:conversationId/replies',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    idempotent: true,
    summary: 'Reply to the contact',
    params: deskConversationParams,
    body: object({
      message: attachedMessageBody,
      attachments: optional(attachmentKeys),
      sendInstantly: optional(
        Type.Boolean({
          description: "E-mail at once instead of after 60 seconds; the desk's default when absent",
        }),
      ),
      resolve: optional(Type.Boolean({ description: 'Also set the status to resolved' })),
    }),
    response: { 201: object({ message: agentMessage, status }) },
    errors: ['not_found', 'forbidden'],
  }),
  note: route({
    id: 'conversations.note',
    method: 'POST',
    path: '/api/desks/:deskId/conversations/:conversationId/notes',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    idempotent: true,
    summary: 'Write a note that only agents see',
    params: deskConversationParams,
    body: object({ message: attachedMessageBody, attachments: optional(attachmentKeys) }),
    response: { 201: object({ message: agentMessage }) },
    errors: ['not_found', 'forbidden'],
  }),
  update: route({
    id: 'conversations.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/conversations/:conversationId',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Set status, priority, category or who answers',
    params: deskConversationParams,
    body: object({
      status: optional(status),
      assignee: optional(nullable(oneOf(['me'], { description: '`me` takes it, null gives it back' }))),
      priority: optional(oneOf(priorities)),
      category: optional(nullable(categoryCode)),
    }),
    response: { 200: inboxItem },
    errors: ['not_found', 'forbidden'],
  }),
  agentRead: route({
    id: 'conversations.agentRead',
    method: 'POST',
    path: '/api/desks/:deskId/conversations/:conversationId/read',
    auth: 'agent',
    role: 'viewer',
    limit: 'write',
    summary: 'The agent has seen everything up to a message',
    params: deskConversationParams,
    body: object({ seq }),
    response: { 200: object({ readSeq: Type.Integer() }) },
    errors: ['not_found'],
  }),
  agentTyping: route({
    id: 'conversations.agentTyping',
    method: 'POST',
    path: '/api/desks/:deskId/conversations/:conversationId/typing',
    auth: 'agent',
    role: 'agent',
    limit: 'typing',
    summary: 'The agent is typing (shown for a few seconds)',
    params: deskConversationParams,
    response: { 204: nothing },
    errors: ['not_found'],
  }),
}
