import { conversation, message } from './conversations.ts'
import { agentMessage, emailState, inboxItem } from './inbox.ts'
import { route } from './route.ts'
import {
  dateTime,
  id,
  limit,
  nullable,
  object,
  optional,
  publicId,
  type Static,
  seqText,
  Type,
} from './shared.ts'

const constant = <const V extends string>(value: V) => Type.Unsafe<V>({ type: 'string', const: value })

/** Members of every event that stands in the log. */
const logged = { seq: Type.Integer(), at: dateTime }
const by = Type.Unsafe<'contact' | 'agent'>({ type: 'string', enum: ['contact', 'agent'] })

/** What a contact's stream carries. Typing and presence are passing: they have no `seq` and are never replayed. */
export const visitorEvent = Type.Union(
  [
    object({ ...logged, type: constant('message.created'), conversation, message }),
    object({ ...logged, type: constant('conversation.updated'), conversation }),
    object({ ...logged, type: constant('conversation.read'), conversation, by }),
    object({ ...logged, type: constant('desk.updated') }),
    object({ type: constant('typing'), conversationId: id, by, name: nullable(Type.String()) }),
    object({ type: constant('presence'), agentsOnline: Type.Boolean() }),
  ],
  { $id: 'VisitorEvent' },
)
export type VisitorEvent = Static<typeof visitorEvent>

/** What an agent's stream carries. */
export const agentEvent = Type.Union(
  [
    object({ ...logged, type: constant('message.created'), conversation: inboxItem, message: agentMessage }),
    object({
      ...logged,
      type: constant('conversation.updated'),
      conversation: inboxItem,
      message: nullable(agentMessage),
    }),
    object({
      ...logged,
      type: constant('conversation.read'),
      conversation: inboxItem,
      by,
      agentId: nullable(id),
      readSeq: Type.Integer(),
    }),
    object({
      ...logged,
      type: constant('notification.updated'),
      conversationId: id,
      emails: Type.Array(object({ messageId: id, email: emailState }), {
        description:
          'Of the messages in the thread; none when the e-mail is one to an agent, or a confirmation',
      }),
    }),
    object({ ...logged, type: constant('desk.updated') }),
    object({
      type: constant('typing'),
      conversationId: id,
      by,
      agentId: nullable(id),
      name: nullable(Type.String()),
    }),
    object({ type: constant('presence'), contactId: id, online: Type.Boolean() }),
  ],
  { $id: 'AgentEvent' },
)
export type AgentEvent = Static<typeof agentEvent>

const query = object({ after: optional(seqText), limit: optional(limit(500)) })
const page = <S extends typeof visitorEvent | typeof agentEvent>(item: S) =>
  object({
    events: Type.Array(item),
    cursor: Type.Integer({ description: 'Ask for events after this position next' }),
    more: Type.Boolean(),
  })

const description =
  'With `Accept: text/event-stream` the answer is a stream of server-sent events: `id` is the position, `event` the type, `data` the event as JSON; `Last-Event-ID` or `?after=` resumes without a gap. Otherwise one page of the same events. Without a position it starts now.'

export const events = {
  visitor: route({
    id: 'events.visitor',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/events',
    auth: 'contact',
    limit: 'stream',
    stream: true,
    summary: "What happens in the contact's conversations",
    description,
    params: object({ helpdeskId: publicId }),
    query,
    response: { 200: page(visitorEvent) },
    errors: ['not_found', 'contact_unknown'],
  }),
  agent: route({
    id: 'events.agent',
    method: 'GET',
    path: '/api/desks/:deskId/events',
    auth: 'agent',
    role: 'viewer',
    limit: 'stream',
    stream: true,
    summary: 'What happens on the desk',
    description,
    params: object({ deskId: publicId }),
    query,
    response: { 200: page(agentEvent) },
    errors: ['not_found'],
  }),
}
