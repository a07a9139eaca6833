import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  conversationOf,
  listening,
  openConversation,
  openDashboard,
  requestsOf,
  someSeed,
  startDesk,
  type,
} from '../testing.tsx'

const send = (field: Element, keys: object = {}) =>
  fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true, ...keys })
const thread = () => within(screen.getByRole('region', { name: 'Messages' }))

describe('a reply', () => {
  const desk = startDesk()

  test('is sent with Ctrl+Enter and stands in the thread with its e-mail', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    type(field, 'You are welcome!')
    send(field)
    expect(await thread().findByText('You are welcome!')).toBeTruthy()
    expect(field.value).toBe('')
    await waitFor(() =>
      expect(requestsOf(desk, 'conversations.agentReply')).toEqual([
        { message: 'You are welcome!', sendInstantly: false, resolve: false },
      ]),
    )
    await waitFor(() => {
      const entry = within(thread().getByText('You are welcome!').closest('li')!)
      expect(entry.getByText(/^E-mail due \d\d:\d\d/)).toBeTruthy()
    })
    await waitFor(() => expect((screen.getByLabelText('Status') as HTMLSelectElement).value).toBe('waiting'))
  })

  test('is e-mailed at once when the switch says so', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    fireEvent.click(screen.getByRole('switch', { name: 'Send instantly' }))
    type(field, 'Urgent!')
    send(field)
    await waitFor(() =>
      expect(requestsOf(desk, 'conversations.agentReply')).toEqual([
        { message: 'Urgent!', sendInstantly: true, resolve: false },
      ]),
    )
  })

  test('begins with the default of the desk', async () => {
    desk.updateDesk({ messaging: { sendInstantlyDefault: true } })
    await openConversation(desk, 'Ann Lee')
    const toggle = screen.getByRole('switch', { name: 'Send instantly' }) as HTMLInputElement
    expect(toggle.checked).toBe(true)
  })

  test('resolves with Ctrl+Shift+Enter', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    type(field, 'Done, bye!')
    send(field, { shiftKey: true })
    await waitFor(() => expect((screen.getByLabelText('Status') as HTMLSelectElement).value).toBe('resolved'))
  })

  test('that failed is kept, and sent again under the same key', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    desk.failNext('conversations.agentReply', 'internal')
    type(field, 'Once only')
    send(field)
    expect(await screen.findByText(/Not sent/)).toBeTruthy()
    expect(JSON.stringify(localStorage)).toContain('Once only')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(JSON.stringify(localStorage)).not.toContain('Once only'))
    const keys = desk.requests
      .filter((one) => one.id === 'conversations.agentReply')
      .map((one) => one.headers.get('idempotency-key'))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(screen.queryByText(/Not sent/)).toBeNull()
    expect(thread().getAllByText('Once only')).toHaveLength(1)
  })

  test('that failed can be taken back into the text field', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    desk.failNext('conversations.agentReply', 'internal')
    type(field, 'Let me think')
    send(field)
    fireEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    await waitFor(() => expect(field.value).toBe('Let me think'))
  })

  test('of white space is not sent, but typing it is told', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    type(field, ' \n ')
    send(field)
    await waitFor(() => expect(requestsOf(desk, 'conversations.agentTyping')).toHaveLength(1))
    expect(requestsOf(desk, 'conversations.agentReply')).toEqual([])
  })
})

describe('a note', () => {
  const desk = startDesk()

  test('is written with N and stands apart', async () => {
    await openConversation(desk, 'Ann Lee')
    fireEvent.keyDown(document.body, { key: 'n' })
    const field = await screen.findByRole('textbox', { name: 'Note for your team' })
    expect(document.activeElement).toBe(field)
    type(field, 'Ask billing')
    fireEvent.click(screen.getByRole('button', { name: 'Add note' }))
    expect((await thread().findByText('Ask billing')).closest('.entry.note')).toBeTruthy()
    await waitFor(() => expect(requestsOf(desk, 'conversations.note')).toEqual([{ message: 'Ask billing' }]))
    expect(requestsOf(desk, 'conversations.agentTyping')).toEqual([])
  })
})

describe('drafts', () => {
  const desk = startDesk()

  test('stay with their conversation', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    type(field, 'Half a thou')
    fireEvent.click(await screen.findByText('Ben Ortiz'))
    const other = (await screen.findByRole('textbox', { name: 'Reply to Ben Ortiz' })) as HTMLTextAreaElement
    expect(other.value).toBe('')
    fireEvent.click(screen.getByRole('link', { name: /Ann Lee/ }))
    const again = (await screen.findByRole('textbox', { name: 'Reply to Ann Lee' })) as HTMLTextAreaElement
    expect(again.value).toBe('Half a thou')
  })
})

