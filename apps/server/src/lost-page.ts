import { HelpdeskError, toProblem } from '@helpdesk/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { plainPage, plainPolicy } from './index-page.ts'

/** Answers where nothing is: browsers with a page, everybody else with a problem document. */
export function sendLost(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(404).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  const isBrowser = /\btext\/html\b/.test(request.headers.accept ?? '')
  if (!isBrowser || /^[^?]*\/api\//.test(request.url)) {
    return reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(toProblem(new HelpdeskError('not_found'), request.id)))
  }
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', plainPolicy)
    .header('referrer-policy', 'no-referrer')
    .send(page)
}

const page = plainPage(
  'This page is not there',
  '<h1>This page is not there</h1><p>The address may be incomplete or out of date.</p>',
)
