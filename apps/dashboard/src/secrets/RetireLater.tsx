import type { SecretKey } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { words as uiWords } from '../ui/words.ts'
import { words } from './words.ts'

const w = words.keys
const weekMs = 7 * 24 * 60 * 60_000

interface RetireProps {
  secret: SecretKey
  onClose: () => void
  onRetire: (at: string) => Promise<void>
}

/** A moment as a date field writes it, in the time zone of this browser. */
function toField(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

/** Asks until when a key is good. */
export function RetireLater({ secret, onClose, onRetire }: RetireProps) {
  const planned = secret.retiresAt ? new Date(secret.retiresAt) : new Date(Date.now() + weekMs)
  const [at, setAt] = useState(() => toField(planned))
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const retire = async () => {
    const date = new Date(at)
    if (!(date.getTime() > Date.now())) return setProblem(w.laterWrong)
    setBusy(true)
    setProblem(null)
    try {
      await onRetire(date.toISOString())
      onClose()
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog label={w.laterTitle(secret.id)} onClose={onClose} class="ask">
      <form
        class="ask-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void retire()
        }}
      >
        <h2>{w.laterTitle(secret.id)}</h2>
        <p class="soft">{w.laterText}</p>
        <Field label={w.laterLabel} problem={problem}>
          {(control) => (
            <input
              {...control}
              class="input"
              type="datetime-local"
              min={toField(new Date())}
              value={at}
              onInput={(event) => setAt(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="dialog-buttons">
          <button type="button" class="button quiet" onClick={onClose}>
            {uiWords.cancel}
          </button>
          <button type="submit" class="button primary" disabled={busy}>
            {w.laterAction}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
