import { useState } from 'preact/hooks'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words } from './words.ts'

interface PasswordProps {
  value: string
  onInput: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  hint?: string
  problem?: string | null | undefined
}

/** A password, which can be shown to check the typing. */
export function PasswordField({ value, onInput, autoComplete, hint, problem }: PasswordProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={words.password} hint={hint} problem={problem}>
      {(control) => (
        <div class="password">
          <input
            {...control}
            class="input large"
            {...(shown ? { type: 'text' } : { type: 'password' })}
            autoComplete={autoComplete}
            spellcheck={false}
            required
            maxLength={200}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <button
            type="button"
            class="button quiet icon"
            aria-label={shown ? words.hide : words.show}
            title={shown ? words.hide : words.show}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eyeOff' : 'eye'} />
          </button>
        </div>
      )}
    </Field>
  )
}
