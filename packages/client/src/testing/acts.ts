import {
  type ConversationEvent,
  type ConversationStatus,
  formatNumber,
  HelpdeskError,
  initialStatus,
  nextStatus,
} from '@helpdesk/core'
import type { DeskChange, EmailState } from '@helpdesk/core/api'
import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  LogEntry,
  MessageRecord,
  Passing,
  World,
} from './records.ts'

const emailDelayMs = 60_000

/** Appends to the log of a desk and tells all who listen. */
export function log(
  world: World,
  desk: DeskRecord,
  entry: Omit<LogEntry, 'seq' | 'at'>,
  seq = ++desk.seq,
): void {
  const logged = { ...entry, seq, at: world.now().toISOString() }
  desk.log.push(logged)
  tell(desk, logged)
}

/** Tells all who listen, without a trace. */
export function tell(desk: DeskRecord, news: LogEntry | Passing): void {
  for (const listener of [...desk.listeners]) listener.tell(news)
}

/** What somebody writes: text, or a change of state. */
type Entry = Partial<MessageRecord> & Pick<MessageRecord, 'kind' | 'author'>

function append(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  entry: Entry,
): MessageRecord {
  const message: MessageRecord = {
    id: world.newId(),
    seq: ++desk.seq,
    body: '',
    change: null,
    email: null,
    createdAt: world.now().toISOString(),
    ...entry,
  }
  conversation.messages.push(message)
  if (message.kind === 'reply') conversation.lastMessageAt = message.createdAt
  return message
}

function move(conversation: ConversationRecord, event: ConversationEvent): void {
  conversation.status = nextStatus(conversation.status, event)
}

export function newContact(
  world: World,
  desk: DeskRecord,
  known: { name?: string; email?: string },
): ContactRecord {
  const contact: ContactRecord = {
    id: world.newId(),
    token: world.newToken(),
    name: known.name ?? null,
    email: known.email ?? null,
    emailVerified: false,
    createdAt: world.now().toISOString(),
    lastSeenAt: world.now().toISOString(),
  }
  desk.contacts.push(contact)
  return contact
}

/** How a conversation begins. */
export interface Beginning {
  message: string
  subject?: string
  pageUrl?: string
  userAgent?: string
}

export function start(
  world: World,
  desk: DeskRecord,
  contact: ContactRecord,
  beginning: Beginning,
): ConversationRecord {
  const at = world.now().toISOString()
  const conversation: ConversationRecord = {
    id: world.newId(),
    number: formatNumber(desk.settings.numberPattern, world.now(), desk.conversations.length + 1),
    subject: beginning.subject ?? null,
    status: initialStatus,
    priority: 'normal',
    channel: 'widget',
    contact,
    assignee: null,
    contactReadSeq: 0,
    agentReads: new Map(),
    pageUrl: beginning.pageUrl ?? null,
    userAgent: beginning.userAgent ?? null,
    createdAt: at,
    lastMessageAt: at,
    messages: [],
  }
  desk.conversations.push(conversation)
  contactWrites(world, desk, conversation, beginning.message)
  return conversation
}

export function contactWrites(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  body: string,
): MessageRecord {
  const { id, name } = conversation.contact
  move(conversation, { type: 'contact_writes' })
  const message = append(world, desk, conversation, {
    kind: 'reply',
    author: { type: 'contact', id, name },
    body,
  })
  log(world, desk, { type: 'message.created', audience: 'all', conversation, message }, message.seq)
  return message
}

/** What an agent chooses with a reply. */
export interface ReplyChoice {
  sendInstantly?: boolean
  resolve?: boolean
}

export function agentReplies(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  body: string,
  { sendInstantly = desk.settings.messaging.sendInstantlyDefault, resolve }: ReplyChoice = {},
): MessageRecord {
  move(conversation, { type: 'agent_replies', resolve })
  const message = append(world, desk, conversation, {
    kind: 'reply',
    author: { type: 'agent', id: agent.id, name: agent.name },
    body,
    email: plannedEmail(world, conversation, sendInstantly),
  })
  log(world, desk, { type: 'message.created', audience: 'all', conversation, message }, message.seq)
  return message
}

/** Messages within the window join the e-mail that is already planned. */
function plannedEmail(
  world: World,
  { contact, messages }: ConversationRecord,
  instantly: boolean,
): EmailState {
  const now = world.now()
  if (!contact.email) return { state: 'skipped', reason: 'no_email', at: now.toISOString() }
  const planned = messages.find(({ email }) => email?.state === 'scheduled')?.email?.at
  const due = planned ?? new Date(now.getTime() + emailDelayMs).toISOString()
  return { state: 'scheduled', reason: null, at: instantly ? now.toISOString() : due }
}

