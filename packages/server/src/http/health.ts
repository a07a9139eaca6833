import type { FastifyInstance } from 'fastify'
import type { Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'

const ping: Statement = { name: 'health_ping', text: 'select 1 as ok from helpdesk.migrations limit 1' }

/** `/healthz`: the process answers. `/readyz`: database, tables and jobs are there. */
export function healthRoutes(app: FastifyInstance, deps: Deps): void {
  app.get('/healthz', { logLevel: 'warn' }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await deps.db.run(ping, [])
      return reply.send({ status: 'ready', database: deps.db.kind })
    } catch (error) {
      deps.log.error({ err: error }, 'The database does not answer')
      return reply
        .code(503)
        .header('retry-after', '2')
        .send({ status: 'unavailable', database: deps.db.kind })
    }
  })
}
