import { limits, priorities } from '@helpdesk/core'
import type { TicketForm } from '@helpdesk/core/api'
import { useRef } from 'preact/hooks'
import { Suggestions } from '../articles/Suggestions.tsx'
import { FormFiles } from '../attachments/FormFiles.tsx'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import { usePerson } from '../conversations/use-person.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem } from '../ui/FormProblem.tsx'
import { Select } from './Select.tsx'
import { categoryOf, priorityOf, type TicketErrors } from './ticket-rules.ts'
import { useTicketSubmit } from './use-ticket-submit.ts'

/** How close to a limit it is said how much room is left. */
const nearLimit = 40

interface TicketFieldsProps {
  form: TicketForm | undefined
  takesFiles: boolean
  /** The desk does not know how to reach the visitor, who has said so here. */
  asksEmail: boolean
  /** The desk did not accept what the visitor said of itself. */
  onPersonRefused: (errors: TicketErrors) => void
}

/** The fields of a ticket. */
export function TicketFields({ form, takesFiles, asksEmail, onPersonRefused }: TicketFieldsProps) {
  const texts = useAllTexts()
  const { t, plural } = texts
  const drafts = useStore((state) => state.drafts)
  const { title = '', content = '' } = drafts
  const element = useRef<HTMLFormElement>(null)
  const category = categoryOf(form, drafts.category)
  const priority = priorityOf(drafts.priority)
  const { errors, isSending, submit } = useTicketSubmit({
    element,
    category,
    takesFiles,
    asksEmail,
    onPersonRefused,
  })
  const model = useModel()
  const left = limits.title - title.trim().length
  const keep = (name: string) => (value: string) => keepDraft(model, name, value)
  return (
    <form
      ref={element}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field
        id="title"
        label={t('title')}
        value={title}
        onValue={keep('title')}
        error={errors.title}
        hint={left < 0 ? plural('tooLong', -left) : left <= nearLimit ? plural('left', left) : undefined}
        type="text"
        required
        takesFocus
      />
      <Suggestions text={title} />
      {form && form.categories.length > 0 && (
        <Select
          id="category"
          label={t('category')}
          value={category?.code ?? ''}
          options={[
            { value: '', text: t('noCategory') },
            ...form.categories.map(({ code, name }) => ({ value: code, text: name })),
          ]}
          onValue={keep('category')}
          error={errors.category}
          hint={category?.helpText.trim()}
        />
      )}
      <Select
        id="priority"
        label={t('priority')}
        value={priority}
        options={priorities.map((one) => ({ value: one, text: t(`priority.${one}`) }))}
        onValue={keep('priority')}
        error={errors.priority}
      />
      <Field
        id="content"
        label={t('content')}
        value={content}
        onValue={keep('content')}
        error={errors.content}
        multiline
        required
      />
      {takesFiles && <FormFiles place="ticket" form={element} error={errors.files} />}
      <FormProblem text={errors.form} />
      <button class="primary" type="submit" aria-disabled={isSending}>
        {t(isSending ? 'sending' : 'sendTicket')}
      </button>
      <AnswersTo asksEmail={asksEmail} onChange={() => onPersonRefused({})} />
    </form>
  )
}

/** Where the answer goes; what has just been said here can be changed. */
function AnswersTo({ asksEmail, onChange }: { asksEmail: boolean; onChange: () => void }) {
  const { t } = useAllTexts()
  const person = usePerson()
  const known = useStore((state) => state.contact?.email)
  const email = asksEmail ? person.email.trim() : known
  if (!email && !asksEmail) return null
  return (
    <p class="hint answers-to">
      {email && t('answersTo', { email })}
      {asksEmail && (
        <button class="link" type="button" onClick={onChange}>
          {t('changeEmail')}
        </button>
      )}
    </p>
  )
}
