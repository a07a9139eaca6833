import { isApiError } from '@helpdesk/client'
import { isEmail } from '@helpdesk/core'
import { useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Asks a visitor without an e-mail address for one, so that the answer is not lost with this browser. */
export function EmailPrompt() {
  const model = useModel()
  const { t, error } = useAllTexts()
  const contact = useStore((state) => state.contact)
  const email = useStore((state) => state.drafts.email ?? '')
  const [problem, setProblem] = useState<string>()
  const [isSaved, setSaved] = useState(false)
  if (!contact) return null
  if (contact.email) return isSaved ? <Notice>{t('thanksEmail', { email: contact.email })}</Notice> : null

  const save = async () => {
    if (!isEmail(email.trim())) return setProblem(t('invalid.email'))
    try {
      const { contact } = await model.client.contacts.updateEmail({ email: email.trim() })
      keepDraft(model, 'email', '')
      model.store.set({ contact })
      setSaved(true)
    } catch (cause) {
      const code = isApiError(cause) ? cause.code : 'unexpected'
      setProblem(code === 'validation_failed' ? t('invalid.email') : error(code))
    }
  }
  return (
    <form
      class="ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        id="email"
        label={t('askEmail')}
        value={email}
        error={problem}
        type="email"
        autocomplete="email"
        onValue={(value) => {
          setProblem(undefined)
          keepDraft(model, 'email', value)
        }}
      />
      <button class="quiet" type="submit">
        {t('save')}
      </button>
    </form>
  )
}
