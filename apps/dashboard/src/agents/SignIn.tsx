import { useEffect, useRef, useState } from 'preact/hooks'
import { errorCode, errorText } from '../client.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Door } from './Door.tsx'
import { PasswordField } from './PasswordField.tsx'
import { forgetSession, me, signIn } from './session.ts'
import { words } from './words.ts'

/** The door for agents. */
export function SignInPage() {
  return (
    <Door>
      <h1 class="page-title">{words.signIn.title}</h1>
      <SignInForm email="" />
    </Door>
  )
}

/** The same door, after a session has ended in the middle of the work. */
export function SignInAgain() {
  return (
    <Door>
      <h1 class="page-title">{words.signIn.endedTitle}</h1>
      <p class="soft door-lead">{words.signIn.ended}</p>
      <SignInForm email={me.value?.email ?? ''} />
      <p class="door-foot">
        <button type="button" class="link-button" onClick={forgetSession}>
          {words.signIn.other}
        </button>
      </p>
    </Door>
  )
}

function SignInForm({ email: known }: { email: string }) {
  const form = useRef<HTMLFormElement>(null)
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(known ? 'input[type="password"]' : 'input')?.focus()
  }, [known])
  const submit = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await signIn(email.trim(), password)
    } catch (error) {
      const wrong = ['sign_in_failed', 'validation_failed'].includes(errorCode(error))
      setProblem(wrong ? words.signIn.failed : errorText(error))
      setBusy(false)
    }
  }
  return (
    <form
      ref={form}
      class="door-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field label={words.email}>
        {(control) => (
          <input
            {...control}
            class="input large"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        )}
      </Field>
      <PasswordField value={password} onInput={setPassword} autoComplete="current-password" />
      <div role="alert">
        {problem && (
          <p class="notice danger">
            <Icon name="warning" />
            {problem}
          </p>
        )}
      </div>
      <button type="submit" class="button primary wide" disabled={busy}>
        {busy ? words.signIn.busy : words.signIn.submit}
      </button>
    </form>
  )
}
