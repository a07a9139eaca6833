import { checkText, cutText } from './contacts.ts'
import { type Priority, priorities } from './conversations.ts'
import { limits } from './limits.ts'

/** A category's code, the value of the `c` URL parameter: 1 to 64 letters, digits, `_`, `-` or `.`. */
export const categoryCodePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/

/** What the new-ticket form sends. */
export interface TicketDraft {
  title: string
  content: string
  priority?: Priority
  /** The code of a category of the desk. */
  category?: string
}

/** A field of a draft that must be corrected. */
export interface TicketDraftError {
  field: keyof TicketDraft
  code: 'required' | 'too_long' | 'nul' | 'ill_formed' | 'unknown'
}

function checkField(value: string, limit: number): TicketDraftError['code'] | null {
  if (value.trim() === '') return 'required'
  return checkText(value) ?? (value.length > limit ? 'too_long' : null)
}

/**
 * Checks a ticket before it is sent and again before it is stored: title (200) and content (20,000) present,
 * the priority known, the category one of the desk's.
 * @param categories the codes of the desk's categories
 * @returns one error per wrong field, in the order of the form; empty when it may be sent
 */
export function checkTicketDraft(draft: TicketDraft, categories: readonly string[]): TicketDraftError[] {
  const errors: TicketDraftError[] = []
  const title = checkField(draft.title, limits.title)
  const content = checkField(draft.content, limits.messageBody)
  if (title !== null) errors.push({ field: 'title', code: title })
  if (content !== null) errors.push({ field: 'content', code: content })
  if (draft.priority !== undefined && !priorities.includes(draft.priority))
    errors.push({ field: 'priority', code: 'unknown' })
  if (draft.category !== undefined && !categories.includes(draft.category))
    errors.push({ field: 'category', code: 'unknown' })
  return errors
}

/** A title as it is stored: one line, single spaces, no control characters, trimmed; the length is kept. */
export function cleanTitle(value: string): string {
  return value
    .replace(/[\p{Z}\t\n\v\f\r]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()
}

/** Whether a conversation is what the client-facing UI calls a ticket: it has a subject. */
export function isTicket(conversation: { subject: string | null }): boolean {
  return conversation.subject !== null && conversation.subject.trim() !== ''
}

/** The first words of a message on one line, for lists: at most `length` characters, `…` where it was cut. */
export function excerpt(body: string, length = 120): string {
  // Cut first, so that a long message costs no more than a short one.
  const line = cleanTitle(cutText(body, length * 4))
  if (line.length <= length && body.length <= length * 4) return line
  const cut = cutText(line, length - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
