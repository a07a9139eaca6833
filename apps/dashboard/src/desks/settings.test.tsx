import { identityAttributes } from '@helpdesk/core'
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, startDesk, type } from '../testing.tsx'

const openWidget = async () => {
  openDashboard('#/desks/acme/settings/widget')
  await screen.findByRole('heading', { name: 'Widget' })
}
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save changes' }))

describe('settings of the widget', () => {
  const desk = startDesk()

  test('save what was changed and nothing else', async () => {
    await openWidget()
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
    type(screen.getByLabelText(/^Welcome note/), 'We answer within a day.')
    fireEvent.click(screen.getByLabelText('Left'))
    save()
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(requestsOf(desk, 'desks.update')).toEqual([
      { widget: { welcomeNote: { en: 'We answer within a day.' }, position: 'left' } },
    ])
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
  })

  test('show at its field what the desk refuses', async () => {
    await openWidget()
    type(screen.getByLabelText('Colour'), 'blue')
    save()
    const field = screen.getByLabelText('Colour')
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
    const [problem = ''] = (field.getAttribute('aria-describedby') ?? '').split(' ').slice(-1)
    expect(document.getElementById(problem)?.textContent).toMatch(/./)
    expect(screen.getByText(/^This /)).toBeTruthy()
    expect(screen.getByText(/Not saved/)).toBeTruthy()
    expect(desk.desk.widget.color).toBe('#2563eb')
  })

  test('turn messages of the widget on and off, and explain the three switches', async () => {
    await openWidget()
    fireEvent.click(screen.getByRole('switch', { name: 'Enable messaging' }))
    save()
    await waitFor(() => expect(desk.desk.widget.messagingEnabled).toBe(false))
    expect(screen.getByText(/when all three are on/)).toBeTruthy()
  })

  test('keep rules one per line, and name the line that is wrong', async () => {
    await openWidget()
    type(screen.getByLabelText('Hide on'), `\n*/login*\n\n${'x'.repeat(2_049)}`)
    expect(screen.getByText('Line 4: longer than 2,048 characters')).toBeTruthy()
    type(screen.getByLabelText('Hide on'), '\n*/login*\n\n */pay* ')
    save()
    await waitFor(() => expect(desk.desk.widget.hideRules).toEqual(['*/login*', '*/pay*']))
  })

  test('say of an address whether the widget shows there, and why', async () => {
    await openWidget()
    const address = screen.getByLabelText('Address of a page')
    type(address, 'https://shop.test/login?next=1')
    expect(screen.getByText('Visible')).toBeTruthy()
    type(screen.getByLabelText('Hide on'), '*/login')
    expect(screen.getByText('Visible')).toBeTruthy()
    type(screen.getByLabelText('Hide on'), '*/login*')
    expect(screen.getByText('Hidden')).toBeTruthy()
    expect(screen.getByText('*/login*', { selector: 'code' })).toBeTruthy()
    type(screen.getByLabelText('Hide on'), '')
    type(screen.getByLabelText('Show on'), 'https://other.test/*')
    expect(screen.getByText(/none of them matches/)).toBeTruthy()
  })

  test('have the embed code with the id and the address of the desk', async () => {
    await openWidget()
    expect(
      screen.getByText('<script src="http://localhost:3000/widget.js" data-helpdesk-id="acme"></script>'),
    ).toBeTruthy()
  })

  test('are not lost by leaving: it is asked about first', async () => {
    await openWidget()
    type(screen.getByLabelText('Launcher label'), 'Help')
    location.hash = '#/desks/acme/messages/all'
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Keep editing' }))
    expect((screen.getByLabelText('Launcher label') as HTMLInputElement).value).toBe('Help')
    expect(location.hash).toBe('#/desks/acme/settings/widget')
    location.hash = '#/desks/acme/messages/all'
    fireEvent.click(await screen.findByRole('button', { name: 'Discard changes' }))
    expect(await screen.findByText('Ann Lee')).toBeTruthy()
  })

  test('take in what somebody else saves, but not over what is being changed', async () => {
    await openWidget()
    await waitFor(() => expect(desk.streams).toBe(1))
    type(screen.getByLabelText('Launcher label'), 'Help')
    desk.updateDesk({ widget: { launcherLabel: 'Chat', color: '#123456' } })
    await waitFor(() => expect((screen.getByLabelText('Colour') as HTMLInputElement).value).toBe('#123456'))
    expect((screen.getByLabelText('Launcher label') as HTMLInputElement).value).toBe('Help')
  })
})

