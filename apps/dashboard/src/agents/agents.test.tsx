import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openConversation, openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const signIn = async (password: string) => {
  type(await screen.findByLabelText('E-mail'), 'ola@example.com')
  type(screen.getByLabelText('Password'), password)
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
}

describe('sign-in', () => {
  const desk = startDesk({ ...someSeed, signedIn: false })

  test('opens the messages', async () => {
    openDashboard('')
    await signIn('correct horse')
    expect(await screen.findByText('Ann Lee')).toBeTruthy()
    expect(location.hash).toBe('#/desks/acme/messages/all')
  })

  test('goes to the address that was asked for', async () => {
    openDashboard('#/desks/acme/settings/general')
    await signIn('correct horse')
    expect(await screen.findByRole('heading', { name: 'General' })).toBeTruthy()
  })

  test('says the same whatever was wrong', async () => {
    openDashboard('')
    await signIn('wrong horse')
    expect(await screen.findByText('E-mail or password is wrong.')).toBeTruthy()
  })

  test('says so when it was tried too often', async () => {
    openDashboard('')
    desk.failNext('agents.signIn', 'too_many_requests', { retryAfter: 60 })
    await signIn('correct horse')
    expect(await screen.findByText(/too often/)).toBeTruthy()
  })
})

describe('an ended session', () => {
  const desk = startDesk()

  test('brings up the sign-in over the page, and then does what was asked', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    desk.signOut()
    type(field, 'You are welcome!')
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })

    const again = within(await screen.findByRole('dialog', { name: 'Welcome back' }))
    expect((again.getByLabelText('E-mail') as HTMLInputElement).value).toBe('ola@example.com')
    expect(location.hash).toContain('/messages/all/')
    type(again.getByLabelText('Password'), 'correct horse')
    fireEvent.click(again.getByRole('button', { name: 'Sign in' }))

    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() =>
      expect(desk.conversations.flatMap((one) => one.messages).map((one) => one.body)).toContain(
        'You are welcome!',
      ),
    )
  })

  test('does nothing in the name of somebody else', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    desk.signOut()
    type(field, 'Only Ola may say this')
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    const again = within(await screen.findByRole('dialog', { name: 'Welcome back' }))
    type(again.getByLabelText('E-mail'), 'sam@example.com')
    type(again.getByLabelText('Password'), 'correct horse')
    fireEvent.click(again.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByText('Sam Reed')).toBeTruthy()
    const bodies = desk.conversations.flatMap((one) => one.messages).map((one) => one.body)
    expect(bodies).not.toContain('Only Ola may say this')
  })
})

describe('signing out', () => {
  const desk = startDesk()

  test('ends the session on the server and forgets drafts', async () => {
    type(await openConversation(desk, 'Ann Lee'), 'A secret')
    expect(JSON.stringify(localStorage)).toContain('A secret')
    fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
    expect(requestsOf(desk, 'agents.signOut')).toHaveLength(1)
    expect(JSON.stringify(localStorage)).not.toContain('A secret')
  })
})

