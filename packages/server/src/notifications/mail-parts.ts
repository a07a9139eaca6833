import { type EmailTemplateText, isTimeZone, replyDelimiters } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import type { DeskMail } from '../email-settings/service.ts'
import type { CoveredMessage, DeliveryContext } from './context-store.ts'
import { htmlDocument } from './email.tsx'
import { type MailFile, type MailMessage, type MailView, oneLine, plainText } from './mail-view.ts'
import type { Claimed } from './store.ts'
import { type MailTexts, mailTexts } from './texts.ts'
import { unsubscribeSubject } from './unsubscribe.ts'
import { threadSubject } from './wording.ts'

/** What an e-mail about a notification is made of. */
export interface MailInput {
  claimed: Pick<Claimed, 'id' | 'conversationId'>
  context: DeliveryContext
  /** Oldest first, at least one. */
  messages: readonly CoveredMessage[]
  /** Older ones were left out. */
  hasEarlier: boolean
  /** The desk's words for this kind of e-mail, in the reader's language. */
  template: EmailTemplateText
  sender: DeskMail['sender']
  /** Where an answer by e-mail comes in; null when none does. */
  replyTo: string | null
  thread: MailThread
  /** Opens the conversation without signing in; null when it was revoked. */
  publicLink: string | null
  /** Where the contact gets no more of it; null in e-mails to agents. */
  unsubscribe: { page: string; oneClick: string } | null
  config: InstallationMail
}

/** What of the installation is in every e-mail. */
export interface InstallationMail {
  publicUrl: string
  mailFrom: { name?: string; address: string }
}

/** The e-mails of a conversation that its recipient has. */
export interface MailThread {
  /** Message-IDs, oldest first. */
  ids: readonly string[]
  /** That of the newest, the reader's own or ours; null when it must not be told. */
  subject: string | null
}

/** The language and words of who gets a notification. */
export function readerTexts(recipientType: Claimed['recipientType'], context: DeliveryContext) {
  const { locale } = context.settings
  return mailTexts(recipientType === 'agent' ? [context.agentLocale, locale] : [locale])
}

/** What every e-mail about a conversation shows alike. */
export function sharedView(
  input: MailInput,
  { locale, texts }: ReturnType<typeof mailTexts>,
  who: { author: string; fileUrl: (id: string) => string | null },
) {
  const { timeZone, widget } = input.context.settings
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  })
  const messages: MailMessage[] = input.messages.map((message) => ({
    author: oneLine(message.authorName ?? who.author),
    body: message.body.trim(),
    time: time.format(message.createdAt),
    files: (message.attachments ?? []).map(
      ({ id, name, bytes }): MailFile => ({
        name: oneLine(name, 200),
        size: sizeOf(bytes, locale),
        url: who.fileUrl(id),
      }),
    ),
  }))
  return {
    locale,
    delimiter: input.replyTo === null ? null : replyDelimiters[locale],
    number: oneLine(input.context.number),
    messages,
    omitted: input.hasEarlier ? texts.earlierMessages : null,
    filesLabel: texts.attachments,
    code: null,
    color: widget.color,
  }
}

function sizeOf(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

/**
 * Where the contact goes on: to the conversation's own page. Where its link was revoked, to the page on which it was
 * begun, as the browser told it, but only when the address is proved; otherwise that page could be anything that a
 * stranger wants somebody to visit.
 */
export function contactLink(input: MailInput, desk: string, texts: MailTexts) {
  const { context, publicLink, config, replyTo } = input
  const answer = replyTo === null ? [] : [texts.replyHint]
  if (publicLink !== null)
    return { action: { label: texts.openConversation, url: publicLink }, hints: answer }
  const { pageUrl } = context
  const page = pageUrl !== null && URL.canParse(pageUrl) ? new URL(pageUrl) : null
  const isWeb = page?.protocol === 'https:' || page?.protocol === 'http:'
  if (context.contactEmailVerified && page && isWeb && page.username === '' && page.password === '') {
    return { action: { label: texts.openConversation, url: page.href }, hints: answer }
  }
  const action = { label: texts.openDesk(desk), url: config.publicUrl }
  return { action, hints: replyTo === null ? [texts.howToAnswer] : answer }
}

/** The e-mail of a view, in its thread. */
export function mailOf(input: MailInput, view: MailView, who: { from: string; to: Mail['to'] }): Mail {
  const { claimed, config, context, sender, replyTo, thread, unsubscribe } = input
  const references = [`<hd.conversation.${claimed.conversationId}@${domainOf(config)}>`, ...thread.ids]
  const subject = threadSubject(view.subject, {
    newest: thread.subject,
    isFirst: thread.ids.length === 0,
  })
  return {
    from: { name: who.from, address: sender.address },
    to: who.to,
    ...(replyTo === null ? {} : { replyTo: { name: oneLine(context.settings.name), address: replyTo } }),
    subject,
    ...bodiesOf({ ...view, subject }),
    messageId: messageIdOf(config, claimed.id),
    inReplyTo: references.at(-1) ?? '',
    references,
    headers: { ...automatic, ...(unsubscribe && listHeaders(unsubscribe.oneClick, replyTo)) },
  }
}

/** Mail programs show a button for it (RFC 2369, RFC 8058). */
const listHeaders = (oneClick: string, replyTo: string | null) => ({
  'List-Unsubscribe': `<${oneClick}>${replyTo === null ? '' : `, <mailto:${replyTo}?subject=${unsubscribeSubject}>`}`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** The two forms of an e-mail. */
export const bodiesOf = (view: MailView) => ({ text: plainText(view), html: htmlDocument(view) })

/** No program answers to what a program wrote. */
export const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

/** The Message-ID of a notification, the same on every try whatever the desk sends with. */
export const messageIdOf = (config: InstallationMail, id: string) => `<hd.${id}@${domainOf(config)}>`

/** The domain in the Message-IDs of this installation. */
export const domainOf = ({ mailFrom }: InstallationMail) =>
  mailFrom.address.slice(mailFrom.address.lastIndexOf('@') + 1)
