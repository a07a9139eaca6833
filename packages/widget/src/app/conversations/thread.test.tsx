import { fireEvent } from '@testing-library/preact'
import { describe, expect, test, vi } from 'vitest'
import { change, inside, open, remember, roundTrip, setUp, shadow } from '../../testing.ts'

const state = setUp({
  desk: { name: 'Acme Support' },
  agents: [{ name: 'Ola Nowak', email: 'ola@example.com' }],
})

const asked = (id: string) => state.requests.filter((request) => request.id === id)
const composer = () => inside().getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a message…' })
const live = () => vi.waitFor(() => expect(state.streams).toBe(1))

function type(text: string): void {
  fireEvent.input(composer(), { target: { value: text } })
}
function write(text: string): void {
  type(text)
  fireEvent.keyDown(composer(), { key: 'Enter' })
}

/** A visitor who wrote before comes back and opens the conversation. */
async function openThread(contact: { email?: string } = { email: 'ann@example.com' }) {
  const known = state.contactStarts({ message: 'Is anybody there?', ...contact })
  remember(known)
  const widget = await open()
  widget.openConversation(known.conversationId)
  await inside().findByText('Is anybody there?')
  await live()
  return { widget, id: known.conversationId }
}

describe('an answer', () => {
  test('arrives live, is said to screen readers and told to the page', async () => {
    const { widget, id } = await openThread()
    const received = vi.fn()
    widget.on('message:received', received)
    state.agentTypes(id)
    await inside().findByText('Ola Nowak is typing…')
    state.agentReplies(id, 'Yes, hello!')
    await vi.waitFor(() => expect(inside().getAllByText('Yes, hello!')).toHaveLength(1))
    expect(inside().queryByText('Ola Nowak is typing…')).toBeNull()
    expect(inside().getByText('Ola Nowak').className).toBe('author')
    expect(shadow().querySelector('.panel > .spoken')!.textContent).toBe('Ola Nowak: Yes, hello!')
    inside().getByText(/Waiting for your reply/)
    await vi.waitFor(() => expect(received).toHaveBeenCalledTimes(1))
    expect(received.mock.calls[0]![0]).toMatchObject({ conversationId: id, message: { body: 'Yes, hello!' } })
  })

  test('shows what the team has seen', async () => {
    const { id } = await openThread()
    state.agentReads(id)
    await inside().findByText(/Seen by the team/)
  })

  test('is text: markup stays text, and only safe addresses become links', async () => {
    const { id } = await openThread()
    state.agentReplies(id, '<img src=x onerror=alert(1)> https://a.test javascript:alert(1)')
    const link = await inside().findByRole('link')
    expect(link.getAttribute('href')).toBe('https://a.test/')
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(shadow().querySelector('img')).toBeNull()
    expect(link.parentElement!.textContent).toBe(
      '<img src=x onerror=alert(1)> https://a.test javascript:alert(1)',
    )
  })

  test('that came while the connection was down is there when it is back', async () => {
    const { id } = await openThread()
    state.disconnect()
    state.agentReplies(id, 'Meanwhile')
    await inside().findByText('Meanwhile', {}, { timeout: 5_000 })
  })
})

describe('a read mark', () => {
  test('is sent when the thread is open, looked at and at its end', async () => {
    const { widget, id } = await openThread()
    state.agentReplies(id, 'Yes!')
    await vi.waitFor(() => expect(asked('conversations.read')).toHaveLength(1))
    await vi.waitFor(() => expect(widget.unreadCount).toBe(0))
  })

  test.each<[string, Parameters<typeof change>[0]]>([
    ['nobody looks at the page', { isVisible: false }],
    ['the newest message is not on the screen', { isEndOnScreen: false }],
  ])('is not sent while %s', async (_, situation) => {
    const { widget, id } = await openThread()
    change(situation)
    state.agentReplies(id, 'Yes!')
    await vi.waitFor(() => expect(widget.unreadCount).toBe(1))
    await inside().findByText('Yes!')
    await roundTrip()
    expect(asked('conversations.read')).toEqual([])
    change({ isVisible: true, isEndOnScreen: true })
    await vi.waitFor(() => expect(asked('conversations.read')).toHaveLength(1))
    await vi.waitFor(() => expect(widget.unreadCount).toBe(0))
  })

  test('is not sent while the panel is closed or shows another screen', async () => {
    const { widget, id } = await openThread()
    inside().getByRole('button', { name: 'Back' }).click()
    await inside().findByText('How can we help?')
    state.agentReplies(id, 'Yes!')
    await vi.waitFor(() => expect(widget.unreadCount).toBe(1))
    inside().getByText('1 new message')
    widget.openConversation(id)
    await vi.waitFor(() => expect(widget.unreadCount).toBe(0))
    widget.close()
    await vi.waitFor(() => expect(shadow().querySelector('.panel.open')).toBeNull())
    state.agentReplies(id, 'And more')
    await vi.waitFor(() => expect(widget.unreadCount).toBe(1))
    await vi.waitFor(() => expect(shadow().querySelector('.panel')!.textContent).toContain('And more'))
    await roundTrip()
    expect(asked('conversations.read')).toHaveLength(1)
    expect(shadow().querySelector<HTMLElement>('.launcher')!.dataset.badge).toBe('1')
  })

  test('that could not be sent is sent later', async () => {
    const { widget, id } = await openThread()
    state.failNext('conversations.read', 'internal')
    state.agentReplies(id, 'Yes!')
    await vi.waitFor(() => expect(asked('conversations.read')).toHaveLength(1))
    await roundTrip()
    change({ isVisible: false })
    await roundTrip()
    change({ isVisible: true })
    await vi.waitFor(() => expect(widget.unreadCount).toBe(0))
  })
})

