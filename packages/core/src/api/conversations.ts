import { authorTypes, channels, conversationStatuses, priorities } from '../conversations.ts'
import { attachment } from './attachments.ts'
import { contactSelf, credentialFields, identityInput } from './contacts.ts'
import { route } from './route.ts'
import {
  attachedMessageBody,
  attachmentKeys,
  categoryCode,
  cursor,
  dateTime,
  emailAddress,
  id,
  limit,
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

/** The unusual ways in which a message can come. */
export const messageVias = ['public_link', 'email'] as const

/** One entry of a thread as the contact sees it. */
export const message = object(
  {
    id,
    conversationId: id,
    seq: Type.Integer({ description: 'Order within the desk; a read mark names one' }),
    author: object({
      type: oneOf(authorTypes),
      name: nullable(Type.String()),
      self: Type.Boolean({ description: 'The caller wrote it; false for another user of the same client' }),
    }),
    body: Type.String({ description: 'Plain text; may be empty beside attachments' }),
    attachments: Type.Array(attachment),
    via: nullable(oneOf(messageVias, { description: 'The way it came, when it was not the usual one' })),
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
    priority: oneOf(priorities),
    category: nullable(
      object({ code: categoryCode, name: Type.String({ description: "In the desk's language" }) }),
    ),
    channel: oneOf(channels),
    author: object(
      { name: nullable(Type.String()), self: Type.Boolean() },
      { description: 'Who opened it: the caller, or another user of the same client' },
    ),
    preview: Type.String({ description: 'First words of the newest message' }),
    createdAt: dateTime,
    lastMessageAt: dateTime,
    unreadCount: Type.Integer({ description: "Replies of the team after the contact's read mark" }),
    contactReadSeq: Type.Integer({ description: "The caller's read mark" }),
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
      "`email` is required unless the desk's settings say otherwise or the contact has one. With credentials the conversation belongs to the same contact. `message` may be empty when files are attached. `claims` is what the page says about its user without a signature: agents see it, marked as unverified.",
    params: widgetParams,
    body: object({
      ...credentialFields,
      email: optional(emailAddress),
      name: optional(personName),
      message: attachedMessageBody,
      attachments: optional(attachmentKeys),
      claims: optional(identityInput),
      channel: optional(oneOf(['widget', 'contact_form'])),
      pageUrl: optional(pageUrl),
    }),
    response: {
      201: object({ contactId: id, contactToken: token, conversationId: id, number: Type.String(), message }),
    },
    errors: [
      'not_found',
      'messaging_disabled',
      'attachments_disabled',
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
    body: object({
      ...credentialFields,
      conversationId: id,
      message: attachedMessageBody,
      attachments: optional(attachmentKeys),
    }),
    response: { 201: message },
    errors: [
      'not_found',
      'messaging_disabled',
      'attachments_disabled',
      'contact_unknown',
      'identity_required',
      'too_many_requests',
    ],
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
    errors: ['not_found', 'contact_unknown', 'identity_required'],
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
    errors: ['not_found', 'contact_unknown', 'identity_required'],
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
    errors: ['not_found', 'contact_unknown', 'identity_required'],
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
    errors: ['not_found', 'contact_unknown', 'identity_required'],
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
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
}
