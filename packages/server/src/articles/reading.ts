import { HelpdeskError, type Locale, localized } from '@helpdesk/core'
import type { ArticleLink, PublicArticle, PublicCollection } from '@helpdesk/core/api'
import { listCollections } from '../collections/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { helpCenterUrl } from './places.ts'
import {
  type LinkRow,
  type PublishedRow,
  selectBySlug,
  selectLanguages,
  selectNewest,
  selectPublished,
  selectUsedLocales,
} from './reading-store.ts'

const mostFeatured = 6
const mostRelated = 4

/** What the help centre of a desk has in one language. */
export interface HelpCenter {
  locale: Locale
  featured: ArticleLink[]
  collections: PublicCollection[]
}

/** A published article as a link to it. */
export function linkView(desk: DeskRecord, locale: Locale, row: LinkRow): ArticleLink {
  const { slug, title, description, collectionSlug, collectionName } = row
  const name = collectionName && localized(collectionName, locale, desk.settings.locale)
  return {
    slug,
    title,
    description,
    collection: collectionSlug === null ? null : { slug: collectionSlug, name: name || collectionSlug },
  }
}

/**
 * The language to read in: the wanted one if the desk has articles in it, else the desk's own, else any that has.
 */
export async function readingLocale(
  deps: Deps,
  desk: DeskRecord,
  wanted: Locale | undefined,
): Promise<{ locale: Locale; locales: Locale[] }> {
  const used = await selectUsedLocales(deps.db, desk.deskId)
  const own = desk.settings.locale as Locale
  const locales = used.map(({ locale }) => locale)
  const locale = [wanted, own, locales[0]].find((one) => one !== undefined && locales.includes(one))
  return { locale: locale ?? wanted ?? own, locales }
}

/**
 * The collections with their published articles, and the featured ones. Articles of no collection are only found, unless
 * there is nothing else to begin with.
 */
export async function readHelpCenter(deps: Deps, desk: DeskRecord, locale: Locale): Promise<HelpCenter> {
  const [rows, collections] = await Promise.all([
    selectPublished(deps.db, desk.deskId, locale),
    listCollections(deps, desk),
  ])
  const byCollection = Map.groupBy(rows, (row) => row.collectionId)
  const text = (texts: Record<string, string>) => localized(texts, locale, desk.settings.locale)
  const view = (row: LinkRow) => linkView(desk, locale, row)
  const chosen = rows.filter((row) => row.featured)
  const filled = collections.flatMap(({ id, slug, name, description }) => {
    const articles = byCollection.get(id)
    if (!articles) return []
    return [{ slug, name: text(name) || slug, description: text(description), articles: articles.map(view) }]
  })
  const featured = chosen.length + filled.length > 0 ? chosen : rows
  return { locale, featured: featured.slice(0, mostFeatured).map(view), collections: filled }
}

/** A published article with what stands beside it. @throws HelpdeskError not_found */
export async function readArticle(
  deps: Deps,
  desk: DeskRecord,
  locale: Locale,
  slug: string,
): Promise<PublicArticle> {
  const row = await selectBySlug(deps.db, desk.deskId, locale, slug)
  if (!row) throw new HelpdeskError('not_found')
  const [locales, all] = await Promise.all([
    selectLanguages(deps.db, desk.deskId, row.articleId),
    selectPublished(deps.db, desk.deskId, locale),
  ])
  return {
    ...linkView(desk, locale, row),
    locale,
    html: row.html,
    markdown: row.markdown,
    updatedAt: row.updatedAt.toISOString(),
    url: `${helpCenterUrl(deps, desk, locale)}/${row.slug}`,
    locales,
    related: relatedTo(row, all).map((other) => linkView(desk, locale, other)),
  }
}

/** The next articles of the same collection, from the article on. */
function relatedTo(row: PublishedRow, all: readonly LinkRow[]): LinkRow[] {
  if (row.collectionId === null) return []
  const same = all.filter((other) => other.collectionId === row.collectionId)
  const place = same.findIndex((other) => other.articleId === row.articleId)
  return [...same.slice(place + 1), ...same.slice(0, Math.max(0, place))].slice(0, mostRelated)
}

/** What was published last, newest first; for feeds and site maps. */
export function newestArticles(
  deps: Deps,
  desk: DeskRecord,
  locale: Locale | null,
  limit: number,
): Promise<PublishedRow[]> {
  return selectNewest(deps.db, desk.deskId, locale, limit)
}
