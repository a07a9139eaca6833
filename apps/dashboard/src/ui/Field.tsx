import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './Icon.tsx'

/** What a control inside a field needs so that label, hint and error belong to it. */
export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

interface FieldProps {
  label: ComponentChildren
  hint?: ComponentChildren
  problem?: string | null | undefined
  children: (control: FieldControl) => ComponentChildren
}

/** A labelled control with its hint and its error, tied together for everybody. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          <Icon name="warning" />
          {problem}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
