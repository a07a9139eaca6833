import { useEffect, useState } from 'preact/hooks'
import { Icon } from './Icon.tsx'
import { announce, say } from './toasts.ts'
import { words } from './words.ts'

interface CopyButtonProps {
  text: string
  label: string
  /** Only the drawing is seen; the label is its name. */
  icon?: boolean
  class?: string
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, icon = false, class: className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      announce(words.copied)
    } catch {
      say(words.copyFailed, { tone: 'danger' })
    }
  }
  return (
    <button
      type="button"
      class={className ?? (icon ? 'button quiet icon' : 'button outline')}
      aria-label={icon ? label : undefined}
      title={icon ? label : undefined}
      onClick={copy}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {icon ? null : copied ? words.copied : label}
    </button>
  )
}
