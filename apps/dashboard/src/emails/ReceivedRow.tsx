import type { Email } from '@helpdesk/core/api'
import { useRef } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { HeldActions } from './HeldActions.tsx'
import { leaveRow } from './row-keys.ts'
import { Subject } from './Subject.tsx'
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
  const { id, from, state, conversation, subject } = email
  const name = senderName(from)
  const why = receivedWhy(email)
  const row = useRef<HTMLLIElement>(null)
  const decided = () => {
    leaveRow(row.current)
    onDecided()
  }
  return (
    <li ref={row} class={`mail received ${state}`}>
      <span class="mail-icon">
        <Icon name={receivedIcons[state]} />
      </span>
      <div class="mail-who">
        <strong class="ellipsis" dir="auto" title={name}>
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
          id={`mail-${id}`}
          class="ellipsis mail-title"
          dir="auto"
          data-row
          href={href({ page: 'emails', deskId: desk.id, tab: 'received', item: id })}
          title={subject || w.noSubject}
        >
          <Subject of={email} />
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
      {state === 'held' && <HeldActions email={email} onDecided={decided} describedBy={`mail-${id}`} />}
    </li>
  )
}
