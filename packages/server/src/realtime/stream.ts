import type { ServerResponse } from 'node:http'
import { HelpdeskError } from '@helpdesk/core'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { ipKey } from '../http/throttle.ts'
import { createPlaces, type StreamLimits } from './places.ts'

/** Whose stream it is, and what it is asked later. */
export interface StreamOwner {
  /** How many heartbeats pass between two looks at the right to listen. */
  readonly checkRounds: number
  /** Whether the viewer would still be let in. */
  stillAllowed(): Promise<boolean>
  /** The position up to which the client has everything, undefined while that is not certain. */
  position(): number | undefined
  /** Called once, however the stream ends. */
  onClose(): void
}

/** One open stream of server-sent events. Kept small: there may be ten thousand. */
export interface Stream {
  readonly response: ServerResponse
  readonly owner: StreamOwner
  closed: boolean
  /** Since when the socket takes nothing more, in milliseconds; 0 when it does. */
  blockedSince: number
  /** Heartbeats so far. */
  rounds: number
  /** Its right to listen is being looked up. */
  checking: boolean
  /** Called when the socket takes more, or the stream is closed. */
  resume: (() => void) | undefined
}

/** All streams of this process. */
export interface Streams {
  /**
   * Takes a place; it is given back when the response is over, however that happens.
   * @throws HelpdeskError too_many_requests, or unavailable while the process shuts down
   */
  reserve(request: FastifyRequest, reply: FastifyReply, contactId?: string): void
  /**
   * Starts streaming on the raw response.
   * @param greeting the first bytes
   * @returns undefined when the client has gone meanwhile
   */
  open(reply: FastifyReply, owner: StreamOwner, greeting: string): Stream | undefined
  /** Writes a frame. A client that takes nothing while 1 MiB waits for it is cut off; it resumes later. */
  send(stream: Stream, frame: Frame): void
  /** Asks again, soon, whether the viewer is still allowed. */
  recheck(stream: Stream): void
  /** Ends every stream; resolves when all are gone, after a second at the latest. */
  closeAll(): Promise<void>
}

/** Bytes of an event, the same for every stream they go to. */
export type Frame = string | Uint8Array

/** What the streams of a process are made of. */
export interface StreamsOptions {
  now: () => Date
  limits: StreamLimits
  log: Pick<FastifyBaseLogger, 'debug'>
}

const slotMs = 1_000
/** With one slot a second: a heartbeat every 15 s. */
const slotCount = 15
/** A client that takes nothing for so long is cut off at its next heartbeat. */
const stallMs = 20_000
const mostQueuedBytes = 1_048_576
const checksAtOnce = 4
const farewellMs = 1_000
const comment = ':\n\n'

/** Opens streams and keeps them alive, honest and few enough. */
export function createStreams({ now, limits, log }: StreamsOptions): Streams {
  // One timer for all: every second a fifteenth of the streams has its turn, so that events never wait for a crowd.
  const slots = Array.from({ length: slotCount }, () => new Set<Stream>())
  const places = createPlaces(limits)
  const toCheck: Stream[] = []
  let checking = 0
  let turn = 0
  let opened = 0
  let closing = false
  const time = () => now().getTime()

  const timer = setInterval(() => {
    turn = (turn + 1) % slotCount
    for (const stream of slots[turn] ?? []) beat(stream)
  }, slotMs)
  timer.unref()

  function beat(stream: Stream): void {
    stream.rounds++
    if (stream.rounds % stream.owner.checkRounds === 0) recheck(stream)
    if (stream.blockedSince > 0) {
      if (time() - stream.blockedSince >= stallMs) stream.response.destroy()
      return
    }
    const position = stream.owner.position()
    // A position alone moves the client's cursor over what did not concern it.
    send(stream, position === undefined ? comment : `:\nid: ${position}\n\n`)
  }

  function send(stream: Stream, frame: Frame): void {
    const { response } = stream
    if (stream.closed || response.destroyed || response.writableEnded) return
    if (response.write(frame)) return
    if (stream.blockedSince === 0) stream.blockedSince = time()
    if (response.writableLength > mostQueuedBytes) response.destroy()
  }

  function recheck(stream: Stream): void {
    if (stream.checking) return
    stream.checking = true
    toCheck.push(stream)
    // A few at a time: requests need the database more urgently.
    if (checking < checksAtOnce) void checkAll()
  }

  async function checkAll(): Promise<void> {
    checking++
    for (let stream = toCheck.shift(); stream; stream = toCheck.shift()) {
      try {
        if (!stream.closed && !(await stream.owner.stillAllowed())) stream.response.end()
      } catch (error) {
        log.debug({ err: error }, 'the right to listen could not be looked up')
      }
      stream.checking = false
    }
    checking--
  }

  return {
    reserve(request, reply, contactId) {
      if (closing) throw new HelpdeskError('unavailable', { retryAfter: 2 })
      const free = places.take(ipKey(request.ip), contactId)
      // Also after an error answer, and when the client goes before the stream begins.
      reply.raw.once('close', free)
    },
    open(reply, owner, greeting) {
      const response = reply.raw
      const headers = streamHeaders(reply)
      reply.hijack()
      if (response.destroyed || closing) return void response.destroy()
      const stream = newStream(response, owner)
      const slot = slots[opened++ % slotCount]
      slot?.add(stream)
      response.once('close', () => {
        stream.closed = true
        slot?.delete(stream)
        stream.resume?.()
        owner.onClose()
      })
      response.writeHead(200, headers)
      send(stream, greeting)
      return stream
    },
    send,
    recheck,
    closeAll() {
      closing = true
      clearInterval(timer)
      return endAll(slots.flatMap((slot) => [...slot]))
    },
  }
}

function newStream(response: ServerResponse, owner: StreamOwner): Stream {
  const stream: Stream = {
    response,
    owner,
    closed: false,
    blockedSince: 0,
    rounds: 0,
    checking: false,
    resume: undefined,
  }
  response.on('drain', () => {
    stream.blockedSince = 0
    stream.resume?.()
  })
  // A write that loses the race with the client's leaving must not end the process.
  response.on('error', ignore)
  return stream
}

const ignore = () => undefined

/** Resolves when the socket takes more or the stream is closed. */
export async function drained(stream: Stream): Promise<void> {
  if (stream.blockedSince === 0 || stream.closed) return
  await new Promise<void>((resolve) => {
    stream.resume = resolve
  })
  stream.resume = undefined
}

function streamHeaders(reply: FastifyReply): Record<string, string | string[] | number> {
  const headers: Record<string, string | string[] | number> = {}
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) headers[name] = value
  delete headers['content-length']
  return {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // A connection whose stream has ended is of no further use, and would hold up the end of the process.
    ...(reply.request.raw.httpVersionMajor === 1 ? { connection: 'close' } : {}),
  }
}

async function endAll(streams: Stream[]): Promise<void> {
  const gone = streams.map(
    (stream) =>
      new Promise<void>((resolve) => {
        if (stream.closed) return resolve()
        stream.response.once('close', resolve)
        stream.response.end()
      }),
  )
  const late = setTimeout(() => {
    for (const stream of streams) if (!stream.closed) stream.response.destroy()
  }, farewellMs)
  await Promise.all(gone)
  clearTimeout(late)
}
