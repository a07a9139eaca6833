import { availableParallelism } from 'node:os'
import { databaseCpu, machineCpu } from './cpu.mjs'
import { drive } from './traffic.mjs'

/** The middle one of some numbers. */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/**
 * Loads several servers one after the other, round after round, each round in another order.
 * @param {{ name: string, server: import('./server.mjs').Server, requests: Buffer[] }[]} subjects
 * @returns {Promise<Record<string, object[]>>} the samples of each subject, one per round
 */
export async function loadInRounds(subjects, { rounds = 5, seconds = 1.7 } = {}) {
  for (const { server, requests } of subjects) await warmUp(server, requests)
  const samples = Object.fromEntries(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, server, requests } of shuffled(subjects)) {
      samples[name].push(await sample(server, requests, seconds))
    }
  }
  return samples
}

/** Until the compiler is done with the server and every connection has its statements planned, but not for ever. */
export async function warmUp({ port }, requests) {
  let answers = 0
  for (let tries = 0; tries < 8 && answers < 4000; tries++) {
    answers += (await drive({ port, requests, seconds: 0.6 })).answers
  }
}

/** One round of one server: its speed, and what it and the others used meanwhile. */
export async function sample(server, requests, seconds) {
  const before = await state(server)
  const { answers, ...speed } = await drive({ port: server.port, requests, seconds })
  const after = await state(server)
  const used = (key) => after[key] - before[key]
  const others = used('machine') - used('own') - used('cpuMicroseconds') - used('database')
  return {
    ...speed,
    serverCpu: used('cpuMicroseconds') / answers,
    databaseCpu: used('database') / answers,
    statements: used('statements') / answers,
    background: used('background') / answers,
    // The kernel counts in hundredths of a second: a little below nothing is nothing.
    others: Math.max(0, others / used('time') / availableParallelism()),
  }
}

async function state(server) {
  const { user, system } = process.cpuUsage()
  const [machine, database, usage] = [await machineCpu(), await databaseCpu(), await server.usage()]
  return { ...usage, machine, database, own: user + system, time: performance.now() * 1000 }
}

function shuffled(items) {
  const order = items.map((item) => ({ item, place: Math.random() }))
  return order.sort((a, b) => a.place - b.place).map(({ item }) => item)
}
