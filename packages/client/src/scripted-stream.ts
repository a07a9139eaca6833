import type { VisitorEvent } from '@helpdesk/core/api'
import { type EventsOptions, visitorEvents } from './events.ts'
import { createHttp } from './http.ts'
import { createManualTime } from './manual-runtime.ts'

/** One connection: an error, an answer that is no stream, or pieces of a stream and how it ends. */
export type Connection = Error | Response | 'hang' | { pieces: string[]; end?: 'close' | 'break' | 'hang' }

const event = (seq: number) => ({ seq, at: '2026-11-21T10:00:00Z', type: 'desk.updated' as const })
/** An event as a stream has it. */
export const block = (seq: number) =>
  `id: ${seq}\nevent: desk.updated\ndata: ${JSON.stringify(event(seq))}\n\n`
/** An event that passes. */
export const typing: VisitorEvent = { type: 'typing', conversationId: 'c', by: 'agent', name: 'Ola' }
/** Events as a poll has them. */
export const page = (seqs: number[], cursor = seqs.at(-1) ?? 0, more = false) =>
  Response.json({ events: seqs.map(event), cursor, more })

function stream({ pieces, end = 'close' }: Exclude<Connection, Error | Response | 'hang'>): Response {
  const rest = pieces.map((piece) => new TextEncoder().encode(piece))
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift()
      if (piece) return controller.enqueue(piece)
      if (end === 'close') return controller.close()
      if (end === 'break') return controller.error(new TypeError('terminated'))
      return new Promise(() => {})
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/**
 * Listens to a desk that answers with these connections in order, and then with the last one again and again;
 * only tests of this package use it.
 */
export function listen(connections: Connection[], options: EventsOptions = {}, random = 0) {
  const time = createManualTime(() => random)
  const asked: { after: string | null; accept: string | null; at: number; signal?: AbortSignal | null }[] = []
  const states: string[] = []
  const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
    const after = new URL(String(url)).searchParams.get('after')
    asked.push({
      after,
      accept: new Headers(init.headers).get('accept'),
      at: time.now(),
      signal: init.signal,
    })
    const next = connections.length > 1 ? connections.shift() : connections[0]
    if (!next) throw new Error('The script has no connection')
    if (next === 'hang') return new Promise<Response>(() => {})
    if (next instanceof Error) throw next
    return next instanceof Response ? next.clone() : stream(next)
  }
  const http = createHttp({ url: 'http://desk.test', fetch, credentials: 'omit' }, time.runtime)
  const stop = new AbortController()
  const events = visitorEvents(http, '/api/messaging/widget/acme', {
    signal: stop.signal,
    onState: (state) => states.push(state),
    ...options,
  })
  const collect = async (count: number) => {
    const taken: VisitorEvent[] = []
    for await (const one of events) {
      taken.push(one)
      if (taken.length === count) stop.abort()
    }
    return taken
  }
  /** The first so many events, then abort; takes as much time as it needs. */
  const take = (count: number) => time.until(collect(count))
  const seqs = async (count: number) => (await take(count)).map((one) => ('seq' in one ? one.seq : one.type))
  return { time, asked, states, events, collect, take, seqs }
}
