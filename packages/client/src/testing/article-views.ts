import { excerpt, HelpdeskError, type Locale, localized } from '@helpdesk/core'
import type {
  ArticleDetail,
  ArticleDraft,
  ArticleItem,
  ArticleLink,
  ArticleRevision,
  PublicArticle,
} from '@helpdesk/core/api'
import type { ArticleRecord, PublishedRecord, RevisionRecord, TextRecord } from './article-records.ts'
import { draftOf, inOrder, ownerOf } from './article-texts.ts'
import { renderMarkdown } from './markdown.ts'
import type { DeskRecord } from './records.ts'

const mostRelated = 4

/** How many readers found a text helpful, and how many did not. */
export function toFeedback({ voices }: TextRecord): { yes: number; no: number } {
  const yes = [...voices.values()].filter(({ helpful }) => helpful).length
  return { yes, no: voices.size - yes }
}

function toText(text: TextRecord): ArticleItem['texts'][number] {
  const { revision, title, at } = draftOf(text)
  const { locale, slug, published } = text
  return {
    locale,
    slug,
    title,
    state: published ? 'published' : 'draft',
    changed: published !== null && published.revision !== revision,
    updatedAt: at,
    publishedAt: published?.at ?? null,
    feedback: toFeedback(text),
  }
}

/** A text, to be edited. */
export function toDraft(text: TextRecord): ArticleDraft {
  const { revision, markdown } = draftOf(text)
  return { ...toText(text), markdown, html: renderMarkdown(markdown), revision }
}

/** An article as a row of a list. */
export function toItem({ id, collection, internal, featured, texts }: ArticleRecord): ArticleItem {
  return { id, collectionId: collection?.id ?? null, internal, featured, texts: texts.map(toText) }
}

/** An article with all its languages. */
export function toDetail(article: ArticleRecord): ArticleDetail {
  return { ...toItem(article), texts: article.texts.map(toDraft) }
}

/** A state in which a text was saved. */
export function toRevision({ author, begunAt: _, ...revision }: RevisionRecord): ArticleRevision {
  return { ...revision, author: author?.name ?? null }
}

/** A text that somebody may read. */
export interface Readable {
  article: ArticleRecord
  text: TextRecord
  published: PublishedRecord
}

/** The published texts of a language in the order of the help centre; internal ones for agents only. */
export function readables(desk: DeskRecord, locale: Locale, { internal = false } = {}): Readable[] {
  const { collections } = desk.knowledge
  const rank = ({ article }: Readable) =>
    article.collection ? collections.indexOf(article.collection) : collections.length
  return inOrder(desk)
    .filter((article) => internal || !article.internal)
    .flatMap((article) =>
      article.texts.flatMap((text) => {
        const { published } = text
        return published && text.locale === locale ? [{ article, text, published }] : []
      }),
    )
    .toSorted((a, b) => rank(a) - rank(b))
}

/** The language to read in: the wanted one if readers have articles in it, else the desk's own, else any that has. */
export function readingLocale({ settings, knowledge }: DeskRecord, wanted?: Locale): Locale {
  const open = knowledge.articles.filter(({ internal }) => !internal)
  const used = open.flatMap(({ texts }) => texts.flatMap((text) => (text.published ? text.locale : [])))
  const found = [wanted, settings.locale, ...used.toSorted()].find((one) => one && used.includes(one))
  return found ?? wanted ?? settings.locale
}

/** The published text with a slug, or with one that it had before. @throws {HelpdeskError} `not_found` */
export function findReadable(desk: DeskRecord, locale: Locale, slug: string): Readable {
  const id = ownerOf(desk, locale, slug)?.id ?? desk.knowledge.formerSlugs.get(`${locale}/${slug}`)
  const found = readables(desk, locale).find(({ article }) => article.id === id)
  if (!found) throw new HelpdeskError('not_found')
  return found
}

/** A text as a link to it. */
export function toLink({ settings }: DeskRecord, { article, text, published }: Readable): ArticleLink {
  const { collection } = article
  return {
    slug: text.slug,
    title: published.title,
    description: excerpt(published.text, 160),
    collection: collection && {
      slug: collection.slug,
      name: localized(collection.name, text.locale, settings.locale) || collection.slug,
    },
  }
}

/** The help centre of a desk in a language. */
export function helpCenterUrl(base: string, { settings }: DeskRecord, locale: Locale): string {
  return `${base}/help/${settings.id}/${locale}`
}

/** A text as readers see it, with what stands beside it. */
export function toPublicArticle(base: string, desk: DeskRecord, readable: Readable): PublicArticle {
  const { article, text, published } = readable
  return {
    ...toLink(desk, readable),
    locale: text.locale,
    html: published.html,
    markdown: published.markdown,
    updatedAt: published.at,
    url: `${helpCenterUrl(base, desk, text.locale)}/${text.slug}`,
    locales: article.texts.flatMap((one) => (one.published ? [{ locale: one.locale, slug: one.slug }] : [])),
    related: relatedTo(desk, readable).map((one) => toLink(desk, one)),
  }
}

/** The next articles of the same collection, from the article on. */
function relatedTo(desk: DeskRecord, { article, text }: Readable): Readable[] {
  if (article.collection === null) return []
  const same = readables(desk, text.locale).filter((one) => one.article.collection === article.collection)
  const place = same.findIndex((one) => one.article === article)
  return [...same.slice(place + 1), ...same.slice(0, place)].slice(0, mostRelated)
}
