export type {
  Agent,
  AgentEvent,
  AgentMessage,
  Contact,
  ContactSelf,
  Conversation,
  ConversationDetail,
  ConversationWithMessages,
  Desk,
  DeskChange,
  EmailState,
  InboxCounts,
  InboxItem,
  Message,
  PublicDesk,
  Session,
  VisitorEvent,
} from '@helpdesk/core/api'
export { type AgentClient, type AgentClientOptions, createAgentClient } from './agent-client.ts'
export type { AgentChange, Agents, Setup, SignIn } from './agents.ts'
export type { CredentialStore, Credentials, EmailUpdate, EmailUpdated, VisitorContacts } from './contacts.ts'
export type {
  AgentConversations,
  AgentMessagesPage,
  AgentReplied,
  AgentReply,
  ConversationChange,
  History,
  HistoryQuery,
  InboxPage,
  InboxQuery,
  MessagesPage,
  MessagesQuery,
  ReplyInput,
  Started,
  StartInput,
  VisitorConversations,
} from './conversations.ts'
export type { AgentDesks } from './desks.ts'
export { ApiError, type ApiErrorCode, type ApiErrorDetails, isApiError } from './error.ts'
export type { EventsOptions, StreamState } from './events.ts'
export type { CallOptions, CreateOptions } from './http.ts'
export type { Runtime } from './runtime.ts'
export { createVisitorClient, type VisitorClient, type VisitorClientOptions } from './visitor-client.ts'
