import { createHash } from 'node:crypto'
import { createDesk, helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'
import pg from 'pg'
import { createDatabase, startPostgres } from '../../test/support/postgres.ts'
import { watchDatabase } from './cpu.mjs'
import { startServer } from './server.mjs'

/** The address that the product is told; agents' writes name it as their origin. */
export const publicUrl = 'http://127.0.0.1'
const owner = { email: 'olga@shop.example', password: 'correct horse battery', name: 'Olga' }
const sessionToken = 'bench'.padEnd(43, 'A')

/**
 * What one statement of the bare server appends to enqueue jobs: pg-boss's own SQL, fed from the CTE `notified`, with
 * the desk as `$1`. It is the same text as in the statements of the product.
 */
const jobSource = `(select coalesce(json_agg(json_build_object(
  'data', json_build_object('deskId', $1::uuid, 'id', n.id),
  'startAfter', to_char(n.due_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))), '[]'::json) from notified n)`

/**
 * A PostgreSQL server that waits for the disk on every commit, with databases on which the plugin has been set up.
 */
export async function openPostgres() {
  const settings = { max_wal_size: '4GB', maintenance_work_mem: '256MB' }
  const postgres = await startPostgres({ fsync: true, settings })
  const opened = []
  return {
    /**
     * A database with some desks, one owner with mails on, who is signed in.
     * @param {{ name: string, desks: number }} options
     */
    async install({ name, desks }) {
      const url = await createDatabase(postgres.url, name)
      const jobInsert = await setUp(url, desks)
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await watchDatabase(client)
      const settings = { url, publicUrl, jobInsert }
      const installation = { settings, client, ...(await signIn(client)) }
      opened.push(installation)
      return installation
    },
    async stop() {
      for (const { client } of opened) await client.end()
      await postgres.stop()
    },
  }
}

async function setUp(url, desks) {
  const app = Fastify({ logger: false })
  let jobInsert = ''
  await app.register(helpdesk, {
    database: { connectionString: url },
    publicUrl,
    owner,
    worker: false,
    dashboard: false,
    async onReady({ deps }) {
      jobInsert = deps.jobs.insertSql('notifications.deliver', jobSource)
      for (let desk = 1; desk <= desks; desk++) {
        await createDesk(deps, deps.db, { publicId: `bench-${desk}`, name: `Bench ${desk}` })
      }
    },
  })
  await app.ready()
  await app.close()
  return jobInsert
}

async function signIn(client) {
  await client.query(`delete from helpdesk.desks where public_id not like 'bench-%'`)
  await client.query('delete from helpdesk.desk_agents')
  await client.query(
    `insert into helpdesk.desk_agents select desk_id, a.id, 'owner' from helpdesk.desks, helpdesk.agents a`,
  )
  const { rows: agents } = await client.query('select id from helpdesk.agents')
  const agentId = agents[0].id
  await client.query(
    `insert into helpdesk.agent_sessions values ($1, $2, now(), now(), now() + interval '1 day')`,
    [createHash('sha256').update(sessionToken).digest('hex'), agentId],
  )
  const { rows: desks } = await client.query(
    'select desk_id as "deskId", public_id as "publicId" from helpdesk.desks order by created_at, public_id',
  )
  const agentHeaders = { cookie: `helpdesk_session=${sessionToken}`, origin: publicUrl }
  return { agentId, desks, agentHeaders }
}

/** Starts the product's server and the bare one on a database. */
export async function startBoth({ settings }) {
  const [bare, product] = await Promise.all([
    startServer('bare', settings),
    startServer('helpdesk', settings),
  ])
  return {
    bare,
    helpdesk: product,
    stop: () => Promise.all([bare.stop(), product.stop()]),
  }
}
