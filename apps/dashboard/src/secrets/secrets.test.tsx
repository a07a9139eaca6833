import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const key = { id: 'k1', createdBy: 'Ola Nowak' }
const open = (part = '') => openDashboard(`#/desks/acme/settings/security${part}`)
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save changes' }))

describe('the level', () => {
  const desk = startDesk(someSeed)

  test('“signature” needs a live key, and says so before anything is sent', async () => {
    open()
    await screen.findByText(/No key yet/)
    fireEvent.click(screen.getByRole('radio', { name: /^Signature/ }))
    save()
    expect(await screen.findByText(/^Needs a live key/)).toBeTruthy()
    expect(requestsOf(desk, 'desks.update')).toEqual([])
  })

  test('is saved with the switch of the short form', async () => {
    open()
    fireEvent.click(await screen.findByRole('radio', { name: /^Open/ }))
    fireEvent.click(screen.getByRole('switch', { name: 'Accept the short form' }))
    save()
    await waitFor(() =>
      expect(requestsOf(desk, 'desks.update')).toEqual([{ security: { level: 'open', allowShort: false } }]),
    )
  })

  test('that the desk refuses for want of a key is explained', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Create key' }))
    fireEvent.click(await screen.findByLabelText('I have stored it'))
    fireEvent.click(screen.getByRole('button', { name: 'Done' }))
    await screen.findByText('Live')
    fireEvent.click(screen.getByRole('radio', { name: /^Signature/ }))
    desk.failNext('desks.update', 'conflict')
    save()
    expect(await screen.findByText(/^Needs a live key/)).toBeTruthy()
  })
})

describe('keys', () => {
  const desk = startDesk({ ...someSeed, secrets: [key] })

  test('show their secret once, until somebody says that it is stored', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Create key' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Your new key' }))
    const secret = dialog.getByText(/^[0-9a-f]{64}$/).textContent!
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))
    const done = dialog.getByRole('button', { name: 'Done' }) as HTMLButtonElement
    expect(done.disabled).toBe(true)
    fireEvent.click(dialog.getByLabelText('I have stored it'))
    fireEvent.click(done)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(document.body.textContent).not.toContain(secret)
    expect(JSON.stringify(localStorage)).not.toContain(secret)
    await waitFor(() => expect(screen.getAllByText('Live')).toHaveLength(2))
  })

  test('retire at a date, stay after all, or retire now after a question', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Retire later…' }))
    const field = screen.getByLabelText('Good until')
    type(field, '2020-01-01T00:00')
    fireEvent.click(screen.getByRole('button', { name: 'Retire then' }))
    expect(screen.getByText('Choose a moment to come.')).toBeTruthy()
    type(field, '2999-01-01T00:00')
    fireEvent.click(screen.getByRole('button', { name: 'Retire then' }))
    expect(await screen.findByText(/^Live until 1 Jan 2999/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }))
    expect(await screen.findByText('Live')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Retire now…' }))
    const ask = within(await screen.findByRole('dialog', { name: 'Retire k1 now?' }))
    fireEvent.click(ask.getByRole('button', { name: 'Retire now' }))
    expect(await screen.findByText('Retired')).toBeTruthy()
    expect(requestsOf(desk, 'secrets.update')).toEqual([
      { retiresAt: new Date('2999-01-01T00:00').toISOString() },
      { retiresAt: null },
    ])
  })
})

describe('code that signs', () => {
  startDesk({ ...someSeed, secrets: [key] })

  test('has the desk and the key in it, in every language', async () => {
    open('/sign')
    await screen.findByText(/const keyId = 'k1'/)
    for (const language of ['Node', 'PHP', 'Ruby', 'Python', 'Go', 'Java', 'C#']) {
      fireEvent.click(screen.getByRole('radio', { name: language }))
      const code = screen.getByRole('region', { name: `Code for ${language}` }).textContent!
      expect(code).toMatch(/["']acme["']/)
      expect(code).toMatch(/["']k1["']/)
      expect(code).toContain('helpdesk-identity-v2')
    }
  })
})

describe('the debugger', () => {
  const desk = startDesk({ ...someSeed, secrets: [key] })
  const hex = 'a'.repeat(64)

  test('reads the embed code and says in words what it found', async () => {
    open('/debug')
    type(
      await screen.findByLabelText('Identity'),
      `var HelpdeskWidget = { desk_token: "other", user_email: 'ann@example.com', user_admin: "1",\n signature: "${hex}" }`,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    await waitFor(() =>
      expect(requestsOf(desk, 'secrets.check')).toEqual([
        { identity: { user_email: 'ann@example.com' }, signature: hex },
      ]),
    )
    expect(await screen.findByRole('region', { name: /^(Accepted|Refused)$/ })).toBeTruthy()
    expect(screen.getByText(/names the desk other; you are looking at acme/)).toBeTruthy()
    expect(screen.getByText(/never sent: user_admin/)).toBeTruthy()
  })

  test('says why it is refused, with hints', async () => {
    open('/debug')
    type(await screen.findByLabelText('Identity'), '{"user_email":"ann@example.com"}')
    type(screen.getByLabelText('Signature'), 'nonsense')
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    const report = within(await screen.findByRole('region', { name: 'Refused' }))
    expect(report.getByText(/does not have the form of one/)).toBeTruthy()
    expect(report.getByText('Not hex digits')).toBeTruthy()
  })

  test('asks for something to check', async () => {
    open('/debug')
    fireEvent.click(await screen.findByRole('button', { name: 'Check' }))
    expect(screen.getByText('Paste an identity, or a JWT.')).toBeTruthy()
    type(screen.getByLabelText('Identity'), 'Hello there')
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    expect(screen.getByText(/^No attribute was found/)).toBeTruthy()
    expect(requestsOf(desk, 'secrets.check')).toEqual([])
  })

  test('checks a JWT alone', async () => {
    open('/debug')
    type(await screen.findByLabelText('JWT'), ' eyJ.eyJ.sig ')
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    await waitFor(() => expect(requestsOf(desk, 'secrets.check')).toEqual([{ identityToken: 'eyJ.eyJ.sig' }]))
  })
})

describe('an agent without the right', () => {
  const agents = [{ name: 'Sam Reed', email: 'sam@example.com', role: 'agent' as const }]
  const desk = startDesk({ ...someSeed, agents })

  test('sees the level and no keys', async () => {
    open()
    expect(await screen.findByText(/Only admins and owners/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Create key' })).toBeNull()
    expect(requestsOf(desk, 'secrets.list')).toEqual([])
  })
})
