import { createHash } from 'node:crypto'
import { cutText, HelpdeskError, type Locale, locales, pickLocale, slugPattern } from '@helpdesk/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { helpCenterUrl } from '../articles/places.ts'
import { newestArticles, readArticle, readHelpCenter, readingLocale } from '../articles/reading.ts'
import { searchAndCount } from '../articles/searching.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import type { MountContext } from '../http/mount.ts'
import { ipKey } from '../http/throttle.ts'
import { feed, forModels, siteMap } from './help-feeds.ts'
import { colorOf, type HelpPlace } from './help-page.tsx'
import { helpScript, helpStyle } from './help-style.ts'
import { articlePage, collectionPage, homePage, missingPage, searchPage } from './help-views.tsx'
import { colorStyle, defaultColor, gonePage, hostedStyle } from './hosted-views.tsx'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const etagOf = (text: string) => `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
const styleHash = hash(helpStyle)
const scriptTag = etagOf(helpScript)

type Params = { deskId: string; locale: string; slug: string }
type HelpRequest = FastifyRequest<{ Params: Params; Querystring: { q?: unknown } }>

/**
 * The help centre: `/help/:deskId`, for one desk also at the root when the host says so. Readable without scripts; every
 * page can be kept by CDNs and is asked for again each time.
 */
export function helpCenterPages(context: MountContext): void {
  const { app, deps } = context
  app.get('/help/app.js', (request, reply) => {
    reply.header('etag', scriptTag).header('cache-control', 'public, max-age=0, must-revalidate')
    if (request.headers['if-none-match'] === scriptTag) return reply.code(304).send()
    return reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .send(helpScript)
  })
  routesAt(context, '/help/:deskId', ({ params }) => params.deskId)
  const root = deps.config.helpCenterDesk
  if (root !== null) routesAt(context, '', () => root)
}

function routesAt(
  { app, deps, rateLimit }: MountContext,
  at: string,
  deskOf: (request: HelpRequest) => string,
): void {
  const base = new URL(deps.config.publicUrl).pathname.replace(/\/$/, '')
  const inLocale = `${at}/:locale(^(?:${locales.join('|')})$)`

  /** Serves what a page makes of its desk; a page that is not there gets the desk's own 404. */
  const serve = (
    path: string,
    work: (place: HelpPlace, request: HelpRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ) =>
    app.get<{ Params: Params; Querystring: { q?: unknown } }>(path, async (request, reply) => {
      // Before anything is looked up, as with every route of the API.
      const wait = await secondsToWait(request)
      if (wait !== null) return sendBusy(request, reply, wait)
      const desk = await findDesk(deps, deskOf(request))
      if (!desk) return sendPage(request, reply.code(404), null, gonePage(browserLocale(request), 'gone'))
      const place = await placeOf(desk, request)
      try {
        return await work(place, request, reply)
      } catch (error) {
        if (!(error instanceof HelpdeskError) || error.status !== 404) throw error
        return sendPage(request, reply.code(404), desk, missingPage(place))
      }
    })

  /** How long the reader's address has to wait; null while it may read. */
  async function secondsToWait({ ip }: FastifyRequest): Promise<number | null> {
    try {
      await rateLimit('read', `ip:${ipKey(ip)}`)
      return null
    } catch (error) {
      if (!(error instanceof HelpdeskError) || error.code !== 'too_many_requests') throw error
      return error.retryAfter ?? 60
    }
  }

  async function placeOf(desk: DeskRecord, request: HelpRequest): Promise<HelpPlace> {
    const wanted = (request.params.locale as Locale | undefined) ?? browserLocale(request)
    const reading = await readingLocale(deps, desk, wanted)
    return {
      desk,
      // An address with a language speaks it, even where there is no article yet.
      locale: (request.params.locale as Locale | undefined) ?? reading.locale,
      locales: reading.locales,
      base,
      url: (locale) => helpCenterUrl(deps, desk, locale),
      contactUrl: desk.settings.pages.contactForm ? `${base}/p/${desk.publicId}/contact` : null,
    }
  }

  serve(at || '/', async (place, _request, reply) =>
    reply.header('vary', 'accept-language').redirect(place.url(place.locale), 302),
  )
  serve(inLocale, async (place, request, reply) =>
    sendPage(
      request,
      reply,
      place.desk,
      homePage(place, await readHelpCenter(deps, place.desk, place.locale)),
    ),
  )
  serve(`${inLocale}/search`, async (place, request, reply) => {
    const { q } = request.query
    const text = typeof q === 'string' ? cutText(q, 200).toWellFormed().replaceAll('\0', ' ') : ''
    const wanted = { text, locale: place.locale, audience: ['public'] as const, limit: 20, typing: false }
    return sendPage(
      request,
      reply,
      place.desk,
      searchPage(place, text, await searchAndCount(deps, place.desk, wanted)),
    )
  })
  serve(`${inLocale}/collections/:slug`, async (place, request, reply) => {
    const center = await readHelpCenter(deps, place.desk, place.locale)
    const found = center.collections.find(({ slug }) => slug === request.params.slug)
    if (!found) throw new HelpdeskError('not_found')
    return sendPage(request, reply, place.desk, collectionPage(place, found))
  })
  serve(`${inLocale}/:slug`, async (place, request, reply) => {
    const [, slug = '', asMarkdown] = /^(.*?)(\.md)?$/.exec(request.params.slug) ?? []
    if (!slugPattern.test(slug)) throw new HelpdeskError('not_found')
    const article = await readArticle(deps, place.desk, place.locale, slug)
    if (article.slug !== slug) return reply.redirect(`${article.url}${asMarkdown ?? ''}`, 301)
    if (!asMarkdown) return sendPage(request, reply, place.desk, articlePage(place, article))
    return sendText(request, reply, 'text/markdown', `# ${article.title}\n\n${article.markdown}\n`)
  })
  serve(`${inLocale}/feed.xml`, async (place, request, reply) => {
    const rows = await newestArticles(deps, place.desk, place.locale, 50)
    const text = feed(rows, place.desk.settings.name, place.locale, place.url)
    return sendText(request, reply, 'application/rss+xml', text)
  })
  serve(`${at}/sitemap.xml`, async (place, request, reply) => {
    const rows = await newestArticles(deps, place.desk, null, 40_000)
    return sendText(request, reply, 'application/xml', siteMap(rows, place.locales, place.url))
  })
  serve(`${at}/llms.txt`, async (place, request, reply) => {
    const centers = await Promise.all(place.locales.map((locale) => readHelpCenter(deps, place.desk, locale)))
    return sendText(request, reply, 'text/plain', forModels(place.desk.settings.name, centers, place.url))
  })
}

