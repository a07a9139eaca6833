import { agents } from './agents.ts'
import { contacts } from './contacts.ts'
import { visitorConversations } from './conversations.ts'
import { desks } from './desks.ts'
import { events } from './events.ts'
import { agentConversations } from './inbox.ts'
import type { Route } from './route.ts'

const conversations = { ...visitorConversations, ...agentConversations }

/** The whole contract: every endpoint of the desk by noun and verb. */
export const api = { agents, contacts, conversations, desks, events }
/** The contract as a type, for packages that must not load its values. */
export type Api = typeof api

/** Every route of the contract in one list. */
export const routes: readonly Route[] = Object.values(api).flatMap((noun) => Object.values(noun) as Route[])

export { type Agent, agent, type Session, session } from './agents.ts'
export { type Contact, type ContactSelf, contact, contactSelf } from './contacts.ts'
export {
  type Conversation,
  type ConversationWithMessages,
  conversation,
  conversationWithMessages,
  type Message,
  message,
} from './conversations.ts'
export { type Desk, type DeskChange, desk, deskChange, type PublicDesk, publicDesk } from './desks.ts'
export { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from './events.ts'
export {
  type AgentMessage,
  agentMessage,
  type ConversationDetail,
  conversationDetail,
  type EmailState,
  emailState,
  type InboxCounts,
  type InboxItem,
  inboxCounts,
  inboxItem,
} from './inbox.ts'
export { toOpenApi } from './openapi.ts'
export type { Body, Params, Query, RateClass, Result, Route, RouteAuth, RouteRole } from './route.ts'
export { problem } from './shared.ts'
