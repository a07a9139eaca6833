import {
  type EmailTemplateKind,
  type EmailTemplateText,
  type EmailVariable,
  emailTemplateKinds,
  fillTemplate,
  type Locale,
  locales,
} from '@helpdesk/core'
import type { EmailTemplate } from '@helpdesk/core/api'
import type { DeskRecord } from './records.ts'

type Texts = Record<EmailTemplateKind, EmailTemplateText>

const en: Texts = {
  reply: { subject: 'Re: {{ticket.title}} [{{ticket.number}}]', body: 'Hello {{contact.name}},' },
  ticket_created: {
    subject: 'We have your ticket {{ticket.number}}',
    body: 'Hello {{contact.name}},\n\nthank you for writing to {{desk.name}}. Somebody will answer soon.',
  },
  email_link: {
    subject: 'Your link to {{desk.name}}',
    body: 'Here is the link to your conversations with {{desk.name}}. It works once, for 15 minutes.',
  },
  agent_message: {
    subject: '{{contact.name}}: {{ticket.title}} [{{ticket.number}}]',
    body: '{{contact.name}} ({{contact.email}}) has written.',
  },
}

const pl: Texts = {
  reply: { subject: 'Re: {{ticket.title}} [{{ticket.number}}]', body: 'Dzień dobry, {{contact.name}},' },
  ticket_created: {
    subject: 'Mamy Twoje zgłoszenie {{ticket.number}}',
    body: 'Dzień dobry, {{contact.name}},\n\ndziękujemy za wiadomość do {{desk.name}}. Wkrótce odpowiemy.',
  },
  email_link: {
    subject: 'Twój link do {{desk.name}}',
    body: 'Oto link do rozmów z {{desk.name}}. Działa raz, przez 15 minut.',
  },
  agent_message: {
    subject: '{{contact.name}}: {{ticket.title}} [{{ticket.number}}]',
    body: '{{contact.name}} ({{contact.email}}) pisze:',
  },
}

/** The words that are there before anybody has written other ones; a language without any has the English ones. */
const ownTexts: Partial<Record<Locale, Texts>> = { en, pl }

/** Where the words of one kind and language are asked for. */
export interface TemplateKey {
  kind: EmailTemplateKind
  locale: Locale
}

/** The words of a kind of e-mail in one language. */
export function toEmailTemplate(desk: DeskRecord, { kind, locale }: TemplateKey): EmailTemplate {
  const own = desk.mail.templates.find((one) => one.kind === kind && one.locale === locale)
  const { subject, body } = own ?? (ownTexts[locale] ?? en)[kind]
  return { kind, locale, subject, body, isCustom: own !== undefined }
}

/** The words of every kind in every language. */
export function toEmailTemplates(desk: DeskRecord): EmailTemplate[] {
  return emailTemplateKinds.flatMap((kind) =>
    locales.map((locale) => toEmailTemplate(desk, { kind, locale })),
  )
}

const message = 'The new lid is on its way; it should be with you by Thursday.'

/** The e-mail that words would make, with an invented conversation. */
export function previewOf(
  desk: DeskRecord,
  { kind }: TemplateKey,
  words: EmailTemplateText,
  isProved: boolean,
): { subject: string; html: string; text: string } {
  const values: Partial<Record<EmailVariable, string>> = {
    'desk.name': desk.settings.name,
    'ticket.number': '2647-12',
    'agent.name': 'Ola Nowak',
    ...(isProved || kind === 'agent_message'
      ? {
          'ticket.title': 'The lid is cracked',
          'contact.name': 'Ann Lee',
          'contact.email': 'ann@example.com',
        }
      : { 'ticket.title': 'Your conversation', 'contact.name': '', 'contact.email': '' }),
  }
  const [subject, body] = [fillTemplate(words.subject, values), fillTemplate(words.body, values)]
  const tail = kind === 'email_link' ? 'Open my conversations' : message
  const paragraphs = [...body.split(/\n{2,}/), tail].filter((one) => one.trim() !== '')
  const html = paragraphs.map((one) => `<p>${escaped(one).replaceAll('\n', '<br>')}</p>`).join('')
  return { subject, html: page(subject, html), text: paragraphs.join('\n\n') }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function page(title: string, content: string): string {
  const style = `:root{color-scheme:light dark}body{margin:0;padding:24px;font:16px/1.5 sans-serif;background:#f4f4f2;color:#1c1c1a}main{max-width:560px;margin:auto;padding:24px;border-radius:12px;background:#fff}@media(prefers-color-scheme:dark){body{background:#121315;color:#ededee}main{background:#202226}}`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head><body><main>${content}</main></body></html>`
}
