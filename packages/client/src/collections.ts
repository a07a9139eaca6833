import type { Api, Body, Collection } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { CallOptions, Http, Plain } from './http.ts'

type Routes = Api['collections']

/** `{ name, description?, slug? }`, with a text per locale; without a slug it gets one from its name. */
export type CollectionInput = Plain<Body<Routes['create']>>
/** `{ name?, description?, slug? }`. */
export type CollectionChange = Plain<Body<Routes['update']>>

/** The collections of a desk's knowledge base; `deskId` is the public id. */
export interface AgentCollections {
  /** In their order. */
  list(deskId: string, options?: CallOptions): Promise<{ collections: Collection[] }>
  /** Adds one at the end; fails with `conflict` when the slug is taken. */
  create(deskId: string, input: CollectionInput, options?: CallOptions): Promise<Collection>
  /** Changes what is named, leaves the rest. */
  update(deskId: string, id: string, change: CollectionChange, options?: CallOptions): Promise<Collection>
  /** Removes an empty one, for admins and owners; fails with `conflict` while it has articles. */
  remove(deskId: string, id: string, options?: CallOptions): Promise<void>
  /** Puts them in an order: every id once. */
  order(deskId: string, ids: string[], options?: CallOptions): Promise<{ collections: Collection[] }>
}

/** A desk's collections over HTTP. */
export function agentCollections(http: Http): AgentCollections {
  const all = (deskId: string) => `${deskPath(deskId)}/collections`
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
