import { useState } from 'preact/hooks'
import { errorCode, errorText, fieldProblems } from '../client.ts'
import { navigate } from '../router.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Door } from './Door.tsx'
import { PasswordField } from './PasswordField.tsx'
import { setUp, setUpNeeded, setUpToken } from './session.ts'
import { words } from './words.ts'

const w = words.setUp

type Input = Parameters<typeof setUp>[0]
type Name = 'setupToken' | 'name' | 'email' | 'password' | 'deskName'
type Problems = Partial<Record<Name | 'form', string>>

/** The first page anybody sees: makes the owner and the first desk. */
export function SetUpPage() {
  const [input, setInput] = useState<Record<Name, string>>({
    setupToken: setUpToken.value,
    name: '',
    email: '',
    password: '',
    deskName: '',
  })
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Problems>({})
  const set = (name: Name) => (value: string) => {
    setInput({ ...input, [name]: value })
    setProblems({ ...problems, [name]: undefined, form: undefined })
  }
  const submit = async () => {
    const found = check(input)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const { desks } = await setUp(toBody(input))
      const deskId = desks[0]?.id
      if (deskId) navigate({ page: 'start', deskId }, { replace: true })
    } catch (error) {
      setProblems(toProblems(error))
      setBusy(false)
    }
  }
  return (
    <Door>
      <h1 class="page-title">{w.title}</h1>
      <p class="soft door-lead">{w.lead}</p>
      <form
        class="door-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {!setUpToken.value && (
          <TextField
            name="setupToken"
            label={w.token}
            hint={w.tokenHint}
            input={input}
            problems={problems}
            set={set}
          />
        )}
        <TextField
          name="name"
          label={words.name}
          autoComplete="name"
          input={input}
          problems={problems}
          set={set}
        />
        <TextField
          name="email"
          label={words.email}
          email
          autoComplete="username"
          input={input}
          problems={problems}
          set={set}
        />
        <PasswordField
          value={input.password}
          onInput={set('password')}
          autoComplete="new-password"
          hint={w.passwordHint}
          problem={problems.password}
        />
        <TextField
          name="deskName"
          label={w.deskName}
          hint={w.deskNameHint}
          autoComplete="organization"
          input={input}
          problems={problems}
          set={set}
        />
        <FormProblem problems={problems} />
        <button type="submit" class="button primary wide" disabled={busy}>
          {busy ? w.busy : w.submit}
        </button>
      </form>
    </Door>
  )
}

/** What belongs to no field that is on the page. */
function FormProblem({ problems }: { problems: Problems }) {
  const text = problems.form ?? (setUpToken.value ? problems.setupToken : undefined)
  return (
    <div role="alert">
      {text && (
        <p class="notice danger">
          <Icon name="warning" />
          {text}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps {
  name: Name
  label: string
  hint?: string
  email?: boolean
  autoComplete?: string
  input: Record<Name, string>
  problems: Problems
  set: (name: Name) => (value: string) => void
}

function TextField({
  name,
  label,
  hint,
  email = false,
  autoComplete = 'off',
  input,
  problems,
  set,
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problems[name]}>
      {(control) => (
        <input
          {...control}
          class="input large"
          {...(email ? { type: 'email' } : { type: 'text' })}
          autoComplete={autoComplete}
          maxLength={name === 'deskName' ? 100 : 254}
          value={input[name]}
          onInput={(event) => set(name)(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

function check(input: Record<Name, string>): Problems {
  const problems: Problems = {}
  for (const [name, value] of Object.entries(input) as [Name, string][]) {
    if (!value.trim()) problems[name] = w.needed
  }
  if (input.email && !/^\S+@\S+\.\S+$/.test(input.email.trim())) problems.email = w.emailWrong
  if (input.password && input.password.length < 10) problems.password = w.tooShort
  return problems
}

function toBody(input: Record<Name, string>): Input {
  const { password, ...rest } = input
  const trimmed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value.trim()]))
  return { ...(trimmed as Omit<Record<Name, string>, 'password'>), password }
}

function toProblems(error: unknown): Problems {
  const code = errorCode(error)
  if (code === 'forbidden') {
    setUpToken.value = ''
    return { setupToken: w.wrongToken }
  }
  if (code === 'setup_done') {
    setUpNeeded.value = false
    return { form: w.done }
  }
  const fields = fieldProblems(error)
  return Object.keys(fields).length > 0 ? fields : { form: errorText(error) }
}
