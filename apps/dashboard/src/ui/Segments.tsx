import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface SegmentsProps<V extends string> {
  label: string
  options: readonly { value: V; label: ComponentChildren }[]
  value: V
  onChange: (value: V) => void
  disabled?: boolean
}

/** One of a few, side by side: radio buttons that look like one control. */
export function Segments<V extends string>({ label, options, value, onChange, disabled }: SegmentsProps<V>) {
  const name = useId()
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={disabled}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  )
}
