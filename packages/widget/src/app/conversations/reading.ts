import type { ConversationWithMessages, Message } from '@helpdesk/core/api'
import type { Model } from '../model.ts'
import { forgetIfRefused } from './history.ts'
import { changeThread, type Threads } from './threads.ts'

/** Loads the messages before those of a conversation that are shown. */
export async function loadOlder(
  { store, client, signal }: Model,
  thread: ConversationWithMessages,
): Promise<void> {
  if (thread.olderMessages === null) return
  const page = await client.conversations.messages(thread.id, { cursor: thread.olderMessages }, { signal })
  store.set({ conversations: withOlder(store.get().conversations, thread.id, page) })
}

/** Tells the desk that the visitor has seen a conversation up to a message; answers whether it knows now. */
export async function markRead(model: Model, id: string, seq: number): Promise<boolean> {
  const { store, client, signal } = model
  try {
    await client.conversations.markRead(id, seq, { signal })
    store.set({ conversations: withRead(store.get().conversations, id, seq) })
    return true
  } catch (error) {
    forgetIfRefused(model, error)
    return false
  }
}

/** The conversations with a page of older messages before those of one. */
export function withOlder(
  threads: Threads,
  id: string,
  page: { messages: readonly Message[]; olderMessages: string | null },
): Threads {
  return changeThread(threads, id, (thread) => {
    const known = new Set(thread.messages.map((message) => message.id))
    const fresh = page.messages.filter((message) => !known.has(message.id))
    return { ...thread, messages: [...fresh, ...thread.messages], olderMessages: page.olderMessages }
  })
}

/** The conversations with newer copies of messages that one of them has already. */
export function withFresh(threads: Threads, id: string, messages: readonly Message[]): Threads {
  const fresh = new Map(messages.map((message) => [message.id, message]))
  return changeThread(threads, id, (thread) => ({
    ...thread,
    messages: thread.messages.map((message) => fresh.get(message.id) ?? message),
  }))
}

/** The conversations after the visitor has seen one up to a message. */
export function withRead(threads: Threads, id: string, seq: number): Threads {
  return changeThread(threads, id, (thread) => ({
    ...thread,
    contactReadSeq: Math.max(thread.contactReadSeq, seq),
    unreadCount: thread.messages.filter((message) => message.author.type !== 'contact' && message.seq > seq)
      .length,
  }))
}
