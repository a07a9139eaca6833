import { type AgentRole, isInlineImage, messagingShown, visibleToContact } from '@helpdesk/core'
import type {
  Agent,
  AgentEvent,
  AgentMessage,
  Attachment,
  Category,
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
import { categoryName } from './categories.ts'
import { teamReadSeq } from './changes.ts'
import { maySee, toContact, wholeOf } from './contact-views.ts'
import type {
  AgentRecord,
  CategoryRecord,
  ConversationRecord,
  DeskRecord,
  FileRecord,
  LogEntry,
  MessageRecord,
  Viewer,
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
  const { id, name, locale, active, security, widget, tickets } = desk.settings
  const { messagingEnabled, ...shown } = widget
  return {
    id,
    name,
    locale,
    active,
    messaging: messagingOn(desk),
    tickets: tickets.enabled,
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

/** A category as the team sees it. */
export function toCategory({ id, code, name, helpText }: CategoryRecord): Category {
  return { id, code, name, helpText }
}

/** A file of a message. */
export function toAttachment({ id, name, type, bytes, width, height, url }: FileRecord): Attachment {
  const previewUrl = isInlineImage(type) ? url : null
  return { id, name, type, bytes: bytes.length, width, height, url, previewUrl }
}

function authorNameOf({ author: { type, who } }: MessageRecord): string | null {
  return (type === 'contact' && 'mergedInto' in who ? wholeOf(who) : who).name
}

/** A message as a contact sees it. */
export function toMessage(
  { id: conversationId }: ConversationRecord,
  message: MessageRecord,
  { contact }: Pick<Viewer, 'contact'>,
): Message {
  const { id, seq, author, body, files, via, createdAt } = message
  const self = 'mergedInto' in author.who && wholeOf(author.who) === contact
  return {
    id,
    conversationId,
    seq,
    author: { type: author.type, name: authorNameOf(message), self },
    body,
    attachments: files.map(toAttachment),
    via,
    createdAt,
  }
}

/** A message as agents see it. */
export function toAgentMessage(
  { id: conversationId }: ConversationRecord,
  message: MessageRecord,
): AgentMessage {
  const { files, author, ...rest } = message
  return {
    ...rest,
    conversationId,
    author: { type: author.type, id: author.who.id, name: authorNameOf(message) },
    original: message.original ?? null,
    attachments: files.map(toAttachment),
  }
}

/** What the contact may see of a thread. */
export function replies({ messages }: ConversationRecord): MessageRecord[] {
  return messages.filter(({ kind }) => visibleToContact(kind))
}

/** The first words of the newest reply on one line, or the names of its files. */
function previewOf(conversation: ConversationRecord): string {
  const { body = '', files = [] } = replies(conversation).at(-1) ?? {}
  return body.replace(/\s+/g, ' ').trim().slice(0, 140) || files.map(({ name }) => name).join(', ')
}

/** A conversation as a contact sees it. */
export function toConversation(
  desk: DeskRecord,
  conversation: ConversationRecord,
  { contact }: Pick<Viewer, 'contact'>,
): Conversation {
  const { id, number, subject, status, priority, category, channel, createdAt, lastMessageAt } = conversation
  const contactReadSeq = conversation.contactReads.get(contact.id) ?? 0
  const unreadCount = replies(conversation).filter(
    ({ author, seq }) => author.type !== 'contact' && seq > contactReadSeq,
  ).length
  return {
    id,
    number,
    subject,
    status,
    priority,
    category: category && { code: category.code, name: categoryName(desk, category) },
    channel,
    author: { name: conversation.contact.name, self: conversation.contact === contact },
    preview: previewOf(conversation),
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

/** A conversation as a contact sees it, with its newest messages. */
export function toConversationWithMessages(
  desk: DeskRecord,
  conversation: ConversationRecord,
  viewer: Pick<Viewer, 'contact'>,
): ConversationWithMessages {
  const { messages, olderMessages } = pageOf(replies(conversation))
  return {
    ...toConversation(desk, conversation, viewer),
    messages: messages.map((message) => toMessage(conversation, message, viewer)),
    olderMessages,
  }
}

/** A conversation as a row of an agent's inbox. */
export function toInboxItem(
  desk: DeskRecord,
  conversation: ConversationRecord,
  reader: AgentRecord | null,
): InboxItem {
  const { id, number, subject, status, priority, channel, category, contact, client, assignee } = conversation
  const shown = replies(conversation)
  const written = shown.findLast(({ author }) => author.type === 'contact')?.seq ?? 0
  return {
    id,
    number,
    subject,
    preview: previewOf(conversation),
    status,
    priority,
    channel,
    category: category && { id: category.id, code: category.code, name: categoryName(desk, category) },
    contact: { id: contact.id, name: contact.name, email: contact.email },
    client: client && { id: client.id, name: client.name },
    assignee: assignee && { id: assignee.id, name: assignee.name },
    unread: written > (conversation.agentReads.get(reader?.id ?? '') ?? 0),
    lastAuthor: shown.at(-1)?.author.type ?? 'contact',
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
    ...toInboxItem(desk, conversation, reader),
    contact: toContact(desk, conversation.contact),
    contactReadSeq: conversation.contactReads.get(conversation.contact.id) ?? 0,
    pageUrl: conversation.pageUrl,
    userAgent: conversation.userAgent,
    messages: messages.map((message) => toAgentMessage(conversation, message)),
    olderMessages,
    eventSeq: desk.seq,
  }
}

/** An entry of the log as a contact sees it; nothing when it does not concern the contact. */
export function toVisitorEvent(desk: DeskRecord, entry: LogEntry, viewer: Viewer): VisitorEvent | undefined {
  const { seq, at, type, conversation: record, message, by } = entry
  if (type === 'desk.updated') return { seq, at, type }
  if (entry.audience !== 'all' || !record || !maySee(desk, viewer, record)) return undefined
  const conversation = toConversation(desk, record, viewer)
  if (type === 'message.created' && message) {
    return { seq, at, type, conversation, message: toMessage(record, message, viewer) }
  }
  if (type === 'conversation.read' && by) return { seq, at, type, conversation, by }
  return type === 'conversation.updated' ? { seq, at, type, conversation } : undefined
}

/** An entry of the log as an agent sees it. */
export function toAgentEvent(
  desk: DeskRecord,
  entry: LogEntry,
  agent: AgentRecord | null,
): AgentEvent | undefined {
  const { seq, at, type, conversation: record, message, by, agentId = null, readSeq = 0, emails = [] } = entry
  if (type === 'desk.updated') return { seq, at, type }
  if (!record) return undefined
  if (type === 'notification.updated') return { seq, at, type, conversationId: record.id, emails }
  const conversation = toInboxItem(desk, record, agent)
  if (type === 'conversation.read') {
    return by && { seq, at, type, conversation, by, agentId, readSeq }
  }
  const shown = message ? toAgentMessage(record, message) : null
  if (type === 'conversation.updated') return { seq, at, type, conversation, message: shown }
  return shown ? { seq, at, type, conversation, message: shown } : undefined
}
