import { HelpdeskError, type NotificationState } from '@helpdesk/core'
import type { api, Notification, Result } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import {
  countNotifications,
  type ListedRow,
  type ListFilter,
  type ListPosition,
  selectNotification,
  selectNotifications,
} from './list-store.ts'
import { messageIdOf } from './mail-parts.ts'

const countedMs = 7 * 86_400_000

/** A page of the desk's notifications, newest first, and how many of the last seven days are in which state. */
export async function listNotifications(
  deps: Pick<Deps, 'db' | 'now' | 'config'>,
  desk: DeskRecord,
  filter: ListFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<Result<(typeof api)['notifications']['list']>> {
  const before = page.cursor === undefined ? null : readCursor(page.cursor)
  const search = filter.search?.trim().replace(/^#/, '') || undefined
  const [rows, counted] = await Promise.all([
    selectNotifications(deps.db, desk.deskId, { ...filter, search }, before, page.limit + 1),
    countNotifications(deps.db, desk.deskId, new Date(deps.now().getTime() - countedMs)),
  ])
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const counts: Record<NotificationState, number> = {
    scheduled: 0,
    sending: 0,
    sent: 0,
    skipped: 0,
    failed: 0,
  }
  for (const { state, count } of counted) counts[state] = count
  return {
    notifications: shown.map((row) => notificationView(deps, row)),
    nextCursor: rows.length > page.limit && last ? cursorOf(last) : null,
    counts,
  }
}

/** A notification as agents see it. @throws HelpdeskError not_found */
export async function notificationById(
  deps: Pick<Deps, 'db' | 'config'>,
  deskId: string,
  id: string,
): Promise<Notification> {
  const row = await selectNotification(deps.db, deskId, id)
  if (!row) throw new HelpdeskError('not_found')
  return notificationView(deps, row)
}

function notificationView({ config }: Pick<Deps, 'config'>, row: ListedRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    conversation: { id: row.conversationId, number: row.number, subject: row.subject },
    recipient: { type: row.recipientType, id: row.recipientId, name: row.name, email: row.email },
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    lastError: row.lastError,
    maybeSent: row.maybeSent,
    messageId: messageIdOf(config, row.id),
    createdAt: row.createdAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

const cursorOf = ({ createdAt, id }: ListPosition) => `${createdAt.getTime()}.${id}`

/** This list goes by time, and by ids within a millisecond. @throws HelpdeskError validation_failed */
function readCursor(cursor: string): ListPosition {
  const [, time, id = ''] =
    /^([0-9]{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? []
  if (time !== undefined) return { createdAt: new Date(Number(time)), id }
  const errors = [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check cursor', errors })
}
