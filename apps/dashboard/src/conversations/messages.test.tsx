import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { conversationOf, listening, openDashboard, requestsOf, someSeed, startDesk } from '../testing.tsx'

const rows = () =>
  [...document.querySelectorAll('.row')].map((row) => row.querySelector('.row-name')?.textContent)
const counter = (view: string) =>
  within(screen.getByRole('navigation')).getByRole('link', { name: new RegExp(`^${view}`) }).textContent

describe('the list', () => {
  const desk = startDesk()

  test('shows newest activity first, with counters', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    expect(rows()).toEqual(['eva@example.com', 'Ann Lee', 'Ben Ortiz'])
    await waitFor(() => expect(counter('Pending')).toBe('Pending3'))
    expect(document.title).toBe('(3) Acme Support')
  })

  test('takes in a new conversation and a new message, without a reload', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    desk.contactStarts({ name: 'Zoë Park', email: 'zoe@example.com', message: 'Do you ship to Norway?' })
    expect(await screen.findByText('Zoë Park')).toBeTruthy()
    expect(screen.getByText('New message from Zoë Park in ', { exact: false })).toBeTruthy()
    await waitFor(() => expect(counter('All')).toBe('All4'))

    desk.contactWrites(conversationOf(desk, 'Ben Ortiz'), 'Any news?')
    await screen.findByText('Any news?')
    expect(rows()[0]).toBe('Ben Ortiz')
  })

  test('loses nothing that happens while the stream is away', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    desk.disconnect()
    desk.contactWrites(conversationOf(desk, 'Ben Ortiz'), 'Written in between')
    expect(await screen.findByText('Written in between', {}, { timeout: 5_000 })).toBeTruthy()
  })

  test('asks once for a list and a conversation of a desk that came back from a backup', async () => {
    for (const text of ['One', 'Two', 'Three']) desk.contactWrites(conversationOf(desk, 'Ben Ortiz'), text)
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    // Counts events anew, from before those three.
    desk.reset()
    location.hash = `#/desks/acme/messages/resolved/${conversationOf(desk, 'Ann Lee')}`
    expect(await screen.findByText('Found it!')).toBeTruthy()
    expect(await screen.findByText('Nothing resolved yet')).toBeTruthy()
    // The conversation a second time: its first answer seems to be from before the stream.
    await waitFor(() => expect(requestsOf(desk, 'conversations.get')).toHaveLength(2))
    // Another view and another conversation are asked for and shown; nothing was asked meanwhile that was known.
    location.hash = `#/desks/acme/messages/waiting/${conversationOf(desk, 'Ben Ortiz')}`
    await waitFor(() => expect(requestsOf(desk, 'conversations.agentRead')).toHaveLength(2))
    const asked = (part: string) =>
      desk.requests.filter(({ id, url }) => id === 'conversations.get' && url.endsWith(part))
    expect(asked(conversationOf(desk, 'Ann Lee'))).toHaveLength(2)
    expect(desk.requests.filter(({ url }) => url.includes('status=resolved'))).toHaveLength(1)
  })

  test('says when it is not live', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    expect(screen.queryByText('Reconnecting…')).toBeNull()
    desk.offline = true
    expect(await screen.findByText('Reconnecting…')).toBeTruthy()
  })

  test('a view shows what belongs there, and only that', async () => {
    openDashboard('#/desks/acme/messages/resolved')
    expect(await screen.findByText('Nothing resolved yet')).toBeTruthy()
    await listening(desk)
    desk.setStatus(conversationOf(desk, 'Ben Ortiz'), 'resolved')
    await waitFor(() => expect(rows()).toEqual(['Ben Ortiz']))
    await waitFor(() => expect(counter('Resolved')).toBe('Resolved1'))
  })

  test('J and K move, Enter follows the link', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    fireEvent.keyDown(document.body, { key: 'j' })
    fireEvent.keyDown(document.body, { key: 'j' })
    expect(document.activeElement?.textContent).toContain('Ann Lee')
    fireEvent.keyDown(document.body, { key: 'k' })
    expect(document.activeElement?.textContent).toContain('eva@example.com')
  })

  test('Ctrl+K goes to a conversation by its number', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    const { number, id } = desk.conversations[0]!
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
    const field = await screen.findByRole('combobox')
    fireEvent.input(field, { target: { value: `#${number}` } })
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(location.hash).toBe(`#/desks/acme/messages/all/${id}`)
  })

  test('? lists the shortcuts, unless single keys are turned off', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    fireEvent.keyDown(document.body, { key: '?' })
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy()
  })

  test('a failed list can be asked for again', async () => {
    desk.failNext('conversations.list', 'internal')
    openDashboard()
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Ann Lee')).toBeTruthy()
  })
})

describe('messaging', () => {
  const desk = startDesk()

  test('is turned off with the switch, and on again with Undo', async () => {
    openDashboard()
    fireEvent.click(await screen.findByRole('switch', { name: 'Messaging' }))
    expect(await screen.findByText('Messaging is off.')).toBeTruthy()
    expect(desk.desk.messaging.enabled).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(desk.desk.messaging.enabled).toBe(true))
    expect(requestsOf(desk, 'desks.update')).toEqual([
      { messaging: { enabled: false } },
      { messaging: { enabled: true } },
    ])
  })

  test('says which other switch keeps visitors from writing', async () => {
    desk.updateDesk({ widget: { messagingEnabled: false } })
    openDashboard()
    expect(await screen.findByText('The widget does not offer messages.')).toBeTruthy()
  })
})

describe('a new desk', () => {
  startDesk({ ...someSeed, conversations: [] })

  test('shows the way to the embed code', async () => {
    openDashboard()
    expect(await screen.findByText('No messages yet')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Show the embed code' }).getAttribute('href')).toBe(
      '#/desks/acme/start',
    )
  })
})

describe('many conversations', () => {
  const conversations = Array.from({ length: 120 }, (_, index) => ({
    contact: { name: `Visitor ${index + 1}` },
    messages: [['contact', 'Hello']] as ['contact', string][],
  }))
  startDesk({ ...someSeed, conversations })

  test('come page by page, each once', async () => {
    openDashboard()
    await screen.findByText('Visitor 120')
    expect(rows()).toHaveLength(50)
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(rows()).toHaveLength(100))
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(rows()).toHaveLength(120))
    expect(new Set(rows()).size).toBe(120)
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull()
  })
})
