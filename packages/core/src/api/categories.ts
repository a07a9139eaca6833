import { route } from './route.ts'
import {
  categoryCode,
  id,
  localizedText,
  nothing,
  object,
  optional,
  publicId,
  type Static,
  Type,
} from './shared.ts'

const fields = {
  code: categoryCode,
  name: localizedText(100),
  helpText: localizedText(2000),
}

/** A category of tickets as the team sees it. */
export const category = object({ id, ...fields }, { $id: 'Category' })
export type Category = Static<typeof category>

const deskParams = object({ deskId: publicId })
const categoryParams = object({ deskId: publicId, categoryId: id })

export const categories = {
  list: route({
    id: 'categories.list',
    method: 'GET',
    path: '/api/desks/:deskId/categories',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: "The desk's categories in their order",
    params: deskParams,
    response: { 200: object({ categories: Type.Array(category) }) },
    errors: ['not_found'],
  }),
  create: route({
    id: 'categories.create',
    method: 'POST',
    path: '/api/desks/:deskId/categories',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Add a category at the end',
    description: 'A code is unique within the desk, without regard to case. At most 100 categories.',
    params: deskParams,
    body: object({ code: fields.code, name: fields.name, helpText: optional(fields.helpText) }),
    response: { 201: category },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  update: route({
    id: 'categories.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/categories/:categoryId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Change a category; what is not named stays',
    params: categoryParams,
    body: object({
      code: optional(fields.code),
      name: optional(fields.name),
      helpText: optional(fields.helpText),
    }),
    response: { 200: category },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  remove: route({
    id: 'categories.remove',
    method: 'DELETE',
    path: '/api/desks/:deskId/categories/:categoryId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Remove a category from the form; conversations that have it keep it',
    params: categoryParams,
    response: { 204: nothing },
    errors: ['not_found', 'forbidden'],
  }),
  order: route({
    id: 'categories.order',
    method: 'POST',
    path: '/api/desks/:deskId/categories/order',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Put the categories in an order',
    params: deskParams,
    body: object({
      ids: Type.Array(id, { maxItems: 100, uniqueItems: true, description: 'Every category once' }),
    }),
    response: { 200: object({ categories: Type.Array(category) }) },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}
