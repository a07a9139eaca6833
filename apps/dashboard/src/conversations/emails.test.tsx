import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { listening, openConversation, requestsOf, someSeed, startDesk } from '../testing.tsx'

const home = { name: 'Ann', address: 'ann@home.example' }
const seed: HelpdeskSeed = {
  ...someSeed,
  conversations: [
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [
        ['contact', 'Where is my invoice?'],
        ['agent', 'Under Settings.'],
        ['agent', 'Then Billing.'],
      ],
      email: { state: 'failed', reason: 'undeliverable', attempts: 1 },
    },
    { contact: { name: 'Ben Ortiz', email: 'ben@example.com' }, messages: [['contact', 'Hello?']] },
  ],
  emails: [
    { from: { address: 'ann@example.com' }, about: 0, subject: 'Re: Invoice', text: 'From my mailbox.' },
    {
      from: { address: 'ann@example.com' },
      about: 0,
      subject: 'Invoice (1)',
      text: 'From who knows where.',
      proved: false,
      match: 'number',
    },
  ],
}

const messageOf = async (text: string) => {
  const found = (await screen.findByText(text, { selector: '.message-text' })).closest('li')
  if (!found) throw new Error('Not in the thread')
  return within(found)
}
const banner = () => screen.findByRole('region', { name: 'E-mails that wait' })

