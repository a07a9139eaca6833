import { Session } from 'node:inspector/promises'
import pg from 'pg'

const counted = { statements: 0, background: 0 }

/** What the benchmark told this process. */
export const settings = JSON.parse(process.argv[2] ?? '{}')

/** A pool as both servers have it; every statement of this process is counted from here on. */
export function openPool() {
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function count(statement, ...rest) {
    // What wakes other processes up is sent after the answer, on a connection of its own, for many requests at once.
    const text = typeof statement === 'string' ? statement : statement.text
    if (text?.includes('pg_notify')) counted.background += 1
    else counted.statements += 1
    return query.call(this, statement, ...rest)
  }
  return new pg.Pool({ connectionString: settings.url, max: 10, idleTimeoutMillis: 0 })
}

/** Listens, tells the port, answers what is asked about this process, and ends with the one that started it. */
export async function serve(app) {
  process.once('disconnect', () => process.exit(0))
  process.on('message', async (question) => process.send(await answers[question]()))
  await app.listen({ host: '127.0.0.1', port: 0 })
  process.send({ port: app.server.address().port })
}

const profiler = new Session()

const answers = {
  usage() {
    const { user, system } = process.cpuUsage()
    return { cpuMicroseconds: user + system, ...counted }
  },
  async startProfile() {
    profiler.connect()
    await profiler.post('Profiler.enable')
    await profiler.post('Profiler.setSamplingInterval', { interval: 200 })
    await profiler.post('Profiler.start')
    return {}
  },
  async stopProfile() {
    const { profile } = await profiler.post('Profiler.stop')
    return profile
  },
}
