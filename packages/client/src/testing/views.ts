import { type AgentRole, messagingShown, visibleToContact } from '@helpdesk/core'
import type {
  Agent,
  AgentEvent,
  AgentMessage,
  Contact,
  ContactSelf,
  Conversation,
  ConversationDetail,
  ConversationWithMessages,
  Desk,
  InboxItem,
  Message,
  PublicDesk,
  Session,
  VisitorEvent,
} from '@helpdesk/core/api'
import { teamReadSeq } from './changes.ts'
import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  LogEntry,
  MessageRecord,
  World,
} from './records.ts'

const pageOfMessages = 50

/** Whether all three messaging switches are on. */
export function messagingOn({ settings }: DeskRecord): boolean {
  return messagingShown({
    messagingEnabled: settings.messaging.enabled,
    widgetMessagingEnabled: settings.widget.messagingEnabled,
    featureMessaging: settings.features.messaging,
  })
}

/** A desk as pages may know it. */
export function toPublicDesk(desk: DeskRecord): PublicDesk {
  const { id, name, locale, active, security, widget } = desk.settings
  const { messagingEnabled, ...shown } = widget
  return {
    id,
    name,
    locale,
    active,
    messaging: messagingOn(desk),
    securityLevel: security.level,
    widget: shown,
  }
}

/** A desk as its team sees it. */
export function toDesk(desk: DeskRecord, role: AgentRole): Desk {
  return { ...desk.settings, role }
}

/** An agent without the password. */
export function toAgent({ password, ...agent }: AgentRecord): Agent {
  return agent
}

/** An agent with the desks on which it has a role. */
export function toSession(world: World, agent: AgentRecord): Session {
  const desks = world.desks.flatMap(({ settings, roles }) => {
    const role = roles.get(agent.id)
    return role ? [{ id: settings.id, name: settings.name, role }] : []
  })
  return { agent: toAgent(agent), desks }
}

/** A contact as it sees itself. */
export function toContactSelf({ id, name, email, emailVerified }: ContactRecord): ContactSelf {
  return { id, name, email, emailVerified }
}

/** A contact as agents see it, without the token. */
export function toContact(desk: DeskRecord, { token, ...contact }: ContactRecord): Contact {
  const online = [...desk.listeners].some((one) => one.contact?.id === contact.id)
  return { ...contact, online }
}

/** A message as its contact sees it. */
export function toMessage({ id: conversationId }: ConversationRecord, message: MessageRecord): Message {
  const { id, seq, author, body, createdAt } = message
  return { id, conversationId, seq, author: { type: author.type, name: author.who.name }, body, createdAt }
}

/** A message as agents see it. */
export function toAgentMessage(
  { id: conversationId }: ConversationRecord,
  message: MessageRecord,
): AgentMessage {
  const { type, who } = message.author
  return { ...message, conversationId, author: { type, id: who.id, name: who.name } }
}

/** What the contact may see of a thread. */
export function replies({ messages }: ConversationRecord): MessageRecord[] {
  return messages.filter(({ kind }) => visibleToContact(kind))
}

/** A conversation as its contact sees it. */
export function toConversation(conversation: ConversationRecord): Conversation {
  const { id, number, subject, status, channel, createdAt, lastMessageAt, contactReadSeq } = conversation
  const unreadCount = replies(conversation).filter(
    ({ author, seq }) => author.type !== 'contact' && seq > contactReadSeq,
  ).length
  return {
    id,
    number,
    subject,
    status,
    channel,
    createdAt,
    lastMessageAt,
    unreadCount,
    contactReadSeq,
    teamReadSeq: teamReadSeq(conversation),
  }
}

/** The newest messages before a position, oldest first, and the cursor of those before them. */
export function pageOf<M extends { seq: number }>(all: M[], limit = pageOfMessages, before = Infinity) {
  const older = all.filter(({ seq }) => seq < before)
  const messages = older.slice(-limit)
  return { messages, olderMessages: messages.length < older.length ? String(messages[0]?.seq) : null }
}

/** A conversation as its contact sees it, with its newest messages. */
export function toConversationWithMessages(conversation: ConversationRecord): ConversationWithMessages {
  const { messages, olderMessages } = pageOf(replies(conversation))
  return {
    ...toConversation(conversation),
    messages: messages.map((message) => toMessage(conversation, message)),
    olderMessages,
  }
}

/** A conversation as a row of an agent's inbox. */
export function toInboxItem(conversation: ConversationRecord, reader: AgentRecord | null): InboxItem {
  const { id, number, subject, status, priority, channel, contact, assignee } = conversation
  const shown = replies(conversation)
  const last = shown.at(-1)
  const written = shown.findLast(({ author }) => author.type === 'contact')?.seq ?? 0
  return {
    id,
    number,
    subject,
    preview: (last?.body ?? '').replace(/\s+/g, ' ').trim().slice(0, 140),
    status,
    priority,
    channel,
    contact: { id: contact.id, name: contact.name, email: contact.email },
    assignee: assignee && { id: assignee.id, name: assignee.name },
    unread: written > (conversation.agentReads.get(reader?.id ?? '') ?? 0),
    lastAuthor: last?.author.type ?? 'contact',
    createdAt: conversation.createdAt,
    lastMessageAt: conversation.lastMessageAt,
  }
}

/** A conversation as an agent reads it. */
export function toConversationDetail(
  desk: DeskRecord,
  conversation: ConversationRecord,
  reader: AgentRecord | null,
): ConversationDetail {
  const { messages, olderMessages } = pageOf(conversation.messages)
  return {
    ...toInboxItem(conversation, reader),
    contact: toContact(desk, conversation.contact),
    contactReadSeq: conversation.contactReadSeq,
    pageUrl: conversation.pageUrl,
    userAgent: conversation.userAgent,
    messages: messages.map((message) => toAgentMessage(conversation, message)),
    olderMessages,
    eventSeq: desk.seq,
  }
}

/** An entry of the log as a contact sees it; nothing when it does not concern the contact. */
export function toVisitorEvent(entry: LogEntry, contact: ContactRecord): VisitorEvent | undefined {
  const { seq, at, type, conversation: record, message, by } = entry
  if (type === 'desk.updated') return { seq, at, type }
  if (entry.audience !== 'all' || record?.contact.id !== contact.id) return undefined
  const conversation = toConversation(record)
  if (type === 'message.created' && message) {
    return { seq, at, type, conversation, message: toMessage(record, message) }
  }
  if (type === 'conversation.read' && by) return { seq, at, type, conversation, by }
  return type === 'conversation.updated' ? { seq, at, type, conversation } : undefined
}

/** An entry of the log as an agent sees it. */
export function toAgentEvent(entry: LogEntry, agent: AgentRecord | null): AgentEvent | undefined {
  const { seq, at, type, conversation: record, message, by, agentId = null, readSeq = 0, emails = [] } = entry
  if (type === 'desk.updated') return { seq, at, type }
  if (!record) return undefined
  if (type === 'notification.updated') return { seq, at, type, conversationId: record.id, emails }
  const conversation = toInboxItem(record, agent)
  if (type === 'conversation.read') {
    return by && { seq, at, type, conversation, by, agentId, readSeq }
  }
  const shown = message ? toAgentMessage(record, message) : null
  if (type === 'conversation.updated') return { seq, at, type, conversation, message: shown }
  return shown ? { seq, at, type, conversation, message: shown } : undefined
}
