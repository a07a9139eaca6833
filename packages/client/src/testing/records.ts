import type {
  AgentRole,
  AuthorType,
  Channel,
  ConversationStatus,
  Locale,
  MessageKind,
  Priority,
} from '@helpdesk/core'
import type { AgentEvent, AgentMessage, Desk, EmailState, VisitorEvent } from '@helpdesk/core/api'

/** An agent with the password that `sign-in` wants. */
export interface AgentRecord {
  id: string
  name: string
  email: string
  password: string
  locale: Locale
  notifications: boolean
}

/** A contact with the token that opens its conversations. */
export interface ContactRecord {
  id: string
  token: string
  name: string | null
  email: string | null
  emailVerified: boolean
  createdAt: string
  lastSeenAt: string | null
}

/** One entry of a thread. */
export interface MessageRecord {
  id: string
  seq: number
  kind: MessageKind
  /** With the name that they have when it is read. */
  author: { type: AuthorType; who: AgentRecord | ContactRecord }
  body: string
  change: AgentMessage['change']
  email: EmailState | null
  createdAt: string
}

/** A conversation with all that belongs to it. */
export interface ConversationRecord {
  id: string
  number: string
  subject: string | null
  status: ConversationStatus
  priority: Priority
  channel: Channel
  contact: ContactRecord
  assignee: AgentRecord | null
  contactReadSeq: number
  /** How far each agent has seen it, by the agent's id. */
  agentReads: Map<string, number>
  pageUrl: string | null
  userAgent: string | null
  createdAt: string
  lastMessageAt: string
  messages: MessageRecord[]
}

/** What stands in the log; it points at records, so that it is shown as they are when it is read. */
export interface LogEntry {
  seq: number
  at: string
  type: Extract<AgentEvent, { seq: number }>['type']
  /** `agents` for notes and e-mail states. */
  audience: 'all' | 'agents'
  conversation?: ConversationRecord
  message?: MessageRecord
  by?: 'contact' | 'agent'
  agentId?: string
  readSeq?: number
  emails?: { messageId: string; email: EmailState }[]
}

/** What passes by without a place in the log. */
export interface Passing {
  visitor?: { event: VisitorEvent; contactId?: string }
  agent?: AgentEvent
  /** The agent who need not hear it. */
  by?: string
}

/** An open stream, or whoever else wants to know. */
export interface Listener {
  /** `null` is an agent's. */
  contact: ContactRecord | null
  agent: AgentRecord | null
  tell(news: LogEntry | Passing): void
  close(): void
}

/** A desk with everything in it. */
export interface DeskRecord {
  settings: Omit<Desk, 'role'>
  /** By the agent's id. */
  roles: Map<string, AgentRole>
  contacts: ContactRecord[]
  conversations: ConversationRecord[]
  log: LogEntry[]
  /** The last number given, by period. */
  numbers: Map<string, number>
  seq: number
  listeners: Set<Listener>
}

/** Everything there is. */
export interface World {
  now(): Date
  newId(): string
  newToken(): string
  setupToken: string
  setupNeeded: boolean
  agents: AgentRecord[]
  desks: DeskRecord[]
  /** Who is signed in. Node keeps no cookies, so the session stands here and not in one. */
  session: AgentRecord | null
}
