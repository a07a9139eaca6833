import { filledTexts, HelpdeskError, localized } from '@helpdesk/core'
import type { api, Body, Category, TicketForm } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import { announceDesk, type DeskRecord } from '../desks/service.ts'
import {
  type CategoryRow,
  insertCategory,
  lockCategories,
  orderCategories,
  removeCategory,
  selectCategories,
  selectCategoryByCode,
  updateCategory,
} from './store.ts'

const most = 100

/** The desk's categories in their order. */
export async function listCategories(deps: Deps, desk: DeskRecord): Promise<Category[]> {
  return selectCategories(deps.db, desk.deskId)
}

/** What the new-ticket form shows of the categories, in one language. */
export async function formCategories(
  deps: Deps,
  desk: DeskRecord,
  locale: string,
): Promise<TicketForm['categories']> {
  const rows = await selectCategories(deps.db, desk.deskId)
  const text = (texts: Record<string, string>) => localized(texts, locale, desk.settings.locale)
  return rows.map(({ code, name, helpText }) => ({
    code,
    name: text(name) || code,
    helpText: text(helpText),
  }))
}

/** The category with a code. @throws HelpdeskError validation_failed */
export async function categoryByCode(deps: Deps, desk: DeskRecord, code: string): Promise<CategoryRow> {
  const found = await selectCategoryByCode(deps.db, desk.deskId, code)
  if (found) return found
  throw new HelpdeskError('validation_failed', {
    detail: 'Check category',
    errors: [{ pointer: '/body/category', detail: 'is not a category of this desk' }],
  })
}

/** Adds a category at the end. @throws HelpdeskError conflict when the code is taken or there are 100 */
export async function createCategory(
  deps: Deps,
  desk: DeskRecord,
  { code, name, helpText = {} }: Body<(typeof api)['categories']['create']>,
): Promise<Category> {
  const { deskId } = desk
  const category = { id: deps.newId(), code, name: filledTexts(name), helpText: filledTexts(helpText) }
  const made = await deps.db.transaction(async (tx) => {
    await lockCategories(tx, deskId)
    if ((await selectCategories(tx, deskId)).length >= most)
      throw new HelpdeskError('conflict', { detail: `A desk has at most ${most} categories` })
    return insertCategory(tx, deskId, category, deps.now())
  })
  if (!made) throw taken(code)
  await announceDesk(deps, deskId)
  return made
}

/** Changes a category; what is not named stays. @throws HelpdeskError not_found, conflict when the code is taken */
export async function changeCategory(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  { code, name, helpText }: Body<(typeof api)['categories']['update']>,
): Promise<Category> {
  const change = {
    ...(code === undefined ? {} : { code }),
    ...(name === undefined ? {} : { name: filledTexts(name) }),
    ...(helpText === undefined ? {} : { helpText: filledTexts(helpText) }),
  }
  try {
    const changed = await updateCategory(deps.db, desk.deskId, id, change)
    if (!changed) throw new HelpdeskError('not_found')
    await announceDesk(deps, desk.deskId)
    return changed
  } catch (error) {
    const { code: problem, cause } = error as { code?: string; cause?: { code?: string } }
    throw problem === '23505' || cause?.code === '23505' ? taken(code ?? '') : error
  }
}

/** Takes a category out of the form; conversations that have it keep it. @throws HelpdeskError not_found */
export async function dropCategory(deps: Deps, desk: DeskRecord, id: string): Promise<void> {
  if (!(await removeCategory(deps.db, desk.deskId, id, deps.now()))) throw new HelpdeskError('not_found')
  await announceDesk(deps, desk.deskId)
}

/** Puts all categories in an order. @throws HelpdeskError conflict when the list is not what is there now */
export async function sortCategories(
  deps: Deps,
  desk: DeskRecord,
  ids: readonly string[],
): Promise<Category[]> {
  const sorted = await deps.db.transaction(async (tx) => {
    const known = await selectCategories(tx, desk.deskId)
    if (known.length !== ids.length || !known.every(({ id }) => ids.includes(id)))
      throw new HelpdeskError('conflict', { detail: 'The categories have changed meanwhile' })
    await orderCategories(tx, desk.deskId, ids)
    return selectCategories(tx, desk.deskId)
  })
  await announceDesk(deps, desk.deskId)
  return sorted
}

const taken = (code: string) =>
  new HelpdeskError('conflict', {
    detail: `There is a category with the code ${code}`,
    errors: [{ pointer: '/body/code', detail: 'is taken' }],
  })
