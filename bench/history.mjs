// What does reading a thread of 50 messages cost, against bare Fastify + pg with the same statements?
import { openPostgres, startBoth } from './load/installation.mjs'
import { printLoad } from './load/report.mjs'
import { loadInRounds } from './load/rounds.mjs'
import { idOf, insertThreads, settle, tokenOf } from './load/rows.mjs'
import { assertSameAnswer } from './load/same.mjs'
import { requestBytes } from './load/traffic.mjs'

const contacts = 2000

const postgres = await openPostgres()
try {
  const installation = await postgres.install({ name: 'history', desks: 1 })
  const { client, agentId } = installation
  const { deskId, publicId } = installation.desks[0]
  await insertThreads(client, { deskId, agentId, from: 1, count: contacts, messages: 50 })
  await settle(client)
  const servers = await startBoth(installation)
  const path = `/api/messaging/widget/${publicId}/history`
  const headersOf = (number) => ({ authorization: `Bearer ${idOf('contact', number)}.${tokenOf(number)}` })
  const requests = Array.from({ length: contacts }, (_, n) =>
    requestBytes({ path, headers: headersOf(n + 1) }),
  )
  const subjects = ['bare', 'helpdesk'].map((name) => ({ name, server: servers[name], requests }))
  await assertSameAnswer(subjects, { path, headers: headersOf(7) })
  printLoad('50 messages', await loadInRounds(subjects))
  await servers.stop()
} finally {
  await postgres.stop()
}
