import type { Notification } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorCode } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { words } from './words.ts'

const w = words.resend

interface ResendProps {
  notificationId: string
  /** Of the recipient. */
  name: string
  reason: Notification['reason']
  maybeSent?: boolean
  /** A word in a line of small print instead of a button of its own. */
  small?: boolean
  onSent?: () => void
}

/** Sends an e-mail once more, after saying what that does. */
export function ResendButton({ notificationId, name, reason, maybeSent, small, onSent }: ResendProps) {
  const desk = useDesk()
  const [asked, setAsked] = useState(false)
  const resend = async () => {
    try {
      await withSession(() => client.notifications.resend(desk.id, notificationId))
      say(w.done(name))
    } catch (error) {
      if (errorCode(error) !== 'conflict') throw error
      say(w.onItsWay)
    }
    onSent?.()
  }
  return (
    <>
      <button
        type="button"
        class={small ? 'link-button' : 'button outline small'}
        aria-label={w.label(name)}
        onClick={() => setAsked(true)}
      >
        {!small && <Icon name="retry" size={14} />}
        {w.button}
      </button>
      {asked && (
        <Confirm
          title={w.title(name)}
          text={<Text reason={reason} maybeSent={maybeSent ?? false} />}
          action={w.button}
          onConfirm={resend}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

function Text({ reason, maybeSent }: { reason: Notification['reason']; maybeSent: boolean }) {
  return (
    <div class="resend-text">
      <p>{w.text}</p>
      {maybeSent && <p>{w.maybe}</p>}
      {reason === 'bounced' && <p>{w.bounced}</p>}
      {reason === 'opted_out' && <p>{w.optedOut}</p>}
    </div>
  )
}
