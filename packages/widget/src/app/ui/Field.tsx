import { Icon } from './icons.tsx'

/** What a labelled field needs. */
export interface FieldProps {
  /** Its id, which is free on every screen that has such a field. */
  id: string
  label: string
  value: string
  onValue: (value: string) => void
  error?: string
  hint?: string
  type?: 'email' | 'text'
  autocomplete?: 'email' | 'name' | 'one-time-code'
  inputmode?: 'numeric'
  required?: boolean
  /** Where to begin on this screen. */
  takesFocus?: boolean
  /** A text of several lines, which grows with what is written. */
  multiline?: boolean
}

/** A labelled field, tied to its hint and its error. */
export function Field({
  id,
  label,
  value,
  onValue,
  error,
  hint,
  type,
  autocomplete,
  inputmode,
  required,
  takesFocus,
  multiline,
}: FieldProps) {
  const common = {
    id,
    value,
    required,
    'data-focus': takesFocus,
    'aria-invalid': error !== undefined,
    'aria-describedby': error || hint ? `${id}-note` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value),
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {multiline ? (
        <div class="grow" data-text={value}>
          <textarea {...common} rows={4} />
        </div>
      ) : (
        <input {...common} type={type} autocomplete={autocomplete} inputmode={inputmode} list={undefined} />
      )}
      {(error || hint) && (
        <p id={`${id}-note`} class={error ? 'bad' : 'hint'}>
          {error && <Icon name="alert" />}
          {error || hint}
        </p>
      )}
    </div>
  )
}
