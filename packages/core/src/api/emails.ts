import { incomingMatches, incomingReasons, incomingStates } from '../emails.ts'
import { route } from './route.ts'
import {
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
  Type,
} from './shared.ts'

/** How an e-mail came in. */
export const emailSources = ['imap', 'webhook', 'smtp', 'dev'] as const

/** An e-mail that came in, and what became of it. */
export const email = object(
  {
    id,
    source: oneOf(emailSources),
    from: object({ name: nullable(Type.String()), address: nullable(Type.String()) }),
    to: Type.Array(Type.String(), { description: 'The addresses it was sent to' }),
    subject: Type.String(),
    state: oneOf(incomingStates),
    reason: nullable(oneOf(incomingReasons)),
    match: nullable(oneOf(incomingMatches, { description: 'By what it found its conversation' })),
    conversation: nullable(object({ id, number: Type.String() })),
    messageId: nullable(id),
    bytes: Type.Integer(),
    lastError: nullable(Type.String()),
    receivedAt: dateTime,
    updatedAt: dateTime,
  },
  { $id: 'Email' },
)
export type Email = Static<typeof email>

/** An e-mail as it came: what was cut away as a quotation is here. */
export const emailDetail = object(
  {
    ...email.properties,
    text: Type.String({ description: 'The whole text; made from the HTML part when there is no other' }),
    html: nullable(Type.String({ description: 'Sanitised, without anything to load; show it in a sandbox' })),
    reply: Type.String({ description: 'What was taken as the message' }),
    headers: Type.Array(object({ name: Type.String(), value: Type.String() })),
    attachments: Type.Array(object({ name: Type.String(), type: Type.String(), bytes: Type.Integer() })),
  },
  { $id: 'EmailDetail' },
)
export type EmailDetail = Static<typeof emailDetail>

const deskParams = object({ deskId: publicId })
const emailParams = object({ deskId: publicId, emailId: id })

export const emails = {
  receive: route({
    id: 'emails.receive',
    method: 'POST',
    path: '/api/email/:deskId/incoming',
    auth: 'public',
    limit: 'incoming',
    mail: true,
    bodyBytes: 26_214_400,
    summary: 'Take in an e-mail (the webhook of a mail provider)',
    description:
      "The body is the e-mail as it travels (`message/rfc822`), or a form or JSON with it in `body-mime`, `email`, `raw` or `RawEmail` (base64 or text). Authenticate with the desk's webhook secret: `Authorization: Bearer …`, or as the password of HTTP Basic (`https://helpdesk:SECRET@…`). Answers 202 once the e-mail is kept; the same e-mail again changes nothing.",
    params: deskParams,
    query: object({
      from: optional(
        Type.String({ maxLength: 320, description: 'The return path, empty for the null path' }),
      ),
      to: optional(Type.String({ maxLength: 320, description: 'The recipient of the envelope' })),
      format: optional(
        oneOf(['mime'], {
          description: 'Changes nothing; some providers send whole e-mails to addresses that end so',
        }),
      ),
    }),
    response: { 202: object({ id, repeated: Type.Boolean() }) },
    errors: ['not_found', 'unauthenticated', 'unsupported_media_type', 'payload_too_large'],
  }),
  list: route({
    id: 'emails.list',
    method: 'GET',
    path: '/api/desks/:deskId/emails',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'E-mails that came in, newest first',
    params: deskParams,
    query: object({
      state: optional(oneOf(incomingStates)),
      except: optional(oneOf(incomingStates, { description: 'Leaves those in this state out' })),
      conversationId: optional(id),
      limit: optional(limit(100)),
      cursor: optional(cursor),
    }),
    response: {
      200: object({
        emails: Type.Array(email),
        nextCursor: nullable(cursor),
        held: Type.Integer({ description: 'How many wait for an agent' }),
      }),
    },
    errors: ['not_found'],
  }),
  get: route({
    id: 'emails.get',
    method: 'GET',
    path: '/api/desks/:deskId/emails/:emailId',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'An e-mail that came in, whole',
    params: emailParams,
    response: { 200: emailDetail },
    errors: ['not_found'],
  }),
  raw: route({
    id: 'emails.raw',
    method: 'GET',
    path: '/api/desks/:deskId/emails/:emailId/raw',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    download: true,
    summary: 'An e-mail as it travelled (`.eml`)',
    params: emailParams,
    response: { 200: Type.Unsafe<unknown>({}) },
    errors: ['not_found'],
  }),
  accept: route({
    id: 'emails.accept',
    method: 'POST',
    path: '/api/desks/:deskId/emails/:emailId/accept',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Take in an e-mail that is held, ignored or dismissed: into its conversation, or as a new one',
    description:
      'In its conversation it becomes a note that names its sender, who gets to see nothing. As a new conversation it belongs to its sender.',
    params: emailParams,
    body: object({ as: oneOf(['note', 'new']) }),
    response: { 200: email },
    errors: ['not_found', 'forbidden', 'conflict', 'desk_inactive'],
  }),
  dismiss: route({
    id: 'emails.dismiss',
    method: 'POST',
    path: '/api/desks/:deskId/emails/:emailId/dismiss',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Put a held e-mail aside',
    params: emailParams,
    response: { 200: email },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  unsubscribe: route({
    id: 'emails.unsubscribe',
    method: 'POST',
    path: '/api/email/unsubscribe/:unsubscribeToken',
    auth: 'public',
    limit: 'link',
    mail: true,
    summary: 'No further e-mails of a desk to a contact (`List-Unsubscribe-Post`)',
    params: object({ unsubscribeToken: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }) }),
    response: { 204: nothing },
    errors: ['not_found'],
  }),
}
