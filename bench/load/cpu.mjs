import { readFile } from 'node:fs/promises'

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const microsecondsPerTick = 10_000

let postmaster

/** Microseconds of processor time that this machine has spent so far, on all cores; NaN where /proc is not there. */
export async function machineCpu() {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '')
  const [, user, nice, system, , , irq, softIrq] = (/^cpu .*/.exec(text)?.[0] ?? '').split(/ +/).map(Number)
  return (user + nice + system + irq + softIrq) * microsecondsPerTick
}

/**
 * Says which PostgreSQL server to watch.
 * @param {import('pg').Client} client a connection to it
 */
export async function watchDatabase(client) {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  postmaster = (await stat(rows[0].pid))?.parent
}

/**
 * Microseconds of processor time that all processes of the database have used so far; NaN where the system does not
 * tell (it is read from /proc).
 */
export async function databaseCpu() {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(() => null)
  if (children === null) return Number.NaN
  const stats = await Promise.all(children.trim().split(' ').map(stat))
  return stats.reduce((sum, found) => sum + (found?.ticks ?? 0), 0) * microsecondsPerTick
}

async function stat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return undefined
  // The name in brackets may hold anything; what follows it does not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
}
