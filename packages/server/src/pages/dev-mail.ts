import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { getKeptMail, listKeptMails } from '../adapters/kept-mail.ts'
import type { Deps } from '../deps.ts'
import { devMailStyle, renderMail, renderMailList, renderNoMail } from './dev-mail-views.tsx'

const styleHash = createHash('sha256').update(devMailStyle).digest('base64')

/** The pages load nothing and run nothing; one mail is shown in a frame of its own. */
const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** The mail itself: an origin of its own, no script, no picture from elsewhere, no link that leads the frame away. */
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * Shows the mails that were kept instead of sent: `/dev/mail`, one mail under it, and `/dev/mail.json`. There is no
 * sign-in: whoever reaches the pages reads the mails, so they belong in demos and in development only.
 */
export function devMailPages(app: FastifyInstance, { deps }: { deps: Deps }): void {
  const { db } = deps
  app.get('/dev/mail', async (_request, reply) =>
    sendHtml(reply, renderMailList(await listKeptMails(db)), pagePolicy),
  )
  app.get('/dev/mail.json', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ mails: await listKeptMails(db) }),
  )
  app.get<{ Params: { id: string } }>('/dev/mail/:id', async (request, reply) => {
    const kept = await getKeptMail(db, request.params.id)
    return kept === null
      ? sendHtml(reply.code(404), renderNoMail(), pagePolicy)
      : sendHtml(reply, renderMail(kept), pagePolicy)
  })
  app.get<{ Params: { id: string } }>('/dev/mail/:id/html', async (request, reply) => {
    const kept = await getKeptMail(db, request.params.id)
    return kept === null
      ? sendHtml(reply.code(404), renderNoMail(), pagePolicy)
      : sendHtml(reply, kept.mail.html, mailPolicy)
  })
}

function sendHtml(reply: FastifyReply, html: string, policy: string): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .header('cache-control', 'no-store')
    .send(html)
}
