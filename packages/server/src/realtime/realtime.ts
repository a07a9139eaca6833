import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { DatabaseOptions, Db } from '../db/db.ts'
import { type Bus, memoryBus, postgresBus } from './bus.ts'
import { createHub, type Hub } from './hub.ts'
import type { StreamLimits } from './places.ts'
import { createPresence, type PresenceTracker } from './presence.ts'
import { createStreams } from './stream.ts'

/** Everything that happens without being asked for: the bus, who is here, and the streams. */
export interface Realtime {
  readonly bus: Bus
  readonly presence: PresenceTracker
  readonly hub: Hub
  /** Ends the streams, says good-bye to the other processes, and lets go of the connection. */
  close(): Promise<void>
}

/** What realtime is made of. */
export interface RealtimeOptions {
  db: Db
  /** How the database was reached; the bus opens a connection of its own in the same way. */
  database: DatabaseOptions
  log: FastifyBaseLogger
  now: () => Date
  limits: StreamLimits
}

/** Starts realtime for one process: over PostgreSQL for many of them, in memory on PGlite. */
export function createRealtime({ db, database, log, now, limits }: RealtimeOptions): Realtime {
  const processId = randomUUID()
  const bus = createBus(db, database, log, processId)
  const presence = createPresence({ bus, processId, now })
  const streams = createStreams({ now, limits, log })
  const hub = createHub({ bus, presence, streams, logger: log })
  return {
    bus,
    presence,
    hub,
    async close() {
      await hub.close()
      presence.close()
      await bus.close()
    },
  }
}

function createBus(db: Db, database: DatabaseOptions, log: FastifyBaseLogger, processId: string): Bus {
  if ('connectionString' in database) {
    return postgresBus({ connectionString: database.connectionString, log, processId })
  }
  return db.pool ? postgresBus({ pool: db.pool, log, processId }) : memoryBus(log)
}
