import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import {
  conversationOf,
  openConversation,
  openDashboard,
  requestsOf,
  someSeed,
  startDesk,
  type,
} from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  clients: [
    { externalId: 'CRM-1', name: 'Acme GmbH', plan: 'Premium', url: 'https://acme.example/team?a=1' },
    { externalId: 'CRM-2', name: 'Bad Ltd', url: 'javascript:alert(1)' },
  ],
  contacts: [
    { externalId: 'U-1', email: 'dora@acme.example', name: 'Dora Diaz', phone: '+48 123', client: 'CRM-1' },
    {
      externalId: 'U-2',
      email: 'ed@acme.example',
      name: 'Ed Ek',
      client: 'CRM-1',
      identity: 'short' as const,
    },
    {
      externalId: 'U-3',
      email: 'bad@bad.example',
      name: 'Bea Bad',
      client: 'CRM-2',
      identity: 'page' as const,
      claims: { client_name: 'The Bank', user_phone: '+1 555' },
    },
  ],
  conversations: [
    { contact: { externalId: 'U-1' }, subject: 'Invoice is wrong', messages: [['contact', 'See page 2']] },
    { contact: { externalId: 'U-1' }, messages: [['contact', 'An older question']] },
    { contact: { externalId: 'U-2' }, messages: [['contact', 'Written by a colleague']] },
    { contact: { externalId: 'U-3' }, messages: [['contact', 'I am the bank']] },
    ...someSeed.conversations!,
  ],
}

const details = () => within(screen.getByRole('complementary', { name: 'Details' }))

describe('what is known of a contact', () => {
  const desk = startDesk(seed)

  test('says who vouches for it, with its client', async () => {
    await openConversation(desk, 'Dora Diaz')
    expect(details().getByText('Your server signed who this is.', { exact: false })).toBeTruthy()
    expect(details().getByText('+48 123')).toBeTruthy()
    expect(details().getByText('U-1')).toBeTruthy()
    const client = within(details().getByRole('region', { name: 'Client' }))
    expect(client.getByText('Acme GmbH')).toBeTruthy()
    expect(client.getByText('Premium')).toBeTruthy()
    const link = client.getByRole('link', { name: 'acme.example/team?a=1' })
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(details().queryByText('Unverified, said by the page')).toBeNull()
  })

  test('keeps what a page says apart, and makes no link of what is none', async () => {
    await openConversation(desk, 'Bea Bad')
    const claims = within(details().getByRole('region', { name: 'Unverified, said by the page' }))
    expect(claims.getByText('The Bank')).toBeTruthy()
    expect(details().getByText(/^Not signed: this desk trusted/)).toBeTruthy()
    const client = within(details().getByRole('region', { name: 'Client' }))
    expect(client.getByText('javascript:alert(1)')).toBeTruthy()
    expect(client.queryByRole('link')).toBeNull()
  })

  test('lists its other conversations and those of its client', async () => {
    await openConversation(desk, 'Dora Diaz')
    const open = screen.getByRole('heading', { level: 2, name: /Invoice is wrong|Dora Diaz/ }).textContent
    const others = within(await details().findByRole('region', { name: 'Other conversations' }))
    const link = await others.findByRole('link')
    expect(link.textContent).toContain(open === 'Dora Diaz' ? 'Invoice is wrong' : 'An older question')
    const clients = within(details().getByRole('region', { name: 'Conversations of Acme GmbH' }))
    expect(await clients.findByText('Written by a colleague')).toBeTruthy()
    expect(clients.queryByText('An older question')).toBeNull()
    fireEvent.click(link)
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 2, name: /Invoice|Dora/ }).textContent).not.toBe(open),
    )
  })
})

describe('merging', () => {
  const desk = startDesk(seed)

  test('finds another contact, explains, and can be taken back from the list of merges', async () => {
    await openConversation(desk, 'Ben Ortiz')
    fireEvent.click(details().getByRole('button', { name: /Merge with another contact/ }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Merge contacts' }))
    expect((dialog.getByRole('button', { name: 'Choose a contact' }) as HTMLButtonElement).disabled).toBe(
      true,
    )
    type(dialog.getByLabelText('Search contacts'), 'ann')
    await waitFor(() => expect(dialog.getAllByRole('radio')).toHaveLength(1))
    fireEvent.click(dialog.getByRole('radio', { name: /Ann Lee/ }))
    expect(dialog.getByText(/All conversations of Ben Ortiz move to Ann Lee/)).toBeTruthy()
    fireEvent.click(dialog.getByRole('button', { name: 'Merge into Ann Lee' }))
    expect(await screen.findByText('Ben Ortiz is now part of Ann Lee')).toBeTruthy()
    expect(await screen.findByText(/You moved this from Ben Ortiz to Ann Lee/)).toBeTruthy()
    const merges = within(await details().findByRole('region', { name: 'Merged into this contact' }))
    expect(merges.getByText('Ben Ortiz')).toBeTruthy()
    fireEvent.click(merges.getByRole('button', { name: 'Undo' }))
    const ask = within(await screen.findByRole('dialog', { name: 'Take the merge back?' }))
    fireEvent.click(ask.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText(/You moved this from Ann Lee to Ben Ortiz/)).toBeTruthy()
    await waitFor(() => expect(details().queryByText('Merged into this contact')).toBeNull())
  })

  test('says why when the desk refuses', async () => {
    await openConversation(desk, 'Ben Ortiz')
    fireEvent.click(details().getByRole('button', { name: /Merge with another contact/ }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Merge contacts' }))
    fireEvent.click(await dialog.findByRole('radio', { name: /Ann Lee/ }))
    desk.failNext('contacts.merge', 'forbidden')
    fireEvent.click(dialog.getByRole('button', { name: 'Merge into Ann Lee' }))
    expect(await dialog.findByText(/Your role on this desk/)).toBeTruthy()
  })
})

describe('a viewer', () => {
  const agents = [{ name: 'Vic Moss', email: 'vic@example.com', role: 'viewer' as const }]
  const desk = startDesk({ ...seed, agents })

  test('sees a contact and changes nothing', async () => {
    openDashboard(`#/desks/acme/messages/all/${conversationOf(desk, 'Ben Ortiz')}`)
    await screen.findByText(/You can read along/)
    expect(details().queryByRole('button', { name: /Merge/ })).toBeNull()
    expect((details().getByLabelText('Priority') as HTMLSelectElement).disabled).toBe(true)
    expect(requestsOf(desk, 'contacts.merge')).toEqual([])
  })
})
