import { fireEvent } from '@testing-library/preact'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { inside, open, remember, setUp, shadow } from '../../testing.ts'

const state = setUp({
  desk: {
    name: 'Acme Support',
    tickets: { enabled: true },
    widget: { homes: { articles: true, messages: true, tickets: true } },
  },
  agents: [{ name: 'Ola Nowak', email: 'ola@example.com' }],
  clients: [{ externalId: 'CRM-1', name: 'Acme Ltd' }],
  contacts: [
    { name: 'Ben Ortiz', email: 'ben@example.com', externalId: 'USR-2', client: 'CRM-1' },
    { name: 'Ann Lee', email: 'ann@acme.example', externalId: 'USR-1', client: 'CRM-1' },
  ],
  conversations: [
    {
      contact: { externalId: 'USR-2' },
      subject: 'VAT number',
      messages: [['contact', 'Please add it.']],
    },
    {
      contact: { externalId: 'USR-1' },
      subject: 'Export stops',
      messages: [['contact', 'Hello?']],
    },
    {
      contact: { name: 'Eve Stranger', email: 'eve@example.com' },
      subject: 'Somebody else’s',
      messages: [['contact', 'Private.']],
    },
  ],
})
beforeAll(() =>
  Promise.all([import('./part.tsx'), import('../i18n/parts-en.ts'), import('../contacts/identity.ts')]),
)

const press = (name: string | RegExp) => inside().getByRole('button', { name }).click()
const asked = (id: string) => state.requests.filter((request) => request.id === id)
const live = () => vi.waitFor(() => expect(state.streams).toBe(1))

function mine(title: string, message = 'Hello?') {
  const known = state.contactStarts({ title, message, name: 'Ann Lee', email: 'ann@example.com' })
  remember(known)
  return known
}

/** The page says who its user is, and of which client: a colleague of Ben's. */
function ofClient() {
  state.updateDesk({ security: { level: 'open' } })
  return { client_external_id: 'CRM-1', user_external_id: 'USR-1', user_name: 'Ann Lee' }
}

async function openList(options: Parameters<typeof open>[0] = {}) {
  const widget = await open(options)
  widget.open('tickets')
  await inside().findByRole('heading', { name: 'Your tickets' })
  await inside().findByRole('button', { name: 'Open' })
  return widget
}

describe('the first screen', () => {
  test('has the newest ticket with what is new in it, and the way to all', async () => {
    const { conversationId, number } = mine('Export stops')
    state.agentReplies(conversationId, 'We are looking.')
    await open()
    const row = await inside().findByRole('button', { name: /Export stops/ })
    expect(row.textContent).toContain(`#${number} · Waiting for your reply`)
    expect(row.textContent).toContain('1 new message')
    // It is a ticket, and not a conversation beside.
    expect(inside().queryByText('Your conversations')).toBeNull()
    press('All tickets')
    await inside().findByRole('button', { name: 'Resolved' })
  })

  test('offers what the desk offers', async () => {
    state.updateDesk({ widget: { homes: { articles: true, messages: false, tickets: true } } })
    await open()
    await inside().findByRole('button', { name: /^New ticket/ })
    expect(inside().queryByText('Send us a message')).toBeNull()
    expect(inside().queryByText(/We are not taking messages/)).toBeNull()
  })

  test('says nothing of tickets when they are turned off', async () => {
    mine('Export stops')
    state.updateDesk({ tickets: { enabled: false } })
    await open()
    await inside().findByRole('button', { name: /Export stops/ })
    expect(inside().queryByText('New ticket')).toBeNull()
    expect(inside().queryByText('All tickets')).toBeNull()
  })
})

