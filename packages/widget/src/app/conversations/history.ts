import { isApiError } from '@helpdesk/client'
import type { PickedFile } from '../attachments/files.ts'
import type { Model } from '../model.ts'
import { homeOf } from '../screen.ts'
import type { State } from '../state.ts'
import { type FormName, keepDraft } from './drafts.ts'
import type { OutboxItem } from './outbox.ts'
import { withPage } from './threads.ts'

/** Loads the visitor's conversations, if the browser has credentials, and begins to listen to events. */
export async function loadHistory(model: Model): Promise<void> {
  const { store, client, live, outbox, signal } = model
  if (!client.credentials) return store.set({ history: 'none' })
  if (store.get().history !== 'ready') store.set({ history: 'loading' })
  try {
    const { contact, conversations, nextCursor, eventSeq } = await client.conversations.history(
      {},
      { signal },
    )
    store.set({
      history: 'ready',
      contact,
      conversations: withPage([], conversations),
      nextCursor,
      isLost: false,
    })
    live.startAfter(eventSeq)
    void outbox.sync()
  } catch (error) {
    if (signal.aborted || forgetIfRefused(model, error)) return
    store.set({ history: 'failed' })
  }
}

/** Loads the next page of conversations. */
export async function loadMoreConversations({ store, client, signal }: Model): Promise<void> {
  const cursor = store.get().nextCursor
  if (cursor === null) return
  const { conversations, nextCursor } = await client.conversations.history({ cursor }, { signal })
  // What is known of these conversations already came later than the page.
  store.set({ conversations: withPage(conversations, store.get().conversations), nextCursor })
}

/** Gives the credentials up when the desk no longer knows them; what was not sent yet becomes a draft. */
export function forgetIfRefused(model: Model, error: unknown): boolean {
  if (!isApiError(error) || error.code !== 'contact_unknown') return false
  const { shell, store, client, storage, outbox, live } = model
  client.credentials = null
  live.stop()
  const unsent = outbox.clear()
  for (const name of storage.names('')) storage.set(name)
  const { screen, files } = store.get()
  store.set({
    screen: screen.name === 'thread' || screen.name === 'ticket' ? homeOf(shell.options) : screen,
    files: { ...files, ...filesOf(unsent) },
    history: 'none',
    conversations: [],
    tickets: null,
    contact: null,
    nextCursor: null,
    isLost: true,
  })
  const messages = unsent.filter(({ ticket }) => !ticket)
  if (messages.length) keepDraft(model, 'message', messages.map(({ body }) => body).join('\n\n'))
  for (const { ticket, body } of unsent) {
    if (!ticket) continue
    for (const [field, text] of Object.entries({ content: body, ...ticket })) keepDraft(model, field, text)
  }
  return true
}

/** The files of messages that were not sent, by the form that gets them back. */
function filesOf(unsent: readonly OutboxItem[]): State['files'] {
  const files: Partial<Record<FormName, PickedFile[]>> = {}
  for (const { ticket, attachments = [] } of unsent) {
    const back = attachments.map((file): PickedFile => ({ ...file, id: file.key, state: 'done' }))
    const form = ticket ? 'ticket' : 'message'
    files[form] = [...(files[form] ?? []), ...back]
  }
  return files
}
