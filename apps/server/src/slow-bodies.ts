import type { FastifyInstance } from 'fastify'

/** What may be large: a file, and an e-mail that a provider hands over, by itself or in a form. */
const largeTypes = /^(?:application\/octet-stream|message\/rfc822|multipart\/form-data)\b/i

/**
 * Cuts a client off that takes too long for a body. Files and e-mails are let through: they get the server's own, longer
 * limit.
 * @param limitMs how long everything else may take
 */
export function cutSlowBodies(app: FastifyInstance, limitMs: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, raw } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    const isLarge = largeTypes.test(headers['content-type'] ?? '')
    if (hasBody && !isLarge && !raw.complete) {
      const timer = setTimeout(() => {
        if (!raw.complete) raw.destroy()
      }, limitMs)
      timer.unref()
      raw.once('close', () => clearTimeout(timer))
    }
    done()
  })
}
