import { withFresh } from '../conversations/reading.ts'
import type { Model } from '../model.ts'

/** How many messages are asked for at once. */
const pageSize = 100
/** An address is given up a little before it ends. */
const marginSeconds = 10

/** Whether an address of a file has expired: it says itself until when it is good. */
export function isStale(url: string): boolean {
  const expires = Number(/[?&]expires=(\d+)/.exec(url)?.[1] ?? Number.POSITIVE_INFINITY)
  return Date.now() / 1000 > expires - marginSeconds
}

/** Asks the desk for the messages of a conversation again, whose files get new addresses; answers one of them. */
export async function freshAddress(
  { store, client, signal }: Model,
  conversationId: string,
  attachmentId: string,
): Promise<string | undefined> {
  try {
    const { messages } = await client.conversations.messages(conversationId, { limit: pageSize }, { signal })
    store.set({ conversations: withFresh(store.get().conversations, conversationId, messages) })
    return messages.flatMap(({ attachments }) => attachments).find(({ id }) => id === attachmentId)?.url
  } catch {
    // The old address stays, and says itself that it is no longer good.
    return undefined
  }
}
