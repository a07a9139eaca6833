import type { Queryable, Statement } from '../db/db.ts'
import type { LoggedEventData, LoggedEventType } from './tables.ts'

/** An event as it stands in the log. */
export interface EventRow {
  seq: number
  type: LoggedEventType
  audience: 'all' | 'agents'
  conversationId: string | null
  contactId: string | null
  clientId: string | null
  messageSeq: number | null
  data: LoggedEventData | null
  at: Date
}

const columns = `seq, type, audience, conversation_id as "conversationId", contact_id as "contactId", client_id as "clientId",
  message_seq as "messageSeq", data, at`

const after: Statement = {
  name: 'events_after',
  text: `select ${columns} from helpdesk.events where desk_id = $1 and seq > $2 order by seq limit $3`,
}

const ofContact: Statement = {
  name: 'events_of_contact',
  text: `select ${columns} from helpdesk.events
    where desk_id = $1 and seq > $3 and seq <= $4 and audience = 'all'
      and (contact_id = $2 or client_id = $6::uuid or type = 'desk.updated')
    order by seq limit $5`,
}

const position: Statement = {
  name: 'event_seq',
  text: 'select event_seq as seq from helpdesk.desk_counters where desk_id = $1',
}

const positions: Statement = {
  name: 'event_seqs',
  text: 'select desk_id as "deskId", event_seq as seq from helpdesk.desk_counters where desk_id = any($1::uuid[])',
}

/** Everything that happened on a desk after a position, oldest first. */
export function selectEventsAfter(
  db: Queryable,
  deskId: string,
  afterSeq: number,
  limit: number,
): Promise<EventRow[]> {
  return db.run<EventRow>(after, [deskId, afterSeq, limit])
}

/** What a contact may know of what happened in a stretch of the log (the first position excluded), oldest first. */
export function selectContactEvents(
  db: Queryable,
  deskId: string,
  viewer: { contactId: string; clientId: string | null },
  stretch: { after: number; until: number; limit: number },
): Promise<EventRow[]> {
  return db.run<EventRow>(ofContact, [
    deskId,
    viewer.contactId,
    stretch.after,
    stretch.until,
    stretch.limit,
    viewer.clientId,
  ])
}

/** The position of a desk's newest event; 0 when there is none. */
export async function selectEventSeq(db: Queryable, deskId: string): Promise<number> {
  const [row] = await db.run<{ seq: number }>(position, [deskId])
  return row?.seq ?? 0
}

/** The same for many desks at once. */
export async function selectEventSeqs(
  db: Queryable,
  deskIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.run<{ deskId: string; seq: number }>(positions, [deskIds])
  return new Map(rows.map(({ deskId, seq }) => [deskId, seq]))
}
