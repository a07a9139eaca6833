import { signIdentity } from '@helpdesk/core'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers, type HelpdeskSeed } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
const seed: HelpdeskSeed = {
  signedIn: true,
  desk: { widget: { helpText: { en: 'Describe it.', pl: 'Opisz to.' } } },
  otherDesks: { second: { name: 'Second' } },
  categories: [
    { code: 'bug', name: { en: 'Bug', pl: 'Błąd' }, helpText: { en: 'What did you do?' } },
    { code: 'Billing', name: { en: 'Invoices' } },
  ],
  clients: [{ externalId: 'northwind', name: 'Northwind' }, { externalId: 'globex' }],
  contacts: [
    { externalId: 'nina', name: 'Nina', email: 'nina@northwind.example', client: 'northwind' },
    { externalId: 'omar', name: 'Omar', email: 'omar@northwind.example', client: 'northwind' },
    { externalId: 'gus', name: 'Gus', client: 'globex' },
  ],
  conversations: [
    {
      contact: { externalId: 'omar' },
      subject: 'No decimals',
      category: 'bug',
      priority: 'high',
      channel: 'ticket_center',
      messages: [
        [
          'contact',
          '',
          [
            { name: 'shot.png', width: 800, height: 600 },
            { name: 'log.txt', content: 'a log' },
          ],
        ],
        ['agent', 'Thank you!', [{ name: 'fix.pdf' }]],
      ],
    },
    { contact: { externalId: 'omar' }, messages: [['contact', 'A chat, not a ticket']] },
    { contact: { externalId: 'gus' }, subject: 'Globex only', messages: [['contact', 'Ours']] },
  ],
}
const { handlers, state } = createHelpdeskHandlers({ seed })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const agent = createAgentClient({ url })
const newVisitor = () => createVisitorClient({ url, desk: 'acme' })
const hello = { title: 'Broken', content: 'It is.', email: 'ann@example.com' }

async function signedIn(user: string, client = 'northwind') {
  const visitor = newVisitor()
  const identity = { user_external_id: user, client_external_id: client }
  const expires = Math.floor(Date.now() / 1000) + 3_600
  const key = { desk: 'acme', keyId: 'k1', secret: 's'.repeat(32), expires }
  await visitor.identify({ identity, signature: await signIdentity(identity, key) })
  return visitor
}