function browserLocale(request: FastifyRequest): Locale {
  const accepted = (request.headers['accept-language'] ?? '').split(',').slice(0, 10)
  return pickLocale(
    accepted.map((part) => part.split(';')[0]),
    locales,
    'en',
  )
}

function sendBusy(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  reply.code(429).header('retry-after', String(seconds))
  return sendPage(request, reply, null, gonePage(browserLocale(request), 'busy'))
}

function sendText(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  const etag = etagOf(text)
  // What is true of one reader at one moment is for nobody to keep.
  const kept = reply.statusCode === 429 ? 'no-store' : 'public, max-age=0, must-revalidate'
  reply.header('etag', etag).header('cache-control', kept).header('x-content-type-options', 'nosniff')
  if (request.headers['if-none-match'] === etag && reply.statusCode === 200) return reply.code(304).send()
  return reply.header('content-type', `${type}; charset=utf-8`).send(text)
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: DeskRecord | null,
  html: string,
): FastifyReply {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    `style-src ${desk ? styleHash : hash(hostedStyle)} ${hash(colorStyle(desk ? colorOf(desk) : defaultColor))}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  reply
    .header('content-security-policy', policy.join('; '))
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .header('x-frame-options', 'DENY')
  return sendText(request, reply, 'text/html', html)
}
