import type { Locale } from '@helpdesk/core'
import type { HelpCenter } from '../articles/reading.ts'
import type { PublishedRow } from '../articles/reading-store.ts'
import { helpTexts } from './help-texts.ts'

const xml = (text: string) =>
  // Characters that XML has no place for would make the whole document unreadable.
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

type UrlOf = (locale: Locale) => string

/** The site map: every article in every language, with its other languages beside it. */
export function siteMap(rows: readonly PublishedRow[], locales: readonly Locale[], url: UrlOf): string {
  const byArticle = Map.groupBy(rows, (row) => row.articleId)
  const entries = rows.map((row) => {
    const others = (byArticle.get(row.articleId) ?? [])
      .map(
        (other) =>
          `<xhtml:link rel="alternate" hreflang="${other.locale}" href="${xml(`${url(other.locale)}/${other.slug}`)}"/>`,
      )
      .join('')
    const address = xml(`${url(row.locale)}/${row.slug}`)
    return `<url><loc>${address}</loc><lastmod>${row.updatedAt.toISOString()}</lastmod>${others}</url>`
  })
  const homes = locales.map((locale) => `<url><loc>${xml(url(locale))}</loc></url>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${[...homes, ...entries].join('\n')}
</urlset>
`
}

/** What was published last in one language, as RSS 2.0. */
export function feed(rows: readonly PublishedRow[], name: string, locale: Locale, url: UrlOf): string {
  const items = rows.map((row) => {
    const address = xml(`${url(locale)}/${row.slug}`)
    return `<item><title>${xml(row.title)}</title><link>${address}</link><guid>${address}</guid><pubDate>${row.updatedAt.toUTCString()}</pubDate><description>${xml(row.description)}</description></item>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>${xml(`${helpTexts[locale].title} · ${name}`)}</title><link>${xml(url(locale))}</link><description>${xml(name)}</description><language>${locale}</language>
<atom:link href="${xml(`${url(locale)}/feed.xml`)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel></rss>
`
}

/** What language models are told of the help centre: every article with a link to its Markdown. */
export function forModels(name: string, centers: readonly HelpCenter[], url: UrlOf): string {
  const line = (text: string) => text.replace(/\s+/g, ' ').trim()
  const parts = centers.map(({ locale, collections }) =>
    [
      `## ${helpTexts[locale].language}`,
      ...collections.flatMap((collection) => [
        `### ${line(collection.name)}`,
        collection.articles
          .map(
            ({ slug, title, description }) =>
              `- [${line(title).replace(/[[\]]/g, '')}](${url(locale)}/${slug}.md): ${line(description)}`,
          )
          .join('\n'),
      ]),
    ].join('\n\n'),
  )
  return `# ${line(name)}\n\n> ${helpTexts.en.title}\n\n${parts.join('\n\n')}\n`
}
