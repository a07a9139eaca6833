import { priorities } from '../conversations.ts'
import { contactSession, credentialFields, identityInput } from './contacts.ts'
import { conversation, conversationWithMessages, message } from './conversations.ts'
import { route } from './route.ts'
import {
  attachedMessageBody,
  attachmentKeys,
  categoryCode,
  cursor,
  emailAddress,
  id,
  limit,
  locale,
  nullable,
  object,
  oneOf,
  optional,
  personName,
  publicId,
  type Static,
  seq,
  Type,
  title,
  token,
} from './shared.ts'

const widgetParams = object({ helpdeskId: publicId })

/** What the new-ticket form needs, in one language. */
export const ticketForm = object(
  {
    helpText: Type.String({ description: 'Shown above the form; may be empty' }),
    emailRequired: Type.Boolean(),
    attachments: Type.Boolean(),
    categories: Type.Array(object({ code: categoryCode, name: Type.String(), helpText: Type.String() })),
  },
  { $id: 'TicketForm' },
)
export type TicketForm = Static<typeof ticketForm>

export const tickets = {
  form: route({
    id: 'tickets.form',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/ticket-form',
    auth: 'visitor',
    limit: 'read',
    summary: 'Help text and categories of the new-ticket form',
    description: 'Answers 304 to a matching `If-None-Match`.',
    params: widgetParams,
    query: object({ locale: optional(locale) }),
    response: { 200: ticketForm },
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
  create: route({
    id: 'tickets.create',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/tickets',
    auth: 'visitor',
    limit: 'start',
    idempotent: true,
    summary: 'Open a ticket: a conversation with a title',
    description:
      'As starting a conversation. `content` may be empty when files are attached. A category that the desk does not have is refused.',
    params: widgetParams,
    body: object({
      ...credentialFields,
      title,
      content: attachedMessageBody,
      priority: optional(oneOf(priorities)),
      category: optional(categoryCode),
      email: optional(emailAddress),
      name: optional(personName),
      attachments: optional(attachmentKeys),
      claims: optional(identityInput),
      channel: optional(oneOf(['widget', 'contact_form', 'ticket_center'])),
      pageUrl: optional(Type.String({ maxLength: 2048 })),
    }),
    response: {
      201: object({
        contactId: id,
        contactToken: token,
        conversationId: id,
        number: Type.String(),
        conversation,
        message,
      }),
    },
    errors: [
      'not_found',
      'tickets_disabled',
      'attachments_disabled',
      'desk_inactive',
      'identity_required',
      'contact_unknown',
      'too_many_requests',
    ],
  }),
  list: route({
    id: 'tickets.list',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/tickets',
    auth: 'contact',
    limit: 'read',
    summary: "The client's tickets, or the contact's own without a client, newest activity first",
    params: widgetParams,
    query: object({
      status: optional(oneOf(['open', 'resolved'])),
      limit: optional(limit(100)),
      cursor: optional(cursor),
    }),
    response: {
      200: object({ tickets: Type.Array(conversation), nextCursor: nullable(cursor), eventSeq: seq }),
    },
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
  get: route({
    id: 'tickets.get',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/tickets/:number',
    auth: 'contact',
    limit: 'read',
    summary: 'A ticket by its number, with its newest messages',
    description: 'A leading `#` and the case do not matter. Foreign and absent numbers answer the same.',
    params: object({ helpdeskId: publicId, number: Type.String({ minLength: 1, maxLength: 100 }) }),
    response: { 200: object({ ticket: conversationWithMessages, eventSeq: seq }) },
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
  openLink: route({
    id: 'tickets.openLink',
    method: 'POST',
    path: '/api/messaging/public-ticket',
    auth: 'public',
    limit: 'read',
    summary: 'Exchange the token of a public ticket link for a session that opens this one conversation',
    description:
      'A wrong, foreign, revoked or absent token answers the same. 20 wrong ones a minute from one address, then 429.',
    body: object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: { 200: object({ helpdeskId: publicId, session: contactSession }) },
    errors: ['not_found', 'too_many_requests'],
  }),
}
