import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyError, FastifyInstance } from 'fastify'

const require = createRequire(import.meta.url)

/** The folder of an installed package, or null. */
export function packageFolder(name: string): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`))
  } catch {
    return null
  }
}

/**
 * Serves the widget's built files: `widget.js`, which pages name and which is asked for again each time, and its
 * chunks under `widget/`, whose names change with their content.
 */
export async function widgetFiles(app: FastifyInstance): Promise<void> {
  const folder = packageFolder('@helpdesk/widget')
  const root = folder && join(folder, 'dist', 'cdn')
  if (!root || !existsSync(join(root, 'widget.js'))) {
    app.log.warn('The widget is not built: @helpdesk/widget has no dist/cdn/widget.js')
    return
  }
  await app.register(async (scope) => {
    missingFiles(scope)
    await scope.register(fastifyStatic, {
      root,
      prefix: '/widget/',
      decorateReply: true,
      index: false,
      immutable: true,
      maxAge: '1y',
      setHeaders: (reply) => openToAllPages(reply),
    })
    scope.get('/widget.js', (_request, reply) =>
      reply.sendFile('widget.js', root, { maxAge: 0, immutable: false, cacheControl: false }),
    )
  })
}

/** What a file system says of names that no file can have: with a NUL, too long, through a file. */
const impossible = new Set(['ERR_INVALID_ARG_VALUE', 'ENAMETOOLONG', 'ENOTDIR'])

/** Whoever asks for a file that cannot be is told that there is no such file. */
function missingFiles(scope: FastifyInstance): void {
  scope.setErrorHandler<FastifyError>((error, _request, reply) => {
    if ((error.statusCode ?? 500) < 500 || impossible.has(error.code)) return reply.callNotFound()
    throw error
  })
}

function openToAllPages(reply: { header(name: string, value: string): unknown }): void {
  reply.header('access-control-allow-origin', '*')
  reply.header('cross-origin-resource-policy', 'cross-origin')
  reply.header('x-content-type-options', 'nosniff')
}

/** What the dashboard's pages may load: their own files and the API, nothing else. */
const dashboardPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"

/** Serves the dashboard's built files under `dashboard/`. */
export async function dashboardFiles(app: FastifyInstance, root: string): Promise<void> {
  await app.register(async (scope) => {
    missingFiles(scope)
    await scope.register(fastifyStatic, {
      root,
      prefix: '/dashboard/',
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = /[/\\]assets[/\\]/.test(path)
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        reply.header('content-security-policy', dashboardPolicy)
        reply.header('x-content-type-options', 'nosniff')
        reply.header('referrer-policy', 'same-origin')
        reply.header('x-frame-options', 'DENY')
      },
    })
  })
  app.get('/dashboard', (request, reply) => reply.redirect(`${request.url.split('?')[0]}/`, 308))
}
