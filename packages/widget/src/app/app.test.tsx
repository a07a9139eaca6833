import { fireEvent } from '@testing-library/preact'
import { describe, expect, test, vi } from 'vitest'
import { change, inside, open, page, remember, setUp, shadow } from '../testing.ts'

const state = setUp({ desk: { name: 'Acme Support' } })

const panel = () => shadow().querySelector<HTMLElement>('.panel')!

describe('coming back', () => {
  test('shows the earlier conversations, newest first, with what is new in words', async () => {
    const known = state.contactStarts({ message: 'First question', email: 'ann@example.com' })
    remember(known)
    state.agentReplies(known.conversationId, 'First answer')
    await open()
    const row = await inside().findByRole('button', { name: /First answer/ })
    expect(row.textContent).toContain('Waiting for your reply')
    expect(row.textContent).toContain('1 new message')
    row.click()
    await inside().findByRole('log')
  })

  test('with a token the desk does not know is explained, and forgets it', async () => {
    remember({ contactId: '01900000-0000-7000-8000-00000000dead', contactToken: 'x'.repeat(43) })
    localStorage.setItem('helpdesk:acme:drafts', '{"message":"Draft"}')
    await open()
    await inside().findByText(/can no longer be opened in this browser/)
    expect(localStorage.length).toBe(0)
    inside().getByText('Send us a message').click()
    await inside().findByLabelText('Email')
  })

  test('an answer to a conversation that got lost meanwhile keeps what was written', async () => {
    const known = state.contactStarts({ message: 'Hello?', email: 'ann@example.com' })
    remember(known)
    const widget = await open()
    widget.openConversation(known.conversationId)
    const composer = await inside().findByRole('textbox')
    state.failNext('conversations.reply', 'contact_unknown')
    fireEvent.input(composer, { target: { value: 'Long and well considered' } })
    fireEvent.keyDown(composer, { key: 'Enter' })
    await inside().findByText(/can no longer be opened in this browser/)
    inside().getByText('Send us a message').click()
    const message = await inside().findByLabelText<HTMLTextAreaElement>('Message')
    expect(message.value).toBe('Long and well considered')
  })

  test('without a connection to the desk can be tried again', async () => {
    remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
    state.failNext('conversations.history', 'internal')
    await open()
    const retry = await inside().findByRole('button', { name: 'Try again' })
    retry.click()
    await inside().findByText('You: Hello?')
  })

  test('a conversation of another browser is not there, and the screen says so', async () => {
    const widget = await open()
    widget.openConversation('01900000-0000-7000-8000-00000000dead')
    await inside().findByText('This conversation cannot be opened in this browser.')
  })
})

test('what another tab has lost is gone here as well', async () => {
  remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
  await open()
  await inside().findByText('You: Hello?')
  await vi.waitFor(() => expect(state.streams).toBe(1))
  localStorage.clear()
  window.dispatchEvent(new StorageEvent('storage', { key: null }))
  await vi.waitFor(() => expect(inside().queryByText('You: Hello?')).toBeNull())
  await vi.waitFor(() => expect(state.streams).toBe(0))
})

test('the first message of another tab shows here as well', async () => {
  await open()
  const known = state.contactStarts({ message: 'From the other tab', email: 'ann@example.com' })
  remember(known)
  window.dispatchEvent(new StorageEvent('storage', { key: 'helpdesk:acme:' }))
  await inside().findByText('You: From the other tab')
})

describe('the panel', () => {
  test('is a dialog with a name, and has the focus', async () => {
    await open()
    expect(panel().getAttribute('role')).toBe('dialog')
    expect(panel().getAttribute('aria-label')).toBe('Help from Acme Support')
    expect(panel().getAttribute('aria-modal')).toBeNull()
    await vi.waitFor(() => expect(shadow().activeElement).toBe(panel()))
  })

  test('closes with Escape and keeps its keys to itself', async () => {
    const widget = await open()
    const onPage = vi.fn()
    for (const type of ['keydown', 'keyup', 'keypress']) document.addEventListener(type, onPage)
    for (const type of ['keydown', 'keyup', 'keypress']) {
      panel().dispatchEvent(new KeyboardEvent(type, { key: 's', bubbles: true, composed: true }))
    }
    expect(onPage).not.toHaveBeenCalled()
    fireEvent.keyDown(panel(), { key: 'Escape' })
    expect(widget.isOpen).toBe(false)
    for (const type of ['keydown', 'keyup', 'keypress']) document.removeEventListener(type, onPage)
  })

  test('keeps the focus inside only where it fills the screen', async () => {
    await open()
    const buttons = () => [...panel().querySelectorAll('button')]
    buttons().at(-1)!.focus()
    expect(fireEvent.keyDown(buttons().at(-1)!, { key: 'Tab' })).toBe(true)
  })

  test('keeps the focus inside on a phone', async () => {
    Object.assign(page, { isSheet: true })
    await open()
    expect(panel().getAttribute('aria-modal')).toBe('true')
    const buttons = [...panel().querySelectorAll('button')]
    buttons.at(-1)!.focus()
    expect(fireEvent.keyDown(buttons.at(-1)!, { key: 'Tab' })).toBe(false)
    expect(shadow().activeElement).toBe(buttons[0])
    fireEvent.keyDown(buttons[0]!, { key: 'Tab', shiftKey: true })
    expect(shadow().activeElement).toBe(buttons.at(-1))
  })

  test('has no style attribute that a Content Security Policy could refuse', async () => {
    await open()
    for (const element of panel().querySelectorAll('[style]')) expect(element.outerHTML).toBe('')
  })

  test('follows the desk live: colour, place and theme', async () => {
    remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
    await open()
    await vi.waitFor(() => expect(state.streams).toBe(1))
    state.updateDesk({ widget: { color: '#ffd400', position: 'left', theme: 'dark' } })
    const app = shadow().querySelector<HTMLElement>('.app')!
    await vi.waitFor(() => expect(app.className).toBe('app dark'))
    expect(app.style.getPropertyValue('--h-accent')).toBe('#ffd400')
    expect(app.style.getPropertyValue('--h-left')).toBe('20px')
    expect(app.style.getPropertyValue('--h-on-accent')).toBe('#000000')
  })
})

test('the connection rests while nobody looks at the page for a while, and goes on without a gap', async () => {
  const known = state.contactStarts({ message: 'Hello?', email: 'ann@example.com' })
  remember(known)
  const widget = await open()
  widget.openConversation(known.conversationId)
  await vi.waitFor(() => expect(state.streams).toBe(1))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  change({ isVisible: false })
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(state.streams).toBe(0))
  state.agentReplies(known.conversationId, 'While you were away')
  change({ isVisible: true })
  await inside().findByText('While you were away')
})
