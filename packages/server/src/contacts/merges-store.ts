import type { Queryable, Statement, Tx } from '../db/db.ts'

/** A conversation that a merge moved, with the client it belonged to before. */
export interface MergedConversation {
  id: string
  clientId: string | null
  /** Positions of what the target had written in it before, as a colleague: that stays the target's. */
  kept?: number[]
}

/** A merge as it was written down. */
export interface MergeRow {
  id: string
  fromId: string
  intoId: string
  by: 'signature' | 'email_link' | 'mailbox_reply' | 'agent'
  moved: MergedConversation[]
  createdAt: Date
  undoneAt: Date | null
}

const lockMerging: Statement = {
  name: 'merges_lock',
  text: 'select 1 from helpdesk.desks where desk_id = $1 for update',
}

const lock: Statement = {
  name: 'contacts_lock',
  text: `select id, merged_into_id as "mergedIntoId" from helpdesk.contacts
    where desk_id = $1 and id = any($2::uuid[]) order by id for update`,
}

// Conversations are locked before the desk's counters, as every writer does.
const conversationsOf: Statement = {
  name: 'merge_conversations',
  text: `select k.id, k.client_id as "clientId", array(select m.seq from helpdesk.messages m
      where m.desk_id = $1 and m.conversation_id = k.id and m.author_type = 'contact' and m.author_id = $4::uuid) as kept
    from helpdesk.conversations k
    where k.desk_id = $1 and k.contact_id = $2 and ($3::uuid[] is null or k.id = any($3)) order by k.id for update`,
}

const move: Statement = {
  name: 'merge_move_conversation',
  text: `
with counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1 where c.desk_id = $1 returning c.event_seq
),
names as (
  select (select coalesce(name, email) from helpdesk.contacts where desk_id = $1 and id = $4) as old,
    (select coalesce(name, email) from helpdesk.contacts where desk_id = $1 and id = $5) as new
),
conversation as (
  update helpdesk.conversations k set contact_id = $5::uuid, client_id = $6::uuid where k.desk_id = $1 and k.id = $2::uuid
),
authors as (
  update helpdesk.messages set author_id = $5
  where desk_id = $1 and conversation_id = $2 and author_type = 'contact' and author_id = $4::uuid
    and ($9::timestamptz is null or created_at <= $9) and seq <> all($10::bigint[])
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, change, created_at)
  select $1, $2, event_seq, $7::uuid, 'event', case when $8::uuid is null then 'system' else 'agent' end, $8, '',
    jsonb_build_object('field', 'contact', 'from', names.old, 'to', names.new), $3::timestamptz
  from counter, names
)
insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
select $1, event_seq, 'conversation.updated', 'all', $2, $5, $6, event_seq, $3 from counter`,
}

const notifications: Statement = {
  name: 'merge_move_notifications',
  text: `update helpdesk.notifications set recipient_id = $3::uuid
    where desk_id = $1 and recipient_type = 'contact' and recipient_id = $2::uuid and conversation_id = any($4::uuid[])
      and state in ('scheduled', 'sending')`,
}

// An address that wants no e-mails gets none because its conversations are somebody's with the same address now.
const retire: Statement = {
  name: 'merge_retire_contact',
  text: `with sessions as (
      delete from helpdesk.contact_sessions where desk_id = $1 and contact_id = $2
    ),
    wish as (
      update helpdesk.contacts i set email_opted_out = true from helpdesk.contacts f
      where i.desk_id = $1 and i.id = $3::uuid and f.desk_id = $1 and f.id = $2 and f.email_opted_out
        and lower(f.email) = lower(i.email)
    )
    update helpdesk.contacts set merged_into_id = $3::uuid, token_hash = null where desk_id = $1 and id = $2::uuid`,
}

// Who could sign in as either must do so again: a session does not say whose signature opened it.
const wake: Statement = {
  name: 'merge_wake_contact',
  text: `with woken as (
      update helpdesk.contacts set merged_into_id = null where desk_id = $1 and id = $2 returning identity_key
    )
    delete from helpdesk.contact_sessions s using woken
    where s.desk_id = $1 and s.contact_id = $3 and woken.identity_key is not null and s.form <> 'link'`,
}

const insert: Statement = {
  name: 'merge_insert',
  text: `insert into helpdesk.contact_merges (desk_id, id, from_contact_id, into_contact_id, by, agent_id, moved, created_at)
    values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)`,
}

