import {
  type Channel,
  type ConversationEvent,
  formatNumber,
  initialStatus,
  nextStatus,
  numberPeriod,
  type Priority,
} from '@helpdesk/core'
import { log, type Place } from './log.ts'
import { plan, planForTeam } from './notifications.ts'
import type {
  AgentRecord,
  CategoryRecord,
  ClientRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  FileRecord,
  MessageRecord,
  World,
} from './records.ts'

/** What somebody writes: text, or a change of state. */
type Entry = Partial<MessageRecord> & Pick<MessageRecord, 'kind' | 'author'>

/** Appends to a thread; the position is that of the event which is to tell of it. */
export function append({ world, desk, conversation }: Place, entry: Entry): MessageRecord {
  const message: MessageRecord = {
    id: world.newId(),
    seq: ++desk.seq,
    body: '',
    files: [],
    via: null,
    change: null,
    email: null,
    createdAt: world.now().toISOString(),
    ...entry,
  }
  conversation.messages.push(message)
  if (message.kind === 'reply') conversation.lastMessageAt = message.createdAt
  return message
}

/** Moves the status as core says. */
export function move({ conversation }: Place, event: ConversationEvent): void {
  conversation.status = nextStatus(conversation.status, event)
}

/** An agent as the author of a message. */
export function authorOf(who: AgentRecord): MessageRecord['author'] {
  return { type: 'agent', who }
}

/** A contact nobody has heard of before, with a token. */
export function newContact(world: World, desk: DeskRecord, known: Partial<ContactRecord>): ContactRecord {
  const at = world.now().toISOString()
  const contact: ContactRecord = {
    id: world.newId(),
    token: world.newToken(),
    emailVerified: false,
    phone: null,
    externalId: null,
    identity: 'anonymous',
    identityKey: null,
    claims: {},
    client: null,
    mergedInto: null,
    createdAt: at,
    lastSeenAt: at,
    ...known,
    name: known.name ?? null,
    email: known.email ?? null,
  }
  desk.contacts.push(contact)
  return contact
}

/** How a conversation begins. */
export interface Beginning {
  message: string
  files?: FileRecord[]
  subject?: string
  priority?: Priority
  category?: CategoryRecord | null
  channel?: Channel
  /** Whose users see it, if it is a ticket. (Default: the contact's) */
  client?: ClientRecord | null
  via?: MessageRecord['via']
  original?: MessageRecord['original']
  pageUrl?: string
  userAgent?: string | null
}

/** A conversation with its first message. */
export function start(
  world: World,
  desk: DeskRecord,
  contact: ContactRecord,
  beginning: Beginning,
): ConversationRecord {
  const { message, files, subject, priority, category, channel, client, pageUrl, userAgent, via, original } =
    beginning
  const at = world.now().toISOString()
  const conversation: ConversationRecord = {
    id: world.newId(),
    number: nextNumber(world, desk),
    subject: subject ?? null,
    status: initialStatus,
    priority: priority ?? 'normal',
    channel: channel ?? 'widget',
    category: category ?? null,
    contact,
    client: client === undefined ? contact.client : client,
    assignee: null,
    contactReads: new Map(),
    agentReads: new Map(),
    linkToken: world.newToken(),
    pageUrl: pageUrl ?? null,
    userAgent: userAgent ?? null,
    createdAt: at,
    lastMessageAt: at,
    messages: [],
  }
  desk.conversations.push(conversation)
  contactWrites({ world, desk, conversation }, message, { files, via, original })
  return conversation
}

function nextNumber(world: World, { settings, numbers }: DeskRecord): string {
  const period = numberPeriod(settings.numberPattern, world.now(), settings.timeZone)
  const seq = (numbers.get(period) ?? 0) + 1
  numbers.set(period, seq)
  return formatNumber(settings.numberPattern, world.now(), seq, settings.timeZone)
}

/** What may come with the words of a contact. */
export interface ContactEntry {
  files?: FileRecord[]
  /** (Default: whose conversation it is) */
  author?: ContactRecord
  via?: MessageRecord['via']
  /** The e-mail that it was. */
  original?: MessageRecord['original']
}

/** Whoever writes has seen what came before. */
export function contactWrites(place: Place, body: string, entry: ContactEntry = {}): MessageRecord {
  const { files, author = place.conversation.contact, via = null, original = null } = entry
  move(place, { type: 'contact_writes' })
  const message = append(place, {
    kind: 'reply',
    author: { type: 'contact', who: author },
    body,
    files: attached(files),
    via,
    original,
  })
  planForTeam(place, message)
  place.conversation.contactReads.set(author.id, message.seq)
  return created(place, message, 'all')
}

function attached(files: FileRecord[] = []): FileRecord[] {
  for (const file of files) file.isAttached = true
  return files
}

/** What an agent chooses with a reply. */
export interface ReplyChoice {
  sendInstantly?: boolean
  resolve?: boolean
  files?: FileRecord[]
}

/** An agent answers: the e-mail is planned, and the agent has seen what came before. */
export function agentReplies(
  place: Place,
  agent: AgentRecord,
  body: string,
  { sendInstantly, resolve, files }: ReplyChoice = {},
): MessageRecord {
  const instant = sendInstantly ?? place.desk.settings.messaging.sendInstantlyDefault
  move(place, { type: 'agent_replies', resolve })
  const message = append(place, {
    kind: 'reply',
    author: authorOf(agent),
    body,
    files: attached(files),
  })
  plan(place, message, { instant })
  place.conversation.agentReads.set(agent.id, message.seq)
  return created(place, message, 'all')
}

/** An agent writes what only agents see. */
export function agentNotes(
  place: Place,
  agent: AgentRecord,
  body: string,
  files?: FileRecord[],
  origin: Pick<ContactEntry, 'via' | 'original'> = {},
): MessageRecord {
  const entry = { kind: 'note', author: authorOf(agent), body, files: attached(files), ...origin } as const
  return created(place, append(place, entry), 'agents')
}

function created(place: Place, message: MessageRecord, audience: 'all' | 'agents'): MessageRecord {
  const { conversation } = place
  log(place, { type: 'message.created', audience, conversation, message }, message.seq)
  return message
}
