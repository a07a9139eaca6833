import { cutText, localized } from '@helpdesk/core'
import { searchAndCount, searchArticles } from '../article-search.ts'
import {
  findReadable,
  helpCenterUrl,
  readables,
  readingLocale,
  toLink,
  toPublicArticle,
} from '../article-views.ts'
import { type Answers, readPage } from '../ask.ts'

const mostFeatured = 6

/** What readers do with the knowledge base. */
export const publicArticles: Pick<Answers['articles'], 'home' | 'read' | 'search' | 'rate'> = {
  home({ desk, query, base }) {
    const locale = readingLocale(desk, query.locale)
    const all = readables(desk, locale)
    const text = (texts: Record<string, string>) => localized(texts, locale, desk.settings.locale)
    const chosen = all.filter(({ article }) => article.featured)
    const collections = desk.knowledge.collections.flatMap((collection) => {
      const { slug, name, description } = collection
      const articles = all.filter(({ article }) => article.collection === collection)
      const links = articles.map((one) => toLink(desk, one))
      const shown = { slug, name: text(name) || slug, description: text(description), articles: links }
      return articles.length > 0 ? [shown] : []
    })
    const featured = (chosen.length + collections.length > 0 ? chosen : all).slice(0, mostFeatured)
    const url = helpCenterUrl(base, desk, locale)
    return { locale, featured: featured.map((one) => toLink(desk, one)), collections, url }
  },
  read({ desk, params, query, base }) {
    return toPublicArticle(base, desk, findReadable(desk, readingLocale(desk, query.locale), params.slug))
  },
  search({ world, desk, query, base }) {
    const { limit } = readPage({ limit: query.limit }, { default: 8, most: 20 })
    const locale = readingLocale(desk, query.locale)
    const wanted = { text: query.q, locale, limit, typing: !query.final, internal: false }
    return query.final ? searchAndCount(base, world, desk, wanted) : searchArticles(base, desk, wanted)
  },
  rate({ world, desk, params, body, userAgent }) {
    const { text } = findReadable(desk, readingLocale(desk, body.locale), params.slug)
    // There are no addresses here: another browser is another reader.
    const reader = userAgent ?? ''
    const said = body.comment?.trim() ? cutText(body.comment.trim(), 2000) : null
    const comment = said ?? text.voices.get(reader)?.comment ?? null
    text.voices.delete(reader)
    text.voices.set(reader, { helpful: body.helpful, comment, at: world.now().toISOString() })
    return null
  },
}
