import { HelpdeskError } from '@helpdesk/core'
import type { AgentActor } from '../agents/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import {
  finishUndo,
  insertMerge,
  lockContacts,
  lockMerges,
  type MergeRow,
  moveConversations,
  moveNotifications,
  retireContact,
  selectMergeForUpdate,
  wakeContact,
} from './merges-store.ts'

/** Who merges: an agent, or a proof. */
export interface MergedBy {
  by: MergeRow['by']
  agentId: string | null
}

/**
 * Makes a contact part of another one: its conversations, messages and e-mails on the way move, its credentials end.
 * The contact itself stays, so that it can be undone.
 * @returns the id of the merge
 */
export async function mergeContacts(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  deskId: string,
  fromId: string,
  intoId: string,
  { by, agentId }: MergedBy,
): Promise<string> {
  const id = deps.newId()
  const now = deps.now()
  const moved = await moveConversations(tx, { deskId, fromId, intoId, by, agentId, now, eventId: deps.newId })
  await moveNotifications(tx, deskId, fromId, intoId, moved)
  await retireContact(tx, deskId, fromId, intoId)
  await insertMerge(tx, { deskId, id, fromId, intoId, by, agentId, moved, now })
  return id
}

/** An agent merges two contacts. @returns the id of the merge @throws HelpdeskError not_found, conflict */
export async function mergeByHand(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  fromId: string,
  intoId: string,
): Promise<string> {
  if (fromId === intoId) {
    throw new HelpdeskError('validation_failed', {
      detail: 'Check intoContactId',
      errors: [{ pointer: '/body/intoContactId', detail: 'must be another contact' }],
    })
  }
  const id = await deps.db.transaction(async (tx) => {
    await lockMerges(tx, desk.deskId)
    const both = await lockContacts(tx, desk.deskId, [fromId, intoId])
    if (both.length !== 2) throw new HelpdeskError('not_found')
    if (both.some((contact) => contact.mergedIntoId !== null)) throw new HelpdeskError('conflict')
    return mergeContacts(tx, deps, desk.deskId, fromId, intoId, { by: 'agent', agentId: agent.id })
  })
  deps.bus.publish({ type: 'events', deskId: desk.deskId })
  return id
}

/**
 * Takes a merge back: the conversations that moved and are still there go back, and what the contact wrote in them
 * before. Its browser has to identify itself again.
 * @returns the id of the contact that is there again
 * @throws HelpdeskError not_found, conflict when it was undone already or the target was merged further
 */
export async function undoMerge(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  mergeId: string,
): Promise<string> {
  const { deskId } = desk
  const contactId = await deps.db.transaction(async (tx) => {
    await lockMerges(tx, deskId)
    const merge = await selectMergeForUpdate(tx, deskId, mergeId)
    if (!merge) throw new HelpdeskError('not_found')
    const both = await lockContacts(tx, deskId, [merge.fromId, merge.intoId])
    const into = both.find((contact) => contact.id === merge.intoId)
    if (merge.undoneAt !== null || both.length !== 2 || !into || into.mergedIntoId !== null)
      throw new HelpdeskError('conflict')
    await moveConversations(tx, {
      deskId,
      fromId: merge.intoId,
      intoId: merge.fromId,
      by: 'agent',
      agentId: agent.id,
      now: deps.now(),
      eventId: deps.newId,
      back: merge,
    })
    await moveNotifications(tx, deskId, merge.intoId, merge.fromId, merge.moved)
    await wakeContact(tx, deskId, merge.fromId, merge.intoId)
    await finishUndo(tx, deskId, mergeId, deps.now())
    return merge.fromId
  })
  deps.bus.publish({ type: 'events', deskId })
  return contactId
}
