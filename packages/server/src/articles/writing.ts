import { cleanTitle, HelpdeskError, type Locale, slugify, uniqueSlug } from '@helpdesk/core'
import type { ArticleDetail, ArticleDraft, ArticleItem, ArticleRevision, api, Body } from '@helpdesk/core/api'
import type { AgentActor } from '../agents/service.ts'
import { listCollections } from '../collections/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { imagesOf } from './places.ts'
import { renderArticle } from './rendering.ts'
import {
  type ArticleRow,
  deleteText,
  insertArticle,
  lockArticle,
  orderArticles,
  removeArticle,
  saveText,
  selectArticle,
  selectArticles,
  selectRevisions,
  selectTakenSlugs,
  selectTexts,
  type TextRow,
  updateArticle,
} from './store.ts'
import { countWords, forgetWords } from './words.ts'

/** A page of the articles in their order. */
export async function listArticles(
  deps: Deps,
  desk: DeskRecord,
  collectionId: string | null,
  page: { after: { place: number; id: string }; limit: number },
): Promise<{ articles: ArticleItem[]; next: { place: number; id: string } | null }> {
  const rows = await selectArticles(deps.db, desk.deskId, collectionId, page.after, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const texts = await selectTexts(
    deps.db,
    desk.deskId,
    shown.map(({ id }) => id),
    false,
  )
  const byArticle = Map.groupBy(texts, (text) => text.articleId)
  const last = shown.at(-1)
  return {
    articles: shown.map((row) => ({ ...itemView(row), texts: (byArticle.get(row.id) ?? []).map(textView) })),
    next: rows.length > page.limit && last ? { place: last.place, id: last.id } : null,
  }
}

const itemView = ({ id, collectionId, internal, featured }: ArticleRow) => ({
  id,
  collectionId,
  internal,
  featured,
})

const textView = (row: TextRow) => ({
  locale: row.locale,
  slug: row.slug,
  title: row.title,
  state: row.publishedAt === null ? ('draft' as const) : ('published' as const),
  changed: row.publishedRevision !== null && row.publishedRevision !== row.revision,
  updatedAt: row.updatedAt.toISOString(),
  publishedAt: row.publishedAt?.toISOString() ?? null,
  feedback: { yes: row.helpful, no: row.unhelpful },
})

function draftView(deps: Deps, desk: DeskRecord, row: TextRow): ArticleDraft {
  const { html } = renderArticle(row.markdown, imagesOf(deps, desk))
  return { ...textView(row), markdown: row.markdown, html, revision: row.revision }
}

/** An article with all its languages. @throws HelpdeskError not_found */
export async function readDetail(deps: Deps, desk: DeskRecord, id: string): Promise<ArticleDetail> {
  const [row, texts] = await Promise.all([
    selectArticle(deps.db, desk.deskId, id),
    selectTexts(deps.db, desk.deskId, [id], true),
  ])
  if (!row) throw new HelpdeskError('not_found')
  return { ...itemView(row), texts: texts.map((text) => draftView(deps, desk, text)) }
}

/** An article in one language, to be edited. @throws HelpdeskError not_found */
export async function readDraft(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
): Promise<ArticleDraft> {
  const found = (await selectTexts(deps.db, desk.deskId, [id], true)).find((text) => text.locale === locale)
  if (!found) throw new HelpdeskError('not_found')
  return draftView(deps, desk, found)
}

/** A new article, a draft in one language. @throws HelpdeskError validation_failed for an unknown collection */
export async function createArticle(
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
  {
    locale,
    title,
    markdown = '',
    collectionId = null,
    internal = false,
  }: Body<(typeof api)['articles']['create']>,
): Promise<ArticleDetail> {
  await assertCollection(deps, desk, collectionId)
  const id = deps.newId()
  await untilFree(deps, async (tx) => {
    await insertArticle(tx, desk.deskId, { id, collectionId, internal, featured: false }, deps.now())
    await writeDraft(tx, deps, desk, agent, { articleId: id, locale, title, markdown }, null)
  })
  return readDetail(deps, desk, id)
}

async function assertCollection(deps: Deps, desk: DeskRecord, id: string | null): Promise<void> {
  if (id === null || (await listCollections(deps, desk)).some((one) => one.id === id)) return
  throw new HelpdeskError('validation_failed', {
    detail: 'Check collectionId',
    errors: [{ pointer: '/body/collectionId', detail: 'is not a collection of this desk' }],
  })
}

/** Sets where an article stands and who sees it. @throws HelpdeskError not_found, validation_failed */
export async function changeArticle(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  change: Body<(typeof api)['articles']['update']>,
): Promise<ArticleDetail> {
  if (change.collectionId !== undefined) await assertCollection(deps, desk, change.collectionId)
  await deps.db.transaction(async (tx) => {
    const row = await lockArticle(tx, desk.deskId, id)
    if (!row) throw new HelpdeskError('not_found')
    await updateArticle(tx, desk.deskId, {
      ...row,
      ...(change.collectionId === undefined ? {} : { collectionId: change.collectionId }),
      internal: change.internal ?? row.internal,
      featured: change.featured ?? row.featured,
    })
  })
  return readDetail(deps, desk, id)
}

/** Deletes an article with its revisions and what readers said. @throws HelpdeskError not_found */
export async function dropArticle(deps: Deps, desk: DeskRecord, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockArticle(tx, desk.deskId, id)
    await forgetWords(tx, desk.deskId, id)
    if (!(await removeArticle(tx, desk.deskId, id))) throw new HelpdeskError('not_found')
  })
}