export function agentNotes(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  body: string,
): MessageRecord {
  const author = { type: 'agent', id: agent.id, name: agent.name } as const
  const message = append(world, desk, conversation, { kind: 'note', author, body })
  log(world, desk, { type: 'message.created', audience: 'agents', conversation, message }, message.seq)
  return message
}

/** Sets the status by hand; nothing happens when it is that already. */
export function setStatus(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  status: ConversationStatus,
): void {
  const from = conversation.status
  if (from === status) return
  move(conversation, { type: 'status_set', status })
  change(world, desk, conversation, agent, { field: 'status', from, to: status })
}

/** Gives a conversation to an agent, or back; nothing happens when it is theirs already. */
export function assign(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  assignee: AgentRecord | null,
): void {
  const from = conversation.assignee
  if (from === assignee) return
  conversation.assignee = assignee
  if (assignee) move(conversation, { type: 'agent_takes' })
  const names = { from: from?.name ?? null, to: assignee?.name ?? null }
  change(world, desk, conversation, agent, { field: 'assignee', ...names })
}

function change(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  what: NonNullable<MessageRecord['change']>,
): void {
  const author = { type: 'agent', id: agent.id, name: agent.name } as const
  const message = append(world, desk, conversation, { kind: 'event', author, change: what })
  log(world, desk, { type: 'conversation.updated', audience: 'all', conversation, message }, message.seq)
}

/** The contact has seen everything up to a position: e-mails about it are owed no more. */
export function contactReads(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  seq: number,
): void {
  if (seq <= conversation.contactReadSeq) return
  conversation.contactReadSeq = Math.min(seq, desk.seq)
  const read = { type: 'conversation.read', audience: 'all', by: 'contact' } as const
  log(world, desk, { ...read, conversation, readSeq: conversation.contactReadSeq })
  settleEmails(world, desk, conversation, { state: 'skipped', reason: 'read' }, seq)
}

export function agentReads(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  agent: AgentRecord,
  seq: number,
): void {
  if (seq <= (conversation.agentReads.get(agent.id) ?? 0)) return
  const readSeq = Math.min(seq, desk.seq)
  conversation.agentReads.set(agent.id, readSeq)
  const read = { type: 'conversation.read', audience: 'all', by: 'agent' } as const
  log(world, desk, { ...read, conversation, agentId: agent.id, readSeq })
}

/** Ends the planned e-mails of a conversation up to a position. */
export function settleEmails(
  world: World,
  desk: DeskRecord,
  conversation: ConversationRecord,
  outcome: Pick<EmailState, 'state' | 'reason'>,
  upTo = Infinity,
): void {
  const at = world.now().toISOString()
  const due = conversation.messages.filter(({ email, seq }) => email?.state === 'scheduled' && seq <= upTo)
  for (const message of due) message.email = { ...outcome, at }
  const emails = due.map(({ id }) => ({ messageId: id, email: { ...outcome, at } }))
  if (due.length) log(world, desk, { type: 'notification.updated', audience: 'agents', conversation, emails })
}

/** Changes the settings that are named. */
export function changeDesk(
  world: World,
  desk: DeskRecord,
  { messaging, widget, security, ...rest }: DeskChange,
): void {
  Object.assign(desk.settings, rest)
  Object.assign(desk.settings.messaging, messaging)
  Object.assign(desk.settings.widget, widget)
  Object.assign(desk.settings.security, security)
  log(world, desk, { type: 'desk.updated', audience: 'all' })
}

/** A conversation of the desk, and of the contact when one is named. @throws {HelpdeskError} `not_found` */
export function findConversation(desk: DeskRecord, id: string, contact?: ContactRecord): ConversationRecord {
  const found = desk.conversations.find((one) => one.id === id && (!contact || one.contact === contact))
  if (!found) throw new HelpdeskError('not_found')
  return found
}

/** The contact is typing: agents hear it. */
export function contactTyping(conversationId: string, { name }: ContactRecord): Passing {
  return { agent: { type: 'typing', conversationId, by: 'contact', agentId: null, name } }
}

/** An agent is typing: the contact and the agents hear it. */
export function agentTyping(
  conversationId: string,
  contact: ContactRecord,
  { id, name }: AgentRecord,
): Passing {
  const typing = { type: 'typing', conversationId, by: 'agent', name } as const
  return { visitor: { event: typing, contactId: contact.id }, agent: { ...typing, agentId: id } }
}
