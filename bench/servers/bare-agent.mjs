import { createHash } from 'node:crypto'
import { newId, object, text, textOrNull } from './bare-visitor.mjs'

const sessionSql = `
select a.id, a.name, a.email, a.locale, a.notifications,
  (select coalesce(json_agg(json_build_object('publicId', d.public_id, 'name', d.settings->>'name', 'role', da.role)
      order by d.created_at, d.desk_id), '[]')
    from helpdesk.desk_agents da join helpdesk.desks d on d.desk_id = da.desk_id where da.agent_id = a.id) as desks
from helpdesk.agent_sessions s join helpdesk.agents a on a.id = s.agent_id
where s.token_hash = $1 and s.expires_at > $2`

const replySql = (jobInsert) => `
with found as (
  select status, contact_id from helpdesk.conversations where desk_id = $1 and id = $2 for update
),
counter as (
  update helpdesk.desk_counters c set event_seq = event_seq + 1, waiting = waiting + (found.status <> 'waiting')::int,
    pending = pending - (found.status = 'pending')::int, in_progress = in_progress - (found.status = 'in_progress')::int,
    resolved = resolved - (found.status = 'resolved')::int
  from found where c.desk_id = $1 returning event_seq
),
conversation as (
  update helpdesk.conversations k set status = 'waiting', preview = $5, last_author = 'agent', team_read_seq = event_seq,
    last_message_at = $3, last_message_seq = event_seq
  from counter where k.desk_id = $1 and k.id = $2
),
seen as (
  insert into helpdesk.conversation_reads (desk_id, conversation_id, agent_id, read_seq, read_at)
  select $1, $2, $4, event_seq, $3 from counter
  on conflict (desk_id, conversation_id, agent_id) do update set read_seq = excluded.read_seq, read_at = excluded.read_at
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
  select $1, $2, event_seq, $6, 'reply', 'agent', $4, $7, $3 from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, contact_id, event_seq, $3 from counter, found
),
notified as (
  insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq, due_at, created_at, updated_at)
  select $1, gen_random_uuid(), $2, 'contact', contact_id, 'scheduled', event_seq, $3::timestamptz + interval '60 seconds', $3, $3
  from counter, found
  on conflict (desk_id, conversation_id, recipient_type, recipient_id) where state = 'scheduled' do nothing
  returning id, due_at
),
enqueued as (${jobInsert})
select event_seq, coalesce((select due_at from notified), (
  select due_at from helpdesk.notifications n, found
  where n.desk_id = $1 and n.conversation_id = $2 and n.recipient_type = 'contact' and n.recipient_id = found.contact_id
    and n.state = 'scheduled')) as due_at
from counter`

const inboxSql = (where) => `
select d.event_seq, k.id, k.number, k.subject, k.status, k.priority, k.channel, k.preview, k.last_author, k.contact_seq,
  k.created_at, k.last_message_at, k.last_message_seq, k.contact_id, c.name as contact_name, c.email as contact_email,
  k.assignee_id, a.name as assignee_name, r.read_seq as agent_read_seq
from helpdesk.desk_counters d left join (
  select * from helpdesk.conversations k where k.desk_id = $1 ${where} order by k.last_message_seq desc limit 51
) k on true
left join helpdesk.contacts c on c.desk_id = k.desk_id and c.id = k.contact_id
left join helpdesk.agents a on a.id = k.assignee_id
left join helpdesk.conversation_reads r on r.desk_id = k.desk_id and r.conversation_id = k.id and r.agent_id = $2
where d.desk_id = $1 order by k.last_message_seq desc`

const emailState = object({ state: text, reason: textOrNull, at: text })
const agentMessage = object({
  ...{ id: text, conversationId: text, seq: { type: 'integer' }, kind: text, body: text, createdAt: text },
  author: object({ type: text, id: textOrNull, name: textOrNull }),
  change: { type: 'null' },
  email: emailState,
})

/** What agents do. */
export function agentRoutes(app, context) {
  replyRoute(app, context)
  inboxRoute(app, context)
}

function replyRoute(app, { pool, desks, jobInsert }) {
  const sql = replySql(jobInsert)
  const schema = {
    body: object({ message: { type: 'string', minLength: 1, maxLength: 20_000, pattern: '\\S' } }),
    response: { 201: object({ message: agentMessage, status: text }) },
  }
  app.post('/api/desks/:desk/conversations/:id/replies', { schema }, async (request, reply) => {
    const { desk, id: conversationId } = request.params
    const agent = await findAgent(pool, desk, request)
    const [at, messageId, body] = [new Date(), newId(), request.body.message]
    const values = [desks.get(desk), conversationId, at, agent.id, body.slice(0, 140), messageId, body]
    const { rows } = await pool.query({ name: 'agent-reply', text: sql, values })
    reply.code(201)
    const message = {
      ...{
        id: messageId,
        conversationId,
        seq: rows[0].event_seq,
        kind: 'reply',
        body,
        change: null,
        createdAt: at,
      },
      author: { type: 'agent', id: agent.id, name: agent.name },
      email: { state: 'scheduled', reason: null, at: rows[0].due_at },
    }
    return { message, status: 'waiting' }
  })
}

const conditions = {
  all: '',
  open: `and k.status <> 'resolved'`,
  pending: `and k.status = 'pending'`,
  mine: `and k.status <> 'resolved' and k.assignee_id = $2`,
}

function inboxRoute(app, { pool, desks }) {
  const item = object({
    ...{
      id: text,
      number: text,
      subject: textOrNull,
      preview: text,
      status: text,
      priority: text,
      channel: text,
    },
    contact: object({ id: text, name: textOrNull, email: textOrNull }),
    assignee: { ...object({ id: text, name: text }), nullable: true },
    ...{ unread: { type: 'boolean' }, lastAuthor: text, createdAt: text, lastMessageAt: text },
  })
  const answer = object({
    conversations: { type: 'array', items: item },
    nextCursor: textOrNull,
    eventSeq: { type: 'integer' },
  })
  app.get('/api/desks/:desk/conversations', { schema: { response: { 200: answer } } }, async (request) => {
    const { status = 'all', assignee } = request.query
    const view = assignee === 'me' ? 'mine' : status
    const agent = await findAgent(pool, request.params.desk, request)
    const values = [desks.get(request.params.desk), agent.id]
    const { rows } = await pool.query({ name: `inbox-${view}`, text: inboxSql(conditions[view]), values })
    const shown = rows.slice(0, 50)
    const nextCursor = rows.length > 50 ? String(shown[49].last_message_seq) : null
    return { conversations: shown.map(itemOf), nextCursor, eventSeq: rows[0].event_seq }
  })
}

const itemOf = (row) => ({
  ...{ id: row.id, number: row.number, subject: row.subject, preview: row.preview, status: row.status },
  ...{ priority: row.priority, channel: row.channel, lastAuthor: row.last_author },
  ...{ createdAt: row.created_at, lastMessageAt: row.last_message_at },
  contact: { id: row.contact_id, name: row.contact_name, email: row.contact_email },
  assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name },
  unread: row.contact_seq > (row.agent_read_seq ?? 0),
})

async function findAgent(pool, desk, request) {
  const token = /(?:^|; )helpdesk_session=([^;]{43})/.exec(request.headers.cookie)[1]
  const values = [createHash('sha256').update(token).digest('hex'), new Date()]
  const { rows } = await pool.query({ name: 'session', text: sessionSql, values })
  if (!rows[0]?.desks.some(({ publicId }) => publicId === desk)) throw new Error('Unknown agent')
  return rows[0]
}
