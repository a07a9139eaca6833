/** A server to kill: the built plugin on the database that the environment names. Prints its port when it is ready. */
import { PGlite } from '@electric-sql/pglite'
import { createDesk, diskFiles, helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'

const { DATABASE_URL, PGLITE_DIR, FILES_DIR, DESK_ID = 'faults' } = process.env
const database = DATABASE_URL
  ? { connectionString: DATABASE_URL }
  : { pglite: await PGlite.create(PGLITE_DIR) }

const app = Fastify({ logger: { level: 'error' } })
await app.register(helpdesk, {
  database,
  publicUrl: 'http://127.0.0.1',
  owner: { email: 'olga@shop.example', password: 'correct horse battery' },
  rateLimits: false,
  attachmentQuota: false,
  ...(FILES_DIR ? { files: diskFiles({ folder: FILES_DIR }) } : {}),
  dashboard: false,
  onReady: async ({ deps }) => {
    await createDesk(deps, deps.db, { publicId: DESK_ID, name: 'Faults' }).catch((error) => {
      if (error.code !== 'conflict') throw error
    })
  },
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${app.server.address().port}\n`)
