import { type EmailTemplateKind, replyAddress } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import type { Deps } from '../deps.ts'
import type { DeskMail } from '../email-settings/service.ts'
import { templateOf } from '../email-templates/words.ts'
import { replyToken } from '../emails/reply-tokens.ts'
import { linkUrl } from '../tickets/links.ts'
import { type CoveredMessage, type DeliveryContext, selectThreadOf, type ThreadRow } from './context-store.ts'
import { type InstallationMail, type MailThread, messageIdOf, readerTexts } from './mail-parts.ts'
import { newMessageMail, replyMail, ticketCreatedMail } from './mails.ts'
import type { Claimed } from './store.ts'
import { unsubscribeUrls } from './unsubscribe.ts'

/** What a notification sends, decided and counted. */
export interface Composition {
  claimed: Claimed
  context: DeliveryContext
  /** Oldest first. */
  messages: readonly CoveredMessage[]
  hasEarlier: boolean
  address: string
  deskMail: DeskMail
}

/** Writes the e-mail of a notification. */
export async function compose(
  deps: Pick<Deps, 'db' | 'vault' | 'config'>,
  composition: Composition,
): Promise<Mail> {
  const { claimed, context, messages, hasEarlier, address, deskMail } = composition
  const { deskId, conversationId, recipientType, kind } = claimed
  const isContact = recipientType === 'contact'
  const { locale } = readerTexts(recipientType, context)
  const templateKind: EmailTemplateKind =
    kind === 'ticket_created' ? kind : isContact ? 'reply' : 'agent_message'
  const [template, rows] = await Promise.all([
    templateOf(deps.db, deskId, templateKind, locale),
    selectThreadOf(deps.db, claimed, address),
  ])
  const link = { version: context.linkVersion, revoked: context.linkRevoked }
  const { replyMailbox } = deskMail
  const mayRead = !isContact || context.contactEmailVerified === true
  const input = {
    claimed,
    context,
    messages,
    hasEarlier,
    template,
    sender: deskMail.sender,
    replyTo: replyMailbox === null ? null : replyAddress(replyMailbox, replyToken(deps, claimed.id)),
    thread: threadOf(deps.config, rows, mayRead),
    publicLink: linkUrl(deps, deskId, conversationId, link),
    unsubscribe: isContact ? unsubscribeUrls(deps, deskId, claimed.recipientId) : null,
    config: deps.config,
  }
  if (kind === 'ticket_created') return ticketCreatedMail(input, address)
  return isContact ? replyMail(input, address) : newMessageMail(input, address)
}

/** What a Message-ID may look like in a header of ours; whatever else somebody sent is left out. */
const messageId = /^<[^\s<>\p{C}]{1,500}>$/u

/** @param mayRead else no subject is repeated, which a visitor may have written */
function threadOf(config: InstallationMail, rows: readonly ThreadRow[], mayRead: boolean): MailThread {
  const ids = rows.flatMap(({ id, header }) => {
    if (id !== null) return [messageIdOf(config, id)]
    return header !== null && messageId.test(header) ? [header] : []
  })
  const newest = rows.findLast(({ subject }) => subject !== null)?.subject ?? null
  return { ids, subject: mayRead ? newest : null }
}
