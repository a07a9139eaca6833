import {
  type AnsweredMail,
  automaticReason,
  conversationsBegunPerHour,
  type IncomingFacts,
  isSameAddress,
  mailsPerHour,
  numberInSubject,
  replyTokenOf,
} from '@helpdesk/core'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { uuidv7 } from '../ids.ts'
import {
  countRecent,
  isAddressOfDesk,
  type OurMail,
  selectByNumber,
  selectOurMails,
} from './matching-store.ts'
import type { ReadMail } from './reading.ts'
import { readReplyToken } from './reply-tokens.ts'

const hourMs = 3_600_000
const mostTokens = 20

/** Where an e-mail belongs, and what there is to know for deciding about it. */
export interface Matched {
  facts: IncomingFacts
  /** Our e-mail that it answers. */
  ours: OurMail | null
  /** The conversation that it belongs to, if any. */
  conversationId: string | null
  /** Whose the conversation is. */
  ownerId: string | null
}

/** Finds out where an e-mail belongs. @param said the new words of it */
export async function matchEmail(
  deps: Deps,
  desk: DeskRecord,
  mail: ReadMail,
  envelope: { from: string | null; to: string[] },
  said: string,
): Promise<Matched> {
  const { address } = mail.from
  const answered = await findAnswered(deps, desk.deskId, mail, envelope.to)
  const byNumber =
    answered || address === null ? null : await findByNumber(deps, desk.deskId, mail.subject, address)
  const conversationId = answered?.ours.conversationId ?? byNumber?.id ?? null
  const isOwnAddress = address !== null && (await isOurs(deps, desk.deskId, address))
  const hourAgo = uuidv7(new Date(deps.now().getTime() - hourMs), new Uint8Array(16))
  const counts =
    address === null ? null : await countRecent(deps.db, desk.deskId, hourAgo, address, conversationId)
  return {
    facts: {
      automatic: automaticReason(mail.headers, envelope.from),
      isOwnMessage: mail.messageId !== null && isOwnId(deps, mail.messageId),
      isOwnAddress,
      hasSender: address !== null,
      hasContent: /\S/.test(said) || mail.parts.length > 0,
      hasSubject: mail.subject !== '',
      deskActive: desk.settings.active,
      newConversations: desk.settings.email.newConversations,
      answers: answered && { by: answered.by, ...standing(answered.ours, address) },
      isNumberOfSender: byNumber !== null,
      inConversation: counts?.inConversation ?? 0,
      mostInConversation: mailsPerHour,
      begun: counts?.begun ?? 0,
      mostBegun: conversationsBegunPerHour,
    },
    ours: answered?.ours ?? null,
    conversationId,
    ownerId: answered?.ours.ownerId ?? byNumber?.contactId ?? null,
  }
}

interface Answered {
  by: AnsweredMail['by']
  ours: OurMail
}

/** The e-mail of ours that is answered: of several, the one whose recipient writes. A reply address comes first. */
async function findAnswered(
  deps: Deps,
  deskId: string,
  mail: ReadMail,
  recipients: readonly string[],
): Promise<Answered | null> {
  const tokens = notificationsOfTokens(deps, [...recipients, ...mail.recipients])
  const named = mail.answers.flatMap((id) => notificationOfMessage(deps, id) ?? [])
  const found = await selectOurMails(deps.db, deskId, [...new Set([...tokens, ...named])])
  const pick = (ids: readonly string[]) => {
    const ours = ids.flatMap((id) => found.find((one) => one.notificationId === id) ?? [])
    return ours.find((one) => isSameAddress(one.sentTo, mail.from.address)) ?? ours[0]
  }
  const [byToken, byId] = [pick(tokens), pick(named)]
  if (byToken) return { by: 'reply_address', ours: byToken }
  return byId ? { by: 'message_id', ours: byId } : null
}

function notificationsOfTokens(deps: Deps, addresses: readonly string[]): string[] {
  const tokens = addresses.flatMap((address) => replyTokenOf(address.trim()) ?? [])
  return [...new Set(tokens)].slice(0, mostTokens).flatMap((token) => readReplyToken(deps, token) ?? [])
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

const ownDomain = ({ config }: Pick<Deps, 'config'>) =>
  config.mailFrom.address.slice(config.mailFrom.address.lastIndexOf('@') + 1).toLowerCase()

/** The notification in a Message-ID of ours; null when it is none. */
export function notificationOfMessage(deps: Pick<Deps, 'config'>, messageId: string): string | null {
  const [, id, domain] = new RegExp(`^<hd\\.(${uuid})@([^<>@]+)>$`, 'i').exec(messageId) ?? []
  return id && domain?.toLowerCase() === ownDomain(deps) ? id.toLowerCase() : null
}

const isOwnId = (deps: Pick<Deps, 'config'>, messageId: string) =>
  messageId.toLowerCase().startsWith('<hd.') && messageId.toLowerCase().endsWith(`@${ownDomain(deps)}>`)

/** What the recipient of an e-mail of ours has to do with its sender and with the conversation, as things are now. */
function standing(ours: OurMail, sender: string | null): Omit<AnsweredMail, 'by'> {
  const isFromRecipient = isSameAddress(ours.sentTo, sender)
  if (ours.recipient === 'contact') {
    return { recipient: 'contact', isFromRecipient, stillIn: ours.contactId === ours.ownerId }
  }
  const stillIn = ours.agentMayReply && isSameAddress(ours.agentEmail, sender)
  return { recipient: 'agent', isFromRecipient, stillIn }
}

async function findByNumber(deps: Deps, deskId: string, subject: string, address: string) {
  const number = numberInSubject(subject)
  return number === null ? null : selectByNumber(deps.db, deskId, number, address)
}

/**
 * Whether an address is one that e-mails of the installation or of the desk come from, or lead to. What another desk says to
 * be its address is nothing here: it could name anybody's, and what it sends says that a program sent it.
 */
async function isOurs(deps: Deps, deskId: string, address: string): Promise<boolean> {
  const { mailFrom, incomingMail } = deps.config
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  if (domain === incomingMail?.domain) return true
  const bare = `${address.slice(0, at).split('+')[0]}@${domain}`
  for (const one of new Set([address, bare])) {
    if (isSameAddress(one, mailFrom.address) || (await isAddressOfDesk(deps.db, deskId, one))) return true
  }
  return false
}
