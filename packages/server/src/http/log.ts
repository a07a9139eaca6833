import type { FastifyInstance, FastifyRequest } from 'fastify'

const secrets = new Set(['contacttoken', 'token', 'signature', 'identity_token'])

/** The URL of a request with every secret query value and the token of a public or unsubscribe link cut out, however they are spelt. */
export function redactUrl(url: string): string {
  return url
    .replace(/([?&])([^=&#]*)=[^&#]*/g, (whole, start: string, name: string) =>
      secrets.has(decoded(name).toLowerCase()) ? `${start}${name}=[redacted]` : whole,
    )
    .replace(/(\/(?:t|%74|unsubscribe)\/)[^/?#]+/i, '$1[redacted]')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Keeps tokens out of the host's request log for everything under the plugin. */
export function redactedLogs(app: FastifyInstance): void {
  app.setChildLoggerFactory((logger, bindings, options) =>
    logger.child(bindings, {
      ...options,
      serializers: {
        ...options.serializers,
        req: (request: FastifyRequest) => ({
          method: request.method,
          url: redactUrl(request.url),
          host: request.host,
          remoteAddress: request.ip,
        }),
      },
    }),
  )
}
