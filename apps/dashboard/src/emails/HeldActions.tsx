import type { Email } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { type Decision, decide } from './decide.ts'
import { words } from './words.ts'

const w = words.decide

interface ActionsProps {
  email: Email
  /** It was decided, by this agent or, as it turned out, by another one. */
  onDecided: (email: Email | null) => void
  children?: preact.ComponentChildren
}

/** What an agent may do with a held e-mail: a note where it belongs, a conversation of its own, or put it aside. */
export function HeldActions({ email, onDecided, children }: ActionsProps) {
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  if (!mayAnswer(desk.settings.value?.role)) return <p class="soft held-viewer">{w.viewer}</p>
  const run = async (decision: Decision) => {
    setBusy(true)
    const decided = await decide(desk, email, decision)
    setBusy(false)
    onDecided(decided)
  }
  return (
    <div class="held-acts">
      {children}
      {email.conversation && (
        <button
          type="button"
          class="button outline small"
          disabled={busy}
          aria-label={w.noteOf(email.conversation.number)}
          onClick={() => void run('note')}
        >
          <Icon name="note" size={14} />
          {w.note}
        </button>
      )}
      <button type="button" class="button outline small" disabled={busy} onClick={() => void run('new')}>
        <Icon name="plus" size={14} />
        {w.fresh}
      </button>
      <button type="button" class="button quiet small" disabled={busy} onClick={() => void run('dismiss')}>
        {w.dismiss}
      </button>
    </div>
  )
}
