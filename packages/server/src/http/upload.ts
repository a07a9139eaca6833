import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { HelpdeskError, limits, mediaType } from '@helpdesk/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A file on its way in. */
export interface Incoming {
  /** Its length as the request says; null when it does not. */
  announced: number | null
  /** Its content as it arrives; throws HelpdeskError when there is too much of it or it breaks off. */
  chunks: AsyncIterable<Uint8Array>
}

/** So much of a refused body is read and thrown away, so that its sender gets to read why. */
const drainBytes = 2 * limits.attachmentBytes
const drainMs = 15_000

/** A scope for routes whose body is a file: nothing reads it before the handler does. */
export function uploadScope(app: FastifyInstance, routes: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // The handler looks at the type: who asks comes before what is sent.
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode >= 400) drain(request.raw)
      return payload
    })
    routes(scope)
  })
}

/** A scope for routes whose body is whatever a mail program sends: it reaches the handler as the bytes that it is. */
export function mailScope(app: FastifyInstance, routes: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    routes(scope)
  })
}

/**
 * The file that is the body of a request.
 * @param options `stallMs`: after so long without a byte it is given up
 * @throws HelpdeskError unsupported_media_type, payload_too_large
 */
export function incomingFile(
  request: FastifyRequest,
  { stallMs = 30_000 }: { stallMs?: number } = {},
): Incoming {
  if (mediaType(request.headers['content-type'] ?? '') !== 'application/octet-stream') {
    throw new HelpdeskError('unsupported_media_type', {
      detail: 'Send the file itself as the body, as application/octet-stream',
    })
  }
  const length = request.headers['content-length']
  const announced = length === undefined ? null : Number(length)
  if (announced !== null && announced > limits.attachmentBytes) throw tooLarge()
  const body = request.body instanceof Readable ? request.body : Readable.from([])
  return { announced, chunks: arriving(body, announced, stallMs) }
}

async function* arriving(
  body: Readable,
  announced: number | null,
  stallMs: number,
): AsyncIterable<Uint8Array> {
  const stalled = setTimeout(() => body.destroy(new Error('The upload stalled')), stallMs)
  let bytes = 0
  try {
    // The connection outlives what is read of the body: an answer has to go back on it.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      stalled.refresh()
      bytes += chunk.length
      if (bytes > limits.attachmentBytes) throw tooLarge()
      yield chunk
    }
    if (announced !== null && bytes !== announced) throw new Error(`${bytes} bytes of ${announced}`)
  } catch (error) {
    if (error instanceof HelpdeskError) throw error
    throw new HelpdeskError('validation_failed', { detail: 'The file did not arrive whole', cause: error })
  } finally {
    clearTimeout(stalled)
  }
}

const tooLarge = () =>
  new HelpdeskError('payload_too_large', {
    detail: `A file may have at most 10 MiB (${limits.attachmentBytes.toLocaleString('en')} bytes)`,
  })

/**
 * Reads what is still coming and forgets it. A connection that is closed with bytes unread is reset, and its sender
 * may never see the answer; one that sends without end is cut off all the same.
 */
function drain(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return
  let left = drainBytes
  const patience = setTimeout(() => request.destroy(), drainMs)
  patience.unref()
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length
    if (left < 0) request.destroy()
  })
  request.once('close', () => clearTimeout(patience))
  request.once('end', () => clearTimeout(patience))
  request.once('error', () => undefined)
  request.resume()
}
