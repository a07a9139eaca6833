// Where does the time of a request go, beyond the floor? For developers; the servers run under Node's own profiler.
import { readProfile } from './load/cpu-profile.mjs'
import { openPostgres } from './load/installation.mjs'
import { printTable } from './load/report.mjs'
import { sample, warmUp } from './load/rounds.mjs'
import { startServer } from './load/server.mjs'
import { startRequests } from './load/start-requests.mjs'

const seconds = 8
const functionsShown = 40

async function profile(name, installation, requests) {
  const server = await startServer(name, installation.settings)
  await warmUp(server, requests)
  await server.startProfile()
  const { serverCpu } = await sample(server, requests, seconds)
  const profile = await server.stopProfile()
  await server.stop()
  return { cpu: serverCpu, ...readProfile(profile) }
}

const postgres = await openPostgres()
try {
  const installation = await postgres.install({ name: 'profile', desks: 20 })
  const requests = startRequests(installation.desks)
  const bare = await profile('bare', installation, requests)
  const product = await profile('helpdesk', installation, requests)
  const microseconds = ({ cpu }, share = 0) => (cpu * share).toFixed(1)
  const owners = [...new Set([...product.byOwner.keys(), ...bare.byOwner.keys()])]
    .map((owner) => [
      owner,
      microseconds(bare, bare.byOwner.get(owner)),
      microseconds(product, product.byOwner.get(owner)),
    ])
    .sort((a, b) => b[2] - a[2])
  printTable(['CPU µs per request, profiler included', 'bare', 'helpdesk'], owners)
  const functions = [...product.byFunction].sort(([, a], [, b]) => b - a).slice(0, functionsShown)
  console.log()
  printTable(
    ['helpdesk, by function (built-ins after ›)', 'µs'],
    functions.map(([name, share]) => [name, microseconds(product, share)]),
  )
} finally {
  await postgres.stop()
}
