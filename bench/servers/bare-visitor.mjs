import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** A UUIDv7: milliseconds, then random bits. */
export function newId() {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export const text = { type: 'string' }
export const textOrNull = { type: ['string', 'null'] }
const id = { type: 'string', pattern: '^[0-9a-f-]{36}$' }

/** A closed object whose members are all required, but those named as optional. */
export const object = (properties, optional = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
})

const message = object({
  id: text,
  conversationId: text,
  seq: { type: 'integer' },
  author: object({ type: text, name: textOrNull }),
  body: text,
  createdAt: text,
})

/** The rows that follow from a message: who is to be mailed, and the timers. */
const mails = (jobInsert, due) => `
  notified as (
    insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq, due_at, created_at, updated_at)
    select $1, gen_random_uuid(), $2, 'agent', a.id, 'scheduled', counter.event_seq, ${due}, $3, $3
    from counter, helpdesk.desk_agents d join helpdesk.agents a on a.id = d.agent_id
    where d.desk_id = $1 and d.role <> 'viewer' and a.notifications
    on conflict (desk_id, conversation_id, recipient_type, recipient_id) where state = 'scheduled' do nothing
    returning id, due_at
  ),
  enqueued as (${jobInsert})`

const startSql = (jobInsert) => `
with counter as (
  update helpdesk.desk_counters set event_seq = event_seq + 1, pending = pending + 1 where desk_id = $1 returning event_seq
),
number as (
  insert into helpdesk.desk_numbers (desk_id, period, seq) values ($1, $4 || '{seq}', 1)
  on conflict (desk_id, period) do update set seq = desk_numbers.seq + 1 returning $4::text || seq as number
),
contact as (
  insert into helpdesk.contacts (desk_id, id, name, email, token_hash, created_at, last_seen_at)
  values ($1, $5, $6, $7, $8, $3, $3)
),
conversation as (
  insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview, last_author,
    contact_seq, contact_read_seq, team_read_seq, page_url, user_agent, created_at, last_message_at, last_message_seq)
  select $1, $2, number, $5, 'pending', 'normal', 'widget', $9, 'contact', event_seq, event_seq, 0, $10, $11, $3, $3, event_seq
  from counter, number
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
  select $1, $2, event_seq, $12, 'reply', 'contact', $5, $13, $3 from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, $5, event_seq, $3 from counter
),
${mails(jobInsert, `$3::timestamptz + interval '60 seconds'`)}
select event_seq, number from counter, number`

const replySql = (jobInsert) => `
with found as (
  select status from helpdesk.conversations where desk_id = $1 and id = $2 and contact_id = $4 for update
),
counter as (
  update helpdesk.desk_counters c set event_seq = event_seq + 1,
    pending = pending + (found.status in ('waiting', 'resolved'))::int,
    waiting = waiting - (found.status = 'waiting')::int, resolved = resolved - (found.status = 'resolved')::int
  from found where c.desk_id = $1 returning event_seq
),
conversation as (
  update helpdesk.conversations k set preview = $5, last_author = 'contact', contact_seq = event_seq,
    contact_read_seq = event_seq, last_message_at = $3, last_message_seq = event_seq,
    status = case found.status when 'in_progress' then 'in_progress' else 'pending' end
  from counter, found where k.desk_id = $1 and k.id = $2
),
message as (
  insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
  select $1, $2, event_seq, $6, 'reply', 'contact', $4, $7, $3 from counter
),
event as (
  insert into helpdesk.events (desk_id, seq, type, audience, conversation_id, contact_id, message_seq, at)
  select $1, event_seq, 'message.created', 'all', $2, $4, event_seq, $3 from counter
),
${mails(jobInsert, `$3::timestamptz + interval '60 seconds'`)}
select event_seq from counter`

const contactSql =
  'select id, name, email, email_verified, token_hash from helpdesk.contacts where desk_id = $1 and id = $2'

const conversationsSql = `
select d.event_seq, k.* from helpdesk.desk_counters d left join lateral (
  select k.id, k.number, k.subject, k.status, k.channel, k.created_at, k.last_message_at, k.last_message_seq,
    k.contact_read_seq, k.team_read_seq,
    (select count(*)::int from helpdesk.messages m where m.desk_id = k.desk_id and m.conversation_id = k.id
      and m.seq > k.contact_read_seq and m.kind = 'reply' and m.author_type = 'agent') as unread_count
  from helpdesk.conversations k where k.desk_id = $1 and k.contact_id = $2 order by k.last_message_seq desc limit 21
) k on true where d.desk_id = $1 order by k.last_message_seq desc`

const messagesSql = `
select m.conversation_id, m.seq, m.id, m.author_type, m.body, m.created_at, coalesce(a.name, c.name) as author_name
from unnest($2::uuid[]) as wanted (id)
cross join lateral (
  select * from helpdesk.messages m where m.desk_id = $1 and m.conversation_id = wanted.id and m.kind = 'reply'
  order by m.seq desc limit 51
) m
left join helpdesk.agents a on m.author_type = 'agent' and a.id = m.author_id
left join helpdesk.contacts c on m.author_type = 'contact' and c.desk_id = m.desk_id and c.id = m.author_id
order by m.seq`

/** What visitors do. */
export function visitorRoutes(app, context) {
  startRoute(app, context)
  replyRoute(app, context)
  historyRoute(app, context)
}

