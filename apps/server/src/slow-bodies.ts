import type { FastifyInstance } from 'fastify'

/**
 * Cuts a client off that takes too long for a body. Files are let through: they get the server's own, longer limit.
 * @param limitMs how long everything but a file may take
 */
export function cutSlowBodies(app: FastifyInstance, limitMs: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, raw } = request
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    const isFile = headers['content-type']?.startsWith('application/octet-stream') === true
    if (hasBody && !isFile && !raw.complete) {
      const timer = setTimeout(() => {
        if (!raw.complete) raw.destroy()
      }, limitMs)
      timer.unref()
      raw.once('close', () => clearTimeout(timer))
    }
    done()
  })
}