describe('the list', () => {
  test('shows number, title, status and what is new, and opens a ticket', async () => {
    const { conversationId, number } = mine('Export stops')
    state.agentReplies(conversationId, 'We are looking.')
    await openList()
    const row = await inside().findByRole('button', { name: /Export stops/ })
    expect(row.textContent).toContain(`#${number}`)
    expect(row.textContent).toContain('Waiting for your reply')
    expect(row.textContent).toContain('1 new message')
    row.click()
    await inside().findByRole('log')
    inside().getByText('We are looking.')
    press('Back')
    await inside().findByRole('button', { name: 'Resolved' })
    await vi.waitFor(() => expect(inside().queryByText('1 new message')).toBeNull())
  })

  test('has open and resolved tickets apart, and moves one that is resolved', async () => {
    const { conversationId } = mine('Export stops')
    await openList()
    await inside().findByRole('button', { name: /Export stops/ })
    expect(inside().getByRole('button', { name: 'Open' }).getAttribute('aria-pressed')).toBe('true')
    await live()
    state.setStatus(conversationId, 'resolved')
    await inside().findByText('No open tickets.')
    press('Resolved')
    await inside().findByRole('button', { name: /Export stops/ })
    expect(asked('tickets.list').at(-1)!.url).toContain('status=resolved')
  })

  test('of a client has the tickets of all its users, each with who opened it', async () => {
    await openList(ofClient())
    const row = await inside().findByRole('button', { name: /VAT number/ })
    expect(row.textContent).toContain('Opened by Ben Ortiz')
    expect(inside().getByRole('button', { name: /Export stops/ }).textContent).not.toContain('Opened by')
    inside().getByText('Acme Ltd')
    expect(inside().queryByText('Somebody else’s')).toBeNull()
  })

  test('goes on with what comes after the first page', async () => {
    const first = mine('Ticket 0')
    const bearer = `Bearer ${first.contactId}.${first.contactToken}`
    for (let count = 1; count < 25; count++) {
      await fetch(`http://desk.test/support/api/messaging/widget/acme/tickets`, {
        method: 'POST',
        headers: {
          authorization: bearer,
          'content-type': 'application/json',
          'idempotency-key': `ticket-${count}-key`,
        },
        body: JSON.stringify({ title: `Ticket ${count}`, content: 'Hello?' }),
      })
    }
    await openList()
    await inside().findByText('Ticket 24')
    expect(inside().queryByText('Ticket 0')).toBeNull()
    press('Show more')
    await inside().findByText('Ticket 0')
    expect(shadow().querySelectorAll('.ticket-list li')).toHaveLength(25)
    expect(inside().queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  test('that cannot be loaded can be tried again', async () => {
    mine('Export stops')
    state.failNext('tickets.list', 'internal')
    await openList()
    ;(await inside().findByRole('button', { name: 'Try again' })).click()
    await inside().findByRole('button', { name: /Export stops/ })
  })

  test('of somebody unknown is empty, and asks the desk for nothing', async () => {
    await openList()
    await inside().findByText('No open tickets.')
    expect(asked('tickets.list')).toEqual([])
    press('New ticket')
    await inside().findByLabelText('Email')
    press('Back')
    await inside().findByText('No open tickets.')
  })
})

test('nothing is shown to somebody unsigned where everybody has to be, but how to get there', async () => {
  state.updateDesk({ security: { level: 'signature' } })
  const widget = await openList()
  await inside().findByText(/Please sign in on this site first/)
  expect(inside().queryByText('No open tickets.')).toBeNull()
  expect(inside().queryByRole('button', { name: 'New ticket' })).toBeNull()
  widget.open({ ticketNumber: '2601-1' })
  await inside().findByRole('heading', { name: 'Ticket 2601-1' })
  inside().getByText(/Please sign in on this site first/)
  widget.open('new-ticket')
  await inside().findByRole('heading', { name: 'New ticket' })
  inside().getByText(/Please sign in on this site first/)
  expect(asked('tickets.get')).toEqual([])
})

describe('a ticket by its number', () => {
  test('opens whatever way the number is written', async () => {
    const { number } = mine('Export stops')
    const widget = await open()
    widget.open({ ticketNumber: `#${number}` })
    await inside().findByRole('log')
    inside().getByRole('heading', { name: 'Export stops' })
  })

  test.each(['foreign', 'absent', 'nonsense'])('that is %s is not found, in the same words', async (kind) => {
    mine('Export stops')
    const foreign = state.conversations.find(({ subject }) => subject === 'Somebody else’s')!.number
    const widget = await open()
    widget.open({ ticketNumber: { foreign, absent: '9999-1', nonsense: '../../?' }[kind] ?? '' })
    await inside().findByRole('heading', { name: 'Ticket not found' })
    expect(inside().queryByText('Private.')).toBeNull()
    press('Your tickets')
    await inside().findByRole('button', { name: /Export stops/ })
  })

  test('is not found for somebody unknown, without a question to the desk', async () => {
    const widget = await open()
    widget.open({ ticketNumber: '2601-1' })
    await inside().findByRole('heading', { name: 'Ticket not found' })
    expect(asked('tickets.get')).toEqual([])
  })

  test('that cannot be loaded can be tried again', async () => {
    const { number } = state.conversations.find(({ subject }) => subject === 'VAT number')!
    const widget = await open(ofClient())
    await inside().findByRole('button', { name: /Export stops/ })
    state.failNext('tickets.get', 'internal')
    widget.open({ ticketNumber: number })
    ;(await inside().findByRole('button', { name: 'Try again' })).click()
    await inside().findByText('Please add it.')
  })

  test('of a colleague is told apart from own ones, and can be commented on', async () => {
    const options = ofClient()
    const { number, id } = state.conversations.find(({ subject }) => subject === 'VAT number')!
    const widget = await open(options)
    widget.open({ ticketNumber: number })
    const text = await inside().findByText('Please add it.')
    const message = text.closest('article')!
    expect(message.className).toContain('colleague')
    expect(message.className).not.toContain('own')
    expect(message.textContent).toContain('Ben Ortiz')
    expect(shadow().querySelector('.facts')!.textContent).toContain('Opened byBen Ortiz')
    const composer = inside().getByRole('textbox', { name: 'Write a message…' })
    fireEvent.input(composer, { target: { value: 'Number attached.' } })
    fireEvent.keyDown(composer, { key: 'Enter' })
    const own = await inside().findByText('Number attached.')
    expect(own.closest('article')!.className).toContain('own')
    await vi.waitFor(() => expect(asked('conversations.reply')).toHaveLength(1))
    await live()
    state.agentReplies(id, 'Done.')
    await inside().findByText('Done.')
    // A colleague's answers are read, and never nag.
    expect(widget.unreadCount).toBe(0)
  })

  test('marks what came through the public link', async () => {
    const { conversationId, number } = mine('Export stops')
    const widget = await open()
    widget.open({ ticketNumber: number })
    await inside().findByRole('log')
    await live()
    const post = (path: string, body: object, bearer?: string) =>
      fetch(`http://desk.test/support/api/messaging/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'by-the-link',
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify(body),
      })
    const opened = await post('public-ticket', { token: state.linkToken(conversationId) })
    const { session } = (await opened.json()) as { session: { contactId: string; contactToken: string } }
    const bearer = `${session.contactId}.${session.contactToken}`
    await post('widget/acme/reply', { conversationId, message: 'From my phone' }, bearer)
    const text = await inside().findByText('From my phone')
    expect(text.closest('article')!.textContent).toContain('via the public link')
  })

  test('that is resolved says that writing reopens it', async () => {
    const { conversationId, number } = mine('Export stops')
    state.setStatus(conversationId, 'resolved')
    const widget = await open()
    widget.open({ ticketNumber: number })
    await inside().findByText('This ticket is resolved. Write again to reopen it.')
  })

  test('can be commented on while messages are turned off', async () => {
    const { number } = mine('Export stops')
    state.updateDesk({ messaging: { enabled: false } })
    const widget = await open()
    widget.open({ ticketNumber: number })
    await inside().findByRole('textbox', { name: 'Write a message…' })
  })
})