/** Puts articles in an order. */
export async function sortArticles(deps: Deps, desk: DeskRecord, ids: readonly string[]): Promise<void> {
  await orderArticles(deps.db, desk.deskId, ids)
}

/**
 * Saves the draft of a language, which may be a new one.
 * @throws HelpdeskError not_found, conflict when somebody else has saved meanwhile or the slug is taken
 */
export async function saveDraft(
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
  id: string,
  locale: Locale,
  change: Body<(typeof api)['articles']['save']>,
): Promise<ArticleDraft> {
  await untilFree(deps, async (tx) => {
    if (!(await lockArticle(tx, desk.deskId, id))) throw new HelpdeskError('not_found')
    const texts = await selectTexts(tx, desk.deskId, [id], true)
    const before = texts.find((text) => text.locale === locale) ?? null
    if (change.revision !== undefined && change.revision !== (before?.revision ?? 0))
      throw new HelpdeskError('conflict', { detail: 'Somebody else has saved this article meanwhile' })
    const title = change.title ?? before?.title
    if (title === undefined)
      throw new HelpdeskError('validation_failed', {
        detail: 'Check title',
        errors: [{ pointer: '/body/title', detail: 'is required in a new language' }],
      })
    const draft = { articleId: id, locale, title, markdown: change.markdown ?? before?.markdown ?? '' }
    await writeDraft(tx, deps, desk, agent, { ...draft, slug: change.slug }, before)
  })
  return readDraft(deps, desk, id, locale)
}

/** A draft to be saved. */
export interface NewDraft {
  articleId: string
  locale: Locale
  title: string
  markdown: string
  /** Made of the title without one. */
  slug?: string | undefined
  /** It stands in the history for itself, also when its author saved a moment ago. */
  alone?: boolean
}

/**
 * Saves a draft in a transaction that has the article locked. @returns its revision
 * @throws HelpdeskError conflict when the slug is taken, validation_failed
 */
export async function writeDraft(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
  draft: NewDraft,
  before: TextRow | null,
): Promise<number> {
  const { articleId, locale, markdown, alone = false } = draft
  const title = cleanTitle(draft.title)
  if (title === '')
    throw new HelpdeskError('validation_failed', {
      detail: 'Check title',
      errors: [{ pointer: '/body/title', detail: 'must not be blank' }],
    })
  const wanted = draft.slug ?? before?.slug ?? slugify(title)
  const taken = await selectTakenSlugs(tx, desk.deskId, locale, wanted, articleId)
  if (draft.slug !== undefined && taken.has(wanted)) throw slugTaken(wanted)
  const slug = uniqueSlug(wanted, (one) => taken.has(one))
  const revision = (before?.revision ?? 0) + 1
  const text = { articleId, locale, slug, title, markdown, revision, alone }
  try {
    await saveText(tx, desk.deskId, text, agent?.id ?? null, deps.now())
  } catch (error) {
    throw draft.slug !== undefined && isTaken(error) ? slugTaken(slug) : error
  }
  return revision
}

/** Whether somebody else took the address a moment ago. */
function isTaken(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return code === '23505' || cause?.code === '23505'
}

/** Runs a transaction that looks for a free address again when somebody else took the one it found. */
async function untilFree(deps: Deps, work: (tx: Tx) => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await deps.db.transaction(work)
    } catch (error) {
      if (tries >= 10 || !isTaken(error)) throw error
    }
  }
}

const slugTaken = (slug: string) =>
  new HelpdeskError('conflict', {
    detail: `Another article has the address ${slug}`,
    errors: [{ pointer: '/body/slug', detail: 'is taken' }],
  })

/** Deletes a language of an article. @throws HelpdeskError not_found, conflict when it is the last one */
export async function dropText(deps: Deps, desk: DeskRecord, id: string, locale: Locale): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockArticle(tx, desk.deskId, id)
    const texts = await selectTexts(tx, desk.deskId, [id], false)
    if (!texts.some((text) => text.locale === locale)) throw new HelpdeskError('not_found')
    if (texts.length === 1)
      throw new HelpdeskError('conflict', { detail: 'An article has at least one language' })
    await countWords(tx, desk.deskId, id, locale, [])
    await deleteText(tx, desk.deskId, id, locale)
  })
}

/** Earlier states of a language, newest first. @throws HelpdeskError not_found */
export async function listRevisions(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  locale: Locale,
  page: { before: number; limit: number },
): Promise<{ revisions: ArticleRevision[]; next: number | null }> {
  if (!(await selectArticle(deps.db, desk.deskId, id))) throw new HelpdeskError('not_found')
  const before = Math.min(page.before, 2_147_483_647)
  const rows = await selectRevisions(deps.db, desk.deskId, id, locale, before, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  return {
    revisions: shown.map(({ createdAt, ...row }) => ({ ...row, at: createdAt.toISOString() })),
    next: rows.length > page.limit ? (shown.at(-1)?.revision ?? null) : null,
  }
}
