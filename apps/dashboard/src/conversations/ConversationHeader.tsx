import type { InboxItem } from '@helpdesk/core/api'
import { useEffect, useRef } from 'preact/hooks'
import { me } from '../agents/session.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { mayAnswer, setStatus, toggleMine } from './actions.ts'
import { StatusIcon } from './StatusIcon.tsx'
import type { ViewKey } from './views.ts'
import { contactName, words } from './words.ts'

interface HeaderProps {
  item: InboxItem
  view: ViewKey
  headingId: string
  details: boolean
  onDetails: () => void
}

const statuses = Object.keys(words.statuses) as InboxItem['status'][]

/** Who it is with, how it stands and who answers. */
export function ConversationHeader({ item, view, headingId, details, onDetails }: HeaderProps) {
  const desk = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // On a narrow screen the row that was followed is gone from sight, and the focus with it.
    if (document.activeElement?.checkVisibility?.() === false) heading.current?.focus()
  }, [])
  const agent = me.value
  const may = mayAnswer(desk.settings.value?.role)
  const mine = item.assignee !== null && item.assignee.id === agent?.id
  const back = { page: 'messages', deskId: desk.id, view, conversationId: null } as const
  return (
    <header class="pane-header conversation-header">
      <a class="button quiet icon only-narrow" href={href(back)} aria-label={words.backToList}>
        <Icon name="back" />
      </a>
      <div class="conversation-title">
        <h2 ref={heading} id={headingId} class="ellipsis" tabIndex={-1} title={item.subject ?? undefined}>
          {item.subject ?? contactName(item.contact)}
        </h2>
        <p class="soft ellipsis">
          <span class="numeric">#{item.number}</span>
          {item.subject && <> · {contactName(item.contact)}</>}
          {item.assignee && !mine && <> · {words.assignedTo(item.assignee.name)}</>}
        </p>
      </div>
      {agent && may && (
        <button
          type="button"
          class="button quiet assign"
          title={`${mine ? words.conversation.giveBack : words.conversation.assign} (A)`}
          onClick={() => toggleMine(desk, item, agent)}
        >
          <Icon name={mine ? 'unassigned' : 'person'} />
          <span class="button-label">{mine ? words.conversation.giveBack : words.conversation.assign}</span>
        </button>
      )}
      <span class="status-select">
        <StatusIcon status={item.status} quiet />
        <select
          class="select"
          aria-label={words.statusLabel}
          value={item.status}
          disabled={!may}
          onChange={(event) => setStatus(desk, item, event.currentTarget.value as InboxItem['status'])}
        >
          {statuses.map((status) => (
            <option key={status} value={status}>
              {words.statuses[status]}
            </option>
          ))}
        </select>
      </span>
      <button
        type="button"
        class="button quiet icon details-toggle"
        aria-expanded={details}
        aria-label={words.conversation.details}
        title={words.conversation.details}
        onClick={onDetails}
      >
        <Icon name="details" />
      </button>
    </header>
  )
}