describe('e-mail in a conversation', () => {
  const desk = startDesk(seed)

  test('a message says from which address it came, and whether that is proved', async () => {
    await openConversation(desk, 'Ann Lee')
    const proved = await messageOf('From my mailbox.')
    expect(proved.getByText('by e-mail from ann@example.com')).toBeTruthy()
    expect(proved.queryByText(/^Sender not proved/)).toBeNull()
    const unproved = await messageOf('From who knows where.')
    expect(unproved.getByText(/^Sender not proved/).getAttribute('title')).toContain('Anybody can write')
  })

  test('the original of a message opens over the conversation', async () => {
    await openConversation(desk, 'Ann Lee')
    const message = await messageOf('From my mailbox.')
    fireEvent.click(message.getByRole('button', { name: 'View original' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Original e-mail' }))
    expect(await dialog.findByRole('heading', { name: 'Re: Invoice' })).toBeTruthy()
    expect(dialog.getByText('Found its conversation by the reply address.')).toBeTruthy()
    fireEvent.click(dialog.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('an e-mail that failed is sent once more from where it stands, once for all its messages', async () => {
    await openConversation(desk, 'Ann Lee')
    const states = await screen.findAllByText(/^E-mail failed .*: the mailbox does not accept it$/)
    expect(states).toHaveLength(2)
    const ann = desk.conversations[0]!
    expect(states[0]?.closest('a')?.getAttribute('href')).toBe(`#/desks/acme/emails/sent/${ann.id}`)
    await listening(desk)
    fireEvent.click(screen.getByRole('button', { name: 'Resend the e-mail to Ann Lee' }))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Resend' }))
    await waitFor(() => expect(screen.getAllByText(/^E-mail due /)).toHaveLength(2))
    expect(requestsOf(desk, 'notifications.resend')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: /^Resend/ })).toBeNull()
  })

  test('a held e-mail is announced above the thread it may belong into, and accepted there', async () => {
    const ann = desk.conversations[0]!
    desk.emailArrives(
      { from: home, subject: 'Re: Invoice', text: 'Me, from home.', reason: 'other_sender' },
      ann.id,
    )
    await openConversation(desk, 'Ann Lee')
    const held = within(await banner())
    expect(held.getByText('E-mail from another address waits:')).toBeTruthy()
    await listening(desk)
    fireEvent.click(held.getByRole('button', { name: `Accept as note in ${ann.number}` }))
    const note = await messageOf('Me, from home.')
    expect(note.getByText('by e-mail from ann@home.example')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('region', { name: 'E-mails that wait' })).toBeNull())
  })

  test('a held e-mail is looked at before it is put aside; the next one follows', async () => {
    const ann = desk.conversations[0]!
    for (const reason of ['other_sender', 'unproved_agent'] as const) {
      desk.emailArrives({ from: home, subject: `Held: ${reason}`, text: 'Text', reason }, ann.id)
    }
    await openConversation(desk, 'Ann Lee')
    const held = within(await banner())
    expect(held.getByText('E-mail in the name of an agent waits, unproved:')).toBeTruthy()
    expect(held.getByRole('link', { name: 'and 1 more' })).toBeTruthy()
    fireEvent.click(held.getByRole('button', { name: 'View' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Original e-mail' }))
    expect(await dialog.findByRole('heading', { name: 'Held: unproved_agent' })).toBeTruthy()
    fireEvent.click(dialog.getByRole('button', { name: 'Dismiss' }))
    expect(await screen.findByText('E-mail from another address waits:')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(desk.emails.at(-1)?.state).toBe('dismissed')
  })

  test('what is looked at stays open when it could not be decided', async () => {
    const ann = desk.conversations[0]!
    desk.emailArrives({ from: home, subject: 'S', text: 'T', reason: 'other_sender' }, ann.id)
    await openConversation(desk, 'Ann Lee')
    fireEvent.click(within(await banner()).getByRole('button', { name: 'View' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Original e-mail' }))
    desk.failNext('emails.dismiss', 'internal')
    fireEvent.click(await dialog.findByRole('button', { name: 'Dismiss' }))
    expect(await screen.findByText(/^Nothing was changed\./)).toBeTruthy()
    expect(dialog.getByRole('heading', { name: 'S' })).toBeTruthy()
    expect(screen.getByRole('dialog', { name: 'Original e-mail' })).toBeTruthy()
  })

  test('what waits for another conversation is not announced here', async () => {
    desk.emailArrives(
      { from: home, subject: 'S', text: 'T', reason: 'other_sender' },
      desk.conversations[0]!.id,
    )
    await openConversation(desk, 'Ben Ortiz')
    await screen.findByRole('link', { name: 'E-mail, 1 waits for you' })
    await waitFor(() =>
      expect(desk.requests.filter(({ url }) => url.includes('conversationId='))).not.toEqual([]),
    )
    expect(screen.queryByRole('region', { name: 'E-mails that wait' })).toBeNull()
  })
})

describe('e-mail and the contact', () => {
  const desk = startDesk(seed)
  const details = () => within(screen.getByRole('complementary', { name: 'Details' }))

  test('an address that bounced says why, and is tried again', async () => {
    const { contact } = desk.conversations[1]!
    desk.contactBounces(contact.id, '550 no such mailbox')
    await openConversation(desk, 'Ben Ortiz')
    expect(await details().findByText('E-mails do not arrive')).toBeTruthy()
    expect(details().getByText('550 no such mailbox')).toBeTruthy()
    fireEvent.click(details().getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(details().queryByText('E-mails do not arrive')).toBeNull())
    expect(requestsOf(desk, 'contacts.update')).toEqual([{ emailBounce: null }])
  })

  test('a contact who wants no e-mails gets none, until it does again', async () => {
    await openConversation(desk, 'Ben Ortiz')
    const wants = () => details().getByRole<HTMLInputElement>('switch', { name: 'E-mails from this desk' })
    expect(wants().checked).toBe(true)
    fireEvent.click(wants())
    expect(await details().findByText(/^They asked for no e-mails/)).toBeTruthy()
    expect(wants().checked).toBe(false)
    fireEvent.click(wants())
    await waitFor(() => expect(wants().checked).toBe(true))
    expect(requestsOf(desk, 'contacts.update')).toEqual([{ emailOptedOut: true }, { emailOptedOut: false }])
  })

  test('a change that is refused leaves the switch as it was', async () => {
    await openConversation(desk, 'Ben Ortiz')
    desk.failNext('contacts.update', 'forbidden')
    fireEvent.click(details().getByRole('switch', { name: 'E-mails from this desk' }))
    expect(await screen.findByText(/^Not changed\. Your role/)).toBeTruthy()
    expect(details().getByRole<HTMLInputElement>('switch', { name: 'E-mails from this desk' }).checked).toBe(
      true,
    )
  })
})