describe('the composer', () => {
  test('has the focus when the thread is opened with a mouse', async () => {
    await openThread()
    await vi.waitFor(() => expect(shadow().activeElement).toBe(composer()))
  })

  test('sends with Enter, not with Shift+Enter nor in the middle of a composed character', async () => {
    await openThread()
    type('First')
    fireEvent.keyDown(composer(), { key: 'Enter', shiftKey: true })
    fireEvent.keyDown(composer(), { key: 'Enter', isComposing: true })
    expect(asked('conversations.reply')).toEqual([])
    fireEvent.keyDown(composer(), { key: 'Enter' })
    await vi.waitFor(() => expect(asked('conversations.reply')).toHaveLength(1))
    expect(composer().value).toBe('')
    await vi.waitFor(() => expect(inside().queryByText('Sending…')).toBeNull())
    expect(inside().getAllByText('First')).toHaveLength(1)
  })

  test('sends nothing that is only white space', async () => {
    await openThread()
    write(' \n ')
    inside().getByRole('button', { name: 'Send' }).click()
    expect(asked('conversations.reply')).toEqual([])
  })

  test('lets the team see that somebody types, not with every key', async () => {
    await openThread()
    for (const text of ['H', 'He', 'Hel']) type(text)
    await vi.waitFor(() => expect(asked('conversations.typing')).toHaveLength(1))
  })

  test('keeps a draft per conversation, over a reload', async () => {
    const { widget, id } = await openThread()
    type('Half a thought')
    widget.destroy()
    const again = await open()
    again.openConversation(id)
    await inside().findByText('Is anybody there?')
    expect(composer().value).toBe('Half a thought')
    write('A whole thought')
    await vi.waitFor(() => expect(asked('conversations.reply')).toHaveLength(1))
    expect(localStorage.getItem('helpdesk:acme:drafts')).toBeNull()
  })

  test('is replaced by an explanation when messages are turned off, without a reload', async () => {
    await openThread()
    state.updateDesk({ messaging: { enabled: false } })
    await inside().findByText('We are not taking messages here at the moment.')
    expect(inside().queryByRole('textbox')).toBeNull()
    inside().getByText('Is anybody there?')
  })
})

describe('a message', () => {
  test('that is refused says why and can be sent again', async () => {
    await openThread()
    state.failNext('conversations.reply', 'internal')
    write('Important')
    await inside().findByText(/Not sent. Something went wrong on our side./)
    inside().getByRole('button', { name: 'Try again' }).click()
    await vi.waitFor(() => expect(inside().queryByText(/Not sent/)).toBeNull())
    const [first, second] = asked('conversations.reply')
    expect(second!.headers.get('idempotency-key')).toBe(first!.headers.get('idempotency-key'))
    expect(state.conversations[0]!.messages).toHaveLength(2)
  })

  test('that is refused can be deleted', async () => {
    await openThread()
    state.failNext('conversations.reply', 'internal')
    write('Never mind')
    ;(await inside().findByRole('button', { name: 'Delete' })).click()
    await vi.waitFor(() => expect(inside().queryByText('Never mind')).toBeNull())
  })

  test('written offline waits, survives a reload and is sent once', async () => {
    const { widget, id } = await openThread()
    state.offline = true
    change({ isOnline: false })
    write('From a tunnel')
    await inside().findByText('Waiting for a connection')
    widget.destroy()
    state.offline = false
    change({ isOnline: true })
    const again = await open()
    again.openConversation(id)
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    await vi.waitFor(() => expect(inside().queryByText('Waiting for a connection')).toBeNull())
    expect(await inside().findAllByText('From a tunnel')).toHaveLength(1)
    expect(Object.keys(localStorage)).toEqual(['helpdesk:acme:'])
  })
})

test('older messages are loaded on demand, before the others', async () => {
  const known = state.contactStarts({ message: 'Number 0', email: 'ann@example.com' })
  for (let count = 1; count < 70; count++) state.agentReplies(known.conversationId, `Number ${count}`)
  remember(known)
  const widget = await open()
  widget.openConversation(known.conversationId)
  const earlier = await inside().findByRole('button', { name: 'Show earlier messages' })
  expect(inside().queryByText('Number 0')).toBeNull()
  earlier.click()
  await inside().findByText('Number 0')
  const bodies = [...shadow().querySelectorAll('.text')].map((one) => one.textContent)
  expect(bodies).toEqual(Array.from({ length: 70 }, (_, count) => `Number ${count}`))
  await vi.waitFor(() => expect(inside().queryByRole('button', { name: 'Show earlier messages' })).toBeNull())
})

test('a visitor without an email is asked for one, and told that it is kept', async () => {
  await openThread({})
  const field = () => inside().getByLabelText(/Where may we send the answer/)
  fireEvent.input(field(), { target: { value: 'ann' } })
  inside().getByRole('button', { name: 'Save' }).click()
  await inside().findByText(/Please enter an email address/)
  fireEvent.input(field(), { target: { value: 'ann@example.com' } })
  inside().getByRole('button', { name: 'Save' }).click()
  await inside().findByText('Thank you. We will also answer to ann@example.com.')
  expect(state.conversations[0]!.contact.email).toBe('ann@example.com')
})

test('a resolved conversation says that writing reopens it', async () => {
  const { id } = await openThread()
  state.setStatus(id, 'resolved')
  await inside().findByText('This conversation is resolved. Write again to reopen it.')
  write('One more thing')
  await vi.waitFor(() => expect(inside().queryByText(/is resolved/)).toBeNull())
})
