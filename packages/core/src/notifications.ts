import type { Channel, MessageKind } from './conversations.ts'

/** How long a notification waits after its first unsent message, in seconds. */
export const delaySeconds = 60

/** What a notification is about: messages, or a ticket that was opened (told to who opened it). */
export const notificationKinds = ['message', 'ticket_created'] as const

/** One of the kinds of notification. */
export type NotificationKind = (typeof notificationKinds)[number]

/** Of which conversations an agent gets e-mails: all, those assigned to the agent, none. */
export const notifyModes = ['all', 'mine', 'none'] as const

/** One of the answers to "of which conversations". */
export type NotifyMode = (typeof notifyModes)[number]

/** An agent's switches: one answer per channel; a channel without one counts as `all`. */
export type NotifySwitches = Partial<Record<Channel, NotifyMode>>

/** Whether an agent gets an e-mail about a conversation of a channel. */
export function wantsEmail(switches: NotifySwitches, channel: Channel, isMine: boolean): boolean {
  return unwanted(switches, channel, isMine) === null
}

/** Why an agent gets no e-mail about a conversation of a channel; null when the agent gets one. */
export function unwanted(
  switches: NotifySwitches,
  channel: Channel,
  isMine: boolean,
): 'notifications_off' | 'not_yours' | null {
  const mode = switches[channel] ?? 'all'
  if (mode === 'none') return 'notifications_off'
  return mode === 'mine' && !isMine ? 'not_yours' : null
}

/** The life of a notification: waiting for its time, claimed by a worker, and how it ended. */
export const notificationStates = ['scheduled', 'sending', 'sent', 'skipped', 'failed'] as const

/** One of the states of a notification. */
export type NotificationState = (typeof notificationStates)[number]

/** Why a notification ended `skipped` or, for `undeliverable` and a `bounced` that came back later, `failed`. */
export const notificationReasons = [
  'read',
  'no_email',
  'rate_limited',
  'notifications_off',
  'opted_out',
  'bounced',
  'not_yours',
  'nothing_to_send',
  'conversation_gone',
  'undeliverable',
] as const

/** One of the reasons of a notification without an e-mail. */
export type NotificationReason = (typeof notificationReasons)[number]

/** Seconds to wait after the first, second, … failed try, five days altogether; a notification that fails once more is `failed`. */
export const retryDelaysSeconds = [
  30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400,
] as const

/**
 * When a notification is due: 60 seconds after its first unsent message, however many follow, or at once.
 * @param options `instant`: the agent chose "Send instantly"
 */
export function dueAt(firstUnsentAt: Date, options: { instant: boolean }): Date {
  return new Date(firstUnsentAt.getTime() + (options.instant ? 0 : delaySeconds * 1000))
}

/** What has to be known of a message to decide whether it is sent. */
export interface DeliverableMessage {
  /** Its place in the conversation, rising. */
  seq: number
  kind: MessageKind
  /** `null` for the system. */
  authorId: string | null
}

/** What is known about a notification at its due time. */
export interface DeliveryFacts<M extends DeliverableMessage> {
  /** The messages that the notification covers, in any order. */
  messages: readonly M[]
  recipientId: string
  /** The recipient's address, if there is one. */
  email: string | null
  /** Up to which message the recipient has read, 0 for none. */
  readSeq: number
  /** Whether the recipient wants e-mails about this conversation. */
  enabled: boolean
  /** Why not, when it is not that all are off. */
  refusal?: 'notifications_off' | 'not_yours' | 'opted_out' | null
  /** A confirmation is about what the recipient wrote. */
  kind?: NotificationKind
  /** An agent asked for it once more: sent whether read or not, and to an address that has bounced. */
  resent?: boolean
  /** The address does not take our e-mails. */
  bounced?: boolean
  /** The conversation or the recipient was deleted meanwhile. */
  gone?: boolean
  /** The address has had its share of e-mails (`mayMailUnverified`). */
  rateLimited?: boolean
}

/** Which messages go out, oldest first, or why none does. */
export type Delivery<M extends DeliverableMessage> = { send: M[] } | { skip: NotificationReason }

/**
 * Decides at the due time what a notification sends: replies only, never to their own author, without the
 * messages that the recipient has read meanwhile.
 */
export function decideDelivery<M extends DeliverableMessage>(facts: DeliveryFacts<M>): Delivery<M> {
  if (facts.gone === true) return { skip: 'conversation_gone' }
  if (!facts.enabled || facts.refusal) return { skip: facts.refusal ?? 'notifications_off' }
  const owed = facts.messages.filter((one) => isOwed(one, facts))
  if (owed.length === 0) return { skip: 'nothing_to_send' }
  const isAnyway = facts.resent === true || facts.kind === 'ticket_created'
  const unread = isAnyway ? owed : owed.filter((one) => one.seq > facts.readSeq)
  if (unread.length === 0) return { skip: 'read' }
  if (facts.email === null || facts.email === '') return { skip: 'no_email' }
  if (facts.bounced === true && facts.resent !== true) return { skip: 'bounced' }
  if (facts.rateLimited === true) return { skip: 'rate_limited' }
  return { send: unread.sort((a, b) => a.seq - b.seq) }
}

function isOwed<M extends DeliverableMessage>(message: M, { kind, recipientId }: DeliveryFacts<M>): boolean {
  if (message.kind !== 'reply') return false
  return kind === 'ticket_created' || message.authorId !== recipientId
}

/**
 * When to try again after a transient failure, `null` when it was the last try.
 * @param attempts how many tries have been made, at least 1
 */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const delay = retryDelaysSeconds[attempts - 1]
  return delay === undefined ? null : new Date(now.getTime() + delay * 1000)
}

/**
 * Whether an automatic e-mail may go to an address that nobody has proved: at most one in 10 minutes and three
 * in 24 hours, counted across desks.
 * @param facts `sentTimes`: the times of the automatic e-mails to this address, in any order
 */
export function mayMailUnverified(facts: { sentTimes: readonly Date[]; now: Date }): boolean {
  const since = (seconds: number) =>
    facts.sentTimes.filter((time) => facts.now.getTime() - time.getTime() < seconds * 1000).length
  return since(600) < 1 && since(86_400) < 3
}
