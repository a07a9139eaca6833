import { visibleTo } from '../contacts/scope.ts'
import { claimCte } from '../idempotency/store.ts'
import type { Jobs } from '../jobs/jobs.ts'

/**
 * The writing statements. Each is one round trip: claim the key, lock, count, insert, log the event, schedule the
 * e-mails and enqueue their timers. Locks are taken in one order everywhere (contact, conversation, then the desk's
 * counters), so that two writes never wait for each other in a circle.
 */
export interface WriteTexts {
  start: string
  contactReply: string
  agentReply: string
}

/** The job rows of the notifications that a statement made or pulled forward. @param from where they stand */
const jobSource = (from: string) => `(select coalesce(json_agg(json_build_object(
    'data', json_build_object('deskId', $1::uuid, 'id', n.id),
    'startAfter', to_char(n.due_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))), '[]'::json) from (${from}) n)`

/** The change of the desk's counters when a conversation goes from one status to another. */
export const moveCounters = (from: string, to: string) =>
  (['pending', 'in_progress', 'waiting', 'resolved'] as const)
    .map((status) => `${status} = c.${status} + (${to} = '${status}')::int - (${from} = '${status}')::int`)
    .join(', ')

/**
 * A message joins the e-mail that is scheduled already. It brings the time forward only when that e-mail waits longer
 * than the message would: it is sent instantly, or the e-mail is in back-off after a failure.
 */
const joinScheduled = `on conflict (desk_id, conversation_id, recipient_type, recipient_id)
    where state = 'scheduled' and kind = 'message' and resent_from_id is null
    do update set due_at = excluded.due_at, updated_at = excluded.updated_at where excluded.due_at < n.due_at
    returning id, due_at`

/**
 * Notifications to every agent of the desk who wants them, see `wantsEmail`.
 * @param of where the conversation's `channel` and `assignee_id` stand
 */
const notifyAgents = (due: string, now: string, of: string) => `
  notified as (
    insert into helpdesk.notifications as n (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq, due_at, created_at, updated_at)
    select $1, gen_random_uuid(), $2, 'agent', a.id, 'scheduled', counter.event_seq, ${due}, ${now}, ${now}
    from counter, (${of}) k, helpdesk.desk_agents d join helpdesk.agents a on a.id = d.agent_id
    where d.desk_id = $1 and d.role <> 'viewer'
      and case coalesce(a.notify ->> k.channel, 'all') when 'all' then true when 'mine' then k.assignee_id = a.id else false end
    ${joinScheduled}
  )`

/**
 * The confirmation to who opened a ticket, due at once, about the first message alone.
 * @param isWanted whether the desk sends one
 */
const confirmTicket = (isWanted: string) => `
  confirmed as (
    insert into helpdesk.notifications as n (desk_id, id, conversation_id, recipient_type, recipient_id, kind, state,
      first_seq, last_seq, due_at, created_at, updated_at)
    select $1, gen_random_uuid(), $2, 'contact', $4, 'ticket_created', 'scheduled', event_seq, event_seq, $3, $3, $3
    from counter
    where ${isWanted} and ($7 is not null
      or exists (select 1 from helpdesk.contacts k where k.desk_id = $1 and k.id = $4 and k.email is not null))
    returning id, due_at
  )`

/** Builds the texts; enqueuing is pg-boss's own SQL, known only once it runs. */
export function writeTexts(jobs: Jobs): WriteTexts {
  const enqueued = (from: string) =>
    `enqueued as (${jobs.insertSql('notifications.deliver', jobSource(from))})`
  const notified = 'select id, due_at from notified'
  return {
    start: startText(enqueued(`${notified} union all select id, due_at from confirmed`)),
    contactReply: contactReplyText(enqueued(notified)),
    agentReply: agentReplyText(enqueued(notified)),
  }
}

/**
 * $1 desk $2 conversation $3 now $4 contact $5 new token hash or null $6 name $7 email $8 message id $9 body
 * $10 preview $11 page $12 user agent $13 period $14 prefix $15 pad $16 suffix $17 due
 * $18 scope $19 key $20 request $21 made $22 channel $23 subject $24 priority $25 category $26 client $27 claims
 * $28 the e-mail that it came in as $29 confirm it to the contact
 */
const startText = (enqueued: string) => `
with known as (
  select 1 where $5::text is not null
  union all
  select 1 from (
    select 1 from helpdesk.contacts
    where desk_id = $1 and id = $4::uuid and $5 is null and merged_into_id is null for update
  ) locked
),
${claimCte({ desk: '$1', scope: '$18', key: '$19', request: '$20', made: '$21', now: '$3', from: 'known' })},
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1, pending = c.pending + 1
  from claim where c.desk_id = $1 returning c.event_seq
),
number as (
  insert into helpdesk.desk_numbers (desk_id, period, seq) select $1, $13::text, 1 from counter
  on conflict (desk_id, period) do update set seq = desk_numbers.seq + 1
  returning $14::text || lpad(seq::text, greatest($15::int, length(seq::text)), '0') || $16::text as number
),
made_contact as (
  insert into helpdesk.contacts (desk_id, id, name, email, token_hash, claims, created_at, last_seen_at)
  select $1, $4::uuid, $6::text, $7::text, $5::text, $27::jsonb, $3, $3 from counter where $5::text is not null
),
known_contact as (
  update helpdesk.contacts k set name = coalesce(k.name, $6), email = coalesce(k.email, $7), last_seen_at = $3,
    claims = case when k.identity = 'anonymous' then k.claims || $27 else k.claims end
  from counter where k.desk_id = $1 and k.id = $4 and $5 is null
),
made as (
  insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview, last_author,
    contact_seq, contact_read_seq, team_read_seq, page_url, user_agent, created_at, last_message_at, last_message_seq,
    subject, category_id, client_id)
  select $1, $2::uuid, number.number, $4, 'pending', $24::text, $22::text, $10::text, 'contact',
    event_seq, event_seq, 0, $11::text, $12::text, $3, $3, event_seq, $23::text, $25::uuid, $26::uuid
  from counter, number
  returning number
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, original, via, created_at)
  select $1, $2, event_seq, $8::uuid, 'reply', 'contact', $4, $9::text, $28::jsonb, case when $28 is null then null else 'email' end, $3
  from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, $4, $26, event_seq, $3 from counter
),
${notifyAgents('$17::timestamptz', '$3::timestamptz', 'select $22 as channel, null::uuid as assignee_id')},
${confirmTicket('$29::boolean')},
${enqueued}
select (select count(*)::int from known) as found, (select event_seq from counter) as seq, (select number from made) as number`

