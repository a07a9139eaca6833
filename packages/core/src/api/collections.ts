import { route } from './route.ts'
import { id, localizedText, nothing, object, optional, publicId, type Static, slug, Type } from './shared.ts'

const fields = {
  name: localizedText(100),
  description: localizedText(300),
}

/** A collection of articles as the team sees it. */
export const collection = object(
  { id, slug, ...fields, articles: Type.Integer({ description: 'How many articles it has' }) },
  { $id: 'Collection' },
)
export type Collection = Static<typeof collection>

const deskParams = object({ deskId: publicId })
const collectionParams = object({ deskId: publicId, collectionId: id })
const manyCollections = { 200: object({ collections: Type.Array(collection) }) }

/** Collections of the knowledge base, for the team. */
export const collections = {
  list: route({
    id: 'collections.list',
    method: 'GET',
    path: '/api/desks/:deskId/collections',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: "The desk's collections in their order",
    params: deskParams,
    response: manyCollections,
    errors: ['not_found'],
  }),
  create: route({
    id: 'collections.create',
    method: 'POST',
    path: '/api/desks/:deskId/collections',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Add a collection at the end',
    params: deskParams,
    body: object({ name: fields.name, description: optional(fields.description), slug: optional(slug) }),
    response: { 201: collection },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  update: route({
    id: 'collections.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/collections/:collectionId',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Change a collection; what is not named stays',
    params: collectionParams,
    body: object({
      name: optional(fields.name),
      description: optional(fields.description),
      slug: optional(slug),
    }),
    response: { 200: collection },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  remove: route({
    id: 'collections.remove',
    method: 'DELETE',
    path: '/api/desks/:deskId/collections/:collectionId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Remove an empty collection',
    params: collectionParams,
    response: { 204: nothing },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  order: route({
    id: 'collections.order',
    method: 'POST',
    path: '/api/desks/:deskId/collections/order',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Put the collections in an order',
    params: deskParams,
    body: object({ ids: Type.Array(id, { maxItems: 200, uniqueItems: true }) }),
    response: manyCollections,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}
