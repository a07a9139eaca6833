/** The token of a contact that `insertThreads` made. */
export const tokenOf = (contact) => `t${contact}`.padEnd(43, 'A')

/** An id that `insertThreads` or `insertInbox` made, by its number. */
export const idOf = (kind, number) =>
  `${kind === 'contact' ? 'c' : 'b'}0000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

const idSql = (kind, number) =>
  `('${kind === 'contact' ? 'c' : 'b'}0000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

const body = `'Good morning, my parcel number ' || n || ' has not come yet. Could you look where it is, please?'`

/**
 * Contacts with one conversation each, and its messages by turns of contact and agent.
 * @param {import('pg').Client} client
 * @param {{ deskId: string, agentId: string, from: number, count: number, messages: number }} options
 */
export async function insertThreads(client, { deskId, agentId, from, count, messages }) {
  const last = from + count - 1
  const values = [deskId, from, last]
  await client.query(
    `insert into helpdesk.contacts (desk_id, id, name, email, token_hash, created_at, last_seen_at)
     select $1, ${idSql('contact', 'n')}, 'Vera ' || n, 'vera' || n || '@visitor.example',
       encode(sha256(rpad('t' || n, 43, 'A')::bytea), 'hex'), now(), now() + interval '1 hour'
     from generate_series($2::int, $3::int) n`,
    values,
  )
  await client.query(
    `insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview,
       last_author, contact_seq, contact_read_seq, team_read_seq, created_at, last_message_at, last_message_seq)
     select $1, ${idSql('conversation', 'n')}, 'old-' || n, ${idSql('contact', 'n')}, 'in_progress', 'normal', 'widget',
       left(${body}, 140), 'agent', s - 1, s, s - 1, now(), now(), s
     from (select n, (n - $2::int + 1)::bigint * $4::int as s from generate_series($2::int, $3::int) n) n`,
    [...values, messages],
  )
  await client.query(
    `insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
     select $1, ${idSql('conversation', 'n')}, s, gen_random_uuid(), 'reply',
       case s % 2 when 1 then 'contact' else 'agent' end,
       case s % 2 when 1 then ${idSql('contact', 'n')} else $5::uuid end, ${body}, now()
     from generate_series($2::int, $3::int) n, generate_series(1, $4::int) m,
       lateral (select (n - $2::int)::bigint * $4::int + m as s) position`,
    [...values, messages, agentId],
  )
  await client.query(
    'update helpdesk.desk_counters set event_seq = $2, in_progress = $3 where desk_id = $1',
    [deskId, count * messages, count],
  )
}

/**
 * Conversations of every status for the inbox: 9 of 10 resolved, every tenth contact writes ten times; the agent has
 * every fortieth of those that are not resolved.
 * @param {import('pg').Client} client
 * @param {{ deskId: string, agentId: string, count: number }} options
 */
export async function insertInbox(client, { deskId, agentId, count }) {
  await client.query('set synchronous_commit = off')
  await client.query(
    `insert into helpdesk.contacts (desk_id, id, name, email, created_at)
     select $1, ${idSql('contact', 'n')}, 'Vera ' || n, 'vera' || n || '@visitor.example', now()
     from generate_series(0, $2::int) n`,
    [deskId, count / 10],
  )
  await withoutIndexes(client, 'conversations', () =>
    client.query(
      `insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, assignee_id,
         preview, last_author, contact_seq, contact_read_seq, team_read_seq, page_url, user_agent, created_at,
         last_message_at, last_message_seq)
       select $1, ${idSql('conversation', 'n')}, '2647-' || n, ${idSql('contact', 'n / 10')},
         case when n % 10 > 0 then 'resolved' else (array['pending', 'in_progress', 'waiting'])[1 + n / 10 % 3] end,
         'normal', 'widget', case when n % 400 = 0 then $2::uuid end,
         left(${body}, 140), 'contact', n, 0, n - 1, 'https://shop.example/orders/' || n, 'Mozilla/5.0', now(), now(), n
       from generate_series(1, $3::int) n`,
      [deskId, agentId, count],
    ),
  )
  await client.query(
    `insert into helpdesk.conversation_reads (desk_id, conversation_id, agent_id, read_seq, read_at)
     select $1, ${idSql('conversation', 'n')}, $2, n, now() from generate_series(5, $3::int, 5) n`,
    [deskId, agentId, count],
  )
  await client.query(
    `update helpdesk.desk_counters d set event_seq = $2, pending = n.pending, in_progress = n.in_progress,
       waiting = n.waiting, resolved = n.resolved
     from (select count(*) filter (where status = 'pending') as pending,
         count(*) filter (where status = 'in_progress') as in_progress,
         count(*) filter (where status = 'waiting') as waiting,
         count(*) filter (where status = 'resolved') as resolved
       from helpdesk.conversations where desk_id = $1) n
     where d.desk_id = $1`,
    [deskId, count],
  )
  await client.query('reset synchronous_commit')
}

/** Fills a table with its indexes away, which is several times faster, and makes them again. */
export async function withoutIndexes(client, table, fill) {
  const { rows } = await client.query(
    `select indexname, indexdef from pg_indexes where schemaname = 'helpdesk' and tablename = $1
       and indexname not like '%\\_pk'`,
    [table],
  )
  for (const { indexname } of rows) await client.query(`drop index helpdesk.${indexname}`)
  await fill()
  for (const { indexdef } of rows) await client.query(indexdef)
}

/** Settles what was inserted, so that the statistics are true and no clean-up runs into the measurement. */
export async function settle(client) {
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}