describe('the form', () => {
  test('comes in a language', async () => {
    expect(await newVisitor().tickets.form({ locale: 'pl' })).toEqual({
      helpText: 'Opisz to.',
      emailRequired: true,
      attachments: true,
      categories: [
        { code: 'bug', name: 'Błąd', helpText: 'What did you do?' },
        { code: 'Billing', name: 'Invoices', helpText: '' },
      ],
    })
  })

  test('follows what admins do with the categories', async () => {
    const { categories } = await agent.categories.list('acme')
    const made = await agent.categories.create('acme', { code: 'other', name: { en: 'Other' } })
    await agent.categories.update('acme', made.id, { name: { en: 'Something else' } })
    const [bug, billing] = categories.map(({ id }) => id)
    await agent.categories.order('acme', [made.id, billing!, bug!])
    await agent.categories.remove('acme', billing!)
    const form = await newVisitor().tickets.form()
    expect(form.categories.map(({ name }) => name)).toEqual(['Something else', 'Bug'])
    const refused = [
      agent.categories.create('acme', { code: 'BUG', name: {} }),
      agent.categories.update('acme', made.id, { code: 'Bug' }),
      agent.categories.order('acme', [made.id]),
    ]
    await Promise.all(refused.map((one) => expect(one).rejects.toMatchObject({ code: 'conflict' })))
    await expect(agent.categories.remove('acme', billing!)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a ticket', () => {
  test('is opened with its files, which are attached once', async () => {
    const visitor = newVisitor()
    const { key } = await visitor.uploadAttachment(new File(['a,b'], 'prices.csv'))
    const input = { ...hello, content: '', category: 'BUG', attachments: [key] }
    const created = await visitor.tickets.create({ ...input, priority: 'urgent' })
    expect(visitor.credentials).toEqual({ contactId: created.contactId, contactToken: created.contactToken })
    expect(created.conversation).toMatchObject({
      number: created.number,
      subject: 'Broken',
      priority: 'urgent',
      category: { code: 'bug', name: 'Bug' },
      preview: 'prices.csv',
      author: { self: true },
    })
    const [file] = created.message.attachments
    expect(file).toMatchObject({ name: 'prices.csv', type: 'text/csv', bytes: 3, previewUrl: null })
    expect(await (await fetch(file!.url)).text()).toBe('a,b')
    const again = visitor.tickets.create({ ...hello, attachments: [key] })
    await expect(again).rejects.toMatchObject({ fields: { '/body/attachments/0': expect.any(String) } })
  })

  test.each([
    ['a category nobody has', { category: 'nothing' }, '/body/category'],
    ['no words and no files', { content: ' ' }, '/body/content'],
    ['a title of white space', { title: '\u3000' }, '/body/title'],
    ['no address', { email: undefined }, '/body/email'],
    ['claims that cannot be', { claims: { user_name: 'a\nb' } }, '/body/claims/user_name'],
  ])('is refused with %s', async (_, change, pointer) => {
    const attempt = newVisitor().tickets.create({ ...hello, ...change })
    await expect(attempt).rejects.toMatchObject({
      code: 'validation_failed',
      fields: { [pointer]: expect.any(String) },
    })
  })

  test.each([
    ['tickets are off', () => state.updateDesk({ tickets: { enabled: false } }), 'tickets_disabled'],
    ['the desk is inactive', () => state.updateDesk({ active: false }), 'desk_inactive'],
  ])('is not opened while %s', async (_, close, code) => {
    close()
    await expect(newVisitor().tickets.create(hello)).rejects.toMatchObject({ code })
  })

  test('has no files where visitors may not attach any', async () => {
    const visitor = newVisitor()
    const { key } = await visitor.uploadAttachment(new File(['x'], 'x.txt'))
    state.updateDesk({ widget: { attachments: false } })
    const attempts = [
      visitor.uploadAttachment(new File(['x'], 'x.txt')),
      visitor.tickets.create({ ...hello, attachments: [key] }),
    ]
    await Promise.all(
      attempts.map((one) => expect(one).rejects.toMatchObject({ code: 'attachments_disabled' })),
    )
  })

  test('shows agents what the page claims, and changes its priority and category', async () => {
    const claims = { user_external_id: 7, client_name: 'Claimed Ltd' }
    const { conversationId } = await newVisitor().tickets.create({ ...hello, claims })
    expect(await agent.conversations.get('acme', conversationId)).toMatchObject({
      contact: { identity: 'anonymous', client: null, claims: { user_external_id: '7' } },
    })
    const change = { priority: 'low', category: 'billing' } as const
    const item = await agent.conversations.update('acme', conversationId, change)
    expect(item).toMatchObject({ priority: 'low', category: { code: 'Billing' } })
    await agent.conversations.update('acme', conversationId, { category: null })
    const { messages } = await agent.conversations.get('acme', conversationId)
    expect(messages.flatMap((one) => one.change ?? [])).toEqual([
      { field: 'priority', from: 'normal', to: 'low' },
      { field: 'category', from: null, to: 'Invoices' },
      { field: 'category', from: 'Invoices', to: null },
    ])
  })
})

describe('users of a client', () => {
  test('see each other’s tickets, not their chats, and answer in them', async () => {
    const nina = await signedIn('nina')
    const { tickets } = await nina.tickets.list({ status: 'open' })
    expect(tickets).toMatchObject([
      {
        subject: 'No decimals',
        channel: 'ticket_center',
        author: { name: 'Omar', self: false },
        unreadCount: 1,
      },
    ])
    const { ticket } = await nina.tickets.get(`#${tickets[0]!.number.toUpperCase()}`)
    const [first, answer] = ticket.messages
    expect(first).toMatchObject({ author: { name: 'Omar', self: false }, body: '' })
    expect(first?.attachments).toMatchObject([
      { name: 'shot.png', width: 800, height: 600, previewUrl: expect.stringMatching(/^data:image\/png/) },
      { name: 'log.txt', bytes: 5 },
    ])
    await nina.conversations.markRead(ticket.id, answer!.seq)
    await nina.conversations.reply({ conversationId: ticket.id, message: 'Me too' })
    const omar = await signedIn('omar')
    const shown = (await omar.tickets.get(ticket.number)).ticket
    expect(shown.messages.at(-1)).toMatchObject({ author: { name: 'Nina', self: false } })
    // What a colleague has read is still new to the one who asked.
    expect(shown.unreadCount).toBe(1)
    expect((await nina.conversations.history()).conversations).toEqual([])
  })

  test('see their own only, where the desk says so', async () => {
    state.updateDesk({ tickets: { ownOnly: true } })
    expect((await (await signedIn('nina')).tickets.list()).tickets).toEqual([])
    expect((await (await signedIn('omar')).tickets.list()).tickets).toHaveLength(1)
  })

  test('hear of them as they happen', async () => {
    const [nina, gus] = [await signedIn('nina'), await signedIn('gus', 'globex')]
    const [ticket] = (await nina.tickets.list()).tickets
    state.streaming = false
    state.agentReplies(ticket!.id, 'News')
    state.updateDesk({ name: 'The end' })
    const hear = async (visitor: typeof nina) => {
      const stop = new AbortController()
      const seen: string[] = []
      for await (const event of visitor.events({ after: 0, signal: stop.signal })) {
        seen.push(event.type === 'message.created' ? event.message.body : event.type)
        if (event.type === 'desk.updated') stop.abort()
      }
      return seen
    }
    expect(await hear(nina)).toContain('News')
    expect(await hear(gus)).not.toContain('News')
  })

  test('get the same answer for a foreign number and one that is not there', async () => {
    const nina = await signedIn('nina')
    const foreign = state.conversations.at(-1)!.number
    const problem = async (number: string) => {
      const { problem: found } = await nina.tickets.get(number).catch((error) => error)
      return { ...found, instance: '' }
    }
    expect(await problem(foreign)).toEqual(await problem('0000-1'))
    expect(await problem(foreign)).toMatchObject({ code: 'not_found', status: 404 })
  })
})

test('a file is also at the address of the contract, until that expires', async () => {
  const file = state.conversations[0]!.messages[0]!.attachments[1]!
  const get = (expires: number) =>
    fetch(
      `${url}/api/attachments/${file.id}/log.txt?desk=${file.id}&expires=${expires}&signature=${'s'.repeat(43)}`,
    )
  const response = await get(9_999_999_999)
  expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''log.txt")
  expect(await response.text()).toBe('a log')
  expect((await get(1)).status).toBe(404)
})

test('a test may let agents and contacts attach, prioritise and sort', () => {
  const { conversationId } = state.contactStarts({ externalId: 'nina', title: 'Mine', message: 'Hi' })
  state.setPriority(conversationId, 'urgent')
  state.setCategory(conversationId, 'bug')
  state.contactWrites(conversationId, '', [{ name: 'a.png' }])
  const answer = state.agentReplies(conversationId, '', { files: [{ name: 'b.txt', content: 'B' }] })
  expect(answer.attachments).toMatchObject([{ name: 'b.txt', bytes: 1 }])
  expect(state.conversations.at(-1)).toMatchObject({
    subject: 'Mine',
    priority: 'urgent',
    category: { code: 'bug' },
    contact: { name: 'Nina' },
    preview: 'b.txt',
  })
})

test('a seed does not speak of what it has not', () => {
  const sow = (more: HelpdeskSeed) => () => createHelpdeskHandlers({ seed: more })
  expect(sow({ contacts: [{ externalId: 'x', client: 'y' }] })).toThrow('no client y')
  const conversation = { contact: {}, messages: [['contact', 'Hi']], category: 'z' }
  expect(sow({ conversations: [conversation as never] })).toThrow('no category z')
})
