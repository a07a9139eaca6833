import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { openChannel } from './channel.ts'

/** What processes tell each other. Ids only; what happened stands in the database. */
export type BusMessage =
  | { type: 'events'; deskId: string }
  /** Settings, agents or contact tokens of a desk changed: forget what is cached, check rights again. */
  | { type: 'desk'; deskId: string }
  | {
      type: 'typing'
      deskId: string
      conversationId: string
      contactId: string
      by: 'contact' | 'agent'
      agentId: string | null
      name: string | null
    }
  /** Part of who has streams open in a process; believed for `forMs`. `contacts` are here, `left` are gone. */
  | {
      type: 'presence'
      deskId: string
      process: string
      contacts: string[]
      left: string[]
      agents: boolean
      forMs: number
    }
  /** A process knows nothing of the others yet: everybody tells who is there. */
  | { type: 'hello'; process: string }
  /** Made by the bus itself when it hears again after a while: anything may have happened, on any desk. */
  | { type: 'missed' }

/** Wakes streams up, in this process and in others. Losing a message costs time, never an event. */
export interface Bus {
  publish(message: BusMessage): void
  /** @returns a function that ends the subscription */
  subscribe(listener: (message: BusMessage) => void): () => void
  close(): Promise<void>
}

type Log = Pick<FastifyBaseLogger, 'warn'>

/** A bus for a single process: every listener hears every message at once. */
export function memoryBus(log?: Log): Bus {
  const listeners = new Set<(message: BusMessage) => void>()
  return {
    publish(message) {
      for (const listener of [...listeners]) {
        try {
          listener(message)
        } catch (error) {
          // The publisher has committed its work; what a listener makes of it is none of its concern.
          log?.warn({ err: error }, 'a listener of the bus failed')
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => listeners.clear(),
  }
}

/** How to reach the PostgreSQL that carries the messages. */
export interface PostgresBusOptions {
  /** Must lead to the server itself: behind a transaction pooler LISTEN hears nothing. */
  connectionString?: string
  /** Instead of a connection string: the bus opens a connection of its own with this pool's options. */
  pool?: pg.Pool
  log: Log
  /** Tells our own messages from those of others. Default: random. */
  processId?: string
  /** How often an idle connection is tried, in milliseconds; default 30 s. */
  heartbeatMs?: number
  /** The first pause before a reconnect, in milliseconds; it doubles up to 5 s. */
  retryMs?: number
  /** A server that takes longer to answer counts as gone, in milliseconds; default 10 s. */
  answerWithinMs?: number
}

/** A bus over PostgreSQL. */
export interface PostgresBus extends Bus {
  /** Resolves as soon as it hears other processes. */
  listening(): Promise<void>
}

/** PostgreSQL refuses a longer payload. */
const mostBytes = 7_999
/** While the connection is away so many messages are kept; what is lost beyond is found by the streams' own poll. */
const mostWaiting = 1_000

interface Envelope {
  from: string
  message?: BusMessage
}

/** A bus for many processes, over LISTEN and NOTIFY on one connection of its own. It survives losing it. */
export function postgresBus(options: PostgresBusOptions): PostgresBus {
  const { log, processId = randomUUID() } = options
  const local = memoryBus(log)
  const outbox = new Map<string, BusMessage['type']>()
  const channel = openChannel({
    ...options,
    name: 'helpdesk',
    probe: JSON.stringify({ from: processId } satisfies Envelope),
    takeOutgoing() {
      const payloads = [...outbox.keys()]
      outbox.clear()
      return payloads
    },
    giveBack(payloads) {
      for (const payload of payloads)
        outbox.set(payload, (JSON.parse(payload) as Envelope).message?.type ?? 'hello')
      keepWhatLasts(outbox)
    },
    onPayload(payload) {
      const envelope = parse(payload)
      if (envelope?.message && envelope.from !== processId) local.publish(envelope.message)
    },
    onListening: () => local.publish({ type: 'missed' }),
  })

  return {
    publish(message) {
      local.publish(message)
      const payload = JSON.stringify({ from: processId, message } satisfies Envelope)
      if (Buffer.byteLength(payload) > mostBytes) {
        return log.warn({ type: message.type }, 'a message is too long for the bus')
      }
      // The same message twice wakes nobody twice.
      outbox.set(payload, message.type)
      if (!channel.isOpen()) keepWhatLasts(outbox)
      channel.flush()
    },
    subscribe: local.subscribe,
    listening: channel.listening,
    async close() {
      await channel.close()
      await local.close()
    },
  }
}

/** Old typing says nothing, and presence is told anew after a reconnect. */
function keepWhatLasts(outbox: Map<string, BusMessage['type']>): void {
  for (const [payload, type] of outbox) {
    if ((type !== 'events' && type !== 'desk') || outbox.size > mostWaiting) outbox.delete(payload)
  }
}

function parse(payload: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null && 'from' in value ? (value as Envelope) : null
  } catch {
    // The channel's name is not ours alone: somebody else may speak on it.
    return null
  }
}