describe('profile', () => {
  const desk = startDesk()

  const choice = (channel: string, mode: string) =>
    within(screen.getByRole('radiogroup', { name: channel })).getByRole('radio', {
      name: mode,
    }) as HTMLInputElement

  test('saves of which conversations of a channel there are e-mails, at once', async () => {
    openDashboard('#/desks/acme/profile')
    await screen.findByRole('radiogroup', { name: 'Widget' })
    fireEvent.click(choice('Widget', 'Mine'))
    expect(await screen.findByText('Profile saved')).toBeTruthy()
    expect(requestsOf(desk, 'agents.updateMe')).toEqual([{ notifications: { widget: 'mine' } }])
    expect(choice('Widget', 'Mine').checked).toBe(true)
    expect(choice('E-mail', 'All').checked).toBe(true)
    // The channels differ now, so that none of the three is right for all of them.
    expect(screen.getByText('different')).toBeTruthy()
    for (const mode of ['All', 'Mine', 'None']) expect(choice('All channels', mode).checked).toBe(false)
  })

  test('sets all channels with one click', async () => {
    openDashboard('#/desks/acme/profile')
    await screen.findByRole('radiogroup', { name: 'Widget' })
    expect(choice('All channels', 'All').checked).toBe(true)
    fireEvent.click(choice('All channels', 'None'))
    expect(choice('Your own software', 'None').checked).toBe(true)
    await screen.findByText('Profile saved')
    expect(requestsOf(desk, 'agents.updateMe')).toEqual([
      {
        notifications: {
          widget: 'none',
          contact_form: 'none',
          ticket_center: 'none',
          email: 'none',
          api: 'none',
        },
      },
    ])
  })

  test('shows what was chosen last while what was chosen before is being saved', async () => {
    openDashboard('#/desks/acme/profile')
    await screen.findByRole('radiogroup', { name: 'Widget' })
    const release = desk.hold('agents.updateMe')
    fireEvent.click(choice('Widget', 'Mine'))
    await waitFor(() => expect(requestsOf(desk, 'agents.updateMe')).toHaveLength(1))
    release()
    const releaseNext = desk.hold('agents.updateMe')
    fireEvent.click(choice('Widget', 'None'))
    expect(await screen.findByText('Profile saved')).toBeTruthy()
    expect(choice('Widget', 'None').checked).toBe(true)
    releaseNext()
    await waitFor(() => expect(screen.getAllByText('Profile saved')).toHaveLength(2))
    expect(choice('Widget', 'None').checked).toBe(true)
  })

  test('leaves the switches as they were when the desk refuses', async () => {
    openDashboard('#/desks/acme/profile')
    await screen.findByRole('radiogroup', { name: 'Widget' })
    desk.failNext('agents.updateMe', 'unavailable')
    fireEvent.click(choice('Widget', 'None'))
    expect(await screen.findByText(/^Not saved/)).toBeTruthy()
    await waitFor(() => expect(choice('Widget', 'All').checked).toBe(true))
  })
})

describe('the first run', () => {
  const desk = startDesk({ setupNeeded: true })
  const fill = async () => {
    type(await screen.findByLabelText('Your name'), 'Maria Lind')
    type(screen.getByLabelText('E-mail'), 'maria@example.com')
    type(screen.getByLabelText('Password'), 'a long password')
    type(screen.getByLabelText('Name of the desk'), 'Acme Support')
    fireEvent.click(screen.getByRole('button', { name: 'Create desk' }))
  }

  test.each(['?token=setup', '#/setup?token=setup'])('takes the token from %s, and out of it', async (at) => {
    openDashboard(at)
    await fill()
    expect(await screen.findByText('Waiting for your first message…')).toBeTruthy()
    expect(location.href).not.toContain('token')
    expect(screen.getByText(/data-helpdesk-id="acme"/)).toBeTruthy()
  })

  test('notices the first message by itself', async () => {
    openDashboard('?token=setup')
    await fill()
    await screen.findByText('Waiting for your first message…')
    await waitFor(() => expect(desk.streams).toBe(1))
    desk.contactStarts({ name: 'Ann Lee', email: 'ann@example.com', message: 'Hello?' })
    expect(await screen.findByText('Your first message is here')).toBeTruthy()
  })

  test('asks for a token that is right', async () => {
    openDashboard('?token=wrong')
    await fill()
    expect(await screen.findByText(/not the token/)).toBeTruthy()
    expect(screen.getByLabelText('Set-up token')).toBeTruthy()
  })

  test('sends nothing while something is missing', async () => {
    openDashboard('?token=setup')
    fireEvent.click(await screen.findByRole('button', { name: 'Create desk' }))
    expect(await screen.findAllByText('This is needed.')).toHaveLength(4)
    expect(requestsOf(desk, 'agents.setup')).toEqual([])
  })
})
