// How long from a commit to the browsers, with 1,000 streams and 50 messages a second, and what does an idle stream cost?
import { connect } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { helpdesk } from '@helpdesk/server'
import Fastify from 'fastify'
import { databaseCpu, machineCpu } from './load/cpu.mjs'
import { openPostgres } from './load/installation.mjs'
import { printTable } from './load/report.mjs'
import { idOf, insertThreads, settle, tokenOf } from './load/rows.mjs'
import { startServer } from './load/server.mjs'

const streams = 1_000
const idleStreams = 5_000
const perSecond = 50
const seconds = 8
const message = 'It is the parcel to Kraków; the tracking page has been saying "on its way" since Monday.'

const created = /id: (\d+)\nevent: message\.created/g

/** Opens a stream and calls back with the position and the time of every message; resolves when it has begun. */
function openStream(port, path, headers, onMessage) {
  const socket = connect(port, '127.0.0.1')
  const lines = Object.entries({ host: 'bench', accept: 'text/event-stream', ...headers })
  socket.write(
    `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('A stream ended')))
    socket.on('data', (data) => {
      const at = performance.now()
      const text = data.toString('latin1')
      if (text.includes('text/event-stream')) resolve(socket)
      else if (text.startsWith('HTTP')) reject(new Error(text))
      for (const [, seq] of text.matchAll(created)) onMessage(Number(seq), at)
    })
  })
}

/** Opens many, a few at a time. */
async function openStreams(count, open) {
  const sockets = []
  let next = 0
  const worker = async () => {
    while (next < count) sockets.push(await open(next++))
  }
  await Promise.all(Array.from({ length: 50 }, worker))
  return { close: () => sockets.forEach((socket) => void socket.removeAllListeners('close').destroy()) }
}

/** Another process of the installation as far as the server can tell: what it writes reaches the server by NOTIFY. */
async function startWriter({ settings, agentHeaders, desks: [{ publicId }] }) {
  const app = Fastify({ logger: false })
  let committedAt = 0
  await app.register(helpdesk, {
    database: { connectionString: settings.url, poolSize: 2 },
    publicUrl: settings.publicUrl,
    rateLimits: false,
    worker: false,
    dashboard: false,
    onReady: ({ deps }) =>
      deps.bus.subscribe(({ type }) => {
        if (type === 'events') committedAt = performance.now()
      }),
  })
  await app.ready()
  const write = async (path, headers, payload) => {
    const response = await app.inject({ method: 'POST', url: path, headers, payload })
    if (response.statusCode !== 201) throw new Error(response.body)
    return { committedAt, body: response.json() }
  }
  return {
    async agentReply(conversation) {
      const path = `/api/desks/${publicId}/conversations/${idOf('conversation', conversation)}/replies`
      const { body, committedAt: at } = await write(path, agentHeaders, { message })
      return { seq: body.message.seq, at }
    },
    async contactReply(conversation) {
      const payload = { conversationId: idOf('conversation', conversation), message }
      const { body, committedAt: at } = await write(
        `/api/messaging/widget/${publicId}/reply`,
        contactHeaders(conversation),
        payload,
      )
      return { seq: body.seq, at }
    },
    stop: () => app.close(),
  }
}

const contactHeaders = (contact) => ({
  authorization: `Bearer ${idOf('contact', contact)}.${tokenOf(contact)}`,
})

/** Writes at a steady pace; resolves with the time of every commit by position, when every message has arrived. */
async function writeSteadily(write, hasArrived) {
  const commits = new Map()
  const begin = performance.now()
  for (let i = 0; i < perSecond * seconds; i++) {
    const { seq, at } = await write(1 + (i % streams))
    commits.set(seq, at)
    await pause(Math.max(0, begin + ((i + 1) * 1_000) / perSecond - performance.now()))
  }
  for (let tries = 0; tries < 100 && ![...commits.keys()].every(hasArrived); tries++) await pause(100)
  return commits
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]

function latencyRow(title, values, goal, cpu) {
  const sorted = [...values].sort((a, b) => a - b)
  return [title, ...[0.5, 0.99, 1].map((q) => quantile(sorted, q).toFixed(1)), goal, cpu]
}

/** Writes, and tells how much processor time the server took per message, and how busy others kept the machine. */
async function measured(server, write) {
  const state = async () => ({
    at: performance.now(),
    server: (await server.usage()).cpuMicroseconds,
    database: await databaseCpu(),
    own: process.cpuUsage().user + process.cpuUsage().system,
    machine: await machineCpu(),
  })
  const before = await state()
  const commits = await write()
  const after = await state()
  const spent = (key) => after[key] - before[key]
  const others = spent('machine') - spent('server') - spent('database') - spent('own')
  return {
    commits,
    cpu: (spent('server') / commits.size / 1_000).toFixed(2),
    others: others / (spent('at') * 1_000 * availableParallelism()),
  }
}

const postgres = await openPostgres()
try {
  const installation = await postgres.install({ name: 'streams', desks: 1 })
  const [{ deskId, publicId }] = installation.desks
  const { client, agentId, agentHeaders } = installation
  await insertThreads(client, { deskId, agentId, from: 1, count: streams, messages: 2 })
  await settle(client)
  const server = await startServer('streams', installation.settings)
  const writer = await startWriter(installation)
  const asContact = (n, onMessage) =>
    openStream(
      server.port,
      `/api/messaging/widget/${publicId}/events`,
      contactHeaders(1 + (n % streams)),
      onMessage,
    )
  const asAgent = (onMessage) =>
    openStream(server.port, `/api/desks/${publicId}/events`, agentHeaders, onMessage)

  // Once with all, so that what is made once is not counted.
  ;(await openStreams(streams, (n) => asContact(n, () => undefined))).close()
  await pause(1_000)
  const before = await server.usage()
  const idle = await openStreams(idleStreams, (n) => asContact(n, () => undefined))
  await pause(1_000)
  const after = await server.usage()
  idle.close()
  await pause(1_000)
  const perStream = (key) => ((after[key] - before[key]) / idleStreams / 1_000).toFixed(1)
  console.log(
    `${idleStreams} idle streams: ${perStream('rss')} kB of memory each (goal ≤ 22), ${perStream('heap')} kB of it heap\n`,
  )

  const arrivals = new Map()
  const contacts = await openStreams(streams, (n) => asContact(n, (seq, at) => arrivals.set(seq, at)))
  const one = await measured(server, () => writeSteadily(writer.agentReply, (seq) => arrivals.has(seq)))
  const toOne = [...one.commits].map(([seq, at]) => arrivals.get(seq) - at)
  contacts.close()
  await pause(500)

  const byMessage = new Map()
  const collect = (seq, at) => void (byMessage.get(seq)?.push(at) ?? byMessage.set(seq, [at]))
  const agents = await openStreams(streams, () => asAgent(collect))
  const all = await measured(server, () =>
    writeSteadily(writer.contactReply, (seq) => byMessage.get(seq)?.length === streams),
  )
  agents.close()
  const toEach = []
  const toAll = []
  for (const [seq, at] of all.commits) {
    const times = byMessage.get(seq) ?? []
    if (times.length !== streams)
      throw new Error(`Message ${seq} reached ${times.length} of ${streams} streams`)
    for (const time of times) toEach.push(time - at)
    toAll.push(Math.max(...times) - at)
  }

  printTable(
    [
      `${streams} streams, ${perSecond} messages/s, ms from commit`,
      'p50',
      'p99',
      'most',
      'goal p99',
      'server CPU, ms',
    ],
    [
      latencyRow('to the one stream of its contact', toOne, '≤ 8', one.cpu),
      latencyRow('to one of all streams of agents', toEach, '', ''),
      latencyRow('to the last of all streams of agents', toAll, '≤ 20', all.cpu),
    ],
  )
  const others = Math.round(Math.max(one.others, all.others) * 100)
  console.log(`others took ${others} % of the machine meanwhile`)
  await writer.stop()
  await server.stop()
} finally {
  await postgres.stop()
}
