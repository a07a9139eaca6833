import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'
import type { Screen } from '../screen.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem, focusFirstError } from '../ui/FormProblem.tsx'
import { bringBack } from './restoring.ts'
import { useStepFocus } from './use-step-focus.ts'

/** So long a visitor waits before the e-mail can be sent again, in seconds. */
const waitSeconds = 60

interface EnterCodeProps {
  email: string
  to: Screen
  onAgain: () => Promise<string | undefined>
  onOther: () => void
}

/** Takes the code of the e-mail, or has it sent once more. */
export function EnterCode({ email, to, onAgain, onOther }: EnterCodeProps) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const left = useCountdown(waitSeconds)
  useStepFocus(form, true)
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