const forUpdate: Statement = {
  name: 'merge_for_update',
  text: `select id, from_contact_id as "fromId", into_contact_id as "intoId", by, moved, created_at as "createdAt",
      undone_at as "undoneAt"
    from helpdesk.contact_merges where desk_id = $1 and id = $2 for update`,
}

const undone: Statement = {
  name: 'merge_undone',
  text: 'update helpdesk.contact_merges set undone_at = $3 where desk_id = $1 and id = $2',
}

/** Lets nobody else merge on the desk until the transaction ends; taken before any contact is locked. */
export async function lockMerges(tx: Tx, deskId: string): Promise<void> {
  await tx.run(lockMerging, [deskId])
}

/** Locks contacts until the transaction ends; the order keeps two merges from waiting for each other. */
export function lockContacts(
  tx: Tx,
  deskId: string,
  ids: readonly string[],
): Promise<{ id: string; mergedIntoId: string | null }[]> {
  return tx.run(lock, [deskId, ids])
}

/**
 * Gives the conversations of a contact to another one, each with an entry in its thread and in the log.
 * @param to `back`: the merge that is taken back; then only what it moved goes, each to its client of before
 * @returns what has moved, as it was before
 */
export async function moveConversations(
  tx: Tx,
  to: {
    deskId: string
    fromId: string
    intoId: string
    by: MergeRow['by']
    agentId: string | null
    now: Date
    eventId: () => string
    back?: MergeRow
  },
): Promise<MergedConversation[]> {
  const { deskId, fromId, intoId, agentId, now, eventId, back } = to
  const only = back ? back.moved.map(({ id }) => id) : null
  const found = await tx.run<MergedConversation>(conversationsOf, [deskId, fromId, only, intoId])
  const before = new Map(back?.moved.map((moved) => [moved.id, moved]))
  const clientOfTarget = back ? null : await clientOf(tx, deskId, intoId)
  for (const { id, clientId } of found) {
    const client = back ? (before.get(id)?.clientId ?? null) : (clientOfTarget ?? clientId)
    const until = back?.createdAt ?? null
    const kept = before.get(id)?.kept ?? []
    await tx.run(move, [deskId, id, now, fromId, intoId, client, eventId(), agentId, until, kept])
  }
  return found
}

const clientOfContact: Statement = {
  name: 'merge_client_of_contact',
  text: 'select client_id as "clientId" from helpdesk.contacts where desk_id = $1 and id = $2',
}

async function clientOf(tx: Tx, deskId: string, contactId: string): Promise<string | null> {
  const [row] = await tx.run<{ clientId: string | null }>(clientOfContact, [deskId, contactId])
  return row?.clientId ?? null
}

/** E-mails that are on their way go to whom the conversation belongs now. */
export async function moveNotifications(
  tx: Tx,
  deskId: string,
  fromId: string,
  intoId: string,
  conversations: readonly MergedConversation[],
): Promise<void> {
  await tx.run(notifications, [deskId, fromId, intoId, conversations.map(({ id }) => id)])
}

/** Notes what a contact became part of; its credentials open nothing any more. */
export async function retireContact(tx: Tx, deskId: string, id: string, intoId: string): Promise<void> {
  await tx.run(retire, [deskId, id, intoId])
}

/** The contact is one of its own again; sessions of what it was part of end where they could be its own. */
export async function wakeContact(tx: Tx, deskId: string, id: string, partOfId: string): Promise<void> {
  await tx.run(wake, [deskId, id, partOfId])
}

/** Writes a merge down. */
export async function insertMerge(
  db: Queryable,
  merge: {
    deskId: string
    id: string
    fromId: string
    intoId: string
    by: MergeRow['by']
    agentId: string | null
    moved: readonly MergedConversation[]
    now: Date
  },
): Promise<void> {
  const { deskId, id, fromId, intoId, by, agentId, moved, now } = merge
  await db.run(insert, [deskId, id, fromId, intoId, by, agentId, JSON.stringify(moved), now])
}

/** A merge, locked until the transaction ends. */
export async function selectMergeForUpdate(tx: Tx, deskId: string, id: string): Promise<MergeRow | null> {
  const [row] = await tx.run<MergeRow>(forUpdate, [deskId, id])
  return row ?? null
}

/** Notes that a merge was taken back. */
export async function finishUndo(tx: Tx, deskId: string, id: string, now: Date): Promise<void> {
  await tx.run(undone, [deskId, id, now])
}
