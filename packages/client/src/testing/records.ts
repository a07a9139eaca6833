import type {
  AgentRole,
  AuthorType,
  Channel,
  ConversationStatus,
  Identity,
  Locale,
  LocalizedText,
  MessageKind,
  Priority,
} from '@helpdesk/core'
import type {
  Agent,
  AgentEvent,
  AgentMessage,
  ContactMerge,
  ContactSession,
  Desk,
  EmailState,
  IdentityForm,
  Message,
  VisitorEvent,
} from '@helpdesk/core/api'
import type { KnowledgeBase } from './article-records.ts'
import type { DeskMailRecord, InstallationMail } from './desk-mail.ts'
import type { EmailLinkRecord, EmailRecord, NotificationRecord } from './email-records.ts'

/** An agent with the password that `sign-in` wants. */
export interface AgentRecord {
  id: string
  name: string
  email: string
  password: string
  locale: Locale
  notifications: Agent['notifications']
}

/** A customer organisation. */
export interface ClientRecord {
  id: string
  externalId: string | null
  name: string | null
  email: string | null
  url: string | null
  plan: string | null
  createdAt: string
}

/** A contact with the token that opens its conversations. */
export interface ContactRecord {
  id: string
  token: string
  name: string | null
  email: string | null
  emailVerified: boolean
  emailOptedOut?: boolean
  emailBounce?: { at: string; detail: string } | null
  phone: string | null
  externalId: string | null
  identity: IdentityForm
  /** By what an identity finds its contact again. */
  identityKey: string | null
  claims: Identity
  client: ClientRecord | null
  /** The contact that this one has become part of. */
  mergedInto: ContactRecord | null
  createdAt: string
  lastSeenAt: string | null
}

/** Short-lived credentials of a contact. */
export interface SessionRecord {
  token: string
  contact: ContactRecord
  form: ContactSession['form']
  /** The key that vouched for it. */
  keyId: string | null
  /** The client whose tickets it opens: only one that was vouched for. */
  client: ClientRecord | null
  /** With a public link: the only conversation that it opens, and the token of the link. */
  link: { conversation: ConversationRecord; token: string } | null
  expiresAt: string
}

/** Who looks, and what it may see. */
export interface Viewer {
  contact: ContactRecord
  client: ClientRecord | null
  only: ConversationRecord | null
}

/** A merge of two contacts with what it moved. */
export interface MergeRecord {
  id: string
  from: ContactRecord
  into: ContactRecord
  by: ContactMerge['by']
  agent: AgentRecord | null
  moved: { conversation: ConversationRecord; client: ClientRecord | null }[]
  at: string
  isUndone: boolean
}

/** A category; one that was removed stays on its conversations. */
export interface CategoryRecord {
  id: string
  code: string
  name: LocalizedText
  helpText: LocalizedText
}

/** A key without its secret, which nothing here ever needs. */
export interface SecretRecord {
  id: string
  createdAt: string
  createdBy: string | null
  retiresAt: string | null
  lastUsedAt: string | null
}

/** A file that has arrived. */
export interface FileRecord {
  id: string
  key: string
  name: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
  width: number | null
  height: number | null
  /** As a `data:` URL, which shows and downloads everywhere. */
  url: string
  isAttached: boolean
}

/** One entry of a thread. */
export interface MessageRecord {
  id: string
  seq: number
  kind: MessageKind
  /** With the name that they have when it is read. */
  author: { type: AuthorType; who: AgentRecord | ContactRecord }
  body: string
  files: FileRecord[]
  via: Message['via']
  change: AgentMessage['change']
  email: EmailState | null
  /** The e-mail that it was. */
  original?: AgentMessage['original']
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
  category: CategoryRecord | null
  contact: ContactRecord
  client: ClientRecord | null
  assignee: AgentRecord | null
  /** How far its contact, and other users of the same client, have seen it, by the contact's id. */
  contactReads: Map<string, number>
  /** How far each agent has seen it, by the agent's id. */
  agentReads: Map<string, number>
  /** The token of its public link; null when that was revoked. */
  linkToken: string | null
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
  visitor?: { event: VisitorEvent; conversation?: ConversationRecord }
  agent?: AgentEvent
  /** The agent who need not hear it. */
  by?: string
}

/** An open stream, or whoever else wants to know. */
export interface Listener {
  /** `null` is an agent's. */
  viewer: Viewer | null
  agent: AgentRecord | null
  tell(news: LogEntry | Passing): void
  close(): void
}

/** A desk with everything in it. */
export interface DeskRecord {
  settings: Omit<Desk, 'role'>
  /** By the agent's id. */
  roles: Map<string, AgentRole>
  clients: ClientRecord[]
  contacts: ContactRecord[]
  sessions: SessionRecord[]
  merges: MergeRecord[]
  categories: CategoryRecord[]
  secrets: SecretRecord[]
  mail: DeskMailRecord
  files: FileRecord[]
  knowledge: KnowledgeBase
  conversations: ConversationRecord[]
  notifications: NotificationRecord[]
  emails: EmailRecord[]
  emailLinks: EmailLinkRecord[]
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
  /** 64 hex digits. */
  newSecret(): string
  setupToken: string
  setupNeeded: boolean
  installationMail: InstallationMail
  agents: AgentRecord[]
  desks: DeskRecord[]
  /** When tokens of public links were wrong, in milliseconds. */
  wrongLinks: number[]
  /** Who is signed in. Node keeps no cookies, so the session stands here and not in one. */
  session: AgentRecord | null
}
