import { helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'
import { openPool, serve, settings } from './process.mjs'

const app = Fastify({ logger: false })
await app.register(helpdesk, {
  database: { pool: openPool() },
  publicUrl: settings.publicUrl,
  rateLimits: false,
  worker: false,
  dashboard: false,
})
await serve(app)
