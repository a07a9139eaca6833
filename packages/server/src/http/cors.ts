import type { FastifyReply } from 'fastify'

/**
 * Lets any page call a route for visitors. There are no cookies on these routes (the contact token travels in a
 * header that only the page's own script can set), so any origin may read the answer and credentials stay off.
 */
export function allowAnyOrigin(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*')
  reply.header('access-control-expose-headers', 'etag, retry-after')
}

/** Answers a preflight. */
export function sendPreflight(reply: FastifyReply): FastifyReply {
  allowAnyOrigin(reply)
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, PATCH, DELETE')
    .header(
      'access-control-allow-headers',
      'authorization, content-type, idempotency-key, last-event-id, if-none-match',
    )
    .header('access-control-max-age', '7200')
    .send()
}
