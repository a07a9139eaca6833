import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const open = () => openDashboard('#/desks/acme/settings/email/receiving')
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save changes' }))
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const field = (name: string) => screen.getByLabelText(name) as HTMLInputElement
const mailbox = { host: 'imap.acme.example', user: 'support@acme.example' }

describe('receiving', () => {
  const desk = startDesk()

  test('says that e-mails cannot be answered, until they can', async () => {
    open()
    expect(await screen.findByText(/cannot be answered by e-mail/)).toBeTruthy()
    type(field('Answers go to'), 'support@acme.example')
    expect(screen.getByText('+k3m7q2xw…').parentElement?.textContent).toBe('support+k3m7q2xw…@acme.example')
    save()
    expect(await screen.findByText('Answers go to support@acme.example.')).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([{ replyAddress: 'support@acme.example' }])
  })

  test('a reply address has no plus of its own', async () => {
    open()
    type(await screen.findByLabelText('Answers go to'), 'support+desk@acme.example')
    save()
    expect(await screen.findByText(/^Without a plus/)).toBeTruthy()
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([])
  })

  test('e-mails begin conversations, or not', async () => {
    open()
    fireEvent.click(await screen.findByRole('switch', { name: 'E-mails begin conversations' }))
    save()
    await screen.findByText('Saved')
    expect(requestsOf(desk, 'desks.update')).toEqual([{ email: { newConversations: false } }])
  })

  test('a mailbox is entered, tried and read', async () => {
    open()
    fireEvent.click(await screen.findByRole('switch', { name: 'Read a mailbox' }))
    type(field('Server'), mailbox.host)
    type(field('User'), mailbox.user)
    type(field('Password'), 'an app password')
    type(field('Folder'), 'Nowhere')
    click('Test connection')
    expect(await screen.findByText('NO Unknown Mailbox: Nowhere')).toBeTruthy()
    // The desk gave no hint of its own.
    expect(screen.getByText(/^This user has no such folder/)).toBeTruthy()
    type(field('Folder'), 'INBOX')
    click(`Use ${mailbox.user}`)
    save()
    expect(await screen.findByText('Connecting…')).toBeTruthy()
    const [change] = requestsOf(desk, 'emailSettings.update')
    expect(change).toEqual({
      replyAddress: mailbox.user,
      imap: { ...mailbox, port: 993, security: 'tls', folder: 'INBOX', password: 'an app password' },
    })
  })
})

describe('the connection to a mailbox', () => {
  const since = '2026-11-20T09:00:00.000Z'
  const desk = startDesk({
    ...someSeed,
    mail: { imap: { ...mailbox, state: 'connected', since }, replyAddress: mailbox.user },
  })

  test('is shown as it is, and as it becomes', async () => {
    open()
    expect(await screen.findByText('Connected')).toBeTruthy()
    expect(screen.getByText('No e-mail yet.')).toBeTruthy()
    type(field('Answers go to'), 'other@acme.example')
    desk.setMailbox({ state: 'failing', lastError: 'NO [AUTHENTICATIONFAILED] Invalid credentials' })
    // Any change of the desk's settings has the page look again.
    desk.updateDesk({ name: 'Acme' })
    expect(await screen.findByText('Cannot connect')).toBeTruthy()
    expect(screen.getByText('NO [AUTHENTICATIONFAILED] Invalid credentials')).toBeTruthy()
    // What nobody has saved yet stays.
    expect(field('Answers go to').value).toBe('other@acme.example')
  })

  test('tells of an e-mail that was left out although all is well', async () => {
    open()
    await screen.findByText('Connected')
    desk.setMailbox({ lastError: 'An e-mail was left in the mailbox: it is larger than 25 MB.' })
    desk.updateDesk({ name: 'Acme' })
    expect(await screen.findByText(/^An e-mail was left in the mailbox/)).toBeTruthy()
    expect(screen.getByText('Connected')).toBeTruthy()
  })

  test('ends when the mailbox is read no more', async () => {
    open()
    fireEvent.click(await screen.findByRole('switch', { name: 'Read a mailbox' }))
    expect(screen.getByText(/is read no more/)).toBeTruthy()
    save()
    await screen.findByText('Saved')
    expect(requestsOf(desk, 'emailSettings.update')).toEqual([{ imap: null }])
    expect(screen.getByText(/has to reach this desk/)).toBeTruthy()
  })
})

describe('the webhook', () => {
  const desk = startDesk()
  const secret = () => screen.getByText(/^[0-9a-f]{64}$/).textContent ?? ''

  test('hides its secret until it is wanted, in the examples too', async () => {
    open()
    await screen.findByText('http://localhost:3000/api/email/acme/incoming')
    fireEvent.click(screen.getByText('Ready to use'))
    expect(screen.getByRole('region', { name: 'curl' }).textContent).toContain('Bearer SECRET')
    expect(document.body.textContent).not.toMatch(/[0-9a-f]{64}/)
    click('Show secret')
    expect(screen.getByRole('region', { name: 'curl' }).textContent).toContain(secret())
    fireEvent.click(screen.getByRole('radio', { name: 'SendGrid' }))
    expect(screen.getByRole('region', { name: 'SendGrid' }).textContent).toBe(
      `http://helpdesk:${secret()}@localhost:3000/api/email/acme/incoming`,
    )
  })

  test('gets another secret after a question', async () => {
    open()
    await screen.findByText('http://localhost:3000/api/email/acme/incoming')
    click('Show secret')
    const before = secret()
    click('Replace secret…')
    const ask = within(await screen.findByRole('dialog', { name: 'Replace the secret?' }))
    expect(requestsOf(desk, 'emailSettings.replaceWebhookSecret')).toHaveLength(0)
    fireEvent.click(ask.getByRole('button', { name: 'Replace secret' }))
    await waitFor(() => expect(secret()).not.toBe(before))
  })
})

describe('an installation that takes e-mails in', () => {
  startDesk({ ...someSeed, mail: { installation: { incomingDomain: 'in.desk.test' } } })

  test('needs no mailbox, and has an address for the desk', async () => {
    open()
    expect(await screen.findByText('Answers come in by themselves.')).toBeTruthy()
    expect(screen.getByText('acme@in.desk.test')).toBeTruthy()
    expect(screen.getByText('+k3m7q2xw…').parentElement?.textContent).toBe('reply+k3m7q2xw…@in.desk.test')
  })
})
