import type { Mail } from '../adapters/mail.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type DeskMail, deskMailOf } from '../email-settings/service.ts'
import { templateOf } from '../email-templates/words.ts'
import { automatic, bodiesOf, domainOf, type InstallationMail } from './mail-parts.ts'
import { type MailView, oneLine } from './mail-view.ts'
import { mailTexts } from './texts.ts'
import { wordingForContact } from './wording.ts'

/** What the e-mail with a one-time link says. */
export interface EmailLink {
  /** Makes the Message-ID, the same on every try. */
  id: string
  /** The address that it is for; nobody has proved it yet. */
  to: string
  /** The language that was asked for, if any. */
  locale: string | null | undefined
  url: string
  /** Six digits. */
  code: string
}

/** The e-mail with a one-time link and its code, which bring conversations back. Nothing that a visitor wrote is in it. */
export async function emailLinkMail(
  deps: Pick<Deps, 'db' | 'mail' | 'config' | 'vault'> & Parameters<typeof deskMailOf>[0],
  desk: DeskRecord,
  link: EmailLink,
): Promise<Mail> {
  const { locale } = mailTexts([link.locale ?? null, desk.settings.locale])
  const [template, { sender }] = await Promise.all([
    templateOf(deps.db, desk.deskId, 'email_link', locale),
    deskMailOf(deps, desk.deskId),
  ])
  return linkMail({ desk, template, sender, locale, config: deps.config }, link)
}

/** That e-mail with words of its own. */
export function linkMail(
  of: {
    desk: Pick<DeskRecord, 'settings'>
    template: { subject: string; body: string }
    sender: DeskMail['sender']
    locale: string
    config: InstallationMail
  },
  { id, to, url, code }: EmailLink,
): Mail {
  const { locale, texts } = mailTexts([of.locale])
  const desk = oneLine(of.desk.settings.name)
  const facts = { desk, number: '', title: null, contactName: null, contactEmail: null, agent: desk }
  const view: MailView = {
    ...wordingForContact(of.template, facts, texts, false),
    locale,
    delimiter: null,
    title: texts.linkTitle,
    facts: [desk],
    messages: [],
    number: '',
    omitted: null,
    filesLabel: '',
    action: { label: texts.openLink, url },
    code: { label: texts.code, value: code },
    hints: [texts.linkExpires, texts.linkIgnore],
    footer: texts.whyLink(desk),
    unsubscribe: null,
    color: of.desk.settings.widget.color,
  }
  return {
    from: { name: oneLine(of.sender.name ?? desk), address: of.sender.address },
    to: { name: '', address: to },
    subject: view.subject,
    ...bodiesOf(view),
    messageId: `<hd.link.${id}@${domainOf(of.config)}>`,
    headers: automatic,
  }
}
