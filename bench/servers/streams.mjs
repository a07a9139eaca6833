// The product as `helpdesk.mjs`, with room for many streams from one address; asked, it tells how much memory it needs.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'
import { settings } from './process.mjs'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

const app = Fastify({ logger: false })
await app.register(helpdesk, {
  database: { connectionString: settings.url },
  publicUrl: settings.publicUrl,
  rateLimits: false,
  streams: { perProcess: 20_000, perAddress: 20_000, perContact: 20_000 },
  worker: false,
  dashboard: false,
})
process.once('disconnect', () => process.exit(0))
process.on('message', () => {
  collectGarbage()
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send({ rss, heap: heapUsed + external, cpuMicroseconds: user + system })
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send({ port: app.server.address().port })
