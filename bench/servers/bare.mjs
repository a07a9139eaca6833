// The floor: the same rows and answers from Fastify and node-postgres alone, as one would write them by hand for
// speed: one prepared statement per write, desks kept in memory, nothing logged, limited, guarded or told to others.
import Fastify from 'fastify'
import pg from 'pg'
import { agentRoutes } from './bare-agent.mjs'
import { visitorRoutes } from './bare-visitor.mjs'
import { openPool, serve, settings } from './process.mjs'

const int8 = 20
pg.types.setTypeParser(int8, Number)

const pool = openPool()
const { rows } = await pool.query('select desk_id, public_id from helpdesk.desks')
const desks = new Map(rows.map((row) => [row.public_id, row.desk_id]))

const app = Fastify({ logger: false })
visitorRoutes(app, { pool, desks, jobInsert: settings.jobInsert })
agentRoutes(app, { pool, desks, jobInsert: settings.jobInsert })
await serve(app)
