import type { FastifyInstance, FastifyRequest } from 'fastify'

const secrets = /([?&](?:contactToken|token|signature|identity_token)=)[^&#]*/gi

/** The URL of a request with every secret query value cut out. */
export function redactUrl(url: string): string {
  return url.replace(secrets, '$1[redacted]').replace(/(\/t\/)[^/?#]+/, '$1[redacted]')
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
