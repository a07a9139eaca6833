import { createHash } from 'node:crypto'
import { HelpdeskError } from '@helpdesk/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { deleteKeptMails, getKeptMail, type KeptMail, listKeptMails } from '../adapters/kept-mail.ts'
import type { Deps } from '../deps.ts'
import { checkOrigin } from '../http/origin.ts'
import { fatesOf } from './dev-mail-fate.ts'
import { formScope, readForm } from './dev-mail-form.ts'
import { blankForm, renderNew, renderReply } from './dev-mail-forms.tsx'
import { framedHtml, framePolicy } from './dev-mail-frame.ts'
import { renderNothing } from './dev-mail-layout.tsx'
import { renderMailList } from './dev-mail-list.tsx'
import { conversationUrl, keptMailsAsJson, lookOf, openMail, themeOf } from './dev-mail-opening.ts'
import { devMailScript } from './dev-mail-script.ts'
import { devMailStyle } from './dev-mail-style.ts'
import { renderMail } from './dev-mail-views.tsx'
import { type FormInput, NotWritten, reachableDesks, writeAnswer, writeFirst } from './dev-mail-writing.ts'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The pages load nothing from elsewhere and run their own script only; one mail is shown in a frame of its own. */
const pagePolicy = `default-src 'none'; style-src ${hash(devMailStyle)}; script-src ${hash(devMailScript)}; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`

type MailRequest = FastifyRequest<{ Params: { id: string; place?: string } }>
type WithMail = (kept: KeptMail, request: MailRequest, reply: FastifyReply) => unknown

/**
 * Shows the mails that were kept instead of sent, and takes answers to them: `/dev/mail`, what lies under it, and
 * `/dev/mail.json`. There is no sign-in: whoever reaches the pages reads the mails and writes as their recipients, so
 * they belong in demos and in development only.
 */
export function devMailPages(app: FastifyInstance, { deps }: { deps: Deps }): void {
  app.register(async (scope) => {
    scope.setErrorHandler(sendError)
    listRoutes(scope, deps)
    mailRoutes(scope, deps)
    formScope(scope, (forms) => writeRoutes(forms, deps))
  })
}

