import { fireEvent } from '@testing-library/preact'
import { describe, expect, test, vi } from 'vitest'
import { change, inside, open, remember, setUp, shadow } from '../../testing.ts'

const state = setUp({
  desk: { name: 'Acme Support', widget: { welcomeNote: { en: 'We answer within a few hours.' } } },
})

const field = (label: string) => inside().getByLabelText<HTMLInputElement>(label)
const fill = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })
const send = () => inside().getByRole('button', { name: 'Send message' }).click()
const asked = (id: string) => state.requests.filter((request) => request.id === id)

async function openForm() {
  const widget = await open()
  widget.open('message')
  await inside().findByLabelText('Message')
  return widget
}

/** The words below a field, found the way assistive technology finds them. */
function noteOf(label: string): string | null | undefined {
  const id = field(label).getAttribute('aria-describedby')
  return id && shadow().getElementById(id)?.textContent
}

test('a visitor writes, and sees the thread', async () => {
  const widget = await openForm()
  const sent = vi.fn()
  widget.on('message:sent', sent)
  inside().getByText('We answer within a few hours.')
  fill('Email', ' ann@example.com ')
  fill('Name (optional)', 'Ann')
  fill('Message', '  Hello there \n')
  send()
  await inside().findByRole('log')
  inside().getByText('Hello there')
  expect(asked('conversations.start')[0]!.body).toEqual({
    email: 'ann@example.com',
    name: 'Ann',
    message: 'Hello there',
    pageUrl: location.href,
  })
  await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(1))
  expect(sent.mock.calls[0]![0]).toMatchObject({ conversationId: state.conversations[0]!.id })
  await vi.waitFor(() => expect(state.streams).toBe(1))
})

test('nothing is stored before the first message is sent', async () => {
  await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Hello')
  expect(localStorage.length + sessionStorage.length).toBe(0)
  expect(document.cookie).toBe('')
  send()
  await inside().findByRole('log')
  expect(localStorage.getItem('helpdesk:acme:')).toMatch(/^[0-9a-f-]{36}\.\S{43}$/)
  expect(Object.keys(localStorage)).toEqual(['helpdesk:acme:'])
})

describe('what is wrong', () => {
  test('is said at its field, before anything is sent, and the first one gets the focus', async () => {
    await openForm()
    expect(noteOf('Email')).toContain('Our answer reaches you there')
    fill('Email', 'ann@')
    send()
    await vi.waitFor(() => expect(noteOf('Email')).toContain('Please enter an email address'))
    expect(noteOf('Message')).toBe('Please write a message.')
    expect(field('Email').getAttribute('aria-invalid')).toBe('true')
    expect(field('Name (optional)').getAttribute('aria-invalid')).toBe('false')
    await vi.waitFor(() => expect(shadow().activeElement).toBe(field('Email')))
    expect(asked('conversations.start')).toEqual([])
  })

  test('is said at its field when the desk finds it', async () => {
    await openForm()
    // The desk has been changed since the page was loaded.
    fill('Email', 'ann@example.com')
    fill('Message', 'Hello')
    state.failNext('conversations.start', 'validation_failed')
    send()
    await inside().findByText('Something in this message was not accepted.')
    expect(field('Message').value).toBe('Hello')
    send()
    await inside().findByRole('log')
  })

  test('is said in words when the desk has stopped taking messages', async () => {
    await openForm()
    fill('Email', 'ann@example.com')
    fill('Message', 'Hello')
    state.updateDesk({ messaging: { enabled: false } })
    send()
    await vi.waitFor(() => expect(inside().queryByLabelText('Message')).toBeNull())
    inside().getByText('We are not taking messages here at the moment.')
  })

  test('a message that is too long says by how much', async () => {
    await openForm()
    fill('Email', 'ann@example.com')
    fill('Message', 'x'.repeat(20_002))
    send()
    await vi.waitFor(() => expect(noteOf('Message')).toBe('2 characters too many.'))
  })
})

test('an email is not asked of whom the desk does not ask it', async () => {
  state.updateDesk({ widget: { emailRequired: false } })
  await openForm()
  expect(field('Email (optional)').required).toBe(false)
  fill('Message', 'Hello')
  send()
  await inside().findByRole('log')
  expect(asked('conversations.start')[0]!.body).not.toHaveProperty('email')
})

test('who wrote before is not asked again', async () => {
  remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
  await openForm()
  await inside().findByText('We also send our answer to ann@example.com.')
  expect(inside().queryByLabelText('Email')).toBeNull()
  fill('Message', 'One more thing')
  send()
  await inside().findByRole('log')
  expect(state.conversations).toHaveLength(2)
  expect(state.conversations[1]!.contact.id).toBe(state.conversations[0]!.contact.id)
})

test('a draft survives closing the panel and going elsewhere in it', async () => {
  const widget = await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Half a thought')
  inside().getByRole('button', { name: 'Back' }).click()
  await inside().findByText('How can we help?')
  widget.close()
  widget.open('message')
  expect((await inside().findByLabelText<HTMLInputElement>('Message')).value).toBe('Half a thought')
  expect(field('Email').value).toBe('ann@example.com')
})

test('a first message written offline waits in its thread and is sent with the connection', async () => {
  await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Hello from a train')
  change({ isOnline: false })
  await inside().findByText(/You are offline/)
  send()
  await inside().findByText('Waiting for a connection')
  inside().getByText('Hello from a train')
  expect(asked('conversations.start')).toEqual([])
  expect(localStorage.length).toBe(0)
  change({ isOnline: true })
  await vi.waitFor(() => expect(state.conversations).toHaveLength(1))
  await vi.waitFor(() => expect(inside().queryByText('Waiting for a connection')).toBeNull())
  inside().getByRole('textbox', { name: 'Write a message…' })
  expect(inside().getAllByText('Hello from a train')).toHaveLength(1)
})

test('a first message that is refused after it waited can be deleted', async () => {
  await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Hello')
  change({ isOnline: false })
  send()
  await inside().findByText('Waiting for a connection')
  state.failNext('conversations.start', 'internal')
  change({ isOnline: true })
  ;(await inside().findByRole('button', { name: 'Delete' })).click()
  await inside().findByText('How can we help?')
  expect(state.conversations).toEqual([])
})

test('sending twice at once sends one message', async () => {
  await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Hello')
  const release = state.hold('conversations.start')
  send()
  const button = await inside().findByRole('button', { name: 'Sending…' })
  button.click()
  release()
  await inside().findByRole('log')
  expect(asked('conversations.start')).toHaveLength(1)
})

test('a page that pollutes prototypes or forbids storage still gets its message through', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Denied', 'SecurityError')
  })
  await openForm()
  fill('Email', 'ann@example.com')
  fill('Message', 'Hello')
  send()
  await inside().findByRole('log')
  const composer = inside().getByRole('textbox', { name: 'Write a message…' })
  fireEvent.input(composer, { target: { value: 'And again' } })
  fireEvent.keyDown(composer, { key: 'Enter' })
  await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
})
