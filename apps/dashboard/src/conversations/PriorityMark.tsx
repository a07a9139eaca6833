import type { InboxItem } from '@helpdesk/core/api'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { words } from './words.ts'

type Priority = InboxItem['priority']

const icons: Record<Priority, IconName | null> = { low: 'down', normal: null, high: 'up', urgent: 'urgent' }

/** A drawing and a word for every priority but the usual one. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const icon = icons[priority]
  if (!icon) return null
  return (
    <span class={`row-priority ${priority}`} title={words.priorityOf(words.priorities[priority])}>
      <Icon name={icon} size={12} />
      {words.priorities[priority]}
      <span class="hidden-visually"> {words.details.priority.toLowerCase()}</span>
    </span>
  )
}
