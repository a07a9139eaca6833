import { localized } from '@helpdesk/core'
import { useRef, useState } from 'preact/hooks'
import { whyNoMessages } from '../../availability.ts'
import { Suggestions } from '../articles/Suggestions.tsx'
import { FormFiles } from '../attachments/FormFiles.tsx'
import { whenUploaded } from '../attachments/uploads.ts'
import { PersonFields } from '../contacts/PersonFields.tsx'
import { RestoreEntry } from '../contacts/RestoreEntry.tsx'
import { useAllTexts, useModel, useStore } from '../context.ts'
import type { ArticleScreen } from '../screen.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem, focusFirstError } from '../ui/FormProblem.tsx'
import { Header } from '../ui/Header.tsx'
import { Notice } from '../ui/Notice.tsx'
import { type FormField, keepDraft } from './drafts.ts'
import { checkForm, errorsFromDesk, type FormErrors } from './form-rules.ts'
import { usePerson } from './use-person.ts'
import { sendFirst } from './writing.ts'

/** The form that starts a conversation; `from` is the article that did not help, if there was one. */
export function MessageForm({ from }: { from?: ArticleScreen }) {
  const desk = useStore((state) => state.desk)
  const texts = useAllTexts()
  const { t, off, locale } = texts
  const reason = whyNoMessages(desk)
  const note = localized(desk.widget.welcomeNote, locale, desk.locale)
  return (
    <>
      <Header title={t('write')} line={desk.name} back={from} />
      <div class="scroll pad">
        {note && (
          <p class="welcome" dir="auto">
            {note}
          </p>
        )}
        {reason ? <Notice>{off(reason)}</Notice> : <Fields />}
      </div>
    </>
  )
}

type Problems = FormErrors & { files?: string; form?: string }

function Fields() {
  const model = useModel()
  const texts = useAllTexts()
  const { t } = texts
  const message = useStore((state) => state.drafts.message ?? '')
  const contact = useStore((state) => state.contact)
  const { emailRequired, attachments: takesFiles } = useStore((state) => state.desk.widget)
  const [errors, setErrors] = useState<Problems>({})
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const values = { ...usePerson(), message }
  const asksEmail = !contact?.email

  const show = (found: Problems) => {
    setSending(false)
    setErrors(found)
    focusFirstError(form)
  }
  const submit = async () => {
    if (isSending) return
    setSending(true)
    setErrors({})
    const files = takesFiles ? await whenUploaded(model, 'message') : []
    if (!files) return show({ files: t('filesMissing') })
    const found = checkForm(values, { asksEmail, emailRequired, hasFiles: files.length > 0 }, texts)
    if (Object.keys(found).length) return show(found)
    const outcome = await sendFirst(model, 'message', {
      body: values.message.trim(),
      email: (asksEmail && values.email.trim()) || undefined,
      name: values.name.trim() || undefined,
      attachments: files.length ? files : undefined,
    })
    if (outcome.type !== 'refused') return setSending(false)
    const refused = errorsFromDesk(outcome.fields ?? {}, texts)
    show(Object.keys(refused).length ? refused : { form: texts.error(outcome.error) })
  }
  const field = (name: FormField) => ({
    id: name,
    value: values[name],
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
        void submit()
      }}
    >
      {asksEmail && <PersonFields field={field} emailRequired={emailRequired} />}
      <Field {...field('message')} label={t('message')} multiline required takesFocus={!asksEmail} />
      <Suggestions text={message} />
      {takesFiles && <FormFiles place="message" form={form} error={errors.files} />}
      <FormProblem text={errors.form} />
      <button class="primary" type="submit" aria-disabled={isSending}>
        {t(isSending ? 'sending' : 'sendMessage')}
      </button>
      {contact?.email && <p class="hint">{t('answersTo', { email: contact.email })}</p>}
      {/* The widget has it on its first screen, which the page for writing does not show. */}
      {model.channel === 'contact_form' && <RestoreEntry from={{ name: 'message' }} />}
    </form>
  )
}
