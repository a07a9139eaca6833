// What does a reply cost, of a contact and of an agent, against bare Fastify + pg that checks the same credentials?
import { openPostgres, startBoth } from './load/installation.mjs'
import { printLoad } from './load/report.mjs'
import { loadInRounds } from './load/rounds.mjs'
import { idOf, insertThreads, settle, tokenOf } from './load/rows.mjs'
import { assertSameRows } from './load/same.mjs'
import { requestBytes } from './load/traffic.mjs'

const threadsPerDesk = 50
const message = 'It is the parcel to Kraków; the tracking page has been saying "on its way" since Monday.'

const postgres = await openPostgres()
try {
  const installation = await postgres.install({ name: 'reply', desks: 20 })
  const { client, desks, agentId, agentHeaders } = installation
  for (const [place, { deskId }] of desks.entries()) {
    await insertThreads(client, {
      deskId,
      agentId,
      from: 1 + place * threadsPerDesk,
      count: threadsPerDesk,
      messages: 4,
    })
  }
  await settle(client)
  const servers = await startBoth(installation)
  // Of one desk after the other, so that the writers meet on a desk's lock as little as they would by chance.
  const threads = Array.from({ length: threadsPerDesk * desks.length }, (_, n) => {
    const place = n % desks.length
    return { desk: desks[place].publicId, number: 1 + place * threadsPerDesk + Math.floor(n / desks.length) }
  })
  const fromContacts = threads.map(({ desk, number }) => {
    const headers = { authorization: `Bearer ${idOf('contact', number)}.${tokenOf(number)}` }
    const body = { conversationId: idOf('conversation', number), message }
    return requestBytes({ method: 'POST', path: `/api/messaging/widget/${desk}/reply`, headers, body })
  })
  const fromAgents = threads.map(({ desk, number }) => {
    const path = `/api/desks/${desk}/conversations/${idOf('conversation', number)}/replies`
    return requestBytes({ method: 'POST', path, headers: agentHeaders, body: { message } })
  })
  for (const [title, requests] of [
    ['contact', fromContacts],
    ['agent', fromAgents],
  ]) {
    const subjects = ['bare', 'helpdesk'].map((name) => ({ name, server: servers[name], requests }))
    const samples = await loadInRounds(subjects)
    // After the load: the first message to a thread schedules mails, the next ones join them.
    await assertSameRows(client, subjects)
    printLoad(`${title} replies`, samples)
  }
  await servers.stop()
} finally {
  await postgres.stop()
}