const preview = (body) => body.slice(0, 140)

function startRoute(app, { pool, desks, jobInsert }) {
  const name = 'start'
  const sql = startSql(jobInsert)
  const schema = {
    body: object(
      {
        email: { type: 'string', format: 'email', maxLength: 254 },
        name: { type: 'string', minLength: 1, maxLength: 200 },
        message: { type: 'string', minLength: 1, maxLength: 20_000, pattern: '\\S' },
        pageUrl: { type: 'string', maxLength: 2048 },
      },
      ['name', 'pageUrl'],
    ),
    response: {
      201: object({ contactId: text, contactToken: text, conversationId: text, number: text, message }),
    },
  }
  app.post('/api/messaging/widget/:desk/message', { schema }, async (request, reply) => {
    const { body, headers, params } = request
    const [conversationId, contactId, messageId] = [newId(), newId(), newId()]
    const contactToken = randomBytes(32).toString('base64url')
    const [at, author] = [new Date(), body.name ?? null]
    const values = [
      ...[
        desks.get(params.desk),
        conversationId,
        at,
        'bare-',
        contactId,
        author,
        body.email,
        sha256(contactToken),
      ],
      ...[
        preview(body.message),
        body.pageUrl ?? null,
        headers['user-agent'] ?? null,
        messageId,
        body.message,
      ],
    ]
    const { rows } = await pool.query({ name, text: sql, values })
    const { event_seq: seq, number } = rows[0]
    const written = {
      id: messageId,
      conversationId,
      seq,
      author: { type: 'contact', name: author },
      body: body.message,
      createdAt: at,
    }
    reply.code(201)
    return { contactId, contactToken, conversationId, number, message: written }
  })
}

function replyRoute(app, { pool, desks, jobInsert }) {
  const name = 'reply'
  const sql = replySql(jobInsert)
  const schema = {
    body: object({
      conversationId: id,
      message: { type: 'string', minLength: 1, maxLength: 20_000, pattern: '\\S' },
    }),
    response: { 201: message },
  }
  app.post('/api/messaging/widget/:desk/reply', { schema }, async (request, reply) => {
    const { conversationId, message: body } = request.body
    const deskId = desks.get(request.params.desk)
    const contact = await findContact(pool, deskId, request)
    const [at, messageId] = [new Date(), newId()]
    const values = [deskId, conversationId, at, contact.id, preview(body), messageId, body]
    const { rows } = await pool.query({ name, text: sql, values })
    reply.code(201)
    const author = { type: 'contact', name: contact.name }
    return { id: messageId, conversationId, seq: rows[0].event_seq, author, body, createdAt: at }
  })
}

function historyRoute(app, { pool, desks }) {
  const conversation = object({
    ...{
      id: text,
      number: text,
      subject: textOrNull,
      status: text,
      channel: text,
      createdAt: text,
      lastMessageAt: text,
    },
    ...{
      unreadCount: { type: 'integer' },
      contactReadSeq: { type: 'integer' },
      teamReadSeq: { type: 'integer' },
    },
    ...{ messages: { type: 'array', items: message }, olderMessages: textOrNull },
  })
  const contactSelf = object({
    id: text,
    name: textOrNull,
    email: textOrNull,
    emailVerified: { type: 'boolean' },
  })
  const answer = object({
    contact: contactSelf,
    conversations: { type: 'array', items: conversation },
    nextCursor: textOrNull,
    eventSeq: { type: 'integer' },
  })
  app.get(
    '/api/messaging/widget/:desk/history',
    { schema: { response: { 200: answer } } },
    async (request) => {
      const deskId = desks.get(request.params.desk)
      const {
        token_hash: _,
        email_verified: emailVerified,
        ...contact
      } = await findContact(pool, deskId, request)
      const { rows } = await pool.query({
        name: 'conversations',
        text: conversationsSql,
        values: [deskId, contact.id],
      })
      const own = rows.filter((row) => row.id !== null)
      const found = await pool.query({
        name: 'messages',
        text: messagesSql,
        values: [deskId, own.map((row) => row.id)],
      })
      const conversations = own.map((row) => ({
        ...{ id: row.id, number: row.number, subject: row.subject, status: row.status, channel: row.channel },
        ...{ createdAt: row.created_at, lastMessageAt: row.last_message_at, unreadCount: row.unread_count },
        ...{ contactReadSeq: row.contact_read_seq, teamReadSeq: row.team_read_seq, olderMessages: null },
        messages: found.rows.filter((sent) => sent.conversation_id === row.id).map(messageOf),
      }))
      return {
        contact: { ...contact, emailVerified },
        conversations,
        nextCursor: null,
        eventSeq: rows[0].event_seq,
      }
    },
  )
}

const messageOf = (row) => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  author: { type: row.author_type, name: row.author_name },
  body: row.body,
  createdAt: row.created_at,
})

async function findContact(pool, deskId, request) {
  const [, id, token] = /^Bearer ([0-9a-f-]{36})\.(.{43})$/.exec(request.headers.authorization)
  const { rows } = await pool.query({ name: 'contact', text: contactSql, values: [deskId, id] })
  const hash = Buffer.from(sha256(token))
  if (rows[0] === undefined || !timingSafeEqual(hash, Buffer.from(rows[0].token_hash)))
    throw new Error('Unknown contact')
  return rows[0]
}
