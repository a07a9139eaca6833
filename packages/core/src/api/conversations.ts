import { authorTypes, channels, conversationStatuses } from '../conversations.ts'
import { contactSelf, credentialFields } from './contacts.ts'
import { route } from './route.ts'
import {
  cursor,
  dateTime,
  emailAddress,
  id,
  limit,
  messageBody,
  nothing,
  nullable,
  object,
  oneOf,
  optional,
  personName,
  publicId,
  type Static,
  seq,
  Type,
  token,
} from './shared.ts'

const status = oneOf(conversationStatuses)

/** One entry of a thread as the contact sees it. */
export const message = object(
  {
    id,
    conversationId: id,
    seq: Type.Integer({ description: 'Order within the desk; a read mark names one' }),
    author: object({ type: oneOf(authorTypes), name: nullable(Type.String()) }),
    body: Type.String({ description: 'Plain text' }),
    createdAt: dateTime,
  },
  { $id: 'Message' },
)
export type Message = Static<typeof message>

/** A conversation as its contact sees it. */
export const conversation = object(
  {
    id,
    number: Type.String(),
    subject: nullable(Type.String()),
    status,
    channel: oneOf(channels),
    createdAt: dateTime,
    lastMessageAt: dateTime,
    unreadCount: Type.Integer({ description: "Replies of the team after the contact's read mark" }),
    contactReadSeq: Type.Integer(),
    teamReadSeq: Type.Integer({ description: 'What the contact wrote up to here has been seen by the team' }),
  },
  { $id: 'Conversation' },
)
export type Conversation = Static<typeof conversation>

/** A conversation with its newest messages, oldest first. */
export const conversationWithMessages = object(
  {
    ...conversation.properties,
    messages: Type.Array(message),
    olderMessages: nullable(cursor),
  },
  { $id: 'ConversationWithMessages' },
)
export type ConversationWithMessages = Static<typeof conversationWithMessages>

const widgetParams = object({ helpdeskId: publicId })
const widgetConversationParams = object({ helpdeskId: publicId, conversationId: id })
const pageUrl = Type.String({ maxLength: 2048 })

/** What visitors do. */
export const visitorConversations = {
  start: route({
    id: 'conversations.start',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/message',
    auth: 'visitor',
    limit: 'start',
    idempotent: true,
    summary: 'Start a conversation from the widget',
    description:
      "`email` is required unless the desk's settings say otherwise or the contact has one. With credentials the conversation belongs to the same contact.",
    params: widgetParams,
    body: object({
      ...credentialFields,
      email: optional(emailAddress),
      name: optional(personName),
      message: messageBody,
      pageUrl: optional(pageUrl),
    }),
    response: {
      201: object({ contactId: id, contactToken: token, conversationId: id, number: Type.String(), message }),
    },
    errors: [
      'not_found',
      'messaging_disabled',
      'desk_inactive',
      'identity_required',
      'contact_unknown',
      'too_many_requests',
    ],
  }),
  reply: route({
    id: 'conversations.reply',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/reply',
    auth: 'contact',
    limit: 'write',
    idempotent: true,
    summary: "Reply in one of the contact's conversations",
    params: widgetParams,
    body: object({ ...credentialFields, conversationId: id, message: messageBody }),
    response: { 201: message },
    errors: ['not_found', 'messaging_disabled', 'contact_unknown', 'too_many_requests'],
  }),
  history: route({
    id: 'conversations.history',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/history',
    auth: 'contact',
    limit: 'read',
    summary: "The contact's conversations, newest activity first, each with its messages, oldest first",
    description: 'Each conversation brings its newest 50 messages. `no-store`.',
    params: widgetParams,
    query: object({ ...credentialFields, limit: optional(limit(50)), cursor: optional(cursor) }),
    response: {
      200: object({
        contact: contactSelf,
        conversations: Type.Array(conversationWithMessages),
        nextCursor: nullable(cursor),
        eventSeq: Type.Integer({ description: 'Ask for events after this position' }),
      }),
    },
    errors: ['not_found', 'contact_unknown'],
  }),
  unread: route({
    id: 'conversations.unread',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/unread',
    auth: 'contact',
    limit: 'read',
    summary: 'How many replies the contact has not seen, for a badge',
    params: widgetParams,
    response: { 200: object({ unreadCount: Type.Integer() }) },
    errors: ['not_found', 'contact_unknown'],
  }),
  messages: route({
    id: 'conversations.messages',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/conversations/:conversationId/messages',
    auth: 'contact',
    limit: 'read',
    summary: 'Older messages of a conversation',
    params: widgetConversationParams,
    query: object({ limit: optional(limit(100)), cursor: optional(cursor) }),
    response: { 200: object({ messages: Type.Array(message), olderMessages: nullable(cursor) }) },
    errors: ['not_found', 'contact_unknown'],
  }),
  read: route({
    id: 'conversations.read',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/conversations/:conversationId/read',
    auth: 'contact',
    limit: 'write',
    summary: 'The contact has seen everything up to a message, in an open and visible view',
    params: widgetConversationParams,
    body: object({ seq }),
    response: { 200: object({ contactReadSeq: Type.Integer() }) },
    errors: ['not_found', 'contact_unknown'],
  }),
  typing: route({
    id: 'conversations.typing',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/conversations/:conversationId/typing',
    auth: 'contact',
    limit: 'typing',
    summary: 'The contact is typing (shown for a few seconds)',
    params: widgetConversationParams,
    response: { 204: nothing },
    errors: ['not_found', 'contact_unknown'],
  }),
}
