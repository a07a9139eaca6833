import { Icon } from '../ui/icons.tsx'
import { LaterIcon } from '../ui/later-icons.tsx'

interface SelectProps {
  id: string
  label: string
  value: string
  options: readonly { value: string; text: string }[]
  onValue: (value: string) => void
  hint?: string
  error?: string
}

/** A labelled choice, tied to its hint and its error. */
export function Select({ id, label, value, options, onValue, hint, error }: SelectProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="select">
        <select
          id={id}
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
        <LaterIcon name="fold" />
      </div>
      {(error || hint) && (
        <p id={`${id}-note`} class={error ? 'bad' : 'help'} role={error ? undefined : 'status'} dir="auto">
          {error && <Icon name="alert" />}
          {error || hint}
        </p>
      )}
    </div>
  )
}
