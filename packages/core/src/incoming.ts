import type { IncomingMatch, IncomingReason } from './emails.ts'

/** Our e-mail that an e-mail answers, and whether its sender is who got it. */
export interface AnsweredMail {
  /** By its reply address, which nobody else can write, or by its Message-ID, which everybody who was sent it has. */
  by: 'reply_address' | 'message_id'
  recipient: 'contact' | 'agent'
  /** The e-mail comes from the address to which ours was sent. */
  isFromRecipient: boolean
  /** Who got it still has its part in the conversation: the contact is in it, the agent answers on this desk. */
  stillIn: boolean
}

/** What is known of an e-mail that came in. */
export interface IncomingFacts {
  /** Why a program is thought to have written it, see `automaticReason`. */
  automatic: IncomingReason | null
  /** Its Message-ID is one of ours. */
  isOwnMessage: boolean
  /** Its sender is an address that the desk itself sends with or receives at. */
  isOwnAddress: boolean
  /** It names one sender. */
  hasSender: boolean
  /** There is something to read: text, or a file. */
  hasContent: boolean
  hasSubject: boolean
  deskActive: boolean
  newConversations: boolean
  answers: AnsweredMail | null
  /** The number in its subject is that of a conversation whose contact has the sender's address. */
  isNumberOfSender: boolean
  /** How many e-mails of this sender became messages of that conversation within the hour, and how many may. */
  inConversation: number
  mostInConversation: number
  /** How many conversations this sender began by e-mail within the hour, and how many it may. */
  begun: number
  mostBegun: number
}

/** What is done with an e-mail that came in. */
export type IncomingDecision =
  | { do: 'post'; as: 'contact' | 'agent'; match: IncomingMatch; proved: boolean }
  | { do: 'begin' }
  | { do: 'hold'; reason: IncomingReason }
  | { do: 'ignore'; reason: IncomingReason }

/** So many conversations one sender may begin by e-mail within an hour. */
export const conversationsBegunPerHour = 20

/**
 * Decides what is done with an e-mail. What a program wrote is never answered nor shown; whoever has not proved to be
 * somebody posts as nobody's; and what an agent may want to see is held, not lost.
 */
export function decideIncoming(facts: IncomingFacts): IncomingDecision {
  if (facts.isOwnMessage) return { do: 'ignore', reason: 'own_message' }
  if (facts.automatic !== null) return { do: 'ignore', reason: facts.automatic }
  if (facts.isOwnAddress) return { do: 'ignore', reason: 'own_address' }
  if (!facts.hasSender) return { do: 'ignore', reason: 'no_sender' }
  const place = facts.answers ? byAnswer(facts.answers) : facts.isNumberOfSender ? byNumber : null
  if (place?.do === 'hold') return place
  // A new letter may say everything in its subject; an answer carries ours.
  if (!facts.hasContent && (place !== null || !facts.hasSubject)) return { do: 'ignore', reason: 'empty' }
  // Agents work on where visitors may not.
  if (!facts.deskActive && place?.as !== 'agent') return { do: 'hold', reason: 'desk_inactive' }
  if (place) {
    return facts.inConversation >= facts.mostInConversation ? { do: 'hold', reason: 'too_many' } : place
  }
  if (!facts.newConversations) return { do: 'hold', reason: 'conversations_by_email_off' }
  return facts.begun >= facts.mostBegun ? { do: 'hold', reason: 'too_many' } : { do: 'begin' }
}

const byNumber = { do: 'post', as: 'contact', match: 'number', proved: false } as const

function byAnswer(mail: AnsweredMail): Extract<IncomingDecision, { do: 'post' | 'hold' }> {
  if (mail.recipient === 'contact') {
    return mail.isFromRecipient && mail.stillIn
      ? { do: 'post', as: 'contact', match: mail.by, proved: true }
      : { do: 'hold', reason: 'other_sender' }
  }
  // A Message-ID stands in every copy and every forward of an e-mail: to speak for the desk it is not enough.
  return mail.by === 'reply_address' && mail.isFromRecipient && mail.stillIn
    ? { do: 'post', as: 'agent', match: mail.by, proved: true }
    : { do: 'hold', reason: 'unproved_agent' }
}
