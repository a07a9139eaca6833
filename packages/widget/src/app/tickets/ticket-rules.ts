import { limits, type Priority, priorities } from '@helpdesk/core'
import type { TicketForm } from '@helpdesk/core/api'
import type { FormErrors } from '../conversations/form-rules.ts'
import type { AllTexts } from '../i18n/texts.ts'

/** What is wrong with a ticket, by field, in words. */
export interface TicketErrors extends Pick<FormErrors, 'email' | 'name'> {
  title?: string
  content?: string
  priority?: string
  category?: string
  files?: string
  form?: string
}

/** The fields that the desk may refuse, by their name in the request. */
const refusable = ['email', 'name', 'title', 'content', 'priority', 'category'] as const

/** Checks a ticket like the desk will; with files no content is needed. */
export function checkTicket(
  { title, content }: { title: string; content: string },
  hasFiles: boolean,
  { t, plural }: AllTexts,
): TicketErrors {
  const errors: TicketErrors = {}
  const check = (text: string, limit: number) =>
    text.length > limit ? plural('tooLong', text.length - limit) : undefined
  const titleError = title.trim() ? check(title.trim(), limits.title) : t('invalid.title')
  if (titleError) errors.title = titleError
  const isMissing = content.trim() === '' && !hasFiles
  const contentError = isMissing ? t('invalid.content') : check(content.trim(), limits.messageBody)
  if (contentError) errors.content = contentError
  return errors
}

/** The words for what the desk refused, by field; nothing where it refused something else. */
export function ticketErrorsFromDesk(
  fields: Readonly<Record<string, string>>,
  { t }: AllTexts,
): TicketErrors {
  const errors: TicketErrors = {}
  for (const pointer of Object.keys(fields)) {
    const name = /^\/body\/(\w+)/.exec(pointer)?.[1]
    const field = refusable.find((one) => one === name)
    if (field) errors[field] = t(`invalid.${field}`)
    if (name === 'attachments') errors.files = t('invalid.files')
  }
  return errors
}

/** A priority of a draft, normal where it has none. */
export function priorityOf(text: string | undefined): Priority {
  return priorities.find((one) => one === text) ?? 'normal'
}

/** The category of a draft as the desk has it; none where the desk has no such category. */
export function categoryOf(
  form: TicketForm | undefined,
  text: string | undefined,
): TicketForm['categories'][number] | undefined {
  const wanted = text?.toLowerCase()
  return form?.categories.find(({ code }) => code.toLowerCase() === wanted)
}
