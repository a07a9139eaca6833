import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Marks an answer as one that browsers and CDNs may keep but ask for again each time, so that a change shows at once;
 * a request that has it already gets 304.
 * @returns the answer
 */
export function cacheable<T>(request: FastifyRequest, reply: FastifyReply, answer: T): T {
  const hash = createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)
  const etag = `"${hash}"`
  reply.header('cache-control', 'public, max-age=0, must-revalidate').header('etag', etag)
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(etag)) reply.code(304)
  return answer
}
