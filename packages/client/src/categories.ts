import type { Api, Body, Category } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { CallOptions, Http, Plain } from './http.ts'

type Routes = Api['categories']

/** `{ code, name, helpText? }`, with a text per locale. */
export type CategoryInput = Plain<Body<Routes['create']>>
/** `{ code?, name?, helpText? }`. */
export type CategoryChange = Plain<Body<Routes['update']>>

/** The categories of a desk's tickets; `deskId` is the public id. Changing them is for admins and owners. */
export interface AgentCategories {
  /** In their order. */
  list(deskId: string, options?: CallOptions): Promise<{ categories: Category[] }>
  /** Adds one at the end; fails with `conflict` when the code is taken. */
  create(deskId: string, input: CategoryInput, options?: CallOptions): Promise<Category>
  /** Changes what is named, leaves the rest. */
  update(deskId: string, id: string, change: CategoryChange, options?: CallOptions): Promise<Category>
  /** Takes it out of the form; conversations that have it keep it. */
  remove(deskId: string, id: string, options?: CallOptions): Promise<void>
  /** Puts them in an order: every id once. */
  order(deskId: string, ids: string[], options?: CallOptions): Promise<{ categories: Category[] }>
}

/** A desk's categories over HTTP. */
export function agentCategories(http: Http): AgentCategories {
  const all = (deskId: string) => `${deskPath(deskId)}/categories`
  const one = (deskId: string, id: string) => `${all(deskId)}/${encodeURIComponent(id)}`
  return {
    list: (deskId, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, {}, options),
    create: (deskId, body, options) => http.call<Routes['create']>(`POST ${all(deskId)}`, { body }, options),
    update: (deskId, id, body, options) =>
      http.call<Routes['update']>(`PATCH ${one(deskId, id)}`, { body }, options),
    remove: (deskId, id, options) => http.call<Routes['remove']>(`DELETE ${one(deskId, id)}`, {}, options),
    order: (deskId, ids, options) =>
      http.call<Routes['order']>(`POST ${all(deskId)}/order`, { body: { ids }, repeatable: true }, options),
  }
}
