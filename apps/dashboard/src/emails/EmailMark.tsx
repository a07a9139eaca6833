import type { EmailState } from '@helpdesk/core/api'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { formatFull } from '../ui/time.ts'
import { ResendButton } from './ResendButton.tsx'
import { words } from './words.ts'

interface MarkProps {
  email: EmailState
  /** What became of it, in words. */
  text: string
  conversationId: string
  /** Of the contact. */
  name: string
  /** Whether a word for it is offered here. */
  mayResend: boolean
}

/** What became of the e-mail about a message; leads to all e-mails of the conversation. */
export function EmailMark({ email, text, conversationId, name, mayResend }: MarkProps) {
  const desk = useDesk()
  const { state, reason, at, notificationId } = email
  const place = { page: 'emails', deskId: desk.id, tab: 'sent', item: conversationId } as const
  const isLost =
    state === 'failed' || (state === 'skipped' && (reason === 'bounced' || reason === 'rate_limited'))
  return (
    <>
      <a
        class={`email-state ${state}`}
        href={href(place)}
        title={`${formatFull(at)} · ${words.original.all}`}
      >
        <Icon name={state === 'failed' ? 'warning' : 'mail'} size={14} />
        {text}
      </a>
      {isLost && mayResend && mayAnswer(desk.settings.value?.role) && (
        <ResendButton notificationId={notificationId} name={name} reason={reason} small />
      )}
    </>
  )
}
