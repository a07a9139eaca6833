import { createVisitorClient, type Message } from '@helpdesk/client'

interface Visit {
  /** Where the desk is served: `https://shop.example/support`. */
  url: string
  /** Its public id. */
  desk: string
  email: string
  question: string
}

/**
 * A chat without our widget: asks a question and shows the thread, again with every message that arrives.
 * @param show draws the whole thread, oldest message first
 * @param signal ends it
 */
export async function chat(
  visit: Visit,
  show: (thread: readonly Message[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const { url, desk, email, question } = visit
  // Credentials are kept in memory here; give it a `credentials` store to find the thread again after a reload.
  const visitor = createVisitorClient({ url, desk })
  const { conversationId } = await visitor.conversations.start({ email, message: question })
  const { conversations, eventSeq } = await visitor.conversations.history()
  const thread = conversations.find(({ id }) => id === conversationId)?.messages ?? []
  show(thread)
  // From where the history ends, so that nothing is missed in between.
  for await (const event of visitor.events({ after: eventSeq, signal })) {
    if (event.type !== 'message.created' || event.message.conversationId !== conversationId) continue
    thread.push(event.message)
    show(thread)
    await visitor.conversations.markRead(conversationId, event.message.seq)
  }
}
