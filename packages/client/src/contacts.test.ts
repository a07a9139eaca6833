import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, type HelpdeskSeed } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
const seed: HelpdeskSeed = {
  signedIn: true,
  clients: [{ externalId: 'northwind', name: 'Northwind' }],
  contacts: [
    { externalId: 'nina', name: 'Nina', email: 'nina@northwind.example', client: 'northwind' },
    { externalId: 'omar', name: 'Omar', email: 'omar@northwind.example', client: 'northwind' },
    { externalId: 'gus', name: 'Gus' },
  ],
  conversations: [
    { contact: { externalId: 'omar' }, subject: 'No decimals', messages: [['contact', 'None']] },
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
const ticket = { title: 'Broken', content: 'It is.', email: 'ann@example.com' }

test('contacts are found by name, address and external id, page by page', async () => {
  const find = async (search: string) =>
    (await agent.contacts.list('acme', { search })).contacts.map(({ name }) => name)
  expect(await find('NORTHWIND')).toEqual(['Omar', 'Nina'])
  expect(await find('gus')).toEqual(['Gus'])
  const first = await agent.contacts.list('acme', { limit: 2 })
  const second = await agent.contacts.list('acme', { limit: 2, cursor: first.nextCursor! })
  expect([...first.contacts, ...second.contacts].map(({ name }) => name)).toEqual(['Gus', 'Omar', 'Nina'])
  expect(second.nextCursor).toBeNull()
  const { client } = first.contacts[1]!
  const { conversations } = await agent.conversations.list('acme', { client: client!.id })
  expect(conversations.map(({ subject }) => subject)).toEqual([null, 'No decimals'])
})

test('contacts are merged by hand, which can be undone once', async () => {
  const visitor = newVisitor()
  const { contactId, conversationId } = await visitor.tickets.create(ticket)
  const into = state.contacts[0]!
  const { merge, contact } = await agent.contacts.merge('acme', contactId, into.id)
  expect(merge).toMatchObject({ by: 'agent', agentName: 'Ola Nowak', conversations: 1 })
  expect(contact.id).toBe(into.id)
  expect(await agent.conversations.get('acme', conversationId)).toMatchObject({
    contact: { id: into.id },
    client: { name: 'Northwind' },
  })
  // The browser of the one must not open what is the other's.
  await expect(visitor.conversations.history()).rejects.toMatchObject({ code: 'contact_unknown' })
  expect((await agent.contacts.get('acme', into.id)).merges).toEqual([merge])
  const undone = await agent.contacts.undoMerge('acme', merge.id)
  expect(undone.contact.id).toBe(contactId)
  const { messages, client, contact: writer } = await agent.conversations.get('acme', conversationId)
  expect([client, writer.id]).toEqual([null, contactId])
  expect(messages.flatMap((one) => one.change ?? [])).toEqual([
    { field: 'contact', from: 'ann@example.com', to: 'Nina' },
    { field: 'contact', from: 'Nina', to: 'ann@example.com' },
  ])
  await expect(agent.contacts.undoMerge('acme', merge.id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(agent.contacts.merge('acme', contactId, contactId)).rejects.toMatchObject({
    fields: { '/body/intoContactId': expect.any(String) },
  })
})
