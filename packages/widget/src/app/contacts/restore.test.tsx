import { createVisitorClient, emailLinks } from '@helpdesk/client'
import { fireEvent } from '@testing-library/preact'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { inside, open, remember, setUp, shadow, url } from '../../testing.ts'

const state = setUp({
  desk: {
    name: 'Acme Support',
    tickets: { enabled: true },
    widget: { homes: { articles: true, messages: true, tickets: true } },
  },
})
beforeAll(() =>
  Promise.all([
    import('./part.tsx'),
    import('../conversations/part.tsx'),
    import('../i18n/parts-en.ts'),
    import('./identity.ts'),
  ]),
)

const entry = /^Wrote to us before\?/
const press = (name: string | RegExp) => inside().getByRole('button', { name }).click()
const asked = (id: string) => state.requests.filter((request) => request.id === id)
const kept = () => localStorage.getItem('helpdesk:acme:')
const type = (label: string, value: string) =>
  fireEvent.input(inside().getByLabelText(label), { target: { value } })
const code = () => state.emailLink('ann@example.com').code
const wrote = (message = 'Hello?') => state.contactStarts({ message, name: 'Ann', email: 'ann@example.com' })

/** Asks from another browser. */
async function linkSent(email = 'ann@example.com'): Promise<string> {
  await emailLinks(createVisitorClient({ url, desk: 'acme' })).request({ email })
  return state.emailLink(email).token
}

async function ask(email = 'ann@example.com') {
  ;(await inside().findByRole('button', { name: entry })).click()
  await inside().findByRole('heading', { name: 'Your earlier conversations' })
  await inside().findByLabelText('Email')
  type('Email', email)
  press('Send email')
  await inside().findByLabelText('Six-digit code')
}

