import { type EmailTemplateText, type EmailVariable, fillTemplate } from '@helpdesk/core'
import { oneLine } from './mail-view.ts'
import type { MailTexts } from './texts.ts'

/** What the variables of a template stand for, as far as it is known. */
export interface WordingFacts {
  desk: string
  number: string
  /** Null for a conversation without one. */
  title: string | null
  contactName: string | null
  contactEmail: string | null
  agent: string
}

/** The words of an e-mail: one line for the subject, and what stands above the messages. */
export interface Wording {
  subject: string
  intro: string
}

/** The words to an agent, who may read everything. */
export function wordingForAgent(template: EmailTemplateText, facts: WordingFacts, texts: MailTexts): Wording {
  return wordingOf(template, {
    ...plainValues(facts),
    'ticket.title': oneLine(facts.title ?? '') || texts.plainConversation,
    'contact.name':
      oneLine(facts.contactName ?? '') || oneLine(facts.contactEmail ?? '', 200) || texts.visitor,
    'contact.email': oneLine(facts.contactEmail ?? '', 200),
  })
}

/** The words to a contact. @param proved else nothing that a visitor wrote is in them, fixed words stand for it */
export function wordingForContact(
  template: EmailTemplateText,
  facts: WordingFacts,
  texts: MailTexts,
  proved: boolean,
): Wording {
  const known = (value: string | null, length?: number) => (proved ? oneLine(value ?? '', length) : '')
  return wordingOf(template, {
    ...plainValues(facts),
    'ticket.title': known(facts.title) || texts.request,
    'contact.name': known(facts.contactName) || texts.customer,
    'contact.email': known(facts.contactEmail, 200) || texts.address,
  })
}

const plainValues = ({ desk, number, agent }: WordingFacts) => ({
  'desk.name': oneLine(desk),
  'ticket.number': oneLine(number),
  'agent.name': oneLine(agent),
})

function wordingOf(
  { subject, body }: EmailTemplateText,
  values: Readonly<Record<EmailVariable, string>>,
): Wording {
  const filled = oneLine(fillTemplate(subject, values), 250)
  return {
    subject: filled || `[${values['desk.name']}] ${values['ticket.number']}`,
    intro: fillTemplate(body, values).trim(),
  }
}

/** How mail programs mark an answer or a forwarded mail, in the eight languages. */
const marks = /^\s*(?:(?:re|fwd?|odp|pd|aw|antw|wg|tr|réf|rv|res|ref|відп|перес)\s*(?:\[\d+\]\s*)?:\s*)+/iu

/**
 * The subject of one more e-mail in a thread. Mail programs keep together what has one subject but for a `Re:`, so it stays
 * what it is once the thread has begun, whatever the template, the title or the proof of the address became meanwhile; a
 * reader who answers under another one has begun that.
 */
export function threadSubject(subject: string, thread: { newest: string | null; isFirst: boolean }): string {
  const newest = oneLine(thread.newest ?? '', 250).replace(marks, '')
  if (newest !== '') return `Re: ${newest}`
  return thread.isFirst ? subject : `Re: ${subject.replace(marks, '')}`
}
