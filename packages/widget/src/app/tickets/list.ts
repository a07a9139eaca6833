import { isApiError } from '@helpdesk/client'
import { forgetIfRefused } from '../conversations/history.ts'
import type { Model } from '../model.ts'
import type { TicketList } from '../state.ts'

/** Loads the tickets of one kind; those that are shown already stay until the answer is there. */
export async function loadTickets(model: Model, status: TicketList['status']): Promise<void> {
  const { store, client, signal } = model
  const { tickets: before } = store.get()
  const shown = before?.status === status ? before : undefined
  const list: TicketList = {
    status,
    state: 'loading',
    items: shown?.items ?? [],
    nextCursor: shown?.nextCursor ?? null,
  }
  if (!client.credentials)
    return store.set({ tickets: { ...list, items: [], nextCursor: null, state: 'ready' } })
  store.set({ tickets: list })
  try {
    const { tickets: items, nextCursor } = await client.tickets.list({ status }, { signal })
    if (store.get().tickets?.status === status)
      store.set({ tickets: { status, state: 'ready', items, nextCursor } })
  } catch (error) {
    fail(model, status, error)
  }
}

/** Loads the next page of the tickets that are shown. */
export async function loadMoreTickets(model: Model): Promise<void> {
  const { store, client, signal } = model
  const { tickets: list } = store.get()
  if (!list?.nextCursor || list.state === 'loading') return
  const { status, nextCursor: cursor } = list
  store.set({ tickets: { ...list, state: 'loading' } })
  try {
    const page = await client.tickets.list({ status, cursor }, { signal })
    const { tickets: now } = store.get()
    if (now?.status !== status) return
    // What is in the list already may be newer than the page.
    const known = new Set(now.items.map(({ id }) => id))
    const items = [...now.items, ...page.tickets.filter(({ id }) => !known.has(id))]
    store.set({ tickets: { status, state: 'ready', items, nextCursor: page.nextCursor } })
  } catch (error) {
    fail(model, status, error)
  }
}

function fail(model: Model, status: TicketList['status'], error: unknown): void {
  const { store, signal, shell } = model
  if (signal.aborted || forgetIfRefused(model, error)) return
  const { tickets: now } = store.get()
  if (now?.status === status) store.set({ tickets: { ...now, state: 'failed' } })
  if (isApiError(error)) shell.emit('error', { code: error.code, cause: error })
}
