import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseOptions } from '@helpdesk/server'
import type { ServerConfig } from './env.ts'
import { lockFolder } from './lock.ts'

/** The database of the server, and how to give it up. */
export interface OpenedDatabase {
  options: DatabaseOptions
  close(): Promise<void>
}

/**
 * PostgreSQL where one is configured, else the embedded database in the data folder, opened by this process alone.
 * @param onLost called when somebody takes the embedded database's lock away: the process must end at once
 * @throws Error whose message names the process that has the embedded database open
 */
export async function openDatabase(config: ServerConfig, onLost: () => void): Promise<OpenedDatabase> {
  if (config.databaseUrl !== null) {
    return { options: { connectionString: config.databaseUrl }, close: async () => undefined }
  }
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const folder = join(config.dataDir, 'pglite')
  const lock = await lockFolder(`${folder}.lock`, { onLost })
  try {
    // Loaded here: a server on PostgreSQL starts without it.
    const { PGlite } = await import('@electric-sql/pglite')
    const pglite = await PGlite.create(folder)
    return {
      options: { pglite },
      async close() {
        await pglite.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
