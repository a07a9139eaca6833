import { categoryName } from '../categories/names.ts'
import { visibleTo } from '../contacts/scope.ts'
import type { Statement } from '../db/db.ts'
import { claimCte } from '../idempotency/store.ts'
import { moveCounters } from './writes.ts'

/**
 * $1 desk $2 conversation $3 now $4 agent $5 message id $6 body $7 scope $8 key $9 request $10 made
 * $11 the e-mail that it came in as
 */
export const insertNote: Statement = {
  name: 'conversation_note',
  text: `
with found as (
  select id, contact_id from helpdesk.conversations where desk_id = $1 and id = $2::uuid for update
),
${claimCte({ desk: '$1', scope: '$7', key: '$8', request: '$9', made: '$10', now: '$3', from: 'found' })},
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1 from claim where c.desk_id = $1 returning c.event_seq
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, original, via, created_at)
  select $1, $2, event_seq, $5::uuid, 'note', 'agent', $4::uuid, $6::text, $11::jsonb, case when $11 is null then null else 'email' end, $3
  from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, message_seq, at)
  select $1, event_seq, 'message.created', 'agents', $2, found.contact_id, event_seq, $3 from counter, found
)
select (select count(*)::int from found) as found, (select event_seq from counter) as seq`,
}

/**
 * A change of state as an entry of the thread. Nothing is written when status and assignee stay as they are.
 * $1 desk $2 conversation $3 now $4 agent $5 message id $6 next status by status (jsonb) $7 change the assignee
 * $8 assignee or null $9 field
 */
export const updateState: Statement = {
  name: 'conversation_update_state',
  text: `
with found as (
  select id, status, assignee_id, contact_id, client_id from helpdesk.conversations
  where desk_id = $1 and id = $2::uuid for update
),
next as (
  select status as old, $6::jsonb ->> status as new, assignee_id as old_assignee, contact_id, client_id,
    case when $7::boolean then $8::uuid else assignee_id end as new_assignee
  from found
  where $6::jsonb ->> status <> status or ($7::boolean and assignee_id is distinct from $8::uuid)
),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1, ${moveCounters('next.old', 'next.new')}
  from next where c.desk_id = $1 returning c.event_seq
),
conversation as (
  update helpdesk.conversations k set status = next.new, assignee_id = next.new_assignee
  from counter, next where k.desk_id = $1 and k.id = $2
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, change, created_at)
  select $1, $2, event_seq, $5::uuid, 'event', 'agent', $4::uuid, '',
    jsonb_build_object('field', $9::text,
      'from', case when $9 = 'status' then next.old else (select name from helpdesk.agents where id = next.old_assignee) end,
      'to', case when $9 = 'status' then next.new else (select name from helpdesk.agents where id = next.new_assignee) end), $3
  from counter, next
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
  select $1, event_seq, 'conversation.updated', 'all', $2, next.contact_id, next.client_id, event_seq, $3::timestamptz from counter, next
)
select (select count(*)::int from found) as found, (select event_seq from counter) as seq`,
}

/**
 * A read mark only moves forward, and never beyond the newest reply. The owner's stands in the conversation, that of a
 * colleague of the same client beside it: what a colleague has read is still to be mailed to the owner.
 * $1 desk $2 conversation $3 now $4 contact $5 seq $6 client $7 wide $8 only
 */
export const markContactRead: Statement = {
  name: 'conversation_contact_read',
  text: `
with found as (
  select k.contact_id = $4::uuid as own, k.client_id, k.contact_id, least($5::bigint, k.last_message_seq) as mark,
    case when k.contact_id = $4 then k.contact_read_seq else coalesce((select read_seq from helpdesk.contact_reads r
      where r.desk_id = $1 and r.conversation_id = $2::uuid and r.contact_id = $4), 0) end as old
  from helpdesk.conversations k
  where k.desk_id = $1 and k.id = $2 and ${visibleTo({ contact: '$4', client: '$6', wide: '$7', only: '$8' })}
  for update
),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1
  from found where c.desk_id = $1 and found.own and found.mark > found.old returning c.event_seq
),
conversation as (
  update helpdesk.conversations k set contact_read_seq = found.mark
  from counter, found where k.desk_id = $1 and k.id = $2
),
seen as (
  insert into helpdesk.contact_reads (desk_id, conversation_id, contact_id, read_seq, read_at)
  select $1, $2, $4, found.mark, $3::timestamptz from found where not found.own and found.mark > found.old
  on conflict (desk_id, conversation_id, contact_id) do update
  set read_seq = greatest(contact_reads.read_seq, excluded.read_seq), read_at = excluded.read_at
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, data, at)
  select $1, event_seq, 'conversation.read', 'all', $2, found.contact_id, found.client_id,
    jsonb_build_object('by', 'contact', 'readSeq', found.mark), $3
  from counter, found
)
select greatest(old, mark) as read_seq, (select event_seq from counter) as seq from found`,
}

