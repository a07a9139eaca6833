import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, seedPassword } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test/help/'
const { handlers, state } = createHelpdeskHandlers({ url })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

test('what a visitor writes and an agent answers goes both ways', async () => {
  const visitor = createVisitorClient({ url, desk: 'acme' })
  const agent = createAgentClient({ url })
  const started = await visitor.conversations.start({ email: 'ann@example.com', message: 'Hello?' })
  await agent.agents.signIn({ email: 'ola@example.com', password: seedPassword })
  const heard: string[] = []
  const stop = new AbortController()
  const listening = (async () => {
    for await (const event of visitor.events({
      after: 0,
      signal: stop.signal,
      onState: (s) => heard.push(s),
    })) {
      heard.push(event.type)
      if (event.type === 'conversation.updated') stop.abort()
    }
  })()
  await expect.poll(() => state.streams).toBe(1)
  await agent.conversations.reply('acme', started.conversationId, { message: 'Hi!' })
  await agent.conversations.update('acme', started.conversationId, { status: 'resolved' })
  await listening
  expect(heard).toEqual(['connecting', 'live', 'message.created', 'message.created', 'conversation.updated'])
  await expect.poll(() => state.streams).toBe(0)
  const history = await visitor.conversations.history()
  expect(history.conversations[0]?.messages.map(({ body }) => body)).toEqual(['Hello?', 'Hi!'])
})
