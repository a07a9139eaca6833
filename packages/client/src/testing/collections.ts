import { HelpdeskError, slugify, uniqueSlug } from '@helpdesk/core'
import type { Api, Body, Collection } from '@helpdesk/core/api'
import type { CollectionRecord } from './article-records.ts'
import type { DeskRecord, World } from './records.ts'
import { refusal } from './schema.ts'

const mostCollections = 200

/** A collection as the team sees it. */
export function toCollection({ knowledge }: DeskRecord, collection: CollectionRecord): Collection {
  const articles = knowledge.articles.filter((one) => one.collection === collection).length
  return { ...collection, articles }
}

/** A collection of the desk. @throws {HelpdeskError} `not_found` */
export function findCollection({ knowledge }: DeskRecord, id: string): CollectionRecord {
  const found = knowledge.collections.find((one) => one.id === id)
  if (!found) throw new HelpdeskError('not_found')
  return found
}

/** The collection that a request names. @throws {HelpdeskError} `validation_failed` when the desk has none such */
export function readCollection({ knowledge }: DeskRecord, id: string | null): CollectionRecord | null {
  const found = id === null ? null : knowledge.collections.find((one) => one.id === id)
  if (found !== undefined) return found
  throw refusal([{ pointer: '/body/collectionId', detail: 'is not a collection of this desk' }])
}

/** Adds a collection at the end; without a slug it gets one from its name. @throws {HelpdeskError} `conflict` */
export function addCollection(
  world: World,
  desk: DeskRecord,
  { name, description = {}, slug }: Body<Api['collections']['create']>,
): CollectionRecord {
  const { collections } = desk.knowledge
  if (collections.length >= mostCollections) {
    throw new HelpdeskError('conflict', { detail: `A desk has at most ${mostCollections} collections` })
  }
  const texts = readName(name)
  const title = texts[desk.settings.locale] ?? Object.values(texts)[0] ?? ''
  if (slug !== undefined) mustBeFree(desk, slug)
  const free = slug ?? uniqueSlug(slugify(title), (wanted) => collections.some((one) => one.slug === wanted))
  const collection = { id: world.newId(), slug: free, name: texts, description: withoutBlanks(description) }
  collections.push(collection)
  return collection
}

/** Changes what is named. @throws {HelpdeskError} `conflict` when the slug is taken, `validation_failed` */
export function changeCollection(
  desk: DeskRecord,
  collection: CollectionRecord,
  { name, description, slug }: Body<Api['collections']['update']>,
): void {
  const texts = name && readName(name)
  if (slug !== undefined) mustBeFree(desk, slug, collection)
  collection.slug = slug ?? collection.slug
  collection.name = texts ?? collection.name
  collection.description = description ? withoutBlanks(description) : collection.description
}

function readName(name: CollectionRecord['name']): CollectionRecord['name'] {
  const texts = withoutBlanks(name)
  if (Object.keys(texts).length > 0) return texts
  throw refusal([{ pointer: '/body/name', detail: 'is required in one language' }])
}

function withoutBlanks(texts: CollectionRecord['name']): CollectionRecord['name'] {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([locale, text]) => (text.trim() ? [[locale, text.trim()]] : [])),
  )
}

function mustBeFree({ knowledge }: DeskRecord, slug: string, except?: CollectionRecord): void {
  if (!knowledge.collections.some((one) => one.slug === slug && one !== except)) return
  throw new HelpdeskError('conflict', {
    detail: `There is a collection with the address ${slug}`,
    errors: [{ pointer: '/body/slug', detail: 'is taken' }],
  })
}
