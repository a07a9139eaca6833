import type { EmailState } from '@helpdesk/core/api'
import type { Queryable } from '../db/db.ts'
import { type NotificationRow, selectContactNotifications } from './email-states-store.ts'

/** Names a message by its place. */
export interface MessagePlace {
  conversationId: string
  seq: number
}

/**
 * What became of the e-mails about some of the agents' replies, by `conversationId:seq`; a reply that no e-mail was
 * owed for is absent.
 */
export async function emailStates(
  db: Queryable,
  deskId: string,
  places: readonly MessagePlace[],
): Promise<Map<string, EmailState>> {
  const states = new Map<string, EmailState>()
  if (places.length === 0) return states
  const conversationIds = [...new Set(places.map((place) => place.conversationId))]
  const seqs = places.map((place) => place.seq)
  const rows = await selectContactNotifications(
    db,
    deskId,
    conversationIds,
    seqs.reduce((least, seq) => Math.min(least, seq)),
    seqs.reduce((most, seq) => Math.max(most, seq)),
  )
  const byConversation = new Map<string, NotificationRow[]>(conversationIds.map((id) => [id, []]))
  for (const row of rows) byConversation.get(row.conversationId)?.push(row)
  for (const { conversationId, seq } of places) {
    const state = emailStateOf(byConversation.get(conversationId) ?? [], seq)
    if (state !== null) states.set(`${conversationId}:${seq}`, state)
  }
  return states
}

/**
 * What became of the e-mail about one message, from the notifications of its conversation in the order of what they
 * cover; null when none covers it.
 */
export function emailStateOf(
  notifications: readonly Omit<NotificationRow, 'conversationId'>[],
  seq: number,
): EmailState | null {
  const covering = notifications.findLast(
    ({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= (lastSeq ?? Number.POSITIVE_INFINITY),
  )
  if (covering === undefined) return null
  const { state, reason, lastError, readSeq, dueAt, updatedAt, id: notificationId } = covering
  // A try that may have worked rests until its repeat is due.
  if (state === 'scheduled' || (state === 'sending' && dueAt > updatedAt)) {
    return { state: 'scheduled', reason: null, lastError, at: dueAt.toISOString(), notificationId }
  }
  const at = updatedAt.toISOString()
  // What the contact had read already was left out of the e-mail, however that ended.
  if (readSeq !== null && seq <= readSeq) {
    return { state: 'skipped', reason: 'read', lastError: null, at, notificationId }
  }
  return { state, reason, lastError, at, notificationId }
}
