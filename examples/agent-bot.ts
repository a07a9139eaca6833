import { createAgentClient } from '@helpdesk/client'

/** A fetch that keeps the session cookie, as browsers do by themselves, and names the desk's own origin. */
function fetchAs(origin: string): typeof fetch {
  let cookie = ''
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('origin', origin)
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(input, { ...init, headers })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
}

/**
 * An agent that answers by itself what visitors write on its first desk, until `signal` ends it.
 * @param after the `seq` of the last event it dealt with, for you to keep; 0 begins with the desk's first
 * @param answer the reply to a message; null leaves it to people
 */
export async function runBot(
  { url, email, password, after }: { url: string; email: string; password: string; after: number },
  answer: (message: string) => string | null,
  signal: AbortSignal,
): Promise<void> {
  const client = createAgentClient({ url, fetch: fetchAs(new URL(url).origin) })
  const { desks } = await client.agents.signIn({ email, password })
  const desk = desks[0]?.id
  if (!desk) throw new Error(`${email} has no desk`)
  for await (const event of client.events(desk, { after, signal })) {
    if (event.type !== 'message.created' || event.message.author.type !== 'contact') continue
    const message = answer(event.message.body)
    // The key makes a repeat harmless: a message is answered once, also by a bot that was restarted.
    const idempotencyKey = `bot-${event.message.id}`
    if (message)
      await client.conversations.reply(desk, event.conversation.id, { message }, { idempotencyKey })
  }
}