function listRoutes(app: FastifyInstance, deps: Deps): void {
  const { db } = deps
  app.get('/dev/mail', async (request, reply) => {
    const lines = await listKeptMails(db)
    const canWrite = deps.config.incomingMail !== null
    const options = { to: personOf(request), canWrite }
    return sendPage(reply, renderMailList(lines, await fatesOf(db, lines), options))
  })
  app.get('/dev/mail.json', async (request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send({ mails: await keptMailsAsJson(db, personOf(request)) }),
  )
}

function mailRoutes(app: FastifyInstance, deps: Deps): void {
  const mail = (path: string, depth: number, handle: WithMail) =>
    app.get(`/dev/mail/:id${path}`, async (request: MailRequest, reply) => {
      const kept = await getKeptMail(deps.db, request.params.id)
      return kept === null ? sendNoMail(reply, depth) : handle(kept, request, reply)
    })
  mail('', 1, async (kept, request, reply) => {
    const opened = await openMail(deps, kept)
    const look = lookOf(request.query, opened)
    return sendPage(reply, renderMail(opened, look, conversationUrl(deps, opened.fate)))
  })
  mail('/html', 2, ({ mail: { html } }, request, reply) =>
    sendHtml(reply, framedHtml(html, themeOf(request.query)), framePolicy, 'no-referrer'),
  )
  mail('/source.eml', 2, async (kept, _request, reply) => {
    const { raw } = await openMail(deps, kept)
    return sendFile(reply, 'message/rfc822', `${kept.id}.eml`, raw)
  })
  mail('/files/:place', 3, async (kept, request, reply) => {
    const { read } = await openMail(deps, kept)
    const part = read?.parts[Number(request.params.place)]
    return part ? sendFile(reply, 'application/octet-stream', part.name, part.bytes) : sendNoMail(reply, 3)
  })
  mail('/reply', 2, (kept, _request, reply) =>
    kept.takenInAs ? sendNoMail(reply, 2) : sendPage(reply, renderReply(kept, blankForm, null)),
  )
  app.get('/dev/mail/new', async (_request, reply) => sendPage(reply, await newPage(deps, blankForm, null)))
}

function writeRoutes(app: FastifyInstance, deps: Deps): void {
  // Nobody signs in here, so it is the page that must be ours: another site's could post as well.
  app.addHook('onRequest', async (request) => checkOrigin(deps.config, request))
  app.post('/dev/mail/delete', async (_request, reply) => {
    await deleteKeptMails(deps.db)
    return reply.redirect('../mail', 303)
  })
  app.post('/dev/mail/new', async (request, reply) => {
    const input = await readForm(request)
    return answerForm(
      reply,
      () => writeFirst(deps, input),
      (id) => id,
      (wrong) => newPage(deps, input, wrong),
    )
  })
  app.post('/dev/mail/:id/reply', async (request: MailRequest, reply) => {
    const kept = await getKeptMail(deps.db, request.params.id)
    if (kept === null || kept.takenInAs) return sendNoMail(reply, 2)
    const input = await readForm(request)
    return answerForm(
      reply,
      () => writeAnswer(deps, kept, input),
      (id) => `../${id}`,
      (wrong) => renderReply(kept, input, wrong),
    )
  })
}

/** Leads to the mail that was written, or shows the form once more with what was wrong. */
async function answerForm(
  reply: FastifyReply,
  write: () => Promise<string>,
  wayTo: (id: string) => string,
  again: (wrong: string) => string | Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.redirect(wayTo(await write()), 303)
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    return sendPage(reply.code(422), await again(error.message))
  }
}

async function newPage(deps: Deps, input: FormInput, wrong: string | null): Promise<string> {
  const { incomingMail } = deps.config
  if (incomingMail === null)
    return renderNothing('No e-mail comes in', 'This server has no domain for it.', '../mail')
  return renderNew(await reachableDesks(deps), incomingMail.domain, input, wrong)
}

function personOf({ query }: FastifyRequest): string | null {
  const { to } = query as { to?: unknown }
  return typeof to === 'string' && to !== '' ? to.toLowerCase().slice(0, 320) : null
}

const rootFrom = (depth: number) => `${'../'.repeat(depth)}mail`

const sendNoMail = (reply: FastifyReply, depth: number) =>
  sendPage(
    reply.code(404),
    renderNothing('No such mail', 'Only the newest 200 are kept, until they are deleted.', rootFrom(depth)),
  )

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status =
    error instanceof HelpdeskError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
  if (status >= 500) request.log.error({ err: error }, 'A page for kept mails failed')
  const depth = request.url.split('?', 1)[0]?.split('/dev/mail/')[1]?.split('/').length ?? 0
  const why =
    status === 413
      ? 'The file is too large: at most 10 MiB.'
      : status === 403
        ? 'Only these pages may do that, and it came from another one.'
        : 'Go back and try it once more.'
  return sendPage(reply.code(status), renderNothing('That did not work', why, rootFrom(depth)))
}

const sendPage = (reply: FastifyReply, html: string) =>
  // Not `no-referrer`: with it browsers would not say which page a form belongs to.
  sendHtml(reply.header('cross-origin-opener-policy', 'same-origin'), html, pagePolicy, 'same-origin')

function sendFile(reply: FastifyReply, type: string, name: string, bytes: Uint8Array): FastifyReply {
  const named = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  )
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename*=UTF-8''${named}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes))
}

function sendHtml(reply: FastifyReply, html: string, policy: string, referrer: string): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', referrer)
    .header('x-robots-tag', 'noindex')
    .header('cache-control', 'no-store')
    .send(html)
}
