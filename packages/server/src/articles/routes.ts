import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { findImage } from '../attachments/service.ts'
import { findDesk } from '../desks/service.ts'
import { sendFile } from '../http/download.ts'
import { cacheable } from '../http/etag.ts'
import { hijacked, type MountContext, mount } from '../http/mount.ts'
import { readPage } from '../http/paging.ts'
import { ipKey } from '../http/throttle.ts'
import { rate } from './feedback.ts'
import { helpCenterUrl } from './places.ts'
import { readArticle, readHelpCenter, readingLocale } from './reading.ts'
import { searchAndCount, searchArticles } from './searching.ts'

/** The knowledge base, for readers. */
export function articleRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.articles.home, async ({ desk, query, request, reply }) => {
    const { locale } = await readingLocale(deps, desk, query.locale)
    const center = await readHelpCenter(deps, desk, locale)
    return cacheable(request, reply, { ...center, url: helpCenterUrl(deps, desk, locale) })
  })

  mount(context, api.articles.read, async ({ desk, params, query, request, reply }) => {
    const { locale } = await readingLocale(deps, desk, query.locale)
    return cacheable(request, reply, await readArticle(deps, desk, locale, params.slug))
  })

  mount(context, api.articles.search, async ({ desk, query, request, reply }) => {
    const { locale } = await readingLocale(deps, desk, query.locale)
    const { limit } = readPage({ limit: query.limit }, { default: 8, most: 20 })
    const wanted = { text: query.q, locale, audience: ['public'] as const, limit, typing: !query.final }
    if (!query.final) return cacheable(request, reply, await searchArticles(deps, desk, wanted))
    return searchAndCount(deps, desk, wanted)
  })

  mount(context, api.articles.rate, async ({ desk, params, body, request }) => {
    const { locale } = await readingLocale(deps, desk, body.locale)
    const reader = `${ipKey(request.ip)} ${request.headers['user-agent'] ?? ''}`
    await rate(deps, desk, locale, params.slug, { ...body, reader })
    return null
  })

  mount(context, api.articles.image, async ({ params, request, reply }) => {
    const desk = await findDesk(deps, params.deskId)
    if (!desk) throw new HelpdeskError('not_found')
    await sendFile(request, reply, await findImage(deps, desk.deskId, params.imageId))
    return hijacked
  })
}
