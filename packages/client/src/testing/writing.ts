import {
  type ConversationEvent,
  dueAt,
  formatNumber,
  initialStatus,
  nextStatus,
  numberPeriod,
} from '@helpdesk/core'
import type { EmailState } from '@helpdesk/core/api'
import { log, type Place } from './log.ts'
import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
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
export function newContact(
  world: World,
  desk: DeskRecord,
  { name, email }: { name?: string | null; email?: string | null },
): ContactRecord {
  const at = world.now().toISOString()
  const contact: ContactRecord = {
    id: world.newId(),
    token: world.newToken(),
    name: name ?? null,
    email: email ?? null,
    emailVerified: false,
    createdAt: at,
    lastSeenAt: at,
  }
  desk.contacts.push(contact)
  return contact
}

/** How a conversation begins. */
export interface Beginning {
  message: string
  subject?: string
  pageUrl?: string
  userAgent?: string | null
}

/** A conversation with its first message. */
export function start(
  world: World,
  desk: DeskRecord,
  contact: ContactRecord,
  { message, subject, pageUrl, userAgent }: Beginning,
): ConversationRecord {
  const at = world.now().toISOString()
  const conversation: ConversationRecord = {
    id: world.newId(),
    number: nextNumber(world, desk),
    subject: subject ?? null,
    status: initialStatus,
    priority: 'normal',
    channel: 'widget',
    contact,
    assignee: null,
    contactReadSeq: 0,
    agentReads: new Map(),
    pageUrl: pageUrl ?? null,
    userAgent: userAgent ?? null,
    createdAt: at,
    lastMessageAt: at,
    messages: [],
  }
  desk.conversations.push(conversation)
  contactWrites({ world, desk, conversation }, message)
  return conversation
}

function nextNumber(world: World, { settings, numbers }: DeskRecord): string {
  const period = numberPeriod(settings.numberPattern, world.now(), settings.timeZone)
  const seq = (numbers.get(period) ?? 0) + 1
  numbers.set(period, seq)
  return formatNumber(settings.numberPattern, world.now(), seq, settings.timeZone)
}

/** Whoever writes has seen what came before. */
export function contactWrites(place: Place, body: string): MessageRecord {
  move(place, { type: 'contact_writes' })
  const message = append(place, {
    kind: 'reply',
    author: { type: 'contact', who: place.conversation.contact },
    body,
  })
  place.conversation.contactReadSeq = message.seq
  return created(place, message, 'all')
}

/** What an agent chooses with a reply. */
export interface ReplyChoice {
  sendInstantly?: boolean
  resolve?: boolean
}

/** An agent answers: the e-mail is planned, and the agent has seen what came before. */
export function agentReplies(
  place: Place,
  agent: AgentRecord,
  body: string,
  { sendInstantly, resolve }: ReplyChoice = {},
): MessageRecord {
  const instant = sendInstantly ?? place.desk.settings.messaging.sendInstantlyDefault
  move(place, { type: 'agent_replies', resolve })
  const email = plannedEmail(place, instant)
  const message = append(place, { kind: 'reply', author: authorOf(agent), body, email })
  place.conversation.agentReads.set(agent.id, message.seq)
  return created(place, message, 'all')
}

/** Messages within the window join the e-mail that is already planned. */
function plannedEmail({ world, conversation }: Place, instant: boolean): EmailState {
  const planned = conversation.messages.find(({ email }) => email?.state === 'scheduled')?.email?.at
  const due = dueAt(world.now(), { instant }).toISOString()
  return { state: 'scheduled', reason: null, at: planned && planned < due ? planned : due }
}

/** An agent writes what only agents see. */
export function agentNotes(place: Place, agent: AgentRecord, body: string): MessageRecord {
  return created(place, append(place, { kind: 'note', author: authorOf(agent), body }), 'agents')
}

function created(place: Place, message: MessageRecord, audience: 'all' | 'agents'): MessageRecord {
  const { conversation } = place
  log(place, { type: 'message.created', audience, conversation, message }, message.seq)
  return message
}
