import { notificationKinds, notificationReasons, notificationStates } from '../notifications.ts'
import { route } from './route.ts'
import {
  cursor,
  dateTime,
  id,
  limit,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  Type,
} from './shared.ts'

/** An e-mail that was owed to somebody, and what became of it. */
export const notification = object(
  {
    id,
    kind: oneOf(notificationKinds),
    conversation: object({ id, number: Type.String(), subject: nullable(Type.String()) }),
    recipient: object({
      type: oneOf(['contact', 'agent']),
      id,
      name: nullable(Type.String()),
      email: nullable(Type.String({ description: 'Where it went, else where it would go now' })),
    }),
    state: oneOf(notificationStates),
    reason: nullable(oneOf(notificationReasons)),
    attempts: Type.Integer(),
    lastError: nullable(Type.String({ description: 'What the mail server said last' })),
    maybeSent: Type.Boolean({
      description: 'A try ended without an answer of the mail server: the e-mail may have arrived',
    }),
    messageId: Type.String({ description: 'The Message-ID of the e-mail, the same on every try' }),
    createdAt: dateTime,
    dueAt: dateTime,
    updatedAt: dateTime,
  },
  { $id: 'Notification' },
)
export type Notification = Static<typeof notification>

const deskParams = object({ deskId: publicId })

export const notifications = {
  list: route({
    id: 'notifications.list',
    method: 'GET',
    path: '/api/desks/:deskId/notifications',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'E-mails to contacts and agents, newest first',
    params: deskParams,
    query: object({
      state: optional(oneOf(notificationStates)),
      recipient: optional(oneOf(['contact', 'agent'])),
      conversationId: optional(id),
      search: optional(
        Type.String({ maxLength: 200, description: 'An address, or a number of a conversation' }),
      ),
      limit: optional(limit(100)),
      cursor: optional(cursor),
    }),
    response: {
      200: object({
        notifications: Type.Array(notification),
        nextCursor: nullable(cursor),
        counts: object(
          {
            scheduled: Type.Integer(),
            sending: Type.Integer(),
            sent: Type.Integer(),
            skipped: Type.Integer(),
            failed: Type.Integer(),
          },
          { description: 'Of the last 7 days, without the filters' },
        ),
      }),
    },
    errors: ['not_found'],
  }),
  resend: route({
    id: 'notifications.resend',
    method: 'POST',
    path: '/api/desks/:deskId/notifications/:notificationId/resend',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Send an e-mail once more, at once',
    description:
      'Makes a new notification about the same messages, read or not. One that is scheduled or being sent is not repeated: 409.',
    params: object({ deskId: publicId, notificationId: id }),
    response: { 201: notification },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}