describe('the tester of addresses', () => {
  startDesk()

  test('is found in the palette and has an address', async () => {
    openDashboard()
    await screen.findByText('Ann Lee')
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
    const field = await screen.findByRole('combobox')
    type(field, 'try an address')
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(location.hash).toBe('#/desks/acme/settings/widget/visibility')
    expect(await screen.findByLabelText('Address of a page')).toBeTruthy()
  })
})

describe('general settings', () => {
  const desk = startDesk()
  const openGeneral = async () => {
    openDashboard('#/desks/acme/settings/general')
    await screen.findByRole('heading', { name: 'General' })
  }

  test('show an example of a number while its pattern is typed', async () => {
    await openGeneral()
    type(screen.getByLabelText('Pattern'), 'SUP-{yyyy}-{seq:3}')
    expect(screen.getByText(/^#SUP-\d{4}-001$/)).toBeTruthy()
    type(screen.getByLabelText('Pattern'), 'SUP')
    expect(screen.getByText(/Needs \{seq\}/)).toBeTruthy()
  })

  test('save the default of Send instantly', async () => {
    await openGeneral()
    fireEvent.click(screen.getByRole('switch', { name: 'Send replies instantly by e-mail' }))
    save()
    await waitFor(() => expect(desk.desk.messaging.sendInstantlyDefault).toBe(true))
    expect(requestsOf(desk, 'desks.update')).toEqual([{ messaging: { sendInstantlyDefault: true } }])
  })
})

describe('the embed code', () => {
  startDesk()

  test('comes in three styles with the values of the desk', async () => {
    await openWidget()
    const code = (name: string) => screen.getByRole('region', { name }).textContent ?? ''
    const signed = code('With who is signed in; leave out what you do not know')
    for (const name of identityAttributes) expect(signed).toContain(`data-${name.replaceAll('_', '-')}=`)
    fireEvent.click(screen.getByLabelText('Container and object'))
    expect(code('The code')).toContain('<div id="helpdesk-widget"></div>')
    expect(code('The code')).toContain('account_url: "http://localhost:3000"')
    expect(code('The code')).toContain('desk_token: "acme"')
    for (const name of identityAttributes) expect(code('The code')).toContain(`    // ${name}: "`)
    fireEvent.click(screen.getByLabelText('npm'))
    expect(code('Install it')).toBe('npm install @helpdesk/widget')
    expect(code('The code')).toContain("desk: 'acme'")
  })
})

describe('tickets and pages', () => {
  const desk = startDesk()
  const openTickets = async () => {
    openDashboard('#/desks/acme/settings/tickets')
    await screen.findByRole('heading', { name: 'Tickets & pages' })
  }

  test('save what was changed and nothing else', async () => {
    await openTickets()
    fireEvent.click(screen.getByRole('switch', { name: 'Everybody sees their own tickets only' }))
    fireEvent.click(screen.getByRole('switch', { name: 'Contact form' }))
    fireEvent.click(screen.getByRole('tab', { name: /^Deutsch/ }))
    type(screen.getByLabelText('Help text'), 'Wir antworten werktags.')
    fireEvent.click(screen.getByRole('switch', { name: 'Help articles' }))
    save()
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(requestsOf(desk, 'desks.update')).toEqual([
      {
        tickets: { ownOnly: true },
        pages: { contactForm: false },
        widget: {
          helpText: { de: 'Wir antworten werktags.' },
          homes: { messages: true, tickets: true, articles: false },
        },
      },
    ])
  })

  test('have the addresses of the hosted pages', async () => {
    await openTickets()
    const address = (name: string) => (screen.getByLabelText(name) as HTMLInputElement).value
    expect(address('Address of the contact form')).toBe('http://localhost:3000/p/acme/contact')
    expect(address('Address of the ticket centre')).toBe('http://localhost:3000/p/acme/tickets')
  })
})

describe('an agent without the right', () => {
  const agents = [{ name: 'Sam Reed', email: 'sam@example.com', role: 'agent' as const }]
  startDesk({ agents, signedIn: true })

  test('sees the settings and is told why they cannot be changed', async () => {
    await openWidget()
    expect(screen.getByText(/Only admins and owners/)).toBeTruthy()
    expect((screen.getByLabelText('Colour') as HTMLInputElement).matches(':disabled')).toBe(true)
  })
})
