import type { InboxItem } from '@helpdesk/core/api'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'
import { say } from '../ui/toasts.ts'
import { words } from './words.ts'

type Change = Parameters<typeof client.conversations.update>[2]

/** Shows the change at once, asks the desk for it, and takes it back if the desk refuses. */
async function change(desk: OpenDesk, id: string, body: Change, look: Partial<InboxItem>): Promise<boolean> {
  desk.inbox.expect(id, look)
  try {
    desk.inbox.patch(id, await withSession(() => client.conversations.update(desk.id, id, body)))
    return true
  } catch (error) {
    say(words.done.failed(errorText(error)), { tone: 'danger' })
    return false
  } finally {
    desk.inbox.expect(id, null)
  }
}

/** Sets the status of a conversation; can be undone for some seconds. */
export async function setStatus(desk: OpenDesk, item: InboxItem, status: InboxItem['status']): Promise<void> {
  if (item.status === status) return
  const done = await change(desk, item.id, { status }, { status })
  if (!done) return
  const undo = () => void change(desk, item.id, { status: item.status }, { status: item.status })
  say(words.done.status(item.number, status), { action: { label: words.done.undo, run: undo } })
}

/** Sets the priority of a conversation; can be undone for some seconds. */
export async function setPriority(
  desk: OpenDesk,
  item: InboxItem,
  priority: InboxItem['priority'],
): Promise<void> {
  if (item.priority === priority) return
  const done = await change(desk, item.id, { priority }, { priority })
  if (!done) return
  const before = { priority: item.priority }
  const undo = () => void change(desk, item.id, before, before)
  say(words.done.priority(item.number, priority), { action: { label: words.done.undo, run: undo } })
}

/** Puts a conversation into a category, or into none; can be undone for some seconds. */
export async function setCategory(
  desk: OpenDesk,
  item: InboxItem,
  category: InboxItem['category'],
): Promise<void> {
  const before = item.category
  if (before?.code === category?.code) return
  const put = (one: InboxItem['category']) =>
    change(desk, item.id, { category: one?.code ?? null }, { category: one })
  if (!(await put(category))) return
  const text = category ? words.done.category(item.number, category.name) : words.done.noCategory(item.number)
  say(text, { action: { label: words.done.undo, run: () => void put(before) } })
}

/** Resolves a conversation, or reopens a resolved one. */
export function toggleResolved(desk: OpenDesk, item: InboxItem): Promise<void> {
  return setStatus(desk, item, item.status === 'resolved' ? 'pending' : 'resolved')
}

/** Takes a conversation, or gives back one's own. */
export async function toggleMine(desk: OpenDesk, item: InboxItem, me: { id: string; name: string }) {
  const mine = item.assignee?.id === me.id
  const look: Partial<InboxItem> = mine ? { assignee: null } : { assignee: { id: me.id, name: me.name } }
  const done = await change(desk, item.id, { assignee: mine ? null : 'me' }, look)
  if (!done) return
  const text = mine ? words.done.givenBack(item.number) : words.done.taken(item.number)
  const undo = () => void change(desk, item.id, { assignee: mine ? 'me' : null }, { assignee: item.assignee })
  say(text, { action: { label: words.done.undo, run: undo } })
}

/** Whether a role may answer on a desk. */
export function mayAnswer(role: string | undefined): boolean {
  return role !== undefined && role !== 'viewer'
}
