import { filledTexts, HelpdeskError, slugify, uniqueSlug } from '@helpdesk/core'
import type { api, Body, Collection } from '@helpdesk/core/api'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import {
  insertCollection,
  orderCollections,
  removeCollection,
  selectCollections,
  updateCollection,
} from './store.ts'

const most = 200

/** The desk's collections in their order. */
export function listCollections(deps: { db: Queryable }, desk: DeskRecord): Promise<Collection[]> {
  return selectCollections(deps.db, desk.deskId)
}

/** Adds a collection at the end; without a slug it gets one from its name. @throws HelpdeskError conflict */
export async function createCollection(
  deps: Pick<Deps, 'newId' | 'now'> & { db: Queryable },
  desk: DeskRecord,
  { name, description = {}, slug }: Body<(typeof api)['collections']['create']>,
): Promise<Collection> {
  const texts = filledTexts(name)
  const known = await selectCollections(deps.db, desk.deskId)
  if (known.length >= most)
    throw new HelpdeskError('conflict', { detail: `A desk has at most ${most} collections` })
  const title = texts[desk.settings.locale] ?? Object.values(texts)[0]
  if (title === undefined) throw nameless()
  const free = slug ?? uniqueSlug(slugify(title), (wanted) => known.some((one) => one.slug === wanted))
  const made = await insertCollection(
    deps.db,
    desk.deskId,
    { id: deps.newId(), slug: free, name: texts, description: filledTexts(description) },
    deps.now(),
  )
  if (!made) throw taken(free)
  return made
}

/** Changes a collection; what is not named stays. @throws HelpdeskError not_found, conflict when the slug is taken */
export async function changeCollection(
  deps: Deps,
  desk: DeskRecord,
  id: string,
  { name, description, slug }: Body<(typeof api)['collections']['update']>,
): Promise<Collection> {
  const texts = name && filledTexts(name)
  if (texts && Object.keys(texts).length === 0) throw nameless()
  const change = {
    ...(slug === undefined ? {} : { slug }),
    ...(texts ? { name: texts } : {}),
    ...(description ? { description: filledTexts(description) } : {}),
  }
  try {
    const changed = await updateCollection(deps.db, desk.deskId, id, change)
    if (!changed) throw new HelpdeskError('not_found')
    return changed
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } }
    throw code === '23505' || cause?.code === '23505' ? taken(slug ?? '') : error
  }
}

/** Removes an empty collection. @throws HelpdeskError not_found, conflict when it has articles */
export async function dropCollection(deps: Deps, desk: DeskRecord, id: string): Promise<void> {
  const { found, gone } = await removeCollection(deps.db, desk.deskId, id)
  if (!found) throw new HelpdeskError('not_found')
  if (!gone) throw new HelpdeskError('conflict', { detail: 'The collection still has articles' })
}

/** Puts all collections in an order. @throws HelpdeskError conflict when the list is not what is there now */
export async function sortCollections(
  deps: Deps,
  desk: DeskRecord,
  ids: readonly string[],
): Promise<Collection[]> {
  return deps.db.transaction(async (tx) => {
    const known = await selectCollections(tx, desk.deskId)
    if (known.length !== ids.length || !known.every(({ id }) => ids.includes(id)))
      throw new HelpdeskError('conflict', { detail: 'The collections have changed meanwhile' })
    await orderCollections(tx, desk.deskId, ids)
    return selectCollections(tx, desk.deskId)
  })
}

const nameless = () =>
  new HelpdeskError('validation_failed', {
    detail: 'Check name',
    errors: [{ pointer: '/body/name', detail: 'is required in one language' }],
  })

const taken = (slug: string) =>
  new HelpdeskError('conflict', {
    detail: `There is a collection with the address ${slug}`,
    errors: [{ pointer: '/body/slug', detail: 'is taken' }],
  })
