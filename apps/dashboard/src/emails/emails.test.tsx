import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { listening, openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'
import { framedMail } from './OriginalFrame.tsx'

const answered = (name: string, email: string): NonNullable<HelpdeskSeed['conversations']>[number] => ({
  contact: { name, email },
  messages: [
    ['contact', 'Hello?'],
    ['agent', `Hello ${name}!`],
  ],
})

const seed: HelpdeskSeed = {
  ...someSeed,
  conversations: [
    { ...answered('Ann', 'ann@example.com'), subject: 'No invoice', email: { state: 'sent', attempts: 1 } },
    {
      ...answered('Ben', 'ben@example.com'),
      email: { state: 'failed', reason: 'undeliverable', attempts: 12, lastError: '550 no such mailbox' },
    },
  ],
  emails: [
    { from: { name: 'Zoe', address: 'zoe@example.com' }, subject: 'Norway?', text: 'Do you ship?' },
    { from: { address: 'list@example.com' }, subject: 'News', text: 'New', state: 'ignored', reason: 'bulk' },
    {
      from: { name: 'Ann', address: 'ann@home.example' },
      about: 0,
      subject: 'Re: No invoice',
      text: 'It is me.\n> Hello Ann!',
      reply: 'It is me.',
      html: '<b>It is me.</b>',
      headers: [{ name: 'X-Mailer', value: 'Pigeon' }],
      attachments: [{ name: 'invoice.pdf' }],
      reason: 'other_sender',
    },
  ],
}

const home = { address: 'kim@home.example' }
const open = (place = 'sent') => openDashboard(`#/desks/acme/emails/${place}`)
const list = (name = 'E-mails to contacts and agents') => within(screen.getByRole('list', { name }))
const rowOf = async (text: string | RegExp) => {
  const found = (await screen.findByText(text)).closest('li')
  if (!found) throw new Error('Not in a row')
  return within(found)
}
const names = () => [...document.querySelectorAll('.mails .mail-who strong')].map((one) => one.textContent)
const notice = (text: string | RegExp) => screen.findByText(text, { selector: '.toast span' })

describe('what was sent', () => {
  const desk = startDesk(seed)

  test('says to whom, about what, and what became of it, with the figures of a week', async () => {
    open()
    const ben = await rowOf('Failed after 12 tries: 550 no such mailbox')
    expect(ben.getByText('ben@example.com')).toBeTruthy()
    const link = ben.getByRole('link', { name: /^Conversation / })
    expect(link.getAttribute('href')).toContain(`/messages/all/${desk.conversations[1]!.id}`)
    expect((await rowOf(/^Sent \d\d:\d\d$/)).getByText('No invoice')).toBeTruthy()
    const week = within(screen.getByRole('list', { name: 'Last 7 days' }))
    expect(week.getAllByRole('listitem').map((one) => one.textContent)).toContain('1 failed')
    // Both agents hear of all three messages, those by e-mail too.
    expect(names().filter((name) => name === 'Sam Reed')).toHaveLength(3)
  })

  test('is narrowed down by state, recipient and words, and what fits nothing says so', async () => {
    open()
    await rowOf('Failed after 12 tries: 550 no such mailbox')
    fireEvent.change(screen.getByRole('combobox', { name: 'State' }), { target: { value: 'failed' } })
    await waitFor(() => expect(names()).toEqual(['Ben']))
    fireEvent.change(screen.getByRole('combobox', { name: 'State' }), { target: { value: '' } })
    fireEvent.click(screen.getByRole('radio', { name: 'Contacts' }))
    await waitFor(() => expect(names()).toEqual(['Ben', 'Ann']))
    type(screen.getByRole('searchbox', { name: 'Search by address or number' }), 'nobody@')
    expect(await screen.findByText('No e-mail fits the filters.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(names()).toContain('Sam Reed'))
  })

  test('of one conversation has an address of its own', async () => {
    open(`sent/${desk.conversations[0]!.id}`)
    await rowOf(/^Sent \d\d:\d\d$/)
    expect(names()).not.toContain('Ben')
    expect(screen.getByRole('link', { name: 'All conversations' }).getAttribute('href')).toBe(
      '#/desks/acme/emails/sent',
    )
  })

  test('is sent once more after a question, as a new one', async () => {
    open()
    const ben = await rowOf('Failed after 12 tries: 550 no such mailbox')
    fireEvent.click(ben.getByRole('button', { name: 'Resend the e-mail to Ben' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Send this once more to Ben?' }))
    expect(dialog.getByText(/whether they were read or not/)).toBeTruthy()
    expect(requestsOf(desk, 'notifications.resend')).toHaveLength(0)
    fireEvent.click(dialog.getByRole('button', { name: 'Resend' }))
    expect(await notice('On its way to Ben once more')).toBeTruthy()
    await waitFor(() => expect(names().filter((name) => name === 'Ben')).toHaveLength(2))
    expect(list().getByText('Failed after 12 tries: 550 no such mailbox')).toBeTruthy()
  })

  test('is not sent twice when it is on its way by then', async () => {
    open()
    const ben = await rowOf('Failed after 12 tries: 550 no such mailbox')
    fireEvent.click(ben.getByRole('button', { name: 'Resend the e-mail to Ben' }))
    desk.settleEmail(desk.conversations[1]!.id, { state: 'scheduled', attempts: 1, lastError: '451 later' })
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Resend' }))
    expect(await notice('It is on its way already, so it was not sent twice.')).toBeTruthy()
    expect(await screen.findByText(/^Failed once, next try .*: 451 later$/)).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('changes by itself, and tells what nobody can know', async () => {
    open()
    await rowOf('Failed after 12 tries: 550 no such mailbox')
    await listening(desk)
    desk.settleEmail(desk.conversations[1]!.id, { state: 'sending', maybeSent: true, reason: null })
    expect(await screen.findByText('The mail server broke off: it may have arrived.')).toBeTruthy()
    expect(screen.queryByText('Failed after 12 tries: 550 no such mailbox')).toBeNull()
  })

  test('comes page by page, and can fail to', async () => {
    for (let count = 0; count < 40; count++) {
      desk.contactStarts({ message: 'Hi', name: `Visitor ${count}`, email: `v${count}@example.com` })
    }
    open()
    await waitFor(() => expect(names()).toHaveLength(50))
    desk.failNext('notifications.list', 'internal')
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }))
    const alert = within(await screen.findByRole('alert'))
    expect(names()).toHaveLength(50)
    fireEvent.click(alert.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(names()).toHaveLength(desk.notifications.length))
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull()
  })

  test('says why it could not be loaded, and tries again', async () => {
    desk.failNext('notifications.list', 'internal')
    open()
    const alert = within(await screen.findByRole('alert'))
    expect(alert.getByText(/Something went wrong on the server/)).toBeTruthy()
    fireEvent.click(alert.getByRole('button', { name: 'Try again' }))
    await rowOf('Failed after 12 tries: 550 no such mailbox')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('is walked through with J and K', async () => {
    open()
    await rowOf('Failed after 12 tries: 550 no such mailbox')
    const links = list().getAllByRole('link')
    fireEvent.keyDown(document.body, { key: 'j' })
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'j' })
    expect(document.activeElement).toBe(links[1])
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'k' })
    expect(document.activeElement).toBe(links[0])
  })
})

describe('what came in', () => {
  const desk = startDesk(seed)

  test('shows first what waits, which the navigation counts', async () => {
    open('received')
    const held = within(await screen.findByRole('list', { name: 'E-mails that wait for you' }))
    expect(held.getByText('An answer to our e-mail, but from another address than we wrote to.')).toBeTruthy()
    await waitFor(() => expect(names()).toEqual(['Ann', 'list@example.com', 'Zoe']))
    expect(list('E-mails that came in').getByText('Sent to many, by a list or a newsletter.')).toBeTruthy()
    const nav = within(screen.getByRole('navigation', { name: 'Main' }))
    expect(await nav.findByRole('link', { name: 'E-mail, 1 waits for you' })).toBeTruthy()
  })

  test('is accepted as a note where it belongs', async () => {
    open('received')
    fireEvent.click(await screen.findByRole('button', { name: /^Accept as note in / }))
    expect(await notice(`Now a note in ${desk.conversations[0]!.number}`)).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('list', { name: 'E-mails that wait for you' })).toBeNull())
    expect(desk.conversations[0]!.messages.at(-1)).toMatchObject({ kind: 'note', body: 'It is me.' })
    await waitFor(() => expect(names()).toEqual(['Ann', 'list@example.com', 'Zoe']))
    expect(screen.queryByRole('link', { name: /waits for you/ })).toBeNull()
  })

  test('was left out by mistake and is taken in all the same', async () => {
    open('received')
    const row = await rowOf('Sent to many, by a list or a newsletter.')
    location.hash = row.getByRole('link', { name: 'News' }).getAttribute('href') ?? ''
    await screen.findByRole('heading', { name: 'News' })
    const takeIn = await screen.findByRole('button', { name: 'New conversation' })
    expect(within(screen.getByRole('main')).queryByRole('button', { name: 'Dismiss' })).toBeNull()
    fireEvent.click(takeIn)
    await notice(/^Conversation .* begins with it$/)
    await waitFor(() => expect(screen.queryByRole('button', { name: 'New conversation' })).toBeNull())
    expect(desk.conversations.at(-1)).toMatchObject({ channel: 'email' })
  })

  test('begins a conversation of its own, or is put aside', async () => {
    desk.emailArrives({
      from: { name: 'Kim', address: 'kim@example.com' },
      subject: 'A question',
      text: 'May I?',
      reason: 'conversations_by_email_off',
    })
    open('received')
    const kim = await rowOf('A question')
    expect(kim.queryByRole('button', { name: /^Accept as note/ })).toBeNull()
    fireEvent.click(kim.getByRole('button', { name: 'New conversation' }))
    const begun = await notice(/^Conversation .* begins with it$/)
    expect(desk.conversations.at(-1)).toMatchObject({ subject: 'A question', channel: 'email' })
    fireEvent.click(within(begun.parentElement!).getByRole('button', { name: 'Open' }))
    await waitFor(() => expect(location.hash).toContain(desk.conversations.at(-1)!.id))
    expect(requestsOf(desk, 'emails.accept')).toEqual([{ as: 'new' }])
  })

  test('is put aside without a trace in the conversation', async () => {
    open('received')
    const before = desk.conversations[0]!.messages.length
    fireEvent.click(await screen.findByRole('button', { name: 'Dismiss' }))
    expect(await notice('Put aside')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('list', { name: 'E-mails that wait for you' })).toBeNull())
    expect(desk.conversations[0]!.messages).toHaveLength(before)
    fireEvent.change(screen.getByRole('combobox', { name: 'State' }), { target: { value: 'dismissed' } })
    await waitFor(() => expect(names()).toEqual(['Ann']))
    fireEvent.change(screen.getByRole('combobox', { name: 'State' }), { target: { value: 'failed' } })
    expect(await screen.findByText('No e-mail is in this state.')).toBeTruthy()
  })

  test('stands above everything else, however many wait', async () => {
    for (let count = 0; count < 120; count++) {
      desk.emailArrives({ from: { address: `b${count}@x.example` }, subject: 'S', text: 'T', reason: 'bulk' })
    }
    open('received')
    const others = within(await screen.findByRole('list', { name: 'E-mails that came in' }))
    expect(await others.findByText('Norway?')).toBeTruthy()
    expect(screen.queryByText('Nothing else has come in.')).toBeNull()
    const waiting = () => within(screen.getByRole('list', { name: 'E-mails that wait for you' }))
    await waitFor(() => expect(waiting().getAllByRole('listitem')).toHaveLength(50))
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(waiting().getAllByRole('listitem')).toHaveLength(100))
  })

  test('leads on to the next one when it is decided, and is decided once', async () => {
    desk.emailArrives({
      from: home,
      subject: 'The newest',
      text: 'T',
      reason: 'conversations_by_email_off',
    })
    open('received')
    const newest = await rowOf('The newest')
    const button = newest.getByRole<HTMLButtonElement>('button', { name: 'Dismiss' })
    const description = document.getElementById(button.getAttribute('aria-describedby') ?? '')
    expect(description?.textContent).toBe('The newest')
    const release = desk.hold('emails.list')
    button.focus()
    fireEvent.click(button)
    expect(await notice('Put aside')).toBeTruthy()
    expect(document.activeElement?.textContent).toBe('Re: No invoice')
    expect(button.disabled).toBe(true)
    release()
    await waitFor(() => expect(names()).toEqual(['Ann', home.address, 'list@example.com', 'Zoe']))
    expect(requestsOf(desk, 'emails.dismiss')).toHaveLength(1)
  })

  test('stays open to be decided when that has failed', async () => {
    open('received')
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Dismiss' })
    desk.failNext('emails.dismiss', 'internal')
    fireEvent.click(button)
    expect(await notice(/^Nothing was changed\./)).toBeTruthy()
    await waitFor(() => expect(button.disabled).toBe(false))
  })

  test('says to whom it went, to many on demand', async () => {
    const to = Array.from({ length: 40 }, (_, index) => `to-${index}@example.com`)
    const { id } = desk.emailArrives({ from: home, to, subject: 'To all', text: 'T', reason: 'bulk' })
    open(`received/${id}`)
    expect(await screen.findByText(/^to-0@example.com, /)).toBeTruthy()
    expect(screen.queryByText(/to-39@/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'and 34 more' }))
    expect(screen.getByText(/to-39@example.com$/)).toBeTruthy()
  })

  test('was decided by somebody else meanwhile', async () => {
    open('received')
    const button = await screen.findByRole('button', { name: 'Dismiss' })
    desk.failNext('emails.dismiss', 'conflict')
    fireEvent.click(button)
    expect(await notice('Somebody has decided about this e-mail already.')).toBeTruthy()
  })

  test('is read whole: what was taken, the rest, the original, the header fields, the files', async () => {
    open(`received/${desk.emails[2]!.id}`)
    expect(await screen.findByRole('heading', { name: 'Re: No invoice', level: 1 })).toBeTruthy()
    expect(screen.getByText('Taken as the message').parentElement?.textContent).toContain('It is me.')
    expect(screen.getByText(/> Hello Ann!/)).toBeTruthy()
    expect(screen.getByText('invoice.pdf')).toBeTruthy()
    const download = screen.getByRole('link', { name: 'Download .eml' })
    expect(download.getAttribute('href')).toMatch(/\/api\/desks\/acme\/emails\/[^/]+\/raw$/)
    fireEvent.click(screen.getByRole('radio', { name: 'Original' }))
    const frame = screen.getByTitle('The e-mail as its sender made it')
    expect(frame.getAttribute('sandbox')).toBe('allow-same-origin')
    expect(frame.getAttribute('srcdoc')).toContain('<b>It is me.</b>')
    fireEvent.click(screen.getByRole('radio', { name: 'Headers' }))
    expect(screen.getByText('Pigeon')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(await screen.findByText('Put aside.')).toBeTruthy()
    fireEvent.keyDown(document.body, { key: 'Escape' })
    await waitFor(() => expect(location.hash).toBe('#/desks/acme/emails/received'))
  })

  test('that does not exist says so', async () => {
    open('received/01900000-0000-7000-8000-00000000ffff')
    expect((await screen.findByRole('alert')).textContent).toContain('The e-mail could not be loaded.')
  })
})

