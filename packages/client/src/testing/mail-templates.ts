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

/** One subject for a conversation, so that mail programs show one thread. */
const subject = '[{{desk.name}}] {{ticket.title}} ({{ticket.number}})'

const en: Texts = {
  reply: { subject, body: '{{agent.name}} answered your request {{ticket.number}}.' },
  ticket_created: {
    subject,
    body: 'Thank you for writing. Your request has the number {{ticket.number}}. We will answer as soon as we can.',
  },
  email_link: {
    subject: '[{{desk.name}}] The link to your conversations',
    body: 'This link opens your conversations in the browser in which you click it.',
  },
  agent_message: { subject, body: '{{contact.name}} is waiting for an answer.' },
}

const pl: Texts = {
  reply: { subject, body: '{{agent.name}} odpowiada na Twoje zgłoszenie {{ticket.number}}.' },
  ticket_created: {
    subject,
    body: 'Dziękujemy za wiadomość. Twoje zgłoszenie ma numer {{ticket.number}}. Odpowiemy najszybciej, jak to możliwe.',
  },
  email_link: {
    subject: '[{{desk.name}}] Link do Twoich rozmów',
    body: 'Ten link otwiera Twoje rozmowy w przeglądarce, w której go klikniesz.',
  },
  agent_message: { subject, body: '{{contact.name}} czeka na odpowiedź.' },
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
      : { 'ticket.title': 'Your request', 'contact.name': 'customer', 'contact.email': 'your address' }),
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
