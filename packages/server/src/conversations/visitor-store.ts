import type { Channel, ConversationStatus, Priority } from '@helpdesk/core'
import { categoryName } from '../categories/names.ts'
import { scopeValues, sharedWith, type VisitorScope, visibleTo } from '../contacts/scope.ts'
import type { Queryable, Statement } from '../db/db.ts'

/** A conversation as its contact reads it. */
export interface ContactConversationRow {
  id: string
  number: string
  subject: string | null
  status: ConversationStatus
  priority: Priority
  channel: Channel
  preview: string
  own: boolean
  author_name: string | null
  category_code: string | null
  category_name: string | null
  created_at: Date
  last_message_at: Date
  last_message_seq: number
  contact_read_seq: number
  team_read_seq: number
  unread_count: number
  event_seq: number
}

/** A conversation as a visitor sees it; `$2` is the visitor's contact. */
const contactColumns = `k.id, k.number, k.subject, k.status, k.priority, k.channel, k.preview, k.created_at, k.last_message_at,
  k.last_message_seq, k.team_read_seq, k.contact_id = $2::uuid as own, o.name as author_name, g.code as category_code,
  ${categoryName} as category_name, mark.seq as contact_read_seq,
  (select count(*)::int from helpdesk.messages m where m.desk_id = k.desk_id and m.conversation_id = k.id
    and m.seq > mark.seq and m.kind = 'reply' and m.author_type = 'agent') as unread_count`

const contactJoins = `
  left join helpdesk.contacts o on o.desk_id = k.desk_id and o.id = k.contact_id
  left join helpdesk.categories g on g.desk_id = k.desk_id and g.id = k.category_id
  cross join lateral (
    select case when k.contact_id = $2 then k.contact_read_seq else coalesce((select r.read_seq from helpdesk.contact_reads r
      where r.desk_id = k.desk_id and r.conversation_id = k.id and r.contact_id = $2), 0) end as seq
  ) mark`

const ofContact: Statement = {
  name: 'conversations_of_contact',
  text: `select d.event_seq, k.* from helpdesk.desk_counters d left join lateral (
      select ${contactColumns} from (
        select * from helpdesk.conversations k
        where k.desk_id = $1 and k.contact_id = $2 and k.last_message_seq < $3::bigint and ($5::uuid is null or k.id = $5)
        order by k.last_message_seq desc limit $4::int
      ) k ${contactJoins}
    ) k on true where d.desk_id = $1 order by k.last_message_seq desc`,
}

const ofContactByIds: Statement = {
  name: 'conversations_of_contact_by_ids',
  text: `select ${contactColumns} from helpdesk.conversations k ${contactJoins}
    where k.desk_id = $1 and k.id = any($6::uuid[])
      and ${visibleTo({ contact: '$2', client: '$3', wide: '$4', only: '$5' })}`,
}

const ofContactByNumber: Statement = {
  name: 'conversation_of_contact_by_number',
  text: `select ${contactColumns}, d.event_seq from helpdesk.conversations k
    join helpdesk.desk_counters d on d.desk_id = k.desk_id ${contactJoins}
    where k.desk_id = $1 and lower(k.number) = $6::text
      and ${visibleTo({ contact: '$2', client: '$3', wide: '$4', only: '$5' })}`,
}

/** The tickets of a list by state; a statement each, as for the inbox. */
const ticketStates = {
  all: '',
  open: `and k.status <> 'resolved'`,
  resolved: `and k.status = 'resolved'`,
} as const

/** Which tickets a visitor lists. */
export type TicketState = keyof typeof ticketStates

/** Own tickets and the client's are two indexes: each gives its newest ones, of which the newest are taken. */
function ticketPage(state: TicketState): Statement {
  const newest = (whose: string) => `(
      select k.id, k.last_message_seq from helpdesk.conversations k
      where k.desk_id = $1 and ${whose} and k.subject is not null and k.last_message_seq < $6::bigint
        and ($5::uuid is null or k.id = $5) ${ticketStates[state]}
      order by k.last_message_seq desc limit $7::int)`
  return {
    name: `tickets_${state}`,
    text: `select d.event_seq, k.* from helpdesk.desk_counters d left join lateral (
        select ${contactColumns} from (
          select id from (
            ${newest('k.contact_id = $2')}
            union
            ${newest(`k.client_id = $3::uuid and ${sharedWith('$4')}`)}
          ) found order by last_message_seq desc limit $7
        ) page join helpdesk.conversations k on k.desk_id = $1 and k.id = page.id ${contactJoins}
      ) k on true where d.desk_id = $1 order by k.last_message_seq desc`,
  }
}

const unread: Statement = {
  name: 'contact_unread',
  text: `select count(*)::int as unread from helpdesk.conversations k
    join helpdesk.messages m on m.desk_id = k.desk_id and m.conversation_id = k.id and m.seq > k.contact_read_seq
      and m.kind = 'reply' and m.author_type = 'agent'
    where k.desk_id = $1 and k.contact_id = $2 and k.last_message_seq > k.contact_read_seq
      and ($3::uuid is null or k.id = $3)`,
}

/** A contact's own conversations before a position, newest activity first, and the position of the newest event. */
export async function selectContactConversations(
  db: Queryable,
  deskId: string,
  { contactId, only }: VisitorScope,
  before: number,
  limit: number,
): Promise<{ rows: ContactConversationRow[]; eventSeq: number }> {
  const rows = await db.run<ContactConversationRow>(ofContact, [deskId, contactId, before, limit, only])
  return { rows: rows.filter((row) => row.id !== null), eventSeq: rows[0]?.event_seq ?? 0 }
}

/** A page of the tickets that a visitor may see, newest activity first, and the position of the newest event. */
export async function selectTickets(
  db: Queryable,
  deskId: string,
  scope: VisitorScope,
  state: TicketState,
  before: number,
  limit: number,
): Promise<{ rows: ContactConversationRow[]; eventSeq: number }> {
  const values = [deskId, ...scopeValues(scope), before, limit]
  const rows = await db.run<ContactConversationRow>(ticketPage(state), values)
  return { rows: rows.filter((row) => row.id !== null), eventSeq: rows[0]?.event_seq ?? 0 }
}

/** Conversations by id; those that the visitor may not see are not found. */
export function selectContactConversationsByIds(
  db: Queryable,
  deskId: string,
  scope: VisitorScope,
  ids: readonly string[],
): Promise<ContactConversationRow[]> {
  return db.run(ofContactByIds, [deskId, ...scopeValues(scope), ids])
}

/** A conversation by its number, which is compared without case; one that the visitor may not see is not found. */
export async function selectContactConversationByNumber(
  db: Queryable,
  deskId: string,
  scope: VisitorScope,
  number: string,
): Promise<ContactConversationRow | null> {
  const [row] = await db.run<ContactConversationRow>(ofContactByNumber, [
    deskId,
    ...scopeValues(scope),
    number.toLowerCase(),
  ])
  return row ?? null
}

/** How many replies a contact has not seen in its own conversations. */
export async function selectUnread(
  db: Queryable,
  deskId: string,
  { contactId, only }: VisitorScope,
): Promise<number> {
  const [row] = await db.run<{ unread: number }>(unread, [deskId, contactId, only])
  return row?.unread ?? 0
}
