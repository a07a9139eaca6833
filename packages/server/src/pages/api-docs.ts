import { toOpenApi } from '@helpdesk/core/api'
import type { FastifyInstance } from 'fastify'
import { once } from '../http/once.ts'
import { renderReference } from './api-reference.tsx'

/** `/api/openapi.json` and a page to read it. */
export function apiDocs(app: FastifyInstance, version: string): void {
  // Made when somebody asks: most servers start more often than their reference is read.
  const document = once(() => toOpenApi(version))
  const json = once(() => JSON.stringify(document()))
  const html = once(() => renderReference(document()))
  app.get('/api/openapi.json', (_request, reply) =>
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .send(json()),
  )
  app.get('/api/docs', (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      .header('x-content-type-options', 'nosniff')
      .send(html()),
  )
}
