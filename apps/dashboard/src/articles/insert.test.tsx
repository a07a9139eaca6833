import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openConversation, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  conversations: [
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      subject: 'Invoice',
      messages: [
        ['contact', 'Where is my invoice?'],
        ['agent', 'Under Settings,\nthen Billing.'],
      ],
    },
  ],
  articles: [
    { texts: { en: { title: 'Invoices', markdown: 'You find each invoice under Billing.' } } },
    { internal: true, texts: { en: { title: 'Refund limits', markdown: 'Up to 200.' } } },
  ],
}

describe('articles in a conversation', () => {
  const desk = startDesk(seed)

  test('are found for what it is about, and inserted as a link where the cursor is', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    type(field, 'Hello Ann!')
    field.setSelectionRange(10, 10)
    fireEvent.keyDown(field, { key: '/', ctrlKey: true })
    const finder = within(await screen.findByRole('dialog', { name: 'Insert an article' }))
    expect(await finder.findByText('For this conversation')).toBeTruthy()
    fireEvent.click(finder.getByRole('button', { name: 'Insert a link to Invoices' }))
    expect(field.value).toMatch(/^Hello Ann!\n\nInvoices\nhttp\S+\/invoices$/)
    await waitFor(() => expect(document.activeElement).toBe(field))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('are inserted with the keyboard alone, as an excerpt', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    fireEvent.click(screen.getByRole('button', { name: 'Insert an article' }))
    const search = await screen.findByRole('textbox', { name: 'Search articles' })
    type(search, 'refund')
    const row = await screen.findByRole('button', { name: 'Insert the title of Refund limits' })
    fireEvent.keyDown(search, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(row)
    fireEvent.keyDown(row, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(search)
    fireEvent.keyDown(search, { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(field.value).toBe('Refund limits\nUp to 200.'))
  })

  test('are made out of a reply, titled like the conversation', async () => {
    await openConversation(desk, 'Ann Lee')
    fireEvent.click(screen.getByRole('button', { name: 'Make an article out of this' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'New article' }))
    expect(dialog.getByLabelText<HTMLInputElement>('Title').value).toBe('Invoice')
    expect(dialog.getByText(/^Take out names/)).toBeTruthy()
    fireEvent.click(dialog.getByRole('button', { name: 'Start writing' }))
    const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' })
    expect(text.value).toBe('Under Settings,\\\nthen Billing.')
    expect(requestsOf(desk, 'articles.create')).toMatchObject([{ title: 'Invoice', locale: 'en' }])
  })
})
