import { isEmail } from '@helpdesk/core'
import { useRef, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import type { Screen } from '../screen.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem, focusFirstError } from '../ui/FormProblem.tsx'
import { EnterCode } from './EnterCode.tsx'
import { askForLink } from './restoring.ts'
import { useStepFocus } from './use-step-focus.ts'

interface AskForLinkProps {
  /** What is shown once the conversations are back. */
  to: Screen
  /** A link that does not work any more led here. */
  isOver: boolean
}

/** Asks for the address, sends the e-mail, and takes its code. */
export function AskForLink({ to, isOver }: AskForLinkProps) {
  const model = useModel()
  const texts = useAllTexts()
  const { t } = texts
  const email = useStore((state) =>
    (state.drafts.email ?? model.prefill.email ?? state.contact?.email ?? '').trim(),
  )
  /** The address that an e-mail has been sent to, and how often. */
  const [sent, setSent] = useState({ to: '', times: 0 })
  const ask = async (): Promise<string | undefined> => {
    const failure = await askForLink(model, email)
    if (failure !== undefined) return failure
    setSent(({ times }) => ({ to: email, times: times + 1 }))
    model.store.set({ announcement: t('restoreSent', { email }) })
  }
  if (sent.to === '') return <Address email={email} isOver={isOver} isBack={sent.times > 0} onAsk={ask} />
  const onOther = () => setSent(({ times }) => ({ to: '', times }))
  return <EnterCode key={sent.times} email={sent.to} to={to} onAgain={ask} onOther={onOther} />
}

interface AddressProps {
  email: string
  isOver: boolean
  /** Another step was here before. */
  isBack: boolean
  onAsk: () => Promise<string | undefined>
}

function Address({ email, isOver, isBack, onAsk }: AddressProps) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const typed = useStore((state) => state.drafts.email)
  const [wrong, setWrong] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useStepFocus(form, isOver || isBack)
  const refuse = () => {
    setWrong(t('invalid.email'))
    focusFirstError(form)
  }
  const submit = async () => {
    if (isSending) return
    setProblem(undefined)
    if (!isEmail(email)) return refuse()
    setSending(true)
    const failure = await onAsk()
    if (failure === undefined) return
    setSending(false)
    if (failure === 'validation_failed') refuse()
    else setProblem(error(failure))
  }
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
      <p class={isOver ? 'notice' : undefined} role={isOver ? 'alert' : undefined} tabIndex={-1}>
        {t(isOver ? 'restoreOver' : 'restoreText')}
      </p>
      <Field
        id="email"
        label={t('email')}
        value={typed ?? email}
        error={wrong}
        type="email"
        autocomplete="email"
        required
        takesFocus
        onValue={(value) => {
          setWrong(undefined)
          keepDraft(model, 'email', value)
        }}
      />
      <FormProblem text={problem} />
      <button class="primary" type="submit" aria-disabled={isSending}>
        {t(isSending ? 'sending' : 'restoreSend')}
      </button>
    </form>
  )
}
