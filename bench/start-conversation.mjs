// What does starting a conversation over HTTP cost, against the same rows as one prepared statement by bare Fastify + pg?
import { openPostgres, startBoth } from './load/installation.mjs'
import { printLoad } from './load/report.mjs'
import { loadInRounds } from './load/rounds.mjs'
import { assertSameRows } from './load/same.mjs'
import { startRequests } from './load/start-requests.mjs'

const postgres = await openPostgres()
try {
  const installation = await postgres.install({ name: 'start', desks: 20 })
  const servers = await startBoth(installation)
  for (const desks of [1, 20]) {
    const requests = startRequests(installation.desks.slice(0, desks))
    const subjects = ['bare', 'helpdesk'].map((name) => ({ name, server: servers[name], requests }))
    if (desks === 1) await assertSameRows(installation.client, subjects)
    printLoad(desks === 1 ? 'one desk' : `${desks} desks`, await loadInRounds(subjects))
  }
  await servers.stop()
} finally {
  await postgres.stop()
}
