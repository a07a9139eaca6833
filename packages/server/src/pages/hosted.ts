import { createHash } from 'node:crypto'
import { HelpdeskError, isColor, type Locale, locales, pickLocale } from '@helpdesk/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readByNumber } from '../conversations/visitor-service.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import type { MountContext } from '../http/mount.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { ipKey } from '../http/throttle.ts'
import { linkedFile } from '../tickets/link-files.ts'
import { type OpenedLink, resolveLink } from '../tickets/links.ts'
import {
  colorStyle,
  gonePage,
  hostedStyle,
  identityScript,
  ticketPage,
  type WidgetPageKind,
  widgetPage,
} from './hosted-views.tsx'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const styleHash = hash(hostedStyle)

/**
 * Pages of the desk for visitors: one conversation by its public link (`/t/:token`), the contact form
 * (`/p/:deskId/contact`), the ticket centre (`/p/:deskId/tickets`) and the page to which one-time links lead
 * (`/p/:deskId/link`, the token behind `#`, where it reaches no server). Form and centre may stand in frames of other
 * sites; they use no cookies.
 */
export function hostedPages({ app, deps, rateLimit }: MountContext): void {
  const base = new URL(deps.config.publicUrl).pathname.replace(/\/$/, '')

  type TicketRequest = FastifyRequest<{ Params: { token: string } }>
  type FileRequest = FastifyRequest<{ Params: { token: string; id: string } }>
  const ticket = async (request: TicketRequest, reply: FastifyReply) => {
    const opened = await resolveLink(deps, request.params.token)
    if (opened) return sendPage(reply, opened.desk, await renderTicket(opened, request), { framed: false })
    return sendGone(request, reply, rateLimit)
  }
  app.get('/t/:token', ticket)
  app.get('/t/:token/files/:id', async (request: FileRequest, reply) => {
    const url = await linkedFile(deps, request.params.token, request.params.id)
    if (url === null) return ticket(Object.assign(request, { params: { token: '' } }), reply)
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(url, 302)
  })
  // A link with something behind it is still a secret: it must not end up in the host's log as an unknown address.
  app.get('/t/:token/*', (request: TicketRequest, reply) => {
    request.params.token = ''
    return ticket(request, reply)
  })

  async function renderTicket({ desk, link }: OpenedLink, request: TicketRequest) {
    const scope = { contactId: link.contactId, clientId: null, wide: false, only: link.conversationId }
    const { ticket } = await readByNumber(deps, desk, scope, link.number)
    return ticketPage(desk, ticket, {
      base,
      locale: wantedLocale(request, desk),
      token: request.params.token,
    })
  }

  app.get('/p/identity.js', (_request, reply) =>
    reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .header('x-content-type-options', 'nosniff')
      .send(identityScript),
  )
  for (const kind of ['contact', 'tickets', 'link'] as const) {
    app.get<{ Params: { deskId: string } }>(`/p/:deskId/${kind}`, async (request, reply) => {
      const desk = await findDesk(deps, request.params.deskId)
      const locale = wantedLocale(request, desk)
      if (!desk || !isServed(desk, kind))
        return sendPage(reply.code(404), null, gonePage(locale, 'gone'), { framed: false })
      return sendPage(reply, desk, widgetPage(desk, { base, locale, kind }), {
        framed: kind !== 'link',
        index: kind === 'contact',
      })
    })
  }
}

function isServed({ settings: { pages, security } }: DeskRecord, kind: WidgetPageKind): boolean {
  if (kind === 'contact') return pages.contactForm
  if (kind === 'tickets') return pages.ticketCenter
  // Where only a signature counts, no mailbox does.
  return security.level !== 'signature'
}

/** `?locale=`, else the desk's language, else the browser's. */
export function wantedLocale(request: FastifyRequest, desk: DeskRecord | null): Locale {
  const { locale } = request.query as { locale?: unknown }
  const accepted = (request.headers['accept-language'] ?? '')
    .split(',')
    .slice(0, 10)
    .map((part) => part.split(';')[0] ?? '')
  const asked = typeof locale === 'string' ? locale : null
  return pickLocale([asked, desk?.settings.locale, ...accepted], locales, 'en')
}

/** Answers a link that opens nothing, whatever the cause; who tries many is told to wait. */
export async function sendGone(
  request: FastifyRequest,
  reply: FastifyReply,
  rateLimit: RateLimiter,
): Promise<FastifyReply> {
  const locale = wantedLocale(request, null)
  try {
    await rateLimit('link', `link:${ipKey(request.ip)}`)
  } catch (error) {
    if (!(error instanceof HelpdeskError) || error.code !== 'too_many_requests') throw error
    reply.code(429).header('retry-after', String(error.retryAfter ?? 60))
    return sendPage(reply, null, gonePage(locale, 'busy'), { framed: false })
  }
  return sendPage(reply.code(404), null, gonePage(locale, 'gone'), { framed: false })
}

/** Answers with a page. @param options `framed`: other sites may frame it; `form`: it has one */
export function sendPage(
  reply: FastifyReply,
  desk: DeskRecord | null,
  html: string,
  { framed, index = false, form = false }: { framed: boolean; index?: boolean; form?: boolean },
): FastifyReply {
  const color = desk && isColor(desk.settings.widget.color) ? desk.settings.widget.color : '#2563eb'
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    `style-src ${styleHash} ${hash(colorStyle(color))}`,
    "base-uri 'none'",
    `form-action ${form ? "'self'" : "'none'"}`,
    `frame-ancestors ${framed ? '*' : "'none'"}`,
  ]
  if (!framed) reply.header('x-frame-options', 'DENY')
  if (!index) reply.header('x-robots-tag', 'noindex, nofollow')
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy.join('; '))
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .send(html)
}
