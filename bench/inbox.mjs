// What does a page of 50 of the inbox cost, against bare Fastify + pg, and does it depend on how many there are?
import { openPostgres, startBoth } from './load/installation.mjs'
import { printLoad, printTable } from './load/report.mjs'
import { loadInRounds, median } from './load/rounds.mjs'
import { insertInbox, settle } from './load/rows.mjs'
import { assertSameAnswer } from './load/same.mjs'
import { drive, requestBytes } from './load/traffic.mjs'

const sizes = [10_000, 1_000_000]
const views = {
  all: '',
  open: '?status=open',
  pending: '?status=pending',
  mine: '?status=open&assignee=me',
}

async function open(postgres, count) {
  const installation = await postgres.install({ name: `inbox_${count}`, desks: 1 })
  const { client, agentId, agentHeaders } = installation
  const { deskId, publicId } = installation.desks[0]
  await insertInbox(client, { deskId, agentId, count })
  await settle(client)
  const path = `/api/desks/${publicId}/conversations`
  return { servers: await startBoth(installation), path, headers: agentHeaders }
}

/** One at a time, small and large by turns: what is compared is the work, not the waiting for each other. */
async function compareSizes(opened) {
  const paths = { ...views, counts: '/counts' }
  const rows = []
  for (const [view, rest] of Object.entries(paths)) {
    const times = sizes.map(() => [])
    for (let round = 0; round < 5; round++) {
      for (const [size, { servers, path, headers }] of opened.entries()) {
        const requests = [requestBytes({ path: path + rest, headers })]
        const { p50 } = await drive({ port: servers.helpdesk.port, requests, seconds: 0.25, connections: 1 })
        times[size].push(p50)
      }
    }
    const [small, large] = times.map(median)
    rows.push([view, small.toFixed(2), large.toFixed(2), (large / small).toFixed(2)])
  }
  printTable(['p50 ms, one at a time', ...sizes.map((size) => size.toLocaleString('en')), 'ratio'], rows)
  console.log()
}

const postgres = await openPostgres()
try {
  const opened = []
  for (const size of sizes) opened.push(await open(postgres, size))
  await compareSizes(opened)
  const { servers, path, headers } = opened[1]
  const requests = Object.values(views).map((query) => requestBytes({ path: path + query, headers }))
  const subjects = ['bare', 'helpdesk'].map((name) => ({ name, server: servers[name], requests }))
  for (const query of Object.values(views)) await assertSameAnswer(subjects, { path: path + query, headers })
  printLoad('views by turns', await loadInRounds(subjects, { rounds: 4, seconds: 1.5 }))
  for (const one of opened) await one.servers.stop()
} finally {
  await postgres.stop()
}
