import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import {
  changeCollection,
  createCollection,
  dropCollection,
  listCollections,
  sortCollections,
} from './service.ts'

/** Collections of the knowledge base, for the team. */
export function collectionRoutes(context: MountContext): void {
  const { deps } = context
  mount(context, api.collections.list, async ({ desk }) => ({
    collections: await listCollections(deps, desk),
  }))
  mount(context, api.collections.create, ({ desk, body }) => createCollection(deps, desk, body))
  mount(context, api.collections.update, ({ desk, params, body }) =>
    changeCollection(deps, desk, params.collectionId, body),
  )
  mount(context, api.collections.remove, async ({ desk, params }) => {
    await dropCollection(deps, desk, params.collectionId)
    return null
  })
  mount(context, api.collections.order, async ({ desk, body }) => ({
    collections: await sortCollections(deps, desk, body.ids),
  }))
}
