import { HelpdeskError } from '@helpdesk/core'
import type { Answers } from '../ask.ts'
import { findCategory } from '../categories.ts'
import type { CategoryRecord, DeskRecord } from '../records.ts'
import { toCategory } from '../views.ts'

const mostCategories = 100

/** The categories of the ticket form. */
export const categories: Answers['categories'] = {
  list: ({ desk }) => ({ categories: desk.categories.map(toCategory) }),
  create({ world, desk, body }) {
    mustBeFree(desk, body.code)
    if (desk.categories.length >= mostCategories) throw new HelpdeskError('conflict')
    const category: CategoryRecord = { id: world.newId(), helpText: {}, ...body }
    desk.categories.push(category)
    return toCategory(category)
  },
  update({ desk, params, body }) {
    const category = find(desk, params.categoryId)
    if (body.code !== undefined) mustBeFree(desk, body.code, category)
    Object.assign(category, body)
    return toCategory(category)
  },
  remove({ desk, params }) {
    const category = find(desk, params.categoryId)
    desk.categories = desk.categories.filter((one) => one !== category)
    return null
  },
  order({ desk, body }) {
    const ordered = body.ids.flatMap((id) => desk.categories.filter((one) => one.id === id))
    const isComplete = ordered.length === body.ids.length && ordered.length === desk.categories.length
    if (!isComplete) throw new HelpdeskError('conflict')
    desk.categories = ordered
    return { categories: ordered.map(toCategory) }
  },
}

function find({ categories: all }: DeskRecord, id: string): CategoryRecord {
  const category = all.find((one) => one.id === id)
  if (!category) throw new HelpdeskError('not_found')
  return category
}

function mustBeFree(desk: DeskRecord, code: string, except?: CategoryRecord): void {
  const taken = findCategory(desk, code)
  if (taken && taken !== except) throw new HelpdeskError('conflict')
}
