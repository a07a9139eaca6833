import { HelpdeskError } from '@helpdesk/core'
import { changed } from './changes.ts'
import type { Place } from './log.ts'
import type { AgentRecord, ContactRecord, DeskRecord, MergeRecord } from './records.ts'

type Home = Pick<Place, 'world' | 'desk'>

/** Makes a contact part of another one: its conversations move, its own token opens nothing any more. */
export function mergeContacts(
  { world, desk }: Home,
  from: ContactRecord,
  into: ContactRecord,
  { by, agent = null }: Pick<MergeRecord, 'by'> & { agent?: AgentRecord | null },
): MergeRecord {
  if (from === into || from.mergedInto || into.mergedInto) throw new HelpdeskError('conflict')
  const own = desk.conversations.filter(({ contact }) => contact === from)
  const moved = own.map((conversation) => ({ conversation, client: conversation.client }))
  const merge: MergeRecord = {
    id: world.newId(),
    from,
    into,
    by,
    agent,
    moved,
    at: world.now().toISOString(),
    isUndone: false,
  }
  desk.merges.push(merge)
  from.mergedInto = into
  // Its browser has to identify itself from now on, whatever becomes of the merge.
  from.token = world.newToken()
  into.email ??= from.email
  into.name ??= from.name
  for (const { conversation } of moved) {
    move({ world, desk, conversation }, into, agent)
    conversation.client = into.client ?? conversation.client
  }
  return merge
}

/** Takes a merge back. @throws {HelpdeskError} `conflict` when that was done, or the other contact has gone on */
export function undoMerge(home: Home, merge: MergeRecord, agent: AgentRecord): ContactRecord {
  const { from, into, moved } = merge
  if (merge.isUndone || into.mergedInto) throw new HelpdeskError('conflict')
  merge.isUndone = true
  from.mergedInto = null
  for (const { conversation, client } of moved) {
    conversation.client = client
    move({ ...home, conversation }, from, agent)
  }
  return from
}

function move(place: Place, to: ContactRecord, agent: AgentRecord | null): void {
  const { conversation } = place
  const { contact: from, contactReads } = conversation
  contactReads.set(to.id, Math.max(contactReads.get(from.id) ?? 0, contactReads.get(to.id) ?? 0))
  conversation.contact = to
  if (agent) changed(place, agent, { field: 'contact', from: nameOf(from), to: nameOf(to) })
}

function nameOf({ name, email }: ContactRecord): string | null {
  return name ?? email
}

/** The merges into a contact that can be undone. */
export function mergesInto({ merges }: DeskRecord, contact: ContactRecord): MergeRecord[] {
  return merges.filter(({ into, isUndone }) => into === contact && !isUndone)
}
