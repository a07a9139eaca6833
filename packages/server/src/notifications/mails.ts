import type { DeskSettings } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import type { DeskMail } from '../email-settings/service.ts'
import {
  automatic,
  bodiesOf,
  contactLink,
  domainOf,
  type InstallationMail,
  type MailInput,
  mailOf,
  readerTexts,
  sharedView,
} from './mail-parts.ts'
import { type MailView, oneLine } from './mail-view.ts'
import { mailTexts } from './texts.ts'
import { wordingForAgent, wordingForContact } from './wording.ts'

export { emailLinkMail } from './link-mail.ts'
export type { MailInput } from './mail-parts.ts'

/**
 * The e-mail to a contact: the agents' words, fixed wording and a link. Nothing that a visitor wrote is in it, not
 * even the name, unless the address was proved: anybody can leave somebody else's.
 */
export function replyMail(input: MailInput, address: string): Mail {
  const desk = oneLine(input.context.settings.name)
  const agents = new Set(input.messages.map((message) => oneLine(message.authorName ?? desk)))
  const [first = desk] = agents
  const agent = agents.size === 1 ? first : desk
  const organisation = oneLine(input.sender.name ?? desk)
  return contactMail(input, address, {
    agent,
    from: agents.size === 1 && agent !== organisation ? `${agent} (${organisation})` : organisation,
    author: desk,
    title: readerTexts('contact', input.context).texts.replyTitle(input.messages.length),
    messages: true,
  })
}

/**
 * The confirmation to who opened a ticket. To an address that nobody has proved it is the number and a link in fixed
 * words: whoever opened it may have left somebody else's address.
 */
export function ticketCreatedMail(input: MailInput, address: string): Mail {
  const { context, sender } = input
  const { texts } = readerTexts('contact', context)
  const desk = oneLine(context.settings.name)
  return contactMail(input, address, {
    agent: desk,
    from: oneLine(sender.name ?? desk),
    author: texts.you,
    title: texts.ticketCreated,
    messages: context.contactEmailVerified === true,
  })
}

interface ContactMail {
  /** As templates name who answered. */
  agent: string
  from: string
  /** Of messages that name none. */
  author: string
  title: string
  /** Whether the messages are in it. */
  messages: boolean
}

function contactMail(input: MailInput, address: string, of: ContactMail): Mail {
  const { context, publicLink } = input
  const words = readerTexts('contact', context)
  const { texts } = words
  const desk = oneLine(context.settings.name)
  const number = oneLine(context.number)
  const proved = context.contactEmailVerified === true
  const { title, contactName, contactEmail } = context
  const facts = { desk, number, title, contactName, contactEmail, agent: of.agent }
  const fileUrl = (id: string) => (publicLink === null ? null : `${publicLink}/files/${id}`)
  const shared = sharedView(input, words, { author: of.author, fileUrl })
  const view: MailView = {
    ...shared,
    ...wordingForContact(input.template, facts, texts, proved),
    messages: of.messages ? shared.messages : [],
    title: of.title,
    facts: [`${desk} · ${texts.conversation(number)}`, ...(proved && title !== null ? [oneLine(title)] : [])],
    ...contactLink(input, desk, texts),
    footer: texts.whyContact(desk),
    unsubscribe: input.unsubscribe && { label: texts.unsubscribe, url: input.unsubscribe.page },
  }
  const to = { name: proved ? oneLine(contactName ?? '') : '', address }
  return mailOf(input, view, { from: of.from, to })
}

/** The e-mail to an agent: who wrote, what, and a link to the dashboard. */
export function newMessageMail(input: MailInput, address: string): Mail {
  const { claimed, context, messages, config, replyTo } = input
  const words = readerTexts('agent', context)
  const { texts } = words
  const desk = oneLine(context.settings.name)
  const number = oneLine(context.number)
  const email = context.contactEmail === null ? null : oneLine(context.contactEmail, 200)
  const contact = oneLine(context.contactName ?? '') || email
  const proof = context.contactEmailVerified ? '' : ` (${texts.unverified})`
  const { title, contactName, contactEmail } = context
  const facts = { desk, number, title, contactName, contactEmail, agent: context.agentName ?? '' }
  const view: MailView = {
    ...sharedView(input, words, { author: contact ?? texts.visitor, fileUrl: () => null }),
    ...wordingForAgent(input.template, facts, texts),
    title: texts.messageTitle(messages.length, contact),
    facts: [
      [texts.conversation(number), ...(title === null ? [] : [oneLine(title)])].join(' · '),
      ...(email === null ? [] : [`${email}${proof}`]),
    ],
    action: {
      label: texts.openDashboard,
      url: `${config.publicUrl}/dashboard/#/desks/${encodeURIComponent(context.publicId)}/conversations/${claimed.conversationId}`,
    },
    hints: replyTo === null ? [] : [texts.agentReplyHint],
    footer: texts.whyAgent(desk),
    unsubscribe: null,
  }
  return mailOf({ ...input, unsubscribe: null }, view, {
    // Not the contact's name: a visitor could call himself like a colleague.
    from: desk,
    to: { name: oneLine(context.agentName ?? ''), address },
  })
}

/** The e-mail to a proved address that a visitor has just replaced. @param id makes the Message-ID, the same on every try */
export function addressChangedMail(
  id: string,
  settings: DeskSettings,
  config: InstallationMail,
  sender: DeskMail['sender'],
  address: string,
): Mail {
  const { locale, texts } = mailTexts([settings.locale])
  const desk = oneLine(settings.name)
  const view: MailView = {
    locale,
    subject: `[${desk}] ${texts.addressChanged}`,
    delimiter: null,
    title: texts.addressChanged,
    facts: [texts.addressChangedHow(desk)],
    intro: '',
    messages: [],
    number: '',
    omitted: null,
    filesLabel: '',
    action: { label: texts.openDesk(desk), url: config.publicUrl },
    code: null,
    hints: [texts.addressChangedHint],
    footer: texts.whyAddressChanged(desk),
    unsubscribe: null,
    color: settings.widget.color,
  }
  return {
    from: { name: oneLine(sender.name ?? desk), address: sender.address },
    to: { name: '', address },
    subject: view.subject,
    ...bodiesOf(view),
    messageId: `<hd.address.${id}@${domainOf(config)}>`,
    headers: automatic,
  }
}