/**
 * $1 desk $2 conversation $3 now $4 contact $5 message id $6 body $7 preview $8 next status by status (jsonb)
 * $9 due $10 scope $11 key $12 request $13 made $14 client $15 wide $16 only $17 messaging is on $18 via
 * $19 the e-mail that it came in as
 */
const contactReplyText = (enqueued: string) => `
with found as (
  select id, status, contact_id, client_id, channel, assignee_id from helpdesk.conversations k
  where desk_id = $1 and id = $2::uuid and ($17::boolean or subject is not null)
    and ${visibleTo({ contact: '$4', client: '$14', wide: '$15', only: '$16' })} for update
),
${claimCte({ desk: '$1', scope: '$10', key: '$11', request: '$12', made: '$13', now: '$3', from: 'found' })},
next as (select found.status as old, $8::jsonb ->> found.status as new, contact_id, client_id, channel, assignee_id from found, claim),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1, ${moveCounters('next.old', 'next.new')}
  from next where c.desk_id = $1 returning c.event_seq
),
conversation as (
  update helpdesk.conversations k set status = next.new, preview = $7, last_author = 'contact',
    contact_seq = event_seq, last_message_at = $3, last_message_seq = event_seq,
    contact_read_seq = case when k.contact_id = $4 then event_seq else k.contact_read_seq end
  from counter, next where k.desk_id = $1 and k.id = $2
),
seen as (
  insert into helpdesk.contact_reads (desk_id, conversation_id, contact_id, read_seq, read_at)
  select $1, $2, $4, event_seq, $3::timestamptz from counter, next where next.contact_id <> $4
  on conflict (desk_id, conversation_id, contact_id) do update set read_seq = excluded.read_seq, read_at = excluded.read_at
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, via, original, created_at)
  select $1, $2, event_seq, $5::uuid, 'reply', 'contact', $4, $6::text, $18::text, $19::jsonb, $3 from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, next.contact_id, next.client_id, event_seq, $3 from counter, next
),
${notifyAgents('$9::timestamptz', '$3::timestamptz', 'select channel, assignee_id from next')},
${enqueued}
select (select count(*)::int from found) as found, (select event_seq from counter) as seq`

/**
 * $1 desk $2 conversation $3 now $4 agent $5 message id $6 body $7 preview $8 next status by status (jsonb)
 * $9 due $10 scope $11 key $12 request $13 made $14 the e-mail that it came in as
 */
const agentReplyText = (enqueued: string) => `
with found as (
  select id, status, contact_id, client_id from helpdesk.conversations where desk_id = $1 and id = $2::uuid for update
),
${claimCte({ desk: '$1', scope: '$10', key: '$11', request: '$12', made: '$13', now: '$3', from: 'found' })},
next as (select found.status as old, $8::jsonb ->> found.status as new, contact_id, client_id from found, claim),
counter as (
  update helpdesk.desk_counters c set event_seq = c.event_seq + 1, ${moveCounters('next.old', 'next.new')}
  from next where c.desk_id = $1 returning c.event_seq
),
conversation as (
  update helpdesk.conversations k set status = next.new, preview = $7, last_author = 'agent',
    team_read_seq = event_seq, last_message_at = $3, last_message_seq = event_seq
  from counter, next where k.desk_id = $1 and k.id = $2
),
seen as (
  insert into helpdesk.conversation_reads (desk_id, conversation_id, agent_id, read_seq, read_at)
  select $1, $2, $4::uuid, event_seq, $3 from counter
  on conflict (desk_id, conversation_id, agent_id) do update set read_seq = excluded.read_seq, read_at = excluded.read_at
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, original, via, created_at)
  select $1, $2, event_seq, $5::uuid, 'reply', 'agent', $4, $6::text, $14::jsonb, case when $14 is null then null else 'email' end, $3
  from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, client_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, next.contact_id, next.client_id, event_seq, $3 from counter, next
),
notified as (
  insert into helpdesk.notifications as n (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq, due_at, created_at, updated_at)
  select $1, gen_random_uuid(), $2, 'contact', next.contact_id, 'scheduled', event_seq, $9::timestamptz, $3, $3 from counter, next
  ${joinScheduled}
),
${enqueued}
select (select count(*)::int from found) as found, (select event_seq from counter) as seq, (select new from next) as status`
