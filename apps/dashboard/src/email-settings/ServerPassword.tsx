import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PasswordInput } from '../ui/PasswordInput.tsx'
import { words } from './words.ts'

const w = words.server

interface PasswordProps {
  value: string
  /** One is kept that goes on to be used as long as no other is typed. */
  isKept: boolean
  hint: string
  problem: string | undefined
  onInput: (password: string) => void
}

/** The password for a server: one that is kept is never shown, only replaced. */
export function ServerPassword({ value, isKept, hint, problem, onInput }: PasswordProps) {
  const [replacing, setReplacing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes to what stands in its place.
    if (!isFirst.current) (replacing ? input : button).current?.focus()
    isFirst.current = false
  }, [replacing])
  if (isKept && !replacing && value === '' && !problem) {
    return (
      <div class="field">
        <span class="label">{w.password}</span>
        <p class="kept-password">
          <Icon name="lock" />
          <span>{w.keptPassword}</span>
          <button ref={button} type="button" class="link-button" onClick={() => setReplacing(true)}>
            {w.replace}
          </button>
        </p>
      </div>
    )
  }
  const keep = () => {
    setReplacing(false)
    onInput('')
  }
  return (
    <Field
      label={w.password}
      problem={problem}
      hint={
        <>
          {hint}{' '}
          {isKept && (
            <button type="button" class="link-button" onClick={keep}>
              {w.keep}
            </button>
          )}
        </>
      }
    >
      {(control) => (
        <PasswordInput
          control={control}
          input={input}
          value={value}
          onInput={onInput}
          // Not the password of whoever sits here.
          autoComplete="new-password"
          maxLength={500}
        />
      )}
    </Field>
  )
}
