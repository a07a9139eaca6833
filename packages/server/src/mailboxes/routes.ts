import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { findDesk } from '../desks/service.ts'
import { isWebhookSecret } from '../email-settings/service.ts'
import { mostEmailBytes, takeIn } from '../emails/service.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { sendProblem } from '../http/problem.ts'
import { ipKey } from '../http/throttle.ts'
import { readWebhook } from './webhook.ts'

/** The webhook by which a provider hands e-mails over. */
export function incomingMailRoutes(context: MountContext): void {
  context.app.register(async (scope) => {
    // Before the body: 25 MiB are read for those alone who know the secret.
    scope.addHook('onRequest', async (request) => {
      if (await knowsSecret(context.deps, request)) return
      await context.rateLimit('signIn', `webhook:${ipKey(request.ip)}`)
      throw new HelpdeskError('unauthenticated', {
        detail: "Give the desk's webhook secret: as a bearer token, or as the password of HTTP Basic",
      })
    })
    scope.setErrorHandler((error, request, reply) => sendProblem(tooLargeOr(error), request, reply))
    mount({ ...context, app: scope }, api.emails.receive, async ({ deps, desk, query, request }) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { raw, envelope } = readWebhook(request.headers['content-type'] ?? '', body)
      const from = query.from === undefined ? envelope.from : plussed(query.from)
      const to = query.to === undefined ? envelope.to : [plussed(query.to)]
      return takeIn(deps, desk, { source: 'webhook', raw, envelope: { from, to } })
    })
  })
}

/** An address has no blanks: one was a plus that somebody put into the query as it is. */
const plussed = (address: string) => address.replaceAll(' ', '+')

/** @throws HelpdeskError not_found */
async function knowsSecret(deps: Deps, request: FastifyRequest): Promise<boolean> {
  const { deskId: publicId = '' } = request.params as { deskId?: string }
  const desk = await findDesk(deps, publicId)
  if (!desk) throw new HelpdeskError('not_found')
  const given = givenSecret(request.headers.authorization ?? '')
  return given !== null && isWebhookSecret(deps, desk.deskId, given)
}

function givenSecret(authorization: string): string | null {
  const [scheme = '', value = ''] = authorization.split(/\s+/, 2)
  if (/^bearer$/i.test(scheme)) return value
  if (!/^basic$/i.test(scheme)) return null
  const pair = Buffer.from(value, 'base64').toString()
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : null
}

const tooLargeOr = (error: unknown): unknown =>
  (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    ? new HelpdeskError('payload_too_large', {
        detail: `An e-mail may have at most 25 MiB (${mostEmailBytes.toLocaleString('en')} bytes)`,
        cause: error,
      })
    : error
