import { HelpdeskError } from '@helpdesk/core'
import type { Notification } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { insertResend } from './changes-store.ts'
import { notificationById } from './listing.ts'

/**
 * Sends an e-mail once more, at once: a new notification about the same messages.
 * @throws HelpdeskError not_found; conflict while it, or an earlier repeat of it, still waits or is being sent
 */
export async function resendNotification(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'jobs' | 'bus' | 'config'>,
  desk: DeskRecord,
  id: string,
): Promise<Notification> {
  const { deskId } = desk
  const newId = deps.newId()
  const now = deps.now()
  await deps.db.transaction(async (tx) => {
    const { found, made } = await insertResend(tx, deskId, { id, newId }, now)
    if (!found) throw new HelpdeskError('not_found')
    if (!made) throw new HelpdeskError('conflict', { detail: 'This e-mail is still waiting or being sent' })
    await deps.jobs.enqueue(tx, 'notifications.deliver', { deskId, id: newId }, now)
  })
  deps.bus.publish({ type: 'events', deskId })
  return notificationById(deps, deskId, newId)
}
