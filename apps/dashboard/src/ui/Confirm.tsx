import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from './Dialog.tsx'
import { Failure } from './Failure.tsx'
import { words } from './words.ts'

interface ConfirmProps {
  title: string
  text: ComponentChildren
  /** What the button says that does it. */
  action: string
  danger?: boolean
  /** The dialog closes when it has worked, and says why when it has not. */
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks before something is done that cannot be taken back. */
export function Confirm({ title, text, action, danger = false, onConfirm, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Dialog label={title} onClose={onClose} class="ask">
      <h2>{title}</h2>
      <div class="soft">{text}</div>
      {error !== null && <Failure error={error} />}
      <div class="dialog-buttons">
        <button type="button" class="button quiet" onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="button"
          class={danger ? 'button danger' : 'button primary'}
          disabled={busy}
          onClick={() => void run()}
        >
          {action}
        </button>
      </div>
    </Dialog>
  )
}
