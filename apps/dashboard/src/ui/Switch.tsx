import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface SwitchProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: ComponentChildren
  disabled?: boolean
  small?: boolean
}

/** An on/off switch that takes effect, or will when its form is saved. */
export function Switch({ label, checked, onChange, hint, disabled = false, small = false }: SwitchProps) {
  const id = useId()
  return (
    <div class={small ? 'switch small' : 'switch'}>
      <input
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
        role="switch"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const wanted = event.currentTarget.checked
          // Only the state decides how the switch stands: a change that is refused leaves it as it was.
          event.currentTarget.checked = checked
          onChange(wanted)
        }}
      />
      <div>
        <label class="label" for={id}>
          {label}
        </label>
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </div>
    </div>
  )
}
