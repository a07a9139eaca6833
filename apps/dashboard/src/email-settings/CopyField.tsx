import type { ComponentChildren } from 'preact'
import { CopyButton } from '../ui/CopyButton.tsx'

interface CopyProps {
  label: string
  value: string
  copyLabel: string
  hint?: string
  /** What is seen in place of the value. */
  shown?: string
  /** Further buttons, before the one that copies. */
  children?: ComponentChildren
}

/** Something to take elsewhere, with the button that copies it. */
export function CopyField({ label, value, copyLabel, hint, shown = value, children }: CopyProps) {
  return (
    <div class="field">
      <span class="label">{label}</span>
      <div class="copy-field">
        <code>{shown}</code>
        {children}
        <CopyButton icon text={value} label={copyLabel} />
      </div>
      {hint && <p class="hint">{hint}</p>}
    </div>
  )
}
