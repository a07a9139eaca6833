import { type DeskSettings, isTimeZone } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import { htmlDocument } from './email.tsx'
import { type MailMessage, type MailView, oneLine, plainText } from './mail-view.ts'
import type { Claimed, CoveredMessage, DeliveryContext } from './store.ts'
import { type MailTexts, mailTexts } from './texts.ts'

/** What an e-mail about a notification is made of. */
export interface MailInput {
  claimed: Pick<Claimed, 'id' | 'conversationId'>
  context: DeliveryContext
  /** Oldest first, at least one. */
  messages: readonly CoveredMessage[]
  /** Older ones were left out. */
  hasEarlier: boolean
  /** Opens the conversation without signing in; null when it was revoked. */
  publicLink: string | null
  config: { publicUrl: string; mailFrom: { name?: string; address: string } }
}

/**
 * The e-mail to a contact: the agents' words, fixed wording and a link. Nothing that a visitor wrote is in it, not
 * even the name, unless the address was proved: anybody can leave somebody else's.
 */
export function replyMail(input: MailInput, address: string): Mail {
  const { context, messages, config } = input
  const { locale, texts } = mailTexts([context.settings.locale])
  const desk = oneLine(context.settings.name)
  const agents = new Set(messages.map((message) => oneLine(message.authorName ?? desk)))
  const [agent = desk] = agents
  const organisation = oneLine(config.mailFrom.name ?? desk)
  const link = contactLink(input, desk, texts)
  const view: MailView = {
    ...shared(input, locale, desk, texts),
    subject: `[${desk}] ${texts.replySubject(messages.length)} (${oneLine(context.number)})`,
    title: texts.replyTitle(messages.length),
    facts: [`${desk} · ${texts.conversation(oneLine(context.number))}`],
    action: link.action,
    hint: link.hint,
    footer: texts.whyContact(desk),
  }
  return mailOf(input, view, {
    from: agents.size === 1 && agent !== organisation ? `${agent} (${organisation})` : organisation,
    to: { name: context.contactEmailVerified ? oneLine(context.contactName ?? '') : '', address },
  })
}

/** The e-mail to an agent: who wrote, what, and a link to the dashboard. */
export function newMessageMail(input: MailInput, address: string): Mail {
  const { claimed, context, messages, config } = input
  const { locale, texts } = mailTexts([context.agentLocale, context.settings.locale])
  const desk = oneLine(context.settings.name)
  const email = context.contactEmail === null ? null : oneLine(context.contactEmail, 200)
  const contact = oneLine(context.contactName ?? '') || email || texts.visitor
  const proof = context.contactEmailVerified ? '' : ` (${texts.unverified})`
  const view: MailView = {
    ...shared(input, locale, contact, texts),
    subject: `[${desk}] ${texts.messageSubject(messages.length)} (${oneLine(context.number)})`,
    title: texts.messageTitle(messages.length, contact),
    facts: [texts.conversation(oneLine(context.number)), ...(email === null ? [] : [`${email}${proof}`])],
    action: {
      label: texts.openDashboard,
      url: `${config.publicUrl}/dashboard/#/desks/${encodeURIComponent(context.publicId)}/conversations/${claimed.conversationId}`,
    },
    hint: null,
    footer: texts.whyAgent(desk),
  }
  return mailOf(input, view, {
    // Not the contact's name: a visitor could call himself like a colleague.
    from: desk,
    to: { name: oneLine(context.agentName ?? ''), address },
  })
}

/** The e-mail to a proved address that a visitor has just replaced. @param id makes the Message-ID, the same on every try */
export function addressChangedMail(
  id: string,
  settings: DeskSettings,
  config: MailInput['config'],
  address: string,
): Mail {
  const { locale, texts } = mailTexts([settings.locale])
  const desk = oneLine(settings.name)
  const view: MailView = {
    locale,
    subject: `[${desk}] ${texts.addressChanged}`,
    title: texts.addressChanged,
    facts: [texts.addressChangedHow(desk)],
    messages: [],
    omitted: null,
    action: { label: texts.openDesk(desk), url: config.publicUrl },
    hint: texts.addressChangedHint,
    footer: texts.whyAddressChanged(desk),
    color: settings.widget.color,
  }
  return {
    from: { name: oneLine(config.mailFrom.name ?? desk), address: config.mailFrom.address },
    to: { name: '', address },
    subject: view.subject,
    text: plainText(view),
    html: htmlDocument(view),
    messageId: `<hd.address.${id}@${domainOf(config)}>`,
    headers: automatic,
  }
}

function shared(input: MailInput, locale: string, author: string, texts: MailTexts) {
  const { timeZone, widget } = input.context.settings
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  })
  const messages: MailMessage[] = input.messages.map((message) => ({
    author: oneLine(message.authorName ?? author),
    body: message.body.trim(),
    time: time.format(message.createdAt),
  }))
  return { locale, messages, omitted: input.hasEarlier ? texts.earlierMessages : null, color: widget.color }
}

/**
 * Where the contact goes on: to the conversation's own page. Where its link was revoked, to the page on which it was
 * begun, as the browser told it, but only when the address is proved; otherwise that page could be anything that a
 * stranger wants somebody to visit.
 */
function contactLink({ context, publicLink, config }: MailInput, desk: string, texts: MailTexts) {
  if (publicLink !== null) return { action: { label: texts.openConversation, url: publicLink }, hint: null }
  const { pageUrl } = context
  const page = pageUrl !== null && URL.canParse(pageUrl) ? new URL(pageUrl) : null
  const isWeb = page?.protocol === 'https:' || page?.protocol === 'http:'
  if (context.contactEmailVerified && page && isWeb && page.username === '' && page.password === '') {
    return { action: { label: texts.openConversation, url: page.href }, hint: null }
  }
  return { action: { label: texts.openDesk(desk), url: config.publicUrl }, hint: texts.howToAnswer }
}

function mailOf({ claimed, config }: MailInput, view: MailView, who: { from: string; to: Mail['to'] }): Mail {
  const domain = domainOf(config)
  const thread = `<hd.conversation.${claimed.conversationId}@${domain}>`
  return {
    from: { name: who.from, address: config.mailFrom.address },
    to: who.to,
    subject: view.subject,
    text: plainText(view),
    html: htmlDocument(view),
    messageId: `<hd.${claimed.id}@${domain}>`,
    inReplyTo: thread,
    references: [thread],
    headers: automatic,
  }
}

/** No program answers to what a program wrote. */
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

const domainOf = ({ mailFrom }: MailInput['config']) =>
  mailFrom.address.slice(mailFrom.address.lastIndexOf('@') + 1)
