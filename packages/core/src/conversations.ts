/** Where a conversation stands: needs the team, taken by an agent, waiting for the contact, done. */
export const conversationStatuses = ['pending', 'in_progress', 'waiting', 'resolved'] as const

/** One of the statuses of a conversation. */
export type ConversationStatus = (typeof conversationStatuses)[number]

/** Where a conversation came from; all channels flow into one inbox. */
export const channels = ['widget', 'contact_form', 'ticket_center', 'email', 'api'] as const

/** One of the channels. */
export type Channel = (typeof channels)[number]

/** How urgent a conversation is, from least to most. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const

/** One of the priorities. */
export type Priority = (typeof priorities)[number]

/** What an entry of a conversation is: seen by all, seen by agents only, or a change of state. */
export const messageKinds = ['reply', 'note', 'event'] as const

/** One of the kinds of message. */
export type MessageKind = (typeof messageKinds)[number]

/** Who wrote a message. */
export const authorTypes = ['contact', 'agent', 'system'] as const

/** One of the kinds of author. */
export type AuthorType = (typeof authorTypes)[number]

/** The status of every new conversation, whatever its channel. */
export const initialStatus = 'pending' satisfies ConversationStatus

/**
 * Something that may change the status of a conversation; `agent_takes` is taking it as well as being
 * assigned to it, `status_set` is a choice by hand.
 */
export type ConversationEvent =
  | { type: 'contact_writes' }
  | { type: 'agent_replies'; resolve?: boolean }
  | { type: 'agent_takes' }
  | { type: 'agent_notes' }
  | { type: 'status_set'; status: ConversationStatus }

/** The status of a conversation after an event; the same one when the event changes nothing. */
export function nextStatus(status: ConversationStatus, event: ConversationEvent): ConversationStatus {
  switch (event.type) {
    case 'contact_writes':
      return status === 'in_progress' ? 'in_progress' : 'pending'
    case 'agent_replies':
      return event.resolve === true ? 'resolved' : 'waiting'
    case 'agent_takes':
      return status === 'pending' ? 'in_progress' : status
    case 'agent_notes':
      return status
    case 'status_set':
      return event.status
  }
}

/** Whether a conversation counts as open in filters and counters: every status but `resolved`. */
export function isOpen(status: ConversationStatus): boolean {
  return status !== 'resolved'
}

/** Whether a conversation is hidden from the active lists at this moment; `null` is not snoozed. */
export function isSnoozed(snoozedUntil: Date | null, now: Date): boolean {
  return snoozedUntil !== null && snoozedUntil.getTime() > now.getTime()
}

/** Whether an event ends the snooze of a conversation early: only the contact's writing does. */
export function endsSnooze(event: ConversationEvent): boolean {
  return event.type === 'contact_writes'
}

/** Whether a contact may see a message of this kind: replies only, never notes nor the team's events. */
export function visibleToContact(kind: MessageKind): boolean {
  return kind === 'reply'
}
