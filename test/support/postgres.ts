import { randomBytes } from 'node:crypto'
import { chown, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import {
  createServerFolder,
  killServer,
  type ServerFolder,
  type Supervised,
  supervise,
} from './postgres-process.ts'

/** How the test server differs from PostgreSQL's defaults. */
export interface PostgresOptions {
  /** Wait for the disk on every commit. Default false: tests do not survive a power cut. */
  fsync?: boolean
  /** Default: a free one. */
  port?: number
  /** Further settings, for instance `{ synchronous_commit: 'off' }`. */
  settings?: Record<string, string>
}

/** A PostgreSQL server of our own. */
export interface Postgres {
  /** Superuser, loopback, database `postgres`. Stays the same over restarts. */
  url: string
  /** Stops the server and removes its files. */
  stop(): Promise<void>
  /** SIGKILL to the server and its workers; `restart` then recovers as after a crash. */
  kill9(): Promise<void>
  /** Stops the server if it runs, and starts it on the same files and port. */
  restart(): Promise<void>
}

/** Starts a real PostgreSQL 18. It stops when this process ends, however it ends; `stop` does it in order. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const folder = await createServerFolder()
  const password = randomBytes(16).toString('hex')
  try {
    await initialise(folder, password)
    let { server, port } = await startOnFreePort(folder, options, password)
    const url = urlFor(port, password)
    const halt = async (): Promise<void> => {
      if (server.isRunning()) process.kill(server.pid, 'SIGINT')
      await server.exited()
    }
    return {
      url,
      async stop() {
        await halt()
        await rm(folder.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
      },
      kill9: () => killServer(server),
      async restart() {
        await halt()
        server = await startAgain(folder, options, url, port)
      },
    }
  } catch (error) {
    await rm(folder.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    throw error
  }
}

/** Creates a database, as a copy of `template` when given, and returns its URL. */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  const source = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`
  await execute(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}${source}`)
  const created = new URL(url)
  created.pathname = `/${encodeURIComponent(name)}`
  return created.href
}

/** Drops a database if it is there, ending the connections to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await execute(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function urlFor(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

async function initialise(folder: ServerFolder, password: string): Promise<void> {
  const passwordFile = join(folder.path, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (folder.account !== undefined) await chown(passwordFile, folder.account.uid, folder.account.gid)
  const initdb = await supervise(folder, 'initdb', [
    `--pgdata=${join(folder.path, 'data')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=password',
    '--encoding=UTF8',
    // Same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ])
  if ((await initdb.exited()) !== 0) throw new Error(`initdb failed:\n${await readLog(folder)}`)
}

async function startOnFreePort(
  folder: ServerFolder,
  options: PostgresOptions,
  password: string,
): Promise<{ server: Supervised; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    try {
      return { server: await startServer(folder, options, urlFor(port, password), port), port }
    } catch (error) {
      // Somebody may have taken the port between our look and the server's start.
      const isTaken = options.port === undefined && String(error).includes('could not bind')
      if (!isTaken || attempt === 5) throw error
    }
  }
}

/** After a kill the last workers may hold the shared memory for a moment longer. */
async function startAgain(
  folder: ServerFolder,
  options: PostgresOptions,
  url: string,
  port: number,
): Promise<Supervised> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      return await startServer(folder, options, url, port)
    } catch (error) {
      if (Date.now() > deadline || !/shared memory block|could not bind/.test(String(error))) throw error
      await pause(50)
    }
  }
}

async function startServer(
  folder: ServerFolder,
  options: PostgresOptions,
  url: string,
  port: number,
): Promise<Supervised> {
  await writeFile(join(folder.path, 'log'), '')
  if (folder.account !== undefined) {
    await chown(join(folder.path, 'log'), folder.account.uid, folder.account.gid)
  }
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '300',
    // In the data folder, so that a killed server leaves nothing in /dev/shm.
    dynamic_shared_memory_type: 'mmap',
    fsync: options.fsync === true ? 'on' : 'off',
    full_page_writes: options.fsync === true ? 'on' : 'off',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = await supervise(folder, 'postgres', ['-D', join(folder.path, 'data'), ...flags])
  await waitUntilReady(folder, server, url)
  server.detach()
  return server
}

async function waitUntilReady(folder: ServerFolder, server: Supervised, url: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    if (!server.isRunning()) throw new Error(`PostgreSQL did not start:\n${await readLog(folder)}`)
    try {
      return await execute(url, 'SELECT 1')
    } catch (error) {
      if (Date.now() > deadline) {
        await killServer(server)
        throw new Error(`PostgreSQL does not answer:\n${await readLog(folder)}`, { cause: error })
      }
    }
    await pause(20)
  }
}

async function readLog(folder: ServerFolder): Promise<string> {
  return (await readFile(join(folder.path, 'log'), 'utf8').catch(() => '')).slice(-4000)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()))
    })
  })
}
