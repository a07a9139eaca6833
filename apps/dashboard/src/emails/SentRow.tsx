import type { Notification } from '@helpdesk/core/api'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { formatFull } from '../ui/time.ts'
import { ResendButton } from './ResendButton.tsx'
import { sentText, words } from './words.ts'

const w = words.sent

const icons = {
  scheduled: 'clock',
  sending: 'mail',
  sent: 'check',
  skipped: 'skip',
  failed: 'warning',
} as const satisfies Record<Notification['state'], IconName>

interface RowProps {
  notification: Notification
  onChanged: () => void
}

/** One e-mail to somebody: to whom, about what, and what became of it. */
export function SentRow({ notification: one, onChanged }: RowProps) {
  const desk = useDesk()
  const { recipient, conversation, state } = one
  const name = recipient.name ?? recipient.email ?? w.nameless
  const isOver = state !== 'scheduled' && state !== 'sending'
  const place = { page: 'messages', deskId: desk.id, view: 'all', conversationId: conversation.id } as const
  return (
    <li class={`mail ${state}`}>
      <span class="mail-icon">
        <Icon name={icons[state]} />
      </span>
      <div class="mail-who">
        <span class="mail-name">
          <strong class="ellipsis" dir="auto" title={name}>
            {name}
          </strong>
          {recipient.type === 'agent' && <span class="mark">{w.agent}</span>}
        </span>
        {recipient.email !== name && (
          <span class="soft ellipsis" title={recipient.email ?? undefined}>
            {recipient.email ?? w.noAddress}
          </span>
        )}
      </div>
      <div class="mail-what">
        <span class="ellipsis">
          {w.what[recipient.type][one.kind]} ·{' '}
          <a class="numeric" data-row href={href(place)} aria-label={w.conversation(conversation.number)}>
            #{conversation.number}
          </a>
        </span>
        {conversation.subject && (
          <span class="soft ellipsis" dir="auto" title={conversation.subject}>
            {conversation.subject}
          </span>
        )}
      </div>
      <div class="mail-state">
        <span class="mail-outcome" title={formatFull(isOver ? one.updatedAt : one.dueAt)}>
          {sentText(one)}
        </span>
        {one.maybeSent && (
          <span class="mail-maybe">{state === 'sent' ? words.maybe.sent : words.maybe.open}</span>
        )}
        <time class="soft" dateTime={one.createdAt} title={formatFull(one.createdAt)}>
          {w.created(one.createdAt)}
        </time>
      </div>
      <div class="mail-acts">
        {isOver && mayAnswer(desk.settings.value?.role) && (
          <ResendButton
            notificationId={one.id}
            name={name}
            reason={one.reason}
            maybeSent={one.maybeSent}
            onSent={onChanged}
          />
        )}
      </div>
    </li>
  )
}
