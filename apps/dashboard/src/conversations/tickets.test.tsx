import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openConversation, openDashboard, requestsOf, someSeed, startDesk } from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  categories: [
    { code: 'billing', name: { en: 'Billing', pl: 'Płatności' } },
    { code: 'bug', name: { en: 'Bug' } },
  ],
  clients: [{ externalId: 'CRM-1', name: 'Acme GmbH' }],
  contacts: [
    { externalId: 'U-1', email: 'dora@acme.example', name: 'Dora Diaz', client: 'CRM-1' },
    { externalId: 'U-2', email: 'ed@acme.example', name: 'Ed Ek', client: 'CRM-1' },
  ],
  conversations: [
    {
      contact: { externalId: 'U-1' },
      subject: 'Invoice is wrong',
      priority: 'urgent' as const,
      category: 'billing',
      channel: 'ticket_center' as const,
      messages: [['contact', 'See page 2']] as ['contact', string][],
    },
    ...someSeed.conversations!,
  ],
}
const details = () => within(screen.getByRole('complementary', { name: 'Details' }))

describe('a ticket', () => {
  const desk = startDesk(seed)

  test('stands in the list with title, number, priority, category, client and channel in words', async () => {
    openDashboard()
    const row = await screen.findByRole('link', { name: /Invoice is wrong/ })
    const { number } = desk.conversations.find((one) => one.subject)!
    for (const text of [
      'Dora Diaz',
      'Acme GmbH',
      `#${number}`,
      'Urgent',
      'Billing',
      'Ticket centre',
      'See page 2',
    ]) {
      expect(row.textContent).toContain(text)
    }
  })

  test('has its title on top', async () => {
    await openConversation(desk, 'Dora Diaz')
    expect(screen.getByRole('heading', { level: 2, name: 'Invoice is wrong' })).toBeTruthy()
  })

  test('gets another priority and category, at once and with words in the thread', async () => {
    await openConversation(desk, 'Dora Diaz')
    const release = desk.hold('conversations.update')
    fireEvent.change(details().getByLabelText('Priority'), { target: { value: 'low' } })
    expect((details().getByLabelText('Priority') as HTMLSelectElement).value).toBe('low')
    await waitFor(() => expect(requestsOf(desk, 'conversations.update')).toEqual([{ priority: 'low' }]))
    release()
    expect(await screen.findByText(/You set the priority to low/)).toBeTruthy()
    const category = details().getByLabelText('Category') as HTMLSelectElement
    await within(category).findByText('Bug')
    fireEvent.change(category, { target: { value: 'bug' } })
    expect(await screen.findByText(/You set the category to Bug/)).toBeTruthy()
    fireEvent.change(category, { target: { value: '' } })
    expect(await screen.findByText(/You removed the category Bug/)).toBeTruthy()
    expect(requestsOf(desk, 'conversations.update').slice(1)).toEqual([
      { category: 'bug' },
      { category: null },
    ])
  })

  test('goes back to what it was when the desk refuses', async () => {
    await openConversation(desk, 'Dora Diaz')
    desk.failNext('conversations.update', 'forbidden')
    const priority = details().getByLabelText('Priority') as HTMLSelectElement
    fireEvent.change(priority, { target: { value: 'low' } })
    expect(await screen.findByText(/Your role on this desk does not allow that/)).toBeTruthy()
    expect(priority.value).toBe('urgent')
  })

  test('P and C go to priority and category', async () => {
    await openConversation(desk, 'Dora Diaz')
    fireEvent.keyDown(document.body, { key: 'p' })
    await waitFor(() => expect(document.activeElement).toBe(details().getByLabelText('Priority')))
    fireEvent.blur(document.activeElement!)
    ;(document.activeElement as HTMLElement).blur()
    fireEvent.keyDown(document.body, { key: 'c' })
    await waitFor(() => expect(document.activeElement).toBe(details().getByLabelText('Category')))
  })
})

describe('the public link', () => {
  const desk = startDesk(seed)
  const link = async () => (await details().findByRole('textbox', { name: 'Address' })) as HTMLInputElement

  test('is shown, replaced and revoked, each after a question', async () => {
    await openConversation(desk, 'Dora Diaz')
    const { id } = desk.conversations.find((one) => one.subject)!
    const before = (await link()).value
    expect(before).toContain(desk.linkToken(id)!)
    fireEvent.click(details().getByRole('button', { name: 'Replace' }))
    const ask = within(await screen.findByRole('dialog', { name: 'Replace the public link?' }))
    expect(ask.getByText(/The old link stops working at once/)).toBeTruthy()
    fireEvent.click(ask.getByRole('button', { name: 'Replace' }))
    await waitFor(async () => expect((await link()).value).not.toBe(before))
    expect((await link()).value).toContain(desk.linkToken(id)!)
    fireEvent.click(details().getByRole('button', { name: 'Revoke' }))
    const sure = within(await screen.findByRole('dialog', { name: 'Revoke the public link?' }))
    fireEvent.click(sure.getByRole('button', { name: 'Revoke' }))
    expect(await details().findByText(/There is no public link/)).toBeTruthy()
    expect(desk.linkToken(id)).toBeNull()
    fireEvent.click(details().getByRole('button', { name: 'Create a link' }))
    expect((await link()).value).toContain('/t/')
  })

  test('stays when nobody confirms', async () => {
    await openConversation(desk, 'Dora Diaz')
    await link()
    fireEvent.click(details().getByRole('button', { name: 'Revoke' }))
    const sure = within(await screen.findByRole('dialog', { name: 'Revoke the public link?' }))
    fireEvent.click(sure.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(requestsOf(desk, 'conversations.revokePublicLink')).toEqual([])
  })
})
