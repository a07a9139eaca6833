import { cleanTitle, HelpdeskError, type Locale, slugify, uniqueSlug } from '@helpdesk/core'
import type { ArticleRecord, CollectionRecord, RevisionRecord, TextRecord } from './article-records.ts'
import { plainText, renderMarkdown } from './markdown.ts'
import type { AgentRecord, DeskRecord, World } from './records.ts'
import { refusal } from './schema.ts'

/** Where a text is written, and by whom. */
export interface Writer {
  world: World
  desk: DeskRecord
  agent: AgentRecord | null
}

/** What is to be saved; what is absent stays. */
export interface Draft {
  title?: string
  markdown?: string
  slug?: string
  /** A revision for itself, also when its author saved a moment ago. */
  alone?: boolean
}

/** The articles in their order. */
export function inOrder({ knowledge }: DeskRecord): ArticleRecord[] {
  return knowledge.articles.toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
}

/** An article of the desk. @throws {HelpdeskError} `not_found` */
export function findArticle({ knowledge }: DeskRecord, id: string): ArticleRecord {
  const article = knowledge.articles.find((one) => one.id === id)
  if (!article) throw new HelpdeskError('not_found')
  return article
}

/** A language of an article. @throws {HelpdeskError} `not_found` */
export function findText(article: ArticleRecord, locale: Locale): TextRecord {
  const text = article.texts.find((one) => one.locale === locale)
  if (!text) throw new HelpdeskError('not_found')
  return text
}

/** The draft of a text. */
export function draftOf({ revisions }: TextRecord): RevisionRecord {
  const draft = revisions.at(-1)
  if (!draft) throw new HelpdeskError('internal')
  return draft
}

/** A new article at the end, a draft in one language. @throws {HelpdeskError} `validation_failed`, `conflict` */
export function addArticle(
  place: Writer,
  collection: CollectionRecord | null,
  locale: Locale,
  draft: Draft,
): ArticleRecord {
  const { articles } = place.desk.knowledge
  const last = Math.max(-1, ...articles.map((one) => one.place))
  const article: ArticleRecord = {
    id: place.world.newId(),
    collection,
    internal: false,
    featured: false,
    place: last + 1,
    texts: [],
  }
  saveText(place, article, locale, draft)
  articles.push(article)
  return article
}

/**
 * Saves the draft of a language, which may be a new one; the slug it had before goes on leading to it.
 * @throws {HelpdeskError} `conflict` when the slug is taken, `validation_failed`
 */
export function saveText(
  { world, desk, agent }: Writer,
  article: ArticleRecord,
  locale: Locale,
  draft: Draft,
) {
  const { formerSlugs } = desk.knowledge
  const before = article.texts.find((one) => one.locale === locale)
  const old = before && draftOf(before)
  const title = readTitle(draft.title ?? old?.title)
  const wanted = draft.slug ?? before?.slug ?? slugify(title)
  const isTaken = (slug: string) => ownerOf(desk, locale, slug, article) !== undefined
  if (draft.slug !== undefined && isTaken(wanted)) {
    throw new HelpdeskError('conflict', {
      detail: `Another article has the address ${wanted}`,
      errors: [{ pointer: '/body/slug', detail: 'is taken' }],
    })
  }
  const slug = uniqueSlug(wanted, isTaken)
  const text: TextRecord = before ?? { locale, slug, revisions: [], published: null, voices: new Map() }
  if (text.slug !== slug) formerSlugs.set(`${locale}/${text.slug}`, article.id)
  formerSlugs.delete(`${locale}/${slug}`)
  text.slug = slug
  const at = world.now().toISOString()
  const next: RevisionRecord = {
    revision: (old?.revision ?? 0) + 1,
    title,
    markdown: draft.markdown ?? old?.markdown ?? '',
    author: agent,
    published: false,
    begunAt: at,
    at,
  }
  if (old && !draft.alone && isOneWith(old, next, text.revisions.slice(0, -1))) {
    next.begunAt = old.begunAt
    text.revisions.pop()
  }
  text.revisions.push(next)
  if (!before) article.texts = [...article.texts, text].toSorted((a, b) => (a.locale < b.locale ? -1 : 1))
  return text
}

const togetherMs = 10 * 60_000

/** Whether a save replaces the one before: who writes saves every few seconds. What was seen or restored stays. */
function isOneWith(last: RevisionRecord, next: RevisionRecord, earlier: readonly RevisionRecord[]): boolean {
  const isRestored = ({ title, markdown }: RevisionRecord) =>
    earlier.some((one) => one.title === title && one.markdown === markdown)
  const isSoon = Date.parse(next.at) - Date.parse(last.begunAt) < togetherMs
  return isSoon && !last.published && last.author === next.author && !isRestored(next) && !isRestored(last)
}

function readTitle(text?: string): string {
  const title = text === undefined ? undefined : cleanTitle(text)
  if (title) return title
  const detail = title === undefined ? 'is required in a new language' : 'must not be blank'
  throw refusal([{ pointer: '/body/title', detail }])
}

/** The article that has a slug now, drafts included. */
export function ownerOf(
  { knowledge }: DeskRecord,
  locale: Locale,
  slug: string,
  except?: ArticleRecord,
): ArticleRecord | undefined {
  return knowledge.articles.find(
    (one) => one !== except && one.texts.some((text) => text.locale === locale && text.slug === slug),
  )
}

/** Shows the draft to readers. */
export function publishText({ world }: Pick<Writer, 'world'>, text: TextRecord): void {
  const draft = draftOf(text)
  const { revision, title, markdown } = draft
  const html = renderMarkdown(markdown)
  draft.published = true
  text.published = { revision, title, markdown, html, text: plainText(html), at: world.now().toISOString() }
}

/** Deletes a language with the addresses that led to it; not the last one. @throws {HelpdeskError} `conflict` */
export function removeText(desk: DeskRecord, article: ArticleRecord, text: TextRecord): void {
  if (article.texts.length === 1) {
    throw new HelpdeskError('conflict', { detail: 'An article has at least one language' })
  }
  article.texts = article.texts.filter((one) => one !== text)
  forgetSlugs(desk, article, `${text.locale}/`)
}

/** Deletes an article with all that belongs to it. */
export function removeArticle(desk: DeskRecord, article: ArticleRecord): void {
  desk.knowledge.articles = desk.knowledge.articles.filter((one) => one !== article)
  forgetSlugs(desk, article, '')
}

function forgetSlugs({ knowledge }: DeskRecord, { id }: ArticleRecord, beginning: string): void {
  for (const [address, articleId] of knowledge.formerSlugs) {
    if (articleId === id && address.startsWith(beginning)) knowledge.formerSlugs.delete(address)
  }
}
