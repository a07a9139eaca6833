/**
 * The e-mails whose words a desk may change: an agent's answer, the confirmation of a ticket, the one-time link (all to
 * a contact), and a visitor's message (to an agent).
 */
export const emailTemplateKinds = ['reply', 'ticket_created', 'email_link', 'agent_message'] as const

/** One of the e-mails whose words a desk may change. */
export type EmailTemplateKind = (typeof emailTemplateKinds)[number]

/**
 * What may stand in a template as `{{name}}`. Those that a visitor wrote (`ticket.title`, `contact.name`, `contact.email`)
 * are put into mails to a contact only when its address is proved; else fixed words stand for them.
 */
export const emailVariables = [
  'desk.name',
  'ticket.number',
  'ticket.title',
  'contact.name',
  'contact.email',
  'agent.name',
] as const

/** One of the variables of a template. */
export type EmailVariable = (typeof emailVariables)[number]

/** The words of a kind of e-mail: the subject, and what stands above the messages. Plain text with variables. */
export interface EmailTemplateText {
  subject: string
  body: string
}

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names in `{{…}}` that are no variables, each once, in the order of the text. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(variable)].map(([, name = '']) => name)
  return [...new Set(names)].filter((name) => !(emailVariables as readonly string[]).includes(name))
}

/** The text with the values of its variables; one that is unknown or has no value leaves nothing behind. */
export function fillTemplate(text: string, values: Readonly<Partial<Record<EmailVariable, string>>>): string {
  return text.replace(variable, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name as EmailVariable] ?? '') : '',
  )
}
