// How fast is search among 100,000 articles, while somebody types and when they have finished?
// node bench/search.mjs [articles]

import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'
import { searchArticles } from '../packages/server/src/articles/searching.ts'
import { insertArticles } from './load/articles.mjs'
import { openPostgres } from './load/installation.mjs'
import { settle } from './load/rows.mjs'
import { httpClient, makeSearches, printSearches, timeSearches } from './load/searches.mjs'
import { startServer } from './load/server.mjs'

/** The 99th percentile in milliseconds. */
const goals = { typing: 5, final: 20 }
const count = Number(process.argv[2] ?? 100_000)

/** The service as the routes call it, without HTTP. */
async function openService({ url, publicUrl }, deskId) {
  const app = Fastify({ logger: false })
  const { promise, resolve } = Promise.withResolvers()
  await app.register(helpdesk, {
    database: { connectionString: url },
    publicUrl,
    worker: false,
    dashboard: false,
    onReady: ({ deps }) => resolve(deps),
  })
  const deps = await promise
  // A first request looks the desk up; from then on it is in memory.
  await app.inject(`/api/messaging/widget/${deskId}/settings`)
  return { deps, desk: deps.desks.get(deskId), close: () => app.close() }
}

async function measure(name, searches, askFor) {
  for (const [kind, goal] of Object.entries(goals)) {
    printSearches(`${kind}, ${name}`, await timeSearches(searches[kind], askFor(kind)), goal)
    console.log(`load of the machine: ${loadavg()[0].toFixed(1)}\n`)
  }
}

const postgres = await openPostgres()
try {
  const { client, settings, desks } = await postgres.install({ name: 'search', desks: 1 })
  const [{ deskId, publicId }] = desks
  const begin = performance.now()
  const say = (text) =>
    console.log(`${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  const data = await insertArticles({ client, url: settings.url, deskId, count, say })
  say('clean-up')
  await settle(client)
  say('ready\n')
  const { rows } = await client.query(
    `select pg_size_pretty(pg_total_relation_size('helpdesk.article_texts')) as size`,
  )
  console.log(`${count.toLocaleString('en')} articles, ${rows[0].size} with indexes\n`)
  const searches = makeSearches(data)

  const service = await openService(settings, publicId)
  await measure('service', searches, (kind) => (text) => {
    const wanted = { text, locale: 'en', audience: ['public'], limit: 8, typing: kind === 'typing' }
    return searchArticles(service.deps, service.desk, wanted)
  })
  await service.close()

  const server = await startServer('helpdesk', settings)
  const http = httpClient(server.port)
  const path = `/api/messaging/widget/${publicId}/article-search?locale=en`
  await measure('HTTP', searches, (kind) => (text) => {
    const more = kind === 'final' ? '&final=true' : ''
    return http.ask(`${path}&q=${encodeURIComponent(text)}${more}`)
  })
  http.close()
  await server.stop()
} finally {
  await postgres.stop()
}
