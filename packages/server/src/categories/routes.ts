import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { changeCategory, createCategory, dropCategory, listCategories, sortCategories } from './service.ts'

/** Categories, for the team. */
export function categoryRoutes(context: MountContext): void {
  const { deps } = context
  mount(context, api.categories.list, async ({ desk }) => ({ categories: await listCategories(deps, desk) }))
  mount(context, api.categories.create, ({ desk, body }) => createCategory(deps, desk, body))
  mount(context, api.categories.update, ({ desk, params, body }) =>
    changeCategory(deps, desk, params.categoryId, body),
  )
  mount(context, api.categories.remove, async ({ desk, params }) => {
    await dropCategory(deps, desk, params.categoryId)
    return null
  })
  mount(context, api.categories.order, async ({ desk, body }) => ({
    categories: await sortCategories(deps, desk, body.ids),
  }))
}
