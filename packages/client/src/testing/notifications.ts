import { decideDelivery, dueAt, type NotificationReason, unwanted, wantsEmail } from '@helpdesk/core'
import type { EmailState, Notification } from '@helpdesk/core/api'
import type { NotificationRecord } from './email-records.ts'
import { log, type Place } from './log.ts'
import type { AgentRecord, ConversationRecord, DeskRecord, MessageRecord } from './records.ts'

/** Plans the e-mail about a message: to an agent, or to the contact. Messages within the window join. */
export function plan(
  { world, desk, conversation }: Place,
  message: MessageRecord,
  { agent = null, instant }: { agent?: AgentRecord | null; instant: boolean },
): void {
  // Counted from the message, as the desk does; a clock asked twice may have gone on.
  const at = message.createdAt
  const due = dueAt(new Date(at), { instant }).toISOString()
  const open = desk.notifications.find(
    (one) =>
      one.conversation === conversation && one.agent === agent && one.state === 'scheduled' && !one.isResent,
  )
  const notification = open ?? begun({ id: world.newId(), conversation, agent, dueAt: due, createdAt: at })
  if (!open) desk.notifications.push(notification)
  notification.messages.push(message)
  if (due < notification.dueAt) notification.dueAt = due
  if (agent === null) showOn(notification)
}

/** Plans the e-mails to those of the team who want to hear of a contact's message. */
export function planForTeam(place: Place, message: MessageRecord): void {
  const { world, desk, conversation } = place
  for (const agent of world.agents) {
    const isMine = conversation.assignee === agent
    if ((desk.roles.get(agent.id) ?? 'viewer') === 'viewer') continue
    if (wantsEmail(agent.notifications, conversation.channel, isMine)) {
      plan(place, message, { agent, instant: false })
    }
  }
}

type Beginning = Pick<NotificationRecord, 'id' | 'conversation' | 'agent' | 'dueAt' | 'createdAt'>

function begun(known: Beginning & Partial<NotificationRecord>): NotificationRecord {
  return {
    kind: 'message',
    messages: [],
    state: 'scheduled',
    reason: null,
    attempts: 0,
    lastError: null,
    maybeSent: false,
    sentTo: null,
    isResent: false,
    updatedAt: known.createdAt,
    ...known,
  }
}

/** A notification about the same messages, due now, read or not. */
export function repeat(place: Place, notification: NotificationRecord): NotificationRecord {
  const { world, desk } = place
  const at = world.now().toISOString()
  const { conversation, agent, kind, messages } = notification
  const again = begun({ id: world.newId(), conversation, agent, kind, dueAt: at, createdAt: at })
  again.isResent = true
  again.messages = [...messages]
  desk.notifications.push(again)
  tell(place, again)
  return again
}

/** What became of an e-mail. */
export type Outcome = Partial<
  Pick<
    NotificationRecord,
    'state' | 'reason' | 'attempts' | 'lastError' | 'maybeSent' | 'dueAt' | 'sentTo' | 'updatedAt'
  >
>

/** Says what became of an e-mail; the thread and whoever listens hear of it. */
export function settle(place: Place, notification: NotificationRecord, outcome: Outcome): void {
  Object.assign(notification, { updatedAt: place.world.now().toISOString() }, outcome)
  tell(place, notification)
}

/** Every e-mail about a conversation comes due: it is sent, or skipped for core's reasons. */
export function deliverEmails(place: Place): void {
  const { desk, conversation } = place
  const owed = desk.notifications.filter(
    (one) => one.conversation === conversation && one.state === 'scheduled',
  )
  for (const notification of owed) {
    const reason = reasonToSkip(notification)
    const sentTo = addressOf(notification)
    const sent = { state: 'sent', reason: null, attempts: notification.attempts + 1, sentTo } as const
    settle(place, notification, reason ? { state: 'skipped', reason } : sent)
  }
}

function reasonToSkip(notification: NotificationRecord): NotificationReason | null {
  const { conversation, agent, messages, isResent, kind } = notification
  const { contact, channel, assignee } = conversation
  const decision = decideDelivery({
    messages: messages.map((message) => ({ ...message, authorId: message.author.who.id })),
    recipientId: agent?.id ?? contact.id,
    email: addressOf(notification),
    readSeq: readSeqOf(notification),
    enabled: true,
    refusal: agent
      ? unwanted(agent.notifications, channel, assignee === agent)
      : contact.emailOptedOut
        ? 'opted_out'
        : null,
    kind,
    resent: isResent,
    bounced: agent === null && Boolean(contact.emailBounce),
  })
  return 'skip' in decision ? decision.skip : null
}

const readSeqOf = ({ conversation, agent }: NotificationRecord) =>
  (agent ? conversation.agentReads.get(agent.id) : conversation.contactReads.get(conversation.contact.id)) ??
  0

const addressOf = ({ conversation, agent }: NotificationRecord) => (agent ?? conversation.contact).email

/** Agents hear of every e-mail; only what goes to the contact is shown in the thread. */
function tell(place: Place, notification: NotificationRecord): void {
  const { conversation, agent } = notification
  if (!agent) showOn(notification)
  const emails = notification.messages.flatMap(({ id: messageId, email }) =>
    email && !agent ? { messageId, email } : [],
  )
  log(place, { type: 'notification.updated', audience: 'agents', conversation, emails })
}

function showOn(notification: NotificationRecord): void {
  const { id: notificationId, state, reason, lastError, dueAt: due, updatedAt, isResent } = notification
  const at = state === 'scheduled' || state === 'sending' ? due : updatedAt
  const readSeq = isResent ? 0 : readSeqOf(notification)
  for (const message of notification.messages) {
    const wasRead = state === 'sent' && message.seq <= readSeq
    const shown: Omit<EmailState, 'at' | 'notificationId'> = wasRead
      ? { state: 'skipped', reason: 'read', lastError: null }
      : { state, reason, lastError }
    message.email = { ...shown, at, notificationId }
  }
}

/** The newest e-mail to the contact about a conversation. */
export function lastToContact({ notifications }: DeskRecord, conversation: ConversationRecord) {
  return notifications.findLast((one) => one.conversation === conversation && one.agent === null)
}

/** An e-mail that is owed to somebody, as agents see it. */
export function toNotification(notification: NotificationRecord): Notification {
  const { messages, agent, sentTo, isResent, conversation, ...rest } = notification
  const { id, number, subject, contact } = conversation
  const who = agent ?? contact
  return {
    ...rest,
    conversation: { id, number, subject },
    recipient: {
      type: agent ? 'agent' : 'contact',
      id: who.id,
      name: who.name,
      email: sentTo ?? who.email,
    },
    messageId: `<hd.${rest.id}@desk.test>`,
  }
}
