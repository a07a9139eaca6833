import { filesDraft, type SentFile } from '../attachments/files.ts'
import type { Model } from '../model.ts'
import { type FormName, formFields, keepDraft } from './drafts.ts'
import type { OutboxItem, Outcome } from './outbox.ts'
import { formOf } from './sending.ts'
import { newestSeq } from './threads.ts'

/** What a visitor fills in to start a conversation. */
export type FirstMessage = Pick<OutboxItem, 'body' | 'email' | 'name' | 'attachments' | 'ticket'>

/** Starts a conversation; its thread is shown as soon as it is clear that nothing is wrong with the form. */
export async function sendFirst(model: Model, form: FormName, message: FirstMessage): Promise<Outcome> {
  const { store, outbox } = model
  const key = newKey()
  const pageUrl = location.href.slice(0, 2048)
  store.set({ starting: key })
  const outcome = await outbox.add({
    ...message,
    key,
    pageUrl,
    createdAt: new Date().toISOString(),
    afterSeq: 0,
  })
  // The form still has everything, and shows what was wrong.
  if (outcome.type === 'refused') outbox.discard(key)
  else {
    for (const field of formFields[form]) keepDraft(model, field, '')
    emptyFiles(model, form)
  }
  const isShown = formOf(store.get().screen) === form && store.get().starting === key
  if (outcome.type === 'later' && isShown) store.set({ screen: { name: 'thread', id: key } })
  store.set({ starting: null })
  return outcome
}

/** Writes on in a conversation. */
export function sendReply(
  model: Model,
  conversationId: string,
  body: string,
  attachments?: readonly SentFile[],
): void {
  const thread = model.store.get().conversations.find(({ id }) => id === conversationId)
  keepDraft(model, conversationId, '')
  emptyFiles(model, conversationId)
  void model.outbox.add({
    key: newKey(),
    conversationId,
    body,
    attachments,
    createdAt: new Date().toISOString(),
    afterSeq: newestSeq(thread),
  })
}

/** Lets the team see that the visitor is typing; that this fails is of no importance. */
export function tellTyping({ client, signal }: Model, conversationId: string): void {
  client.conversations.typing(conversationId, { signal }).catch(() => {})
}

/** The files have gone with a message. */
function emptyFiles(model: Model, place: string): void {
  const { [place]: _, ...files } = model.store.get().files
  model.store.set({ files })
  keepDraft(model, filesDraft(place), '')
}

/** `crypto.randomUUID` exists on https pages only; the widget may stand on others. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