describe('where nothing has happened', () => {
  startDesk({ ...someSeed, conversations: [] })

  test('both halves say what will be listed', async () => {
    open()
    expect(await screen.findByText('No e-mails yet')).toBeTruthy()
    fireEvent.click(screen.getByRole('link', { name: 'Received' }))
    expect(await screen.findByText('Nothing has come in yet')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Set up receiving' })).toBeTruthy()
  })
})

describe('for a viewer', () => {
  startDesk({ ...seed, agents: [{ name: 'Vic View', email: 'vic@example.com', role: 'viewer' }] })

  test('there is nothing to send or to decide', async () => {
    open('received')
    expect(await screen.findByText('Agents of this desk decide what becomes of it.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull()
    fireEvent.click(screen.getByRole('link', { name: 'Sent' }))
    await waitFor(() => expect(names()).toContain('Ben'))
    expect(screen.queryByRole('button', { name: /^Resend/ })).toBeNull()
  })
})

test('the HTML of an e-mail loads nothing, whatever it says', () => {
  const page = new DOMParser().parseFromString(framedMail('<p>Hi</p>'), 'text/html')
  const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  // The one address that it may load from is that of the style sheet around it.
  const style = page.querySelector('link')?.href.split('?')[0]
  expect(policy?.match(/https?:\S+?(?=[;\s]|$)/g)).toEqual([style])
  expect(page.querySelector('p')?.textContent).toBe('Hi')
})
