import {
  type ConversationStatus,
  checkNumberPattern,
  type FieldError,
  HelpdeskError,
  isTimeZone,
  type Priority,
  parseUrlRules,
} from '@helpdesk/core'
import type { DeskChange } from '@helpdesk/core/api'
import { categoryName } from './categories.ts'
import { log, type Place } from './log.ts'
import type {
  AgentRecord,
  CategoryRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  MessageRecord,
  World,
} from './records.ts'
import { append, authorOf, move } from './writing.ts'

/** Sets the status by hand; nothing happens when it is that already. */
export function setStatus(place: Place, agent: AgentRecord, status: ConversationStatus): void {
  const from = place.conversation.status
  if (from === status) return
  move(place, { type: 'status_set', status })
  changed(place, agent, { field: 'status', from, to: status })
}

/** Gives a conversation to an agent, or back; nothing happens when that changes nothing. */
export function assign(place: Place, agent: AgentRecord, assignee: AgentRecord | null): void {
  const { conversation } = place
  const { assignee: from, status } = conversation
  conversation.assignee = assignee
  if (assignee) move(place, { type: 'agent_takes' })
  if (from === assignee && conversation.status === status) return
  changed(place, agent, { field: 'assignee', from: from?.name ?? null, to: assignee?.name ?? null })
}

/** Says how urgent it is; nothing happens when it is that already. */
export function setPriority(place: Place, agent: AgentRecord, priority: Priority): void {
  const from = place.conversation.priority
  if (from === priority) return
  place.conversation.priority = priority
  changed(place, agent, { field: 'priority', from, to: priority })
}

/** Puts a conversation into a category, or into none; nothing happens when it is there already. */
export function setCategory(place: Place, agent: AgentRecord, category: CategoryRecord | null): void {
  const { desk, conversation } = place
  const { category: from } = conversation
  if (from === category) return
  conversation.category = category
  const name = (one: CategoryRecord | null) => one && categoryName(desk, one)
  changed(place, agent, { field: 'category', from: name(from), to: name(category) })
}

/** Says in the thread what has changed. */
export function changed(
  place: Place,
  agent: AgentRecord,
  change: NonNullable<MessageRecord['change']>,
): void {
  const { conversation } = place
  const message = append(place, { kind: 'event', author: authorOf(agent), change })
  log(place, { type: 'conversation.updated', audience: 'all', conversation, message }, message.seq)
}

/** A contact has seen everything up to a position, at most up to the newest reply. */
export function contactReads(place: Place, seq: number, reader = place.conversation.contact): void {
  const { conversation } = place
  const readSeq = Math.min(seq, lastReplySeq(conversation))
  if (readSeq <= readSeqOf(conversation, reader)) return
  conversation.contactReads.set(reader.id, readSeq)
  // What a colleague has read is the colleague's own business.
  if (reader !== conversation.contact) return
  log(place, { type: 'conversation.read', audience: 'all', by: 'contact', conversation, readSeq })
}

/** The agent has seen everything up to a position, at most up to the newest event. */
export function agentReads(place: Place, agent: AgentRecord, seq: number): void {
  const { conversation, desk } = place
  const readSeq = Math.min(seq, desk.seq)
  if (readSeq <= (conversation.agentReads.get(agent.id) ?? 0)) return
  // The contact hears of it when it is news that anybody has seen so much.
  const audience = readSeq > teamReadSeq(conversation) ? 'all' : 'agents'
  conversation.agentReads.set(agent.id, readSeq)
  const read = { type: 'conversation.read', audience, by: 'agent' } as const
  log(place, { ...read, conversation, agentId: agent.id, readSeq })
}

/** Changes the settings that are named. @throws {HelpdeskError} `validation_failed` */
export function changeDesk(world: World, desk: DeskRecord, change: DeskChange): void {
  const { messaging, widget, security, tickets, email, pages, ...rest } = change
  const { settings } = desk
  checkSettings({ ...settings, ...rest })
  Object.assign(settings, rest)
  Object.assign(settings.messaging, messaging)
  Object.assign(settings.widget, widget)
  Object.assign(settings.security, security)
  Object.assign(settings.tickets, tickets)
  Object.assign(settings.email, email)
  Object.assign(settings.pages, pages)
  settings.widget.showRules = parseUrlRules(settings.widget.showRules.join('\n')).rules
  settings.widget.hideRules = parseUrlRules(settings.widget.hideRules.join('\n')).rules
  log({ world, desk }, { type: 'desk.updated', audience: 'all' })
}

/** What the schema cannot say. */
function checkSettings({
  numberPattern,
  timeZone,
}: Pick<DeskRecord['settings'], 'numberPattern' | 'timeZone'>): void {
  const errors: FieldError[] = []
  if (checkNumberPattern(numberPattern)) {
    errors.push({ pointer: '/body/numberPattern', detail: 'is not a number pattern' })
  }
  if (!isTimeZone(timeZone)) errors.push({ pointer: '/body/timeZone', detail: 'must be a known time zone' })
  if (errors.length) throw new HelpdeskError('validation_failed', { errors })
}

/** The position of the newest reply: orders the inbox. */
export function lastReplySeq({ messages }: ConversationRecord): number {
  return messages.findLast(({ kind }) => kind === 'reply')?.seq ?? 0
}

/** How far a contact has seen it. */
export function readSeqOf({ contactReads: reads }: ConversationRecord, { id }: ContactRecord): number {
  return reads.get(id) ?? 0
}

/** How far anybody of the team has seen it. */
export function teamReadSeq({ agentReads: reads }: ConversationRecord): number {
  return Math.max(0, ...reads.values())
}
