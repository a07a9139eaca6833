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

/** What the functions of the streams share. */
interface State extends StreamsOptions {
  /** One timer for all: every second a slot has its turn, so that events never wait for a crowd. */
  readonly slots: Set<Stream>[]
  turn: number
  opened: number
  closing: boolean
  readonly toCheck: Stream[]
  checking: number
}

/** Opens streams and keeps them alive, honest and few enough. */
export function createStreams(options: StreamsOptions): Streams {
  const slots = Array.from({ length: slotCount }, () => new Set<Stream>())
  const all: State = { ...options, slots, turn: 0, opened: 0, closing: false, toCheck: [], checking: 0 }
  const places = createPlaces(options.limits)
  const timer = setInterval(() => {
    all.turn = (all.turn + 1) % slotCount
    for (const stream of slots[all.turn] ?? []) beat(all, stream)
  }, slotMs)
  timer.unref()
  return {
    reserve(request, reply, contactId) {
      if (all.closing) throw new HelpdeskError('unavailable', { retryAfter: 2 })
      // Also after an error answer, and when the client goes before the stream begins.
      reply.raw.once('close', places.take(ipKey(request.ip), contactId))
    },
    open: (reply, owner, greeting) => open(all, reply, owner, greeting),
    send: (stream, frame) => send(all, stream, frame),
    recheck: (stream) => recheck(all, stream),
    closeAll() {
      all.closing = true
      clearInterval(timer)
      return endAll(slots.flatMap((slot) => [...slot]))
    },
  }
}

function open(all: State, reply: FastifyReply, owner: StreamOwner, greeting: string): Stream | undefined {
  const response = reply.raw
  const headers = streamHeaders(reply)
  reply.hijack()
  if (response.destroyed || all.closing) return void response.destroy()
  const stream = newStream(response, owner)
  const slot = all.slots[all.opened++ % slotCount]
  slot?.add(stream)
  response.once('close', () => {
    stream.closed = true
    slot?.delete(stream)
    stream.resume?.()
    owner.onClose()
  })
  response.writeHead(200, headers)
  send(all, stream, greeting)
  return stream
}

function beat(all: State, stream: Stream): void {
  stream.rounds++
  if (stream.rounds % stream.owner.checkRounds === 0) recheck(all, stream)
  if (stream.blockedSince > 0) {
    if (all.now().getTime() - stream.blockedSince >= stallMs) stream.response.destroy()
    return
  }
  const position = stream.owner.position()
  // A position alone moves the client's cursor over what did not concern it.
  send(all, stream, position === undefined ? comment : `:\nid: ${position}\n\n`)
}

function send({ now }: State, stream: Stream, frame: Frame): void {
  const { response } = stream
  if (stream.closed || response.destroyed || response.writableEnded) return
  if (response.write(frame)) return
  if (stream.blockedSince === 0) stream.blockedSince = now().getTime()
  if (response.writableLength > mostQueuedBytes) response.destroy()
}

function recheck(all: State, stream: Stream): void {
  if (stream.checking) return
  stream.checking = true
  all.toCheck.push(stream)
  // A few at a time: requests need the database more urgently.
  if (all.checking < checksAtOnce) void checkOn(all)
}

async function checkOn(all: State): Promise<void> {
  all.checking++
  for (let stream = all.toCheck.shift(); stream; stream = all.toCheck.shift()) {
    try {
      if (!stream.closed && !(await stream.owner.stillAllowed())) stream.response.end()
    } catch (error) {
      all.log.debug({ err: error }, 'the right to listen could not be looked up')
    }
    stream.checking = false
  }
  all.checking--
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
