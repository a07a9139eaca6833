import { localized } from '@helpdesk/core'
import { useRef, useState } from 'preact/hooks'
import { whyNoMessages } from '../../availability.ts'
import { useModel, useStore, useTexts } from '../context.ts'
import { Field } from '../ui/Field.tsx'
import { Header } from '../ui/Header.tsx'
import { Icon } from '../ui/icons.tsx'
import { Notice } from '../ui/Notice.tsx'
import { type FormField, keepDraft } from './drafts.ts'
import { checkForm, errorsFromDesk, type FormErrors } from './form-rules.ts'
import { sendFirst } from './sending.ts'

/** The form that starts a conversation. */
export function MessageForm() {
  const desk = useStore((state) => state.desk)
  const texts = useTexts()
  const { t, off, locale } = texts
  const reason = whyNoMessages(desk)
  const note = localized(desk.widget.welcomeNote, locale, desk.locale)
  return (
    <>
      <Header title={t('write')} line={desk.name} />
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

function Fields() {
  const model = useModel()
  const texts = useTexts()
  const { t } = texts
  const drafts = useStore((state) => state.drafts)
  const contact = useStore((state) => state.contact)
  const { emailRequired } = useStore((state) => state.desk.widget)
  const [errors, setErrors] = useState<FormErrors & { form?: string }>({})
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const values = { email: drafts.email ?? '', name: drafts.name ?? '', message: drafts.message ?? '' }
  const asksEmail = !contact?.email

  const show = (found: FormErrors & { form?: string }) => {
    setErrors(found)
    // After the next drawing, when the fields know that they are wrong.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  const submit = async () => {
    if (isSending) return
    const found = checkForm(values, { asksEmail, emailRequired }, texts)
    if (Object.keys(found).length) return show(found)
    setSending(true)
    setErrors({})
    const email = (asksEmail && values.email.trim()) || undefined
    const name = values.name.trim() || undefined
    const outcome = await sendFirst(model, { body: values.message.trim(), email, name })
    setSending(false)
    if (outcome.type !== 'refused') return
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
      {asksEmail && (
        <>
          <Field
            {...field('email')}
            label={t(emailRequired ? 'email' : 'emailOptional')}
            hint={t('emailHint')}
            type="email"
            autocomplete="email"
            required={emailRequired}
            takesFocus
          />
          <Field {...field('name')} label={t('name')} type="text" autocomplete="name" />
        </>
      )}
      <Field {...field('message')} label={t('message')} multiline required takesFocus={!asksEmail} />
      {errors.form && (
        <p class="bad" role="alert">
          <Icon name="alert" />
          {errors.form}
        </p>
      )}
      <button class="primary" type="submit" aria-disabled={isSending}>
        {t(isSending ? 'sending' : 'sendMessage')}
      </button>
      {contact?.email && <p class="hint">{t('answersTo', { email: contact.email })}</p>}
    </form>
  )
}
