import { useRef, useState } from 'preact/hooks'
import { PersonFields } from '../contacts/PersonFields.tsx'
import { RestoreEntry } from '../contacts/RestoreEntry.tsx'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import { checkPerson } from '../conversations/form-rules.ts'
import { usePerson } from '../conversations/use-person.ts'
import { focusFirstError } from '../ui/FormProblem.tsx'
import type { TicketErrors } from './ticket-rules.ts'

interface IdentifyProps {
  emailRequired: boolean
  /** What the desk found wrong. */
  refused: TicketErrors
  onDone: () => void
}

/** Asks somebody whom the desk does not know how to reach them, before the ticket itself. */
export function Identify({ emailRequired, refused, onDone }: IdentifyProps) {
  const model = useModel()
  const texts = useAllTexts()
  const { t } = texts
  const person = usePerson()
  const screen = useStore((state) => state.screen)
  const [errors, setErrors] = useState<TicketErrors>(refused)
  const form = useRef<HTMLFormElement>(null)
  const submit = () => {
    const found = checkPerson(person, emailRequired, texts)
    setErrors(found)
    if (Object.keys(found).length) focusFirstError(form)
    else onDone()
  }
  const field = (name: 'email' | 'name') => ({
    id: name,
    value: person[name],
    error: errors[name],
    onValue: (value: string) => keepDraft(model, name, value),
  })
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3>{t('identify')}</h3>
      <PersonFields field={field} emailRequired={emailRequired} />
      <button class="primary" type="submit">
        {t('continue')}
      </button>
      <RestoreEntry text={t('restoreTickets')} from={screen} />
    </form>
  )
}
