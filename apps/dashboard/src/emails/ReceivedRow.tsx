import type { Email } from '@helpdesk/core/api'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { HeldActions } from './HeldActions.tsx'
import { receivedWhy, senderName, words } from './words.ts'

const w = words.received

/** The drawing of each state of an e-mail that came in. */
export const receivedIcons = {
  received: 'mail',
  taken: 'check',
  held: 'clock',
  ignored: 'skip',
  dismissed: 'folder',
  failed: 'warning',
} as const satisfies Record<Email['state'], IconName>

interface RowProps {
  email: Email
  onDecided: () => void
}

/** One e-mail that came in: from whom, with what subject, and what became of it; a held one with what to do. */
export function ReceivedRow({ email, onDecided }: RowProps) {
  const desk = useDesk()
  const { from, state, conversation, subject } = email
  const name = senderName(from)
  const shownSubject = subject || w.noSubject
  const why = receivedWhy(email)
  return (
    <li class={`mail received ${state}`}>
      <span class="mail-icon">
        <Icon name={receivedIcons[state]} />
      </span>
      <div class="mail-who">
        <strong class="ellipsis mail-name" title={name}>
          {name}
        </strong>
        {from.address !== name && from.address && (
          <span class="soft ellipsis" title={from.address}>
            {from.address}
          </span>
        )}
      </div>
      <div class="mail-what">
        <a
          class="ellipsis mail-title"
          data-row
          href={href({ page: 'emails', deskId: desk.id, tab: 'received', item: email.id })}
          title={shownSubject}
        >
          {shownSubject}
        </a>
        {why && <span class="soft mail-why">{why}</span>}
      </div>
      <div class="mail-state">
        <span class="mail-outcome">
          <span class={state === 'held' ? 'hidden-visually' : undefined}>{w.states[state]}</span>
          {conversation && (
            <>
              {state !== 'held' && ' · '}
              <a
                class="numeric"
                href={href({
                  page: 'messages',
                  deskId: desk.id,
                  view: 'all',
                  conversationId: conversation.id,
                })}
                aria-label={words.sent.conversation(conversation.number)}
              >
                #{conversation.number}
              </a>
            </>
          )}
        </span>
        <time class="soft" dateTime={email.receivedAt} title={formatFull(email.receivedAt)}>
          {formatMoment(email.receivedAt)}
        </time>
      </div>
      {state === 'held' && <HeldActions email={email} onDecided={onDecided} />}
    </li>
  )
}
