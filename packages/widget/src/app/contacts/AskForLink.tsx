import { isEmail } from '@helpdesk/core'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import type { Screen } from '../screen.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem, focusFirstError } from '../ui/FormProblem.tsx'
import { Notice } from '../ui/Notice.tsx'
import { askForLink, bringBack } from './restoring.ts'

/** So long a visitor waits before the e-mail can be sent again, in seconds. */
const waitSeconds = 60

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
  if (sent.to === '') return <Address email={email} isOver={isOver} onAsk={ask} />
  const onOther = () => setSent({ to: '', times: 0 })
  return <Code key={sent.times} email={sent.to} to={to} onAgain={ask} onOther={onOther} />
}

interface AddressProps {
  email: string
  isOver: boolean
  onAsk: () => Promise<string | undefined>
}

function Address({ email, isOver, onAsk }: AddressProps) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const typed = useStore((state) => state.drafts.email)
  const [wrong, setWrong] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
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
      {isOver ? (
        <div role="alert">
          <Notice>{t('restoreOver')}</Notice>
        </div>
      ) : (
        <p>{t('restoreText')}</p>
      )}
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

interface CodeProps {
  email: string
  to: Screen
  onAgain: () => Promise<string | undefined>
  onOther: () => void
}

function Code({ email, to, onAgain, onOther }: CodeProps) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const left = useCountdown(waitSeconds)
  useLayoutEffect(() => {
    // The button that was pressed is gone. On a touch screen a field would bring the keyboard up over what is to be read.
    const wanted = matchMedia('(pointer: fine)').matches ? '[data-focus=true]' : 'p'
    form.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true })
  }, [])
  const refuse = (text: string) => {
    setWrong(text)
    focusFirstError(form)
  }
  const submit = async () => {
    if (isBusy) return
    setProblem(undefined)
    const digits = code.replace(/\D/g, '')
    if (digits.length !== 6) return refuse(t('invalid.code'))
    setBusy(true)
    const failure = await bringBack(model, { email, code: digits }, { to, said: t('restoreDone') })
    if (failure === undefined) return
    setBusy(false)
    if (failure === 'email_link_invalid') refuse(error(failure))
    else setProblem(error(failure))
  }
  const again = async () => {
    if (left > 0 || isBusy) return
    setBusy(true)
    const failure = await onAgain()
    if (failure === undefined) return
    setBusy(false)
    setProblem(error(failure))
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
      <p class="notice" tabIndex={-1}>
        {t('restoreSent', { email })}
      </p>
      <Field
        id="code"
        label={t('restoreCode')}
        value={code}
        error={wrong}
        hint={t('restoreHint')}
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        required
        takesFocus
        onValue={(value) => {
          setWrong(undefined)
          setCode(value)
        }}
      />
      <FormProblem text={problem} />
      <button class="primary" type="submit" aria-disabled={isBusy}>
        {t('restoreOpen')}
      </button>
      <div class="choices">
        <button class="link" type="button" aria-disabled={left > 0 || isBusy} onClick={again}>
          {left > 0 ? t('restoreWait', { seconds: String(left) }) : t('restoreAgain')}
        </button>
        <button class="link" type="button" onClick={onOther}>
          {t('restoreOther')}
        </button>
      </div>
    </form>
  )
}

/** How many seconds are left. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useLayoutEffect(() => {
    const end = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setLeft(now)
      if (now === 0) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}
