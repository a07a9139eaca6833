import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test, vi } from 'vitest'
import { heldBack, navigate } from '../router.ts'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const open = (part = '') => openDashboard(`#/desks/acme/settings/email${part}`)
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save changes' }))
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const field = (name: string) => screen.getByLabelText(name) as HTMLInputElement
const own = { host: 'smtp.acme.example', user: 'support@acme.example' }

describe('the sender', () => {
  const desk = startDesk()

  test('is the installation’s until there is one of the desk’s own', async () => {
    open()
    await screen.findByRole('heading', { name: 'Sender' })
    expect(screen.getByText('<helpdesk@desk.test>', { exact: false })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Make a key' })).toBeNull()
    type(field('Name'), 'Acme Help')
    type(field('Address'), 'support@acme.example')
    expect(screen.getByText(/will write as acme.example/)).toBeTruthy()
    save()
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([
      { sender: { name: 'Acme Help', address: 'support@acme.example' } },
    ])
    expect(requestsOf(desk, 'desks.update')).toEqual([])
    expect(screen.getByRole('button', { name: 'Make a key' })).toBeTruthy()
  })

  test('must be an address, and is said so at the field before anything is sent', async () => {
    open()
    await screen.findByRole('heading', { name: 'Sender' })
    type(field('Address'), 'nobody')
    save()
    expect(await screen.findByText('This is not an e-mail address.')).toBeTruthy()
    expect(field('Address').getAttribute('aria-invalid')).toBe('true')
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([])
  })

  test('is not left unsaved without a question', async () => {
    open()
    await screen.findByRole('heading', { name: 'Sender' })
    type(field('Name'), 'Acme Help')
    navigate({ page: 'settings', deskId: 'acme', section: 'email', item: 'receiving' })
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy()
    expect(heldBack.value).not.toBeNull()
    click('Keep editing')
    expect(field('Name').value).toBe('Acme Help')
    click('Discard')
    expect(field('Name').value).toBe('')
  })

  test('the switch of the confirmations is the desk’s, and saved as such', async () => {
    open()
    fireEvent.click(await screen.findByRole('switch', { name: 'Confirm new tickets' }))
    save()
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(requestsOf(desk, 'desks.update')).toEqual([{ email: { ticketCreated: false } }])
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([])
  })

  test('a failure to load can be tried again', async () => {
    desk.failNext('emailSettings.get', 'internal')
    open()
    expect(await screen.findByText(/could not be loaded/)).toBeTruthy()
    click('Try again')
    expect(await screen.findByRole('heading', { name: 'Sender' })).toBeTruthy()
  })
})

describe('a mail server of the desk’s own', () => {
  const desk = startDesk({ ...someSeed, mail: { smtp: own, sender: { address: 'support@acme.example' } } })

  test('never shows its password, and keeps it when other things change', async () => {
    open()
    expect(await screen.findByText('A password is kept, encrypted.')).toBeTruthy()
    expect(screen.queryByLabelText('Password')).toBeNull()
    type(field('Port'), '2525')
    save()
    await screen.findByText('Saved')
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([
      { smtp: { ...own, port: 2525, security: 'starttls' } },
    ])
  })

  test('gets another password by replacing the one it has', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Replace' }))
    expect(document.activeElement).toBe(field('Password'))
    click('Keep the old one')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Replace' }))
    click('Replace')
    type(field('Password'), 'another')
    save()
    await screen.findByText('Saved')
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([
      { smtp: { ...own, port: 587, security: 'starttls', password: 'another' } },
    ])
    // What was typed is nowhere on the page any more.
    expect(await screen.findByText('A password is kept, encrypted.')).toBeTruthy()
    expect(document.body.innerHTML).not.toContain('another"')
  })

  test('of another name wants the password again', async () => {
    open()
    type(await screen.findByLabelText('Server'), 'smtp.elsewhere.example')
    expect(screen.queryByText('A password is kept, encrypted.')).toBeNull()
    save()
    await waitFor(() => expect(field('Password').getAttribute('aria-invalid')).toBe('true'))
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([])
  })

  test('is forgotten when the desk goes back to the installation’s', async () => {
    open()
    fireEvent.click(await screen.findByRole('radio', { name: 'The installation’s' }))
    expect(screen.getByText(/are forgotten/)).toBeTruthy()
    save()
    await screen.findByText('Saved')
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([{ smtp: null }])
  })

  test('what the desk refuses stands at its field', async () => {
    open()
    type(await screen.findByLabelText('User'), `${'x'.repeat(260)}`)
    fireEvent.input(field('Password'), { target: { value: 'x' } })
    save()
    expect(await screen.findByText(/must have at most 254 characters/)).toBeTruthy()
    expect(field('User').getAttribute('aria-invalid')).toBe('true')
  })
})