describe('the state of a conversation', () => {
  const desk = startDesk()

  test('is set with the select, and undone', async () => {
    await openConversation(desk, 'Ann Lee')
    const select = screen.getByLabelText('Status') as HTMLSelectElement
    fireEvent.change(select, { target: { value: 'resolved' } })
    expect(await screen.findByText(/You resolved this/)).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(select.value).toBe('pending'))
  })

  test('goes back when the desk refuses', async () => {
    await openConversation(desk, 'Ann Lee')
    desk.failNext('conversations.update', 'forbidden')
    const select = screen.getByLabelText('Status') as HTMLSelectElement
    fireEvent.change(select, { target: { value: 'resolved' } })
    expect(await screen.findByText(/Your role on this desk does not allow that/)).toBeTruthy()
    expect(select.value).toBe('pending')
  })

  test('E resolves, A takes and gives back', async () => {
    await openConversation(desk, 'Ann Lee')
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(await screen.findByRole('button', { name: 'Give back' })).toBeTruthy()
    expect(await screen.findByText(/You took this/)).toBeTruthy()
    fireEvent.keyDown(document.body, { key: 'a' })
    expect(await screen.findByRole('button', { name: 'Assign to me' })).toBeTruthy()
    fireEvent.keyDown(document.body, { key: 'e' })
    await waitFor(() => expect(desk.conversations.find((one) => one.status === 'resolved')).toBeTruthy())
  })
})

describe('what the contact does', () => {
  const desk = startDesk()

  test('arrives live: a message, typing, reading', async () => {
    await openConversation(desk, 'Ann Lee')
    await listening(desk)
    const id = conversationOf(desk, 'Ann Lee')
    desk.contactTypes(id)
    expect(await screen.findByText('Ann Lee is typing…')).toBeTruthy()
    desk.contactWrites(id, 'One more thing')
    expect(await thread().findByText('One more thing')).toBeTruthy()
    expect(screen.queryByText('Ann Lee is typing…')).toBeNull()
    desk.agentReplies(id, 'Sure!', { agent: 'sam@example.com' })
    expect(await thread().findByText('Sure!')).toBeTruthy()
    desk.contactReads(id)
    expect(await screen.findByText(/^Seen \d\d:\d\d/)).toBeTruthy()
    desk.deliverEmails()
    expect(await screen.findAllByText(/^E-mail skipped: read at \d\d:\d\d/)).toHaveLength(2)
  })

  test('is not lost when it happens while the conversation loads', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    const id = conversationOf(desk, 'Ann Lee')
    const release = desk.hold('conversations.get')
    location.hash = `#/desks/acme/messages/all/${id}`
    await waitFor(() => expect(requestsOf(desk, 'conversations.get')).toHaveLength(1))
    desk.contactWrites(id, 'Just in between')
    await screen.findByText('Just in between')
    release()
    expect(await thread().findByText('Just in between')).toBeTruthy()
  })

  test('is not lost when it happens before the stream begins', async () => {
    const release = desk.hold('conversations.list')
    await openConversation(desk, 'Ann Lee')
    await thread().findByText('Found it!')
    desk.contactWrites(conversationOf(desk, 'Ann Lee'), 'Before the stream')
    release()
    expect(await thread().findByText('Before the stream')).toBeTruthy()
  })

  test('in another conversation stays there', async () => {
    await openConversation(desk, 'Ann Lee')
    await listening(desk)
    desk.contactWrites(conversationOf(desk, 'Ben Ortiz'), 'For Ben only')
    await screen.findByText('For Ben only')
    expect(thread().queryByText('For Ben only')).toBeNull()
    expect(screen.getByRole('heading', { name: 'Ann Lee' })).toBeTruthy()
  })

  test('another agent who is writing is announced', async () => {
    await openConversation(desk, 'Ann Lee')
    await listening(desk)
    desk.agentTypes(conversationOf(desk, 'Ann Lee'), { agent: 'sam@example.com' })
    expect(await screen.findByText('Sam Reed is writing a reply to this conversation.')).toBeTruthy()
  })
})

describe('read marks', () => {
  const desk = startDesk()
  afterEach(() => vi.restoreAllMocks())

  test('are sent for an open conversation', async () => {
    await openConversation(desk, 'Ann Lee')
    await waitFor(() => expect(requestsOf(desk, 'conversations.agentRead')).toHaveLength(1))
    await waitFor(() => expect(document.title).toBe('(2) Acme Support'))
  })

  test('are not sent from a background tab, but when it comes to the front', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    await openConversation(desk, 'Ann Lee')
    await thread().findByText('Found it!')
    expect(requestsOf(desk, 'conversations.agentRead')).toEqual([])
    visibility.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await waitFor(() => expect(requestsOf(desk, 'conversations.agentRead')).toHaveLength(1))
  })

  test('are not sent for what only stands in the list', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    await listening(desk)
    expect(requestsOf(desk, 'conversations.agentRead')).toEqual([])
  })
})

describe('a viewer', () => {
  const agents = [{ name: 'Vic Moss', email: 'vic@example.com', role: 'viewer' as const }]
  const desk = startDesk({ ...someSeed, agents })

  test('reads along and is told how to answer', async () => {
    openDashboard(`#/desks/acme/messages/all/${conversationOf(desk, 'Ann Lee')}`)
    expect(await screen.findByText(/You can read along/)).toBeTruthy()
    expect(screen.queryByRole('textbox')).toBeNull()
  })
})

describe('a conversation that is not there', () => {
  startDesk()

  test('says so', async () => {
    openDashboard('#/desks/acme/messages/all/01900000-0000-7000-8000-00000000ffff')
    expect(await screen.findByText('This conversation does not exist')).toBeTruthy()
  })
})
