import type { TicketForm } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { whenUploaded } from '../attachments/uploads.ts'
import { useAllTexts, useModel } from '../context.ts'
import { sendFirst } from '../conversations/writing.ts'
import { focusFirstError } from '../ui/FormProblem.tsx'
import { checkTicket, priorityOf, type TicketErrors, ticketErrorsFromDesk } from './ticket-rules.ts'

interface SubmitOptions {
  element: { current: HTMLElement | null }
  category: TicketForm['categories'][number] | undefined
  takesFiles: boolean
  asksEmail: boolean
  onPersonRefused: (errors: TicketErrors) => void
}

/** Sending a ticket: what is wrong with it, whether it is being sent, and the act. */
export function useTicketSubmit({
  element,
  category,
  takesFiles,
  asksEmail,
  onPersonRefused,
}: SubmitOptions) {
  const model = useModel()
  const texts = useAllTexts()
  const [errors, setErrors] = useState<TicketErrors>({})
  const [isSending, setSending] = useState(false)
  const show = (found: TicketErrors) => {
    setSending(false)
    setErrors(found)
    if (found.email || found.name) onPersonRefused(found)
    else focusFirstError(element)
  }
  const submit = async () => {
    if (isSending) return
    setSending(true)
    setErrors({})
    const files = takesFiles ? await whenUploaded(model, 'ticket') : []
    // What was typed while the files were on their way goes along.
    const { title = '', content = '', email = '', name = '', priority } = model.store.get().drafts
    const found = checkTicket({ title, content }, files === null || files.length > 0, texts)
    if (!files) found.files = texts.t('filesMissing')
    if (!files || Object.keys(found).length) return show(found)
    const outcome = await sendFirst(model, 'ticket', {
      body: content.trim(),
      ticket: { title: title.trim(), priority: priorityOf(priority), category: category?.code },
      email: (asksEmail && email.trim()) || undefined,
      name: (asksEmail && name.trim()) || undefined,
      attachments: files.length ? files : undefined,
    })
    if (outcome.type !== 'refused') return setSending(false)
    const refused = ticketErrorsFromDesk(outcome.fields ?? {}, texts)
    show(Object.keys(refused).length ? refused : { form: texts.error(outcome.error) })
  }
  return { errors, isSending, submit }
}
