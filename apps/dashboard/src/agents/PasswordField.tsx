import { Field } from '../ui/Field.tsx'
import { PasswordInput } from '../ui/PasswordInput.tsx'
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
  return (
    <Field label={words.password} hint={hint} problem={problem}>
      {(control) => (
        <PasswordInput
          control={control}
          value={value}
          onInput={onInput}
          autoComplete={autoComplete}
          required
          maxLength={200}
        />
      )}
    </Field>
  )
}
