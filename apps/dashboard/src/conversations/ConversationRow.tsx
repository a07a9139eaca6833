import type { InboxItem } from '@helpdesk/core/api'
import { Avatar } from '../agents/Avatar.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { formatAge, formatFull } from '../ui/time.ts'
import { PriorityMark } from './PriorityMark.tsx'
import { StatusIcon } from './StatusIcon.tsx'
import type { ViewKey } from './views.ts'
import { contactName, firstWords, words } from './words.ts'

/** The drawing of each channel. */
export const channelIcons: Record<InboxItem['channel'], IconName> = {
  widget: 'widget',
  contact_form: 'form',
  ticket_center: 'ticket',
  email: 'mail',
  api: 'code',
}

interface RowProps {
  item: InboxItem
  view: ViewKey
  open: boolean
}

/** A conversation in the list: who, what, how it stands and since when. */
export function ConversationRow({ item, view, open }: RowProps) {
  const desk = useDesk()
  const to = { page: 'messages', deskId: desk.id, view, conversationId: item.id } as const
  return (
    <li>
      <a
        class={item.unread ? 'row unread' : 'row'}
        href={href(to)}
        aria-current={open ? 'true' : undefined}
        data-id={item.id}
      >
        <StatusIcon status={item.status} />
        <span class="row-who">
          <span class="row-name ellipsis">{contactName(item.contact)}</span>
          {item.client?.name && <span class="row-client ellipsis">· {item.client.name}</span>}
        </span>
        <time class="row-age numeric" dateTime={item.lastMessageAt} title={formatFull(item.lastMessageAt)}>
          {formatAge(item.lastMessageAt)}
        </time>
        <span class="row-words ellipsis">
          {item.lastAuthor === 'agent' && !item.subject && (
            <span class="row-answered">
              <Icon name="reply" size={14} />
              <span class="hidden-visually">{words.answered}</span>
            </span>
          )}
          {item.subject ? (
            <>
              <span class="row-subject">{item.subject}</span>
              {item.preview && <> – {item.preview}</>}
            </>
          ) : (
            firstWords(item)
          )}
        </span>
        <span class="row-end">
          {item.unread && (
            <span class="row-unread">
              <span class="hidden-visually">{words.unread}</span>
            </span>
          )}
          {item.assignee && (
            <span title={words.assignedTo(item.assignee.name)}>
              <Avatar name={item.assignee.name} tiny />
              <span class="hidden-visually">{words.assignedTo(item.assignee.name)}</span>
            </span>
          )}
        </span>
        <span class={item.category && item.priority !== 'normal' ? 'row-meta full' : 'row-meta'}>
          <span class="numeric">#{item.number}</span>
          <span class="row-channel" title={words.channels[item.channel]}>
            <Icon name={channelIcons[item.channel]} size={12} />
            <span class="row-channel-name">{words.channels[item.channel]}</span>
          </span>
          <PriorityMark priority={item.priority} />
          {item.category && (
            <span class="row-category ellipsis" title={words.inCategory(item.category.name)}>
              {item.category.name}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
