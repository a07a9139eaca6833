import type { InboxCounts, InboxItem } from '@helpdesk/core/api'

/** The views of the inbox, in the order in which they stand. */
export const viewKeys = [
  'all',
  'pending',
  'in_progress',
  'waiting',
  'resolved',
  'mine',
  'unassigned',
] as const
export type ViewKey = (typeof viewKeys)[number]

/** Whether a text from an address names a view. */
export function isViewKey(value: string): value is ViewKey {
  return (viewKeys as readonly string[]).includes(value)
}

/** What the desk is asked for so that it answers with a view. */
export function viewQuery(view: ViewKey): {
  status?: InboxItem['status'] | 'open'
  assignee?: 'me' | 'none'
} {
  if (view === 'all') return {}
  if (view === 'mine') return { assignee: 'me', status: 'open' }
  if (view === 'unassigned') return { assignee: 'none', status: 'open' }
  return { status: view }
}

/** Whether a conversation belongs in a view, by the same rule as {@link viewQuery}. */
export function belongs(view: ViewKey, item: InboxItem, agentId: string): boolean {
  const { status, assignee } = viewQuery(view)
  if (status === 'open' ? item.status === 'resolved' : status && item.status !== status) return false
  if (assignee === 'me') return item.assignee?.id === agentId
  return assignee !== 'none' || item.assignee === null
}

/** How many conversations a view has. */
export function countOf(view: ViewKey, counts: InboxCounts): number {
  return counts[view]
}
