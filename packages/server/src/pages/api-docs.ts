import { toOpenApi } from '@helpdesk/core/api'
import type { FastifyInstance } from 'fastify'
import { renderReference } from './api-reference.tsx'

/** `/api/openapi.json` and a page to read it. */
export function apiDocs(app: FastifyInstance, version: string): void {
  const document = toOpenApi(version)
  const json = JSON.stringify(document)
  const html = renderReference(document)
  app.get('/api/openapi.json', (_request, reply) =>
    reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .send(json),
  )
  app.get('/api/docs', (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      .header('x-content-type-options', 'nosniff')
      .send(html),
  )
}
