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
  onDecided: () => void
  /** The element that says which e-mail it is. */
  describedBy?: string
  children?: preact.ComponentChildren
}

/** Whether an agent may still take an e-mail in: it waits, or was left out or put aside, perhaps by mistake. */
export const isOpen = ({ state }: Email): boolean =>
  state === 'held' || state === 'ignored' || state === 'dismissed'

/** What an agent may do with an e-mail that is open: a note where it belongs, a conversation of its own, or put it aside. */
export function HeldActions({ email, onDecided, describedBy, children }: ActionsProps) {
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  if (!mayAnswer(desk.settings.value?.role)) return <p class="soft held-viewer">{w.viewer}</p>
  const run = async (decision: Decision) => {
    setBusy(true)
    const outcome = await decide(desk, email, decision)
    // What is decided stays out of reach until it is gone: a second click would only be refused.
    if (outcome !== 'decided') setBusy(false)
    if (outcome !== 'failed') onDecided()
  }
  const button = { type: 'button', disabled: busy, 'aria-describedby': describedBy } as const
  return (
    <div class="held-acts">
      {children}
      {email.conversation && (
        <button
          {...button}
          class="button outline small"
          aria-label={w.noteOf(email.conversation.number)}
          onClick={() => void run('note')}
        >
          <Icon name="note" size={14} />
          {w.note}
        </button>
      )}
      <button {...button} class="button outline small" onClick={() => void run('new')}>
        <Icon name="plus" size={14} />
        {w.fresh}
      </button>
      {email.state === 'held' && (
        <button {...button} class="button quiet small" onClick={() => void run('dismiss')}>
          {w.dismiss}
        </button>
      )}
    </div>
  )
}
