import { type ErrorCode, HelpdeskError, toProblem } from '@helpdesk/core'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_json',
  FST_ERR_BAD_URL: 'not_found',
}

/** Codes with which the database says "not now": no connection, too many, shutting down, out of space, lock time-out. */
const unavailable = /^(08|53|57P0|57014|55P03)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/

/** Turns anything thrown inside the plugin's scope into `application/problem+json`. */
export function problemErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
}

/** Answers with the problem document of an error. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toHelpdeskError(error)
  if (known.status >= 500) request.log.error({ err: error }, known.message)
  if (known.retryAfter !== undefined) reply.header('retry-after', String(known.retryAfter))
  return reply
    .code(known.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(toProblem(known, request.id))
}

/** The desk's own form of anything that can be thrown. */
export function toHelpdeskError(error: unknown): HelpdeskError {
  if (error instanceof HelpdeskError) return error
  const { code, message, statusCode, cause } = error as Partial<FastifyError> & { cause?: { code?: string } }
  const mapped = code === undefined ? undefined : fastifyCodes[code]
  if (mapped === 'payload_too_large') {
    return new HelpdeskError(mapped, { detail: 'The body is larger than 256 KiB', cause: error })
  }
  if (mapped) return new HelpdeskError(mapped, { cause: error })
  if (error instanceof SyntaxError || statusCode === 400) {
    return new HelpdeskError('invalid_json', { ...(message ? { detail: message } : {}), cause: error })
  }
  const databaseCode = cause?.code ?? code ?? ''
  if (
    unavailable.test(databaseCode) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(message ?? '')
  ) {
    return new HelpdeskError('unavailable', { retryAfter: 2, cause: error })
  }
  return new HelpdeskError('internal', { cause: error })
}

/** Answers 404 in the desk's form for addresses under the plugin's prefix that nothing serves. */
export function notFoundRoutes(app: FastifyInstance): void {
  // A route rather than a not-found handler: the host may already own that of an empty prefix.
  app.all('/api/*', (request, reply) => sendProblem(new HelpdeskError('not_found'), request, reply))
}