describe('the test of a connection', () => {
  const desk = startDesk({ ...someSeed, mail: { smtp: own } })
  const steps = () =>
    within(screen.getByRole('list', { name: 'Steps of the test' }))
      .getAllByRole('listitem')
      .map((one) => one.querySelector('.step-name')?.textContent)

  test('lists the steps and says that a test mail was sent', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }))
    expect(await screen.findByText('It works. A test mail was sent to ola@example.com.')).toBeTruthy()
    expect(steps()).toEqual([
      'Find the server: done',
      'Connect: done',
      'Encrypt: done',
      'Sign in: done',
      'Send a test mail: done',
    ])
  })

  test('says at which step it failed, with the server’s words, a hint and what was not tried', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Replace' }))
    type(field('Password'), 'wrong')
    click('Test connection')
    expect(await screen.findByText('It does not work yet.')).toBeTruthy()
    expect(screen.getByText('535 5.7.8 Error: authentication failed')).toBeTruthy()
    expect(screen.getByText(/^Check user and password\..* app password\.$/)).toBeTruthy()
    expect(steps().slice(3)).toEqual(['Sign in: failed', 'Send a test mail: not tried'])
    // It tried what is typed here, and saved nothing.
    expect(requestsOf(desk, 'emailSettings.testSmtp')).toMatchObject([{ smtp: { password: 'wrong' } }])
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([])
  })

  test('forgets what it found when something else would be tried', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Test connection' }))
    await screen.findByText(/^It works/)
    type(field('Port'), '465')
    expect(screen.queryByText(/^It works/)).toBeNull()
  })

  test('asks for what is missing before it tries', async () => {
    open()
    type(await screen.findByLabelText('Server'), '')
    click('Test connection')
    expect(await screen.findByText('This is needed.')).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.testSmtp')).toEqual([])
  })

  test('is answered for the newest press only', async () => {
    open()
    const button = await screen.findByRole('button', { name: 'Test connection' })
    const release = desk.hold('emailSettings.testSmtp')
    fireEvent.click(button)
    expect(await screen.findByText('Trying…')).toBeTruthy()
    type(field('Server'), 'gone.invalid')
    release()
    await waitFor(() => expect(screen.queryByText('Trying…')).toBeNull())
    expect(screen.queryByText(/^It works/)).toBeNull()
  })
})

describe('an installation without a mail server', () => {
  startDesk({ ...someSeed, mail: { installation: { kept: true } } })

  test('says that e-mails never leave', async () => {
    open()
    expect(await screen.findByText(/has no mail server/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Send me a test mail' })).toBeNull()
  })
})

describe('DKIM', () => {
  const desk = startDesk({ ...someSeed, mail: { sender: { address: 'support@acme.example' } } })

  test('begins with a key and a record to publish', async () => {
    const writeText = vi.fn(async () => {})
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Make a key' }))
    expect(await screen.findByText(/^E-mails from acme.example are signed/)).toBeTruthy()
    const name = screen.getByText(/\._domainkey\.acme\.example$/).textContent
    click('Copy name')
    await waitFor(() => expect(writeText).toHaveBeenLastCalledWith(name))
    click('Copy value')
    await waitFor(() =>
      expect(writeText).toHaveBeenLastCalledWith(expect.stringMatching(/^v=DKIM1; k=rsa; p=/)),
    )
  })

  test('is changed and switched off after a question', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Make a key' }))
    const first = (await screen.findByText(/\._domainkey\./)).textContent
    click('New key…')
    fireEvent.click(await screen.findByRole('button', { name: 'Make a new key' }))
    await waitFor(() => expect(screen.getByText(/\._domainkey\./).textContent).not.toBe(first))
    click('Switch off…')
    fireEvent.click(await screen.findByRole('button', { name: 'Switch off' }))
    expect(await screen.findByText('E-mails from acme.example are not signed here.')).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([{ dkim: null }])
  })

  test('tells when the sender has moved to another domain', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Make a key' }))
    await screen.findByText(/^E-mails from acme.example are signed/)
    expect(screen.queryByText(/end in spam/)).toBeNull()
    type(field('Address'), 'hello@other.example')
    expect(screen.getByText(/end in spam/)).toBeTruthy()
    save()
    expect(
      await screen.findByText(/^The key is for acme.example, the sender is in other.example/),
    ).toBeTruthy()
  })
})

describe('an agent without the right', () => {
  const agents = [{ name: 'Sam Reed', email: 'sam@example.com', role: 'agent' as const }]
  const desk = startDesk({ ...someSeed, agents })

  test.each(['', '/receiving'])('is told why there is nothing to see (%s)', async (part) => {
    open(part)
    expect(await screen.findByText('These settings are for admins and owners')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'See the templates' })).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.get')).toEqual([])
  })
})
