import { type EmailTemplateKind, type EmailTemplateText, type Locale, replyAddress } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import type { DeskMail } from '../email-settings/service.ts'
import type { CoveredMessage, DeliveryContext } from '../notifications/context-store.ts'
import { linkMail } from '../notifications/link-mail.ts'
import type { MailInput } from '../notifications/mail-parts.ts'
import { newMessageMail, replyMail, ticketCreatedMail } from '../notifications/mails.ts'
import { sampleTexts } from './sample-texts.ts'

/** Names nothing that exists. */
const nobody = '00000000-0000-7000-8000-000000000000'

/** What a sample of an e-mail is made with. */
export interface SampleInput {
  kind: EmailTemplateKind
  locale: Locale
  template: EmailTemplateText
  /** As to an address that its holder has proved. */
  proved: boolean
  /** Makes the Message-ID. */
  id: string
  /** Who gets it. */
  to: { name: string; address: string }
}

/** An e-mail of a kind about an invented conversation, exactly as a real one would be made. */
export function sampleMail(
  deps: Pick<Deps, 'config' | 'now'>,
  desk: DeskRecord,
  deskMail: DeskMail,
  sample: SampleInput,
): Mail {
  const { kind, locale, template, id, to } = sample
  const { sender, replyMailbox } = deskMail
  const { config } = deps
  if (kind === 'email_link') {
    const url = `${config.publicUrl}/p/${encodeURIComponent(desk.publicId)}/contact`
    const link = { id, to: to.address, locale, url, code: '012345' }
    return linkMail({ desk, template, sender, locale, config }, link)
  }
  const input: MailInput = {
    claimed: { id, conversationId: nobody },
    context: contextOf(desk, sample),
    messages: [messageOf(sample, deps.now())],
    hasEarlier: false,
    template,
    sender,
    replyTo: replyMailbox === null ? null : replyAddress(replyMailbox, 'a'.repeat(42)),
    thread: { ids: [], subject: null },
    publicLink: `${config.publicUrl}/t/${'A'.repeat(86)}`,
    // As it looks; it is about nobody.
    unsubscribe: { page: `${config.publicUrl}/p/unsubscribe/${'A'.repeat(86)}`, oneClick: '' },
    config,
  }
  const make = { reply: replyMail, ticket_created: ticketCreatedMail, agent_message: newMessageMail }[kind]
  return make(input, to.address)
}

function contextOf(desk: DeskRecord, { locale, proved, to }: SampleInput): DeliveryContext {
  const texts = sampleTexts[locale]
  return {
    number: '2647-12',
    title: texts.title,
    contactId: nobody,
    contactReadSeq: 0,
    pageUrl: null,
    linkVersion: 1,
    linkRevoked: false,
    publicId: desk.publicId,
    settings: { ...desk.settings, locale },
    contactName: texts.contact,
    contactEmail: 'contact@mail.example',
    contactEmailVerified: proved,
    contactOptedOut: false,
    contactBounced: false,
    agentName: to.name,
    agentEmail: to.address,
    agentLocale: locale,
    agentNotify: {},
    channel: 'widget',
    assigneeId: null,
    agentReadSeq: 0,
  }
}

function messageOf({ kind, locale }: SampleInput, now: Date): CoveredMessage {
  const texts = sampleTexts[locale]
  const isAnswer = kind === 'reply'
  const file = { id: nobody, name: texts.file, type: 'application/pdf', bytes: 182_400 }
  return {
    seq: 1,
    kind: 'reply',
    authorType: isAnswer ? 'agent' : 'contact',
    authorId: nobody,
    authorName: isAnswer ? texts.agent : kind === 'agent_message' ? texts.contact : null,
    body: isAnswer ? texts.answer : texts.question,
    attachments: isAnswer ? [{ ...file, width: null, height: null, preview: false }] : null,
    createdAt: now,
  }
}