/** $1 desk $2 conversation $3 now $4 agent $5 seq */
export const markAgentRead: Statement = {
  name: 'conversation_agent_read',
  text: `
with found as (
  select id, contact_id, client_id, team_read_seq, $5::bigint as wanted,
    coalesce((select read_seq from helpdesk.conversation_reads r
      where r.desk_id = $1 and r.conversation_id = $2 and r.agent_id = $4::uuid), 0) as old
  from helpdesk.conversations where desk_id = $1 and id = $2::uuid for update
),
bounded as (
  select f.*, least(f.wanted, d.event_seq) as mark from found f, helpdesk.desk_counters d where d.desk_id = $1
),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1
  from bounded b where c.desk_id = $1 and b.mark > b.old returning c.event_seq
),
seen as (
  insert into helpdesk.conversation_reads (desk_id, conversation_id, agent_id, read_seq, read_at)
  select $1, $2, $4, b.mark, $3::timestamptz from counter, bounded b
  on conflict (desk_id, conversation_id, agent_id) do update
  set read_seq = greatest(conversation_reads.read_seq, excluded.read_seq), read_at = excluded.read_at
),
conversation as (
  update helpdesk.conversations k set team_read_seq = greatest(k.team_read_seq, b.mark)
  from counter, bounded b where k.desk_id = $1 and k.id = $2
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, data, at)
  select $1, event_seq, 'conversation.read', case when b.mark > b.team_read_seq then 'all' else 'agents' end, $2, b.contact_id, b.client_id,
    jsonb_build_object('by', 'agent', 'agentId', $4, 'readSeq', b.mark), $3
  from counter, bounded b
)
select greatest(old, mark) as read_seq, (select event_seq from counter) as seq from bounded`,
}

/** The fields of a conversation whose change moves no counter, each with the SQL of what the thread says of a value. */
const facts = {
  priority: { column: 'priority', type: 'text', word: (value: string) => value },
  category: {
    column: 'category_id',
    type: 'uuid',
    word: (value: string) =>
      `(select ${categoryName} from helpdesk.categories g where g.desk_id = $1 and g.id = ${value})`,
  },
} as const

/** Sets a field and says so in the thread; nothing is written when it stays. $1 desk $2 conversation $3 now $4 agent $5 message id $6 value */
export const updateFact = (field: keyof typeof facts): Statement => {
  const { column, type, word } = facts[field]
  return {
    name: `conversation_update_${field}`,
    text: `
with found as (
  select id, ${column} as old, contact_id, client_id from helpdesk.conversations
  where desk_id = $1 and id = $2::uuid for update
),
next as (select * from found where old is distinct from $6::${type}),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1 from next where c.desk_id = $1 returning c.event_seq
),
conversation as (
  update helpdesk.conversations k set ${column} = $6 from counter where k.desk_id = $1 and k.id = $2
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, change, created_at)
  select $1, $2, event_seq, $5::uuid, 'event', 'agent', $4::uuid, '',
    jsonb_build_object('field', '${field}', 'from', ${word('next.old')}, 'to', ${word('$6')}), $3::timestamptz
  from counter, next
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
  select $1, event_seq, 'conversation.updated', 'all', $2, next.contact_id, next.client_id, event_seq, $3 from counter, next
)
select (select count(*)::int from found) as found, (select event_seq from counter) as seq`,
  }
}

/** The files of a message, and its preview when it has no words. $1 desk $2 conversation $3 message $4 files $5 preview */
export const setAttachments: Statement = {
  name: 'message_set_attachments',
  text: `
with message as (
  update helpdesk.messages set attachments = $4::jsonb where desk_id = $1 and conversation_id = $2::uuid and seq = $3::bigint
)
update helpdesk.conversations k set preview = $5::text
where k.desk_id = $1 and k.id = $2 and k.preview = '' and k.last_message_seq = $3`,
}

/** When a new pattern gives a number that an old one gave before, the next free one is taken. $1 desk $2 period */
export const skipNumber: Statement = {
  name: 'desk_number_skip',
  text: `insert into helpdesk.desk_numbers (desk_id, period, seq) values ($1, $2, 1)
    on conflict (desk_id, period) do update set seq = desk_numbers.seq + 1`,
}
