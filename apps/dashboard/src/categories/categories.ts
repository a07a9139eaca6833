import type { Category } from '@helpdesk/core/api'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'

/** The categories of a desk, loaded when somebody first wants them. */
export interface Categories {
  /** In their order; `null` as long as they are not known. */
  readonly all: ReadonlySignal<readonly Category[] | null>
  readonly error: ReadonlySignal<unknown>
  /** Loads them, once however often it is asked for, again after a failure. */
  open(): Promise<void>
  /** Asks again, if anybody wants them at all. */
  renew(): void
  create(input: Omit<Category, 'id'>): Promise<Category>
  update(id: string, change: Partial<Omit<Category, 'id'>>): Promise<void>
  remove(id: string): Promise<void>
  /** Shows the new order at once; goes back to the old one when the desk refuses. */
  order(ids: readonly string[]): Promise<void>
}

/** The categories of a desk. */
export function createCategories(deskId: string): Categories {
  const all = signal<readonly Category[] | null>(null)
  const error = signal<unknown>(null)
  let opening: Promise<void> | null = null
  let orders = 0

  async function load(): Promise<void> {
    try {
      const { categories } = await withSession(() => client.categories.list(deskId))
      batch(() => {
        all.value = categories
        error.value = null
      })
    } catch (caught) {
      error.value = caught
      opening = null
    }
  }

  return {
    all,
    error,
    open() {
      opening ??= load()
      return opening
    },
    renew() {
      if (opening) opening = load()
    },
    async create(input) {
      const made = await withSession(() => client.categories.create(deskId, input))
      all.value = [...(all.peek() ?? []), made]
      return made
    },
    async update(id, change) {
      const changed = await withSession(() => client.categories.update(deskId, id, change))
      all.value = (all.peek() ?? []).map((one) => (one.id === id ? changed : one))
    },
    async remove(id) {
      await withSession(() => client.categories.remove(deskId, id))
      all.value = (all.peek() ?? []).filter((one) => one.id !== id)
    },
    async order(ids) {
      const before = all.peek()
      if (!before) return
      const mine = ++orders
      all.value = ids.flatMap((id) => before.find((one) => one.id === id) ?? [])
      try {
        const answer = await withSession(() => client.categories.order(deskId, [...ids]))
        // An answer that a later order has overtaken would bring the old one back for a moment.
        if (mine === orders) all.value = answer.categories
      } catch (caught) {
        if (mine === orders) all.value = before
        throw caught
      }
    },
  }
}