describe('conversations of another browser', () => {
  test('come back with the code, stay over a reload, and answers arrive', async () => {
    const { conversationId } = wrote()
    const widget = await open()
    await ask()
    expect(asked('contacts.requestEmailLink')[0]?.body).toEqual({ email: 'ann@example.com', locale: 'en' })
    // Who merely asks has nothing.
    expect(kept()).toBeNull()
    type('Six-digit code', ` ${code().replace(/(...)/, '$1 ')}`)
    press('Open my conversations')
    await inside().findByText('Hello?')
    await vi.waitFor(() =>
      expect(shadow().querySelector('[role=status].spoken')?.textContent).toBe(
        'Your conversations are back.',
      ),
    )
    const credentials = kept()
    expect(credentials).toMatch(/^[0-9a-f-]{36}\..{43}$/)
    await vi.waitFor(() => expect(state.streams).toBe(1))
    state.agentReplies(conversationId, 'Here you are.')
    await inside().findByText('Here you are.')
    widget.destroy()
    await open()
    await inside().findByText('Here you are.')
    expect(inside().queryByRole('button', { name: entry })).toBeNull()
    expect(kept()).toBe(credentials)
  })

  test('are promised in the same words whether the address is known or not', async () => {
    wrote()
    await open()
    const words = []
    for (const email of ['ann@example.com', 'eve@example.com']) {
      await ask(email)
      words.push(shadow().querySelector('.notice')?.textContent?.replace(email, ''))
      press('Back')
    }
    expect(words[0]).toBe(words[1])
    expect(words[0]).toContain('an email is on its way')
  })

  test('need an address, and a code of six digits that is right', async () => {
    wrote()
    await open()
    ;(await inside().findByRole('button', { name: entry })).click()
    await inside().findByLabelText('Email')
    type('Email', 'ann')
    press('Send email')
    await inside().findByText(/Please enter an email address/)
    await vi.waitFor(() => expect(shadow().activeElement?.id).toBe('email'))
    expect(inside().getByLabelText('Email').getAttribute('aria-invalid')).toBe('true')
    expect(asked('contacts.requestEmailLink')).toHaveLength(0)
    type('Email', 'ann@example.com')
    press('Send email')
    const field = await inside().findByLabelText('Six-digit code')
    expect(field.getAttribute('autocomplete')).toBe('one-time-code')
    expect(field.getAttribute('inputmode')).toBe('numeric')
    expect(shadow().activeElement).toBe(field)
    type('Six-digit code', '12345')
    press('Open my conversations')
    await inside().findByText('Please enter the six digits from the email.')
    type('Six-digit code', '999999')
    press('Open my conversations')
    await inside().findByText(/This code is wrong or no longer works/)
    await vi.waitFor(() => expect(shadow().activeElement).toBe(field))
    const note = shadow().getElementById(field.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toContain('This code is wrong')
    expect(kept()).toBeNull()
    expect(asked('contacts.redeemEmailLink')).toHaveLength(1)
  })

  test('can be asked for again after a minute, or for another address', async () => {
    wrote()
    await open()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    try {
      await ask()
      const again = inside().getByRole('button', { name: 'Send again in 60 s' })
      again.click()
      vi.advanceTimersByTime(59_000)
      await inside().findByRole('button', { name: 'Send again in 1 s' })
      expect(asked('contacts.requestEmailLink')).toHaveLength(1)
      vi.advanceTimersByTime(1_000)
      ;(await inside().findByRole('button', { name: 'Send again' })).click()
      await inside().findByRole('button', { name: 'Send again in 60 s' })
      expect(asked('contacts.requestEmailLink')).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
    press('Use another address')
    const field = (await inside().findByLabelText('Email')) as HTMLInputElement
    expect(shadow().activeElement).toBe(field)
    expect(field.value).toBe('ann@example.com')
  })

  test('say what is in the way of the e-mail', async () => {
    await open()
    state.failNext('contacts.requestEmailLink', 'internal')
    ;(await inside().findByRole('button', { name: entry })).click()
    await inside().findByLabelText('Email')
    type('Email', 'ann@example.com')
    press('Send email')
    const alert = await inside().findByRole('alert')
    expect(alert.textContent).toBe('Something went wrong on our side.')
    press('Send email')
    await inside().findByLabelText('Six-digit code')
  })

  test('join those that were begun here meanwhile', async () => {
    wrote('Long ago')
    remember(state.contactStarts({ message: 'Just now', name: 'Ann', email: 'anne@example.com' }))
    await open()
    await inside().findByText('You: Just now')
    await ask()
    type('Six-digit code', code())
    press('Open my conversations')
    await inside().findByText('You: Long ago')
    await inside().findByText('You: Just now')
  })

  test('are offered once more when the session has ended', async () => {
    wrote()
    const widget = await open()
    await ask()
    type('Six-digit code', code())
    press('Open my conversations')
    await inside().findByText('Hello?')
    widget.destroy()
    state.endSessions()
    await open()
    await inside().findByText('Your earlier conversations can no longer be opened in this browser.')
    await inside().findByRole('button', { name: entry })
    expect(kept()).toBeNull()
  })
})

describe('the way there', () => {
  test('is not for desks where only a signature counts, nor where nobody can write', async () => {
    state.updateDesk({ security: { level: 'signature' } })
    const widget = await open()
    await inside().findByText('How can we help?')
    expect(inside().queryByRole('button', { name: entry })).toBeNull()
    widget.destroy()
    state.updateDesk({
      security: { level: 'verified' },
      messaging: { enabled: false },
      tickets: { enabled: false },
    })
    await open()
    await inside().findByText('How can we help?')
    expect(inside().queryByRole('button', { name: entry })).toBeNull()
  })

  test('is not for users of the page, whose conversations are theirs wherever they sign in', async () => {
    state.updateDesk({ security: { level: 'open' } })
    await open({ user_external_id: 'USR-1', user_name: 'Ann' })
    await inside().findByRole('button', { name: /^Send us a message/ })
    expect(inside().queryByRole('button', { name: entry })).toBeNull()
  })

  test('is on the form of a ticket, and leads to the tickets', async () => {
    state.contactStarts({ title: 'Export stops', message: 'Hello?', name: 'Ann', email: 'ann@example.com' })
    const widget = await open()
    widget.open('new-ticket')
    ;(await inside().findByRole('button', { name: /^Already have tickets\?/ })).click()
    await inside().findByRole('heading', { name: 'Your earlier conversations' })
    press('Back')
    await inside().findByRole('heading', { name: 'New ticket' })
    ;(await inside().findByRole('button', { name: /^Already have tickets\?/ })).click()
    await inside().findByLabelText('Email')
    type('Email', 'ann@example.com')
    press('Send email')
    await inside().findByLabelText('Six-digit code')
    type('Six-digit code', code())
    press('Open my conversations')
    await inside().findByRole('heading', { name: 'Your tickets' })
    await inside().findByRole('button', { name: /Export stops/ })
  })

  test('is on the page for writing', async () => {
    await open({ mode: 'page', page: 'contact' })
    ;(await inside().findByRole('button', { name: entry })).click()
    await inside().findByRole('heading', { name: 'Your earlier conversations' })
    press('Back')
    await inside().findByLabelText('Message')
  })
})

describe('the page of the link', () => {
  const visit = async (token: string) => {
    history.replaceState(null, '', `/p/acme/link?locale=en#link=${token}`)
    return open({ mode: 'page', page: 'restore' })
  }

  test('opens the conversations when somebody presses, and takes the token out of the address', async () => {
    wrote()
    const token = await linkSent()
    const widget = await visit(token)
    const button = await inside().findByRole('button', { name: 'Open my conversations' })
    expect(asked('contacts.redeemEmailLink')).toHaveLength(0)
    button.click()
    await inside().findByText('Hello?')
    expect(location.href).toMatch(/\/p\/acme\/link\?locale=en$/)
    expect(asked('contacts.redeemEmailLink')).toHaveLength(1)
    // Whoever comes back to the page is let in.
    widget.destroy()
    await open({ mode: 'page', page: 'restore' })
    await inside().findByText('You: Hello?')
  })

  test('offers a new link when the token does not work any more', async () => {
    wrote()
    await visit('A'.repeat(43))
    ;(await inside().findByRole('button', { name: 'Open my conversations' })).click()
    const alert = await inside().findByRole('alert')
    expect(alert.textContent).toContain('This link no longer works')
    expect(location.hash).toBe('')
    // The button that was pressed is gone.
    expect(shadow().activeElement?.id).toBe('email')
    type('Email', 'ann@example.com')
    press('Send email')
    await inside().findByLabelText('Six-digit code')
  })

  test('takes a newer link that is opened in the same tab', async () => {
    wrote()
    await visit('A'.repeat(43))
    ;(await inside().findByRole('button', { name: 'Open my conversations' })).click()
    await inside().findByRole('alert')
    location.hash = `#link=${await linkSent()}`
    ;(await inside().findByRole('button', { name: 'Open my conversations' })).click()
    await inside().findByText('Hello?')
    expect(location.hash).toBe('')
  })

  test('keeps the token when the desk cannot be reached', async () => {
    wrote()
    const token = await linkSent()
    await visit(token)
    state.failNext('contacts.redeemEmailLink', 'internal')
    ;(await inside().findByRole('button', { name: 'Open my conversations' })).click()
    await inside().findByText('Something went wrong on our side.')
    expect(location.hash).toBe(`#link=${token}`)
    press('Open my conversations')
    await inside().findByText('Hello?')
  })
})
