import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

interface DialogProps {
  label: string
  children: ComponentChildren
  onClose?: () => void
  class?: string
}

/** A modal dialog. The browser traps and gives back the focus; without `onClose` Escape does not close it. */
export function Dialog({ label, children, onClose, class: className }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  // Before the effects of what stands inside: one of them may choose where the focus goes.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it; a click outside is a second way
    <dialog
      ref={element}
      class={className ? `dialog ${className}` : 'dialog'}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose?.()
      }}
    >
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
