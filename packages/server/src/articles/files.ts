import { HelpdeskError, type Locale } from '@helpdesk/core'
import type { AgentActor } from '../agents/service.ts'
import { createCollection, listCollections } from '../collections/service.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type ArticleFile, pathOf, type ReadFile, readFile } from './file-reading.ts'
import { lockImports, selectBySlugAnyState, selectTextsPage } from './files-store.ts'
import { makeReady, publishReady } from './publishing.ts'
import {
  type ArticleRow,
  insertArticle,
  lockArticle,
  selectTexts,
  type TextRow,
  updateArticle,
} from './store.ts'
import { writeDraft } from './writing.ts'

/**
 * Takes in one file, wholly or not at all; the same path again changes the same article, and leaves no revision when
 * nothing is new. A collection that is not there is made.
 * @throws HelpdeskError validation_failed for a path that is none, conflict when an article of another collection has
 * the address
 */
export async function importFile(
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
  file: ArticleFile,
): Promise<{ articleId: string; made: boolean }> {
  const read = readFile(file)
  const ready = read.published ? makeReady(deps, desk, read) : null
  return deps.db.transaction(async (tx) => {
    await lockImports(tx, desk.deskId)
    const known = await articleOf(tx, desk, read)
    const collectionId = await collectionOf(tx, deps, desk, read)
    const article = known
      ? await place(tx, desk, known, collectionId, read)
      : await addArticle(tx, deps, desk, collectionId, read)
    const before = known === null ? null : await textOf(tx, desk, known, read.locale)
    const revision = isSame(before, read)
      ? before.revision
      : await writeDraft(tx, deps, desk, agent, { ...read, articleId: article.id, alone: true }, before)
    if (ready && before?.publishedRevision !== revision) {
      const text = { articleId: article.id, internal: article.internal, locale: read.locale, revision }
      await publishReady(tx, deps, desk, text, ready)
    }
    return { articleId: article.id, made: known === null }
  })
}

/**
 * The article that a file changes: the one with its address, or the one that has it in another language of the same
 * collection. @throws HelpdeskError conflict
 */
async function articleOf(tx: Tx, desk: DeskRecord, file: ReadFile): Promise<string | null> {
  const { locale, collection, slug } = file
  const places = await selectBySlugAnyState(tx, desk.deskId, locale, slug)
  const taken = places.find((one) => one.locale === locale)
  if (taken && taken.collectionSlug !== collection) {
    const path = pathOf(locale, taken.collectionSlug, slug)
    throw new HelpdeskError('conflict', {
      detail: `Another article has the address ${slug}: ${path}`,
      errors: [{ pointer: '/body/path', detail: `has the address of another article: ${path}` }],
    })
  }
  return (taken ?? places.find((one) => one.collectionSlug === collection))?.id ?? null
}

async function collectionOf(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  { collection: slug, locale }: ReadFile,
): Promise<string | null> {
  if (slug === null) return null
  const known = (await listCollections({ db: tx }, desk)).find((one) => one.slug === slug)
  if (known) return known.id
  const name = slug.replaceAll('-', ' ')
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return (await createCollection({ ...deps, db: tx }, desk, { name: { [locale]: title }, slug })).id
}

async function addArticle(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  collectionId: string | null,
  { internal = false, featured = false }: ReadFile,
): Promise<Omit<ArticleRow, 'place'>> {
  const article = { id: deps.newId(), collectionId, internal, featured }
  await insertArticle(tx, desk.deskId, article, deps.now())
  return article
}

/** Sets what a file says of its article; what it does not say stays. */
async function place(
  tx: Tx,
  desk: DeskRecord,
  id: string,
  collectionId: string | null,
  file: ReadFile,
): Promise<ArticleRow> {
  const row = await lockArticle(tx, desk.deskId, id)
  if (!row) throw new HelpdeskError('conflict', { detail: 'The article was deleted meanwhile' })
  const { internal = row.internal, featured = row.featured } = file
  const next = { ...row, collectionId, internal, featured }
  const isNew = collectionId !== row.collectionId || internal !== row.internal || featured !== row.featured
  if (isNew) await updateArticle(tx, desk.deskId, next)
  return next
}

async function textOf(tx: Tx, desk: DeskRecord, id: string, locale: Locale): Promise<TextRow | null> {
  return (await selectTexts(tx, desk.deskId, [id], true)).find((text) => text.locale === locale) ?? null
}

const isSame = (before: TextRow | null, file: ReadFile): before is TextRow =>
  before !== null &&
  before.title === file.title &&
  before.markdown === file.markdown &&
  before.slug === file.slug

/** Every article as the file that importing it would need, page by page. */
export async function exportFiles(
  deps: Deps,
  desk: DeskRecord,
  page: { after: string | null; limit: number },
): Promise<{ files: ArticleFile[]; next: string | null }> {
  const rows = await selectTextsPage(deps.db, desk.deskId, page.after, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    files: shown.map((row) => ({
      path: pathOf(row.locale, row.collectionSlug, row.slug),
      content: [
        '---',
        `title: ${JSON.stringify(row.title)}`,
        `published: ${row.published}`,
        ...(row.featured ? ['featured: true'] : []),
        ...(row.internal ? ['internal: true'] : []),
        '---',
        '',
        row.markdown,
      ].join('\n'),
    })),
    next: rows.length > page.limit && last ? last.key : null,
  }
}
