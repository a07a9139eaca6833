import type { Ref } from 'preact'
import { useState } from 'preact/hooks'
import type { FieldControl } from './Field.tsx'
import { RevealButton } from './RevealButton.tsx'
import { words } from './words.ts'

interface PasswordProps {
  control: FieldControl
  value: string
  onInput: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
  maxLength: number
  required?: boolean
  input?: Ref<HTMLInputElement>
}

/** A password that is typed, which can be shown to check the typing. */
export function PasswordInput({ control, value, onInput, input, ...rest }: PasswordProps) {
  const [shown, setShown] = useState(false)
  return (
    <div class="password">
      <input
        {...control}
        {...rest}
        {...(input ? { ref: input } : {})}
        class="input large"
        {...(shown ? { type: 'text' } : { type: 'password' })}
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <RevealButton
        shown={shown}
        show={words.showPassword}
        hide={words.hidePassword}
        onToggle={() => setShown(!shown)}
      />
    </div>
  )
}
