/**
 * A server that sends and takes e-mail, to be told what to do and to be killed: the built plugin on the database that
 * the environment names. It says its ports when it is ready and then obeys the messages of its parent.
 */
import { PGlite } from '@electric-sql/pglite'
import { createDesk, diskFiles, helpdesk, smtpMail } from '@helpdesk/server'
import Fastify from 'fastify'

const { DATABASE_URL, PGLITE_DIR, FILES_DIR, SMTP_SERVERS = '{}', CLOCK, TIMERS_FASTER } = process.env

// Timers that look for what was left behind ring more often; what they find is decided by the clock, as always.
if (TIMERS_FASTER) {
  const { setInterval } = globalThis
  globalThis.setInterval = (callback, ms, ...rest) =>
    setInterval(callback, ms / Number(TIMERS_FASTER), ...rest)
}

/** Stands still at a moment once it was told one. */
let moment = CLOCK ? Number(CLOCK) : null
const now = () => new Date(moment ?? Date.now())

/** From then on answers of mail servers are read but never written down: the moment before the process is killed. */
let isHolding = false
const servers = Object.entries(JSON.parse(SMTP_SERVERS))
const adapters = new Map(servers.map(([domain, options]) => [domain, smtpMail(options)]))
const mail = {
  async send(one) {
    const domain = one.to.address.split('@')[1]
    await (adapters.get(domain) ?? adapters.get('*')).send(one)
    if (!isHolding) return
    process.send({ answered: one.messageId })
    await new Promise(() => undefined)
  },
  async close() {
    await Promise.all([...adapters.values()].map((adapter) => adapter.close()))
  },
}

let handle
const names = new Map()
function query(text, values = []) {
  if (!names.has(text)) names.set(text, `test_${names.size}`)
  return handle.deps.db.run({ name: names.get(text), text }, values)
}

const app = Fastify({ logger: { level: 'fatal' } })
await app.register(helpdesk, {
  database: DATABASE_URL ? { connectionString: DATABASE_URL } : { pglite: await PGlite.create(PGLITE_DIR) },
  publicUrl: 'http://127.0.0.1',
  owner: { email: 'olga@shop.example', password: 'correct horse battery' },
  mail,
  mailFrom: { name: 'Shop', address: 'support@shop.example' },
  incomingMail: { domain: 'in.shop.example', listen: { port: 0 } },
  allowPrivateMailServers: true,
  rateLimits: false,
  attachmentQuota: false,
  ...(FILES_DIR ? { files: diskFiles({ folder: FILES_DIR }) } : {}),
  dashboard: false,
  now,
  onReady: async (ready) => {
    handle = ready
    await createDesk(ready.deps, ready.deps.db, { publicId: 'faults', name: 'Faults' }).catch((error) => {
      if (error.code !== 'conflict') throw error
    })
    await query(`insert into helpdesk.desk_agents (desk_id, agent_id, role)
      select d.desk_id, m.agent_id, m.role from helpdesk.desks d, helpdesk.desk_agents m where d.public_id = 'faults'
      on conflict do nothing`)
  },
})

/** For each address a contact, a conversation, an answer in it and the e-mail about that, due now with its job. */
async function owe(addresses) {
  const { db, jobs } = handle.deps
  const [desk] = await query(`select desk_id as id from helpdesk.desks where public_id = 'faults'`)
  const enqueue = jobs.insertSql(
    'notifications.deliver',
    `select json_agg(json_build_object('data', json_build_object('deskId', desk_id, 'id', id), 'startAfter', due_at)) from owed`,
  )
  const text = `with made as (
      select gen_random_uuid() as id, gen_random_uuid() as contact, address, c.event_seq + n as seq
      from unnest($3::text[]) with ordinality as listed(address, n), helpdesk.desk_counters c where c.desk_id = $1),
    conversation as (insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview,
        last_author, contact_seq, contact_read_seq, team_read_seq, created_at, last_message_at, last_message_seq)
      select $1, id, 'N-' || seq, contact, 'waiting', 'normal', 'widget', '', 'agent', 0, 0, 0, $2, $2, seq from made),
    contact as (insert into helpdesk.contacts (desk_id, id, email, email_verified, created_at)
      select $1, contact, address, true, $2 from made),
    message as (insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
      select $1, id, seq, gen_random_uuid(), 'reply', 'agent', (select min(id::text)::uuid from helpdesk.agents), 'Hello', $2 from made),
    counter as (update helpdesk.desk_counters set event_seq = event_seq + cardinality($3::text[]) where desk_id = $1),
    owed as (insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq,
        due_at, created_at, updated_at)
      select $1, gen_random_uuid(), id, 'contact', contact, 'scheduled', seq, $2, $2, $2 from made
      returning desk_id, id, due_at),
    enqueued as (${enqueue})
    select id from owed`
  const rows = await db.run({ name: 'test owe', text }, [desk.id, now(), addresses])
  return rows.map(({ id }) => id)
}

const commands = {
  owe,
  query: ([text, values]) => query(text, values),
  clock: (ms) => {
    moment = ms
  },
  hold: () => {
    isHolding = true
  },
  /** Looks for what is due, as the timer does. */
  sweep: () => handle.deliverDue(),
  close: () => app.close(),
}

process.on('message', async ({ id, command, argument }) => {
  try {
    process.send({ id, result: (await commands[command](argument)) ?? null })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) })
  }
  if (command === 'close') process.disconnect()
})
// Nobody is left to tell it anything.
process.on('disconnect', () => process.exit())

await app.listen({ host: '127.0.0.1', port: 0 })
process.send({ port: app.server.address().port, mailPort: handle.mailPort })
