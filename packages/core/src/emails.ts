import { normalizeEmail } from './contacts.ts'
import type { Locale } from './locales.ts'

/** What became of an e-mail that came in. */
export const incomingStates = ['received', 'taken', 'held', 'ignored', 'dismissed', 'failed'] as const

/** One of the states of an e-mail that came in: not looked at yet, in a conversation, waiting for an agent, left out. */
export type IncomingState = (typeof incomingStates)[number]

/** Why an e-mail was held, ignored or could not be taken in. */
export const incomingReasons = [
  'other_sender',
  'unproved_agent',
  'conversations_by_email_off',
  'desk_inactive',
  'own_message',
  'auto_submitted',
  'bulk',
  'null_return_path',
  'bounce',
  'unsubscribed',
  'own_address',
  'too_many',
  'empty',
  'no_sender',
  'unreadable',
  'too_large',
] as const

/** One of the reasons of an e-mail that did not become a message at once. */
export type IncomingReason = (typeof incomingReasons)[number]

/** By what an e-mail found its conversation, the safest first; `new` began one. */
export const incomingMatches = ['reply_address', 'message_id', 'number', 'new', 'agent'] as const

/** One of the ways in which an e-mail finds its conversation. */
export type IncomingMatch = (typeof incomingMatches)[number]

/** The address of a mailbox with a token after a plus: `support+token@shop.example`. */
export function replyAddress(mailbox: string, token: string): string {
  const at = mailbox.lastIndexOf('@')
  return `${mailbox.slice(0, at)}+${token}${mailbox.slice(at)}`
}

/** A token of a reply address: lower-case letters and digits, because a mail server may change capitals. */
export const replyTokenPattern = /^[a-z2-7]{42}$/

/** The token in an address, in its one spelling; null when there is none. Any mailbox before the plus will do. */
export function replyTokenOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  const token = address
    .slice(0, at)
    .slice(address.indexOf('+') + 1)
    .toLowerCase()
  return at > 0 && address.includes('+') && replyTokenPattern.test(token) ? token : null
}

/** The header fields of an e-mail by lower-case name; of a field that came twice, the first. */
export type EmailHeaders = ReadonlyMap<string, string>

/**
 * Why nobody is to be answered and nothing is to be said because of an e-mail: a program wrote it. Null: a person did.
 * @param envelopeFrom the return path; `''` is the null path, null when it is not known
 */
export function automaticReason(headers: EmailHeaders, envelopeFrom: string | null): IncomingReason | null {
  const of = (name: string) => headers.get(name)?.trim().toLowerCase() ?? ''
  if (/^multipart\/report\b/.test(of('content-type'))) return 'bounce'
  const submitted = of('auto-submitted').split(/[;\s]/)[0] ?? ''
  if (submitted !== '' && submitted !== 'no') return 'auto_submitted'
  if (headers.has('x-autoreply') || headers.has('x-autorespond') || headers.has('x-autoresponder'))
    return 'auto_submitted'
  if (/^(auto_reply|bulk|junk|list)$/.test(of('precedence'))) return 'bulk'
  if (headers.has('list-id') || headers.has('feedback-id') || headers.has('list-unsubscribe')) return 'bulk'
  const returnPath = envelopeFrom ?? (headers.has('return-path') ? of('return-path') : null)
  if (returnPath !== null && /^<?\s*>?$/.test(returnPath)) return 'null_return_path'
  if (/^(mailer-daemon|postmaster)@/.test(addressIn(of('from')))) return 'bounce'
  return null
}

const addressIn = (field: string) => /<([^<>]*)>\s*$/.exec(field)?.[1] ?? field

/**
 * The number of a conversation that a subject names: what stands in its last round brackets, or after `#`; null for none.
 * Whether such a conversation exists is for the desk to say.
 */
export function numberInSubject(subject: string): string | null {
  const brackets = [...subject.matchAll(/\(([^()\s]{1,64})\)/g)].at(-1)?.[1]
  return brackets ?? /#([^\s()[\]#,;:]{1,64})/.exec(subject)?.[1] ?? null
}

/** Whether two addresses are one, however they are written. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  const [first, second] = [normalizeEmail(one ?? ''), normalizeEmail(other ?? '')]
  return first !== null && first === second
}

/** What an agent can ask for on the first lines of a reply by e-mail. */
export interface EmailCommands {
  /** `#resolve`: the conversation is done with this reply. */
  resolve: boolean
  /** `#note`: only agents see it. */
  note: boolean
  /** `#take`: the agent takes the conversation. */
  take: boolean
  /** The text without the commands. */
  text: string
}

/** Reads commands: each stands alone on one of the first lines, before any other word. */
export function readEmailCommands(text: string): EmailCommands {
  const lines = text.split('\n')
  const found = { resolve: false, note: false, take: false }
  let first = 0
  for (; first < lines.length; first++) {
    const line = (lines[first] ?? '').trim().toLowerCase()
    if (line === '') continue
    const command = /^#(resolve|note|take)$/.exec(line)?.[1] as keyof typeof found | undefined
    if (command === undefined) break
    found[command] = true
  }
  return { ...found, text: lines.slice(first).join('\n').trim() }
}

/** So many e-mails of one sender become messages of one conversation within an hour; more look like two programs. */
export const mailsPerHour = 20

/** The line above which an answer to our e-mails is written; what stands under it was quoted. */
export const replyDelimiters: Readonly<Record<Locale, string>> = {
  pl: '##- Prosimy o odpowiedź powyżej tej linii -##',
  en: '##- Please type your reply above this line -##',
  uk: '##- Напишіть відповідь над цим рядком -##',
  de: '##- Bitte schreiben Sie Ihre Antwort über diese Zeile -##',
  fr: '##- Écrivez votre réponse au-dessus de cette ligne -##',
  es: '##- Escriba su respuesta encima de esta línea -##',
  cs: '##- Odpověď napište prosím nad tento řádek -##',
  sk: '##- Odpoveď napíšte prosím nad tento riadok -##',
}

/**
 * Finds the line in an answer, in any language, from the start of what is cut away with it: a mail program may have
 * broken it into several and put marks of quotation before each. Use it on text in NFC.
 */
export const replyDelimiter = new RegExp(
  `^[ \\t>|*]*(?:${Object.values(replyDelimiters)
    .map((line) => line.normalize('NFC').split(' ').map(escaped).join('[\\s\\u00a0>|*]+'))
    .join('|')})`,
  'mu',
)

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
