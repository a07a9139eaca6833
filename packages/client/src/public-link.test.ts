import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, type HelpdeskSeed } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
const seed: HelpdeskSeed = {
  signedIn: true,
  otherDesks: { second: { name: 'Second' } },
  conversations: [
    {
      contact: { externalId: 'omar', name: 'Omar' },
      subject: 'No decimals',
      messages: [['contact', 'None']],
    },
    { contact: { externalId: 'omar' }, messages: [['contact', 'A chat, not a ticket']] },
  ],
}
const { handlers, state } = createHelpdeskHandlers({ seed })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const agent = createAgentClient({ url })
const newVisitor = () => createVisitorClient({ url, desk: 'acme' })

test('a public link opens its conversation and no other, on any desk', async () => {
  const [ticket, chat] = state.conversations
  const link = await agent.publicLink.get('acme', ticket!.id)
  expect(link.url).toBe(`${url}/t/${state.linkToken(ticket!.id)}`)
  const { helpdeskId, session } = await createVisitorClient({ url, desk: 'second' }).tickets.openLink(
    link.url!.split('/').at(-1)!,
  )
  expect(session).toMatchObject({ form: 'link', conversationNumber: ticket!.number })
  const visitor = createVisitorClient({ url, desk: helpdeskId })
  visitor.credentials = session
  expect((await visitor.tickets.list()).tickets.map(({ id }) => id)).toEqual([ticket!.id])
  const reply = await visitor.conversations.reply({ conversationId: ticket!.id, message: 'Seen' })
  expect(reply).toMatchObject({ via: 'public_link', author: { self: true, name: 'Omar' } })
  const closed = [
    visitor.tickets.get(chat!.number),
    visitor.conversations.messages(chat!.id),
    visitor.conversations.start({ message: 'More' }),
  ]
  await Promise.all(closed.map((one) => expect(one).rejects.toMatchObject({ name: 'ApiError' })))
})

test('a public link is replaced and revoked by agents, with the sessions it opened', async () => {
  const { id } = state.conversations[0]!
  const old = state.linkToken(id)!
  const visitor = newVisitor()
  visitor.credentials = (await visitor.tickets.openLink(old)).session
  const { url: next } = await agent.publicLink.replace('acme', id)
  expect(next).not.toContain(old)
  await expect(visitor.tickets.list()).rejects.toMatchObject({ code: 'contact_unknown' })
  await expect(visitor.tickets.openLink(old)).rejects.toMatchObject({ code: 'not_found' })
  await agent.publicLink.revoke('acme', id)
  expect(await agent.publicLink.get('acme', id)).toEqual({ url: null })
  await expect(visitor.tickets.openLink(next!.split('/').at(-1)!)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a public link is not found by guessing', async () => {
  const visitor = newVisitor()
  for (let guess = 0; guess < 20; guess++) {
    await expect(visitor.tickets.openLink('x')).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(visitor.tickets.openLink('x')).rejects.toMatchObject({
    code: 'too_many_requests',
    retryAfter: 60,
  })
  const token = state.linkToken(state.conversations[0]!.id)!
  expect(await visitor.tickets.openLink(token)).toMatchObject({ helpdeskId: 'acme' })
})
