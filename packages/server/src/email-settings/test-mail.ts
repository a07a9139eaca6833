import type { Locale } from '@helpdesk/core'
import type { Mail } from '../adapters/mail.ts'
import type { AgentActor } from '../agents/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { domainOf } from './desk-mail.ts'

const texts: Record<Locale, { subject: string; body: string }> = {
  en: { subject: 'Test e-mail', body: 'This e-mail was sent to try the mail server. It arrived.' },
  pl: { subject: 'Testowy e-mail', body: 'Tę wiadomość wysłano, aby sprawdzić serwer poczty. Dotarła.' },
  de: { subject: 'Test-E-Mail', body: 'Diese E-Mail prüft den Mailserver. Sie ist angekommen.' },
  fr: { subject: 'E-mail de test', body: 'Cet e-mail vérifie le serveur de messagerie. Il est arrivé.' },
  es: { subject: 'Correo de prueba', body: 'Este correo comprueba el servidor de correo. Ha llegado.' },
  uk: { subject: 'Тестовий лист', body: 'Цей лист надіслано, щоб перевірити поштовий сервер. Він дійшов.' },
  cs: { subject: 'Zkušební e-mail', body: 'Tento e-mail zkouší poštovní server. Dorazil.' },
  sk: { subject: 'Skúšobný e-mail', body: 'Tento e-mail skúša poštový server. Dorazil.' },
}

/** The e-mail with which an agent tries the desk's mail server. */
export function testMail(
  deps: Pick<Deps, 'newId'>,
  desk: DeskRecord,
  agent: AgentActor,
  sender: { name: string | null; address: string },
): Mail {
  const { subject, body } = texts[agent.locale as Locale] ?? texts.en
  const { name } = desk.settings
  return {
    from: { name: sender.name ?? name, address: sender.address },
    to: { name: agent.name, address: agent.email },
    subject: `[${name}] ${subject}`,
    text: `${body}\n`,
    html: `<p>${body}</p>`,
    messageId: `<hd.test.${deps.newId()}@${domainOf(sender.address)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}
