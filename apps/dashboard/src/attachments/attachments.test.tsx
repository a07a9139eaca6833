import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import {
  conversationOf,
  listening,
  openConversation,
  openDashboard,
  requestsOf,
  someSeed,
  startDesk,
  type,
} from '../testing.tsx'
import { sizeText } from './words.ts'

const file = (name: string, text = 'Some text') => new File([text], name, { type: 'text/plain' })
const pick = (...files: File[]) => {
  const input = document.querySelector<HTMLInputElement>('.composer input[type="file"]')!
  fireEvent.change(input, { target: { files } })
}
const uploads = () => within(screen.getByRole('list', { name: 'Attached files' }))
const send = (field: Element) => fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
const thread = () => within(screen.getByRole('region', { name: 'Messages' }))

describe('files of a reply', () => {
  const desk = startDesk()

  test('are sent without any text, several at once, and stand in the thread', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    pick(file('log.txt'), file('rows.csv', 'a,b'))
    expect(await uploads().findByText('log.txt is attached')).toBeTruthy()
    expect(await uploads().findByText('rows.csv is attached')).toBeTruthy()
    send(field)
    expect(await thread().findByRole('link', { name: 'Download log.txt 9 B' })).toBeTruthy()
    expect(thread().getByRole('link', { name: 'Download rows.csv 3 B' })).toBeTruthy()
    expect(screen.queryByRole('list', { name: 'Attached files' })).toBeNull()
    const [reply] = requestsOf(desk, 'conversations.agentReply') as {
      message: string
      attachments: string[]
    }[]
    expect(reply?.message).toBe('')
    expect(reply?.attachments).toHaveLength(2)
  })

  test('hold sending back until they have arrived', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    const release = desk.hold('attachments.agentUpload')
    pick(file('log.txt'))
    type(field, 'See the log')
    expect(await screen.findByText('You can send when all files have arrived.')).toBeTruthy()
    send(field)
    expect((screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement).disabled).toBe(true)
    release()
    expect(await uploads().findByText('log.txt is attached')).toBeTruthy()
    expect(requestsOf(desk, 'conversations.agentReply')).toEqual([])
  })

  test('can be cancelled on their way and removed when they are there', async () => {
    await openConversation(desk, 'Ann Lee')
    const release = desk.hold('attachments.agentUpload')
    pick(file('log.txt'))
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel log.txt' }))
    release()
    await waitFor(() => expect(screen.queryByText('log.txt')).toBeNull())
    pick(file('rows.csv'))
    fireEvent.click(await screen.findByRole('button', { name: 'Remove rows.csv' }))
    expect(screen.queryByText('rows.csv')).toBeNull()
  })

  test('that did not arrive can be tried again', async () => {
    await openConversation(desk, 'Ann Lee')
    desk.failNext('attachments.agentUpload', 'internal')
    pick(file('log.txt'))
    fireEvent.click(await screen.findByRole('button', { name: /Try log.txt again/ }))
    expect(await uploads().findByText('log.txt is attached')).toBeTruthy()
  })

  test('of a kind that nobody accepts are refused before they are sent', async () => {
    await openConversation(desk, 'Ann Lee')
    pick(file('setup.exe'), file('empty.txt', ''))
    expect(await screen.findByText('This kind of file is not accepted.')).toBeTruthy()
    expect(screen.getByText('The file is empty.')).toBeTruthy()
    expect(requestsOf(desk, 'attachments.agentUpload')).toEqual([])
  })

  test('are ten at most', async () => {
    await openConversation(desk, 'Ann Lee')
    pick(...Array.from({ length: 12 }, (_, index) => file(`${index}.txt`)))
    expect(await screen.findByText(/10 files at most/)).toBeTruthy()
    expect(uploads().getAllByRole('listitem')).toHaveLength(10)
    // None may be on its way into the next test.
    await waitFor(() => expect(uploads().getAllByText(/is attached$/)).toHaveLength(10))
  })

  test('can be pasted and dropped', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    fireEvent.paste(field, { clipboardData: { types: ['Files'], files: [file('pasted.txt')] } })
    expect(await uploads().findByText('pasted.txt is attached')).toBeTruthy()
    const area = document.querySelector('.conversation-main')!
    fireEvent.dragOver(area, { dataTransfer: { types: ['Files'] } })
    expect(await screen.findByText('Drop to attach')).toBeTruthy()
    fireEvent.drop(area, { dataTransfer: { types: ['Files'], files: [file('dropped.txt')] } })
    expect(await uploads().findByText('dropped.txt is attached')).toBeTruthy()
    expect(screen.queryByText('Drop to attach')).toBeNull()
  })

  test('stay with the draft, and come back when a message was not sent', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    pick(file('log.txt'))
    await uploads().findByText('log.txt is attached')
    expect(JSON.stringify(localStorage)).toContain('log.txt')
    fireEvent.click(await screen.findByRole('link', { name: /Ben Ortiz/ }))
    await screen.findByRole('textbox', { name: 'Reply to Ben Ortiz' })
    expect(screen.queryByText('log.txt')).toBeNull()
    fireEvent.click(screen.getByRole('link', { name: /Ann Lee/ }))
    const again = await screen.findByRole('textbox', { name: 'Reply to Ann Lee' })
    expect(uploads().getByText('log.txt')).toBeTruthy()
    desk.failNext('conversations.agentReply', 'internal')
    send(again)
    fireEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    expect(await uploads().findByText('log.txt')).toBeTruthy()
    expect(field).toBeTruthy()
  })

  test('for a note never go out with a reply', async () => {
    const field = await openConversation(desk, 'Ann Lee')
    fireEvent.keyDown(document.body, { key: 'n' })
    const note = await screen.findByRole('textbox', { name: 'Note for your team' })
    pick(file('secret.txt'))
    await uploads().findByText('secret.txt is attached')
    fireEvent.click(screen.getByLabelText('Reply'))
    expect(screen.queryByText('secret.txt')).toBeNull()
    type(field, 'Hello')
    send(field)
    await waitFor(() =>
      expect(requestsOf(desk, 'conversations.agentReply')).toEqual([
        { message: 'Hello', sendInstantly: false, resolve: false },
      ]),
    )
    fireEvent.click(screen.getByLabelText('Note'))
    send(note)
    await waitFor(() => expect(requestsOf(desk, 'conversations.note')).toHaveLength(1))
    expect(requestsOf(desk, 'conversations.note')[0]).toMatchObject({ attachments: [expect.any(String)] })
  })
})

describe('files in the thread', () => {
  const desk = startDesk({
    ...someSeed,
    conversations: [
      {
        contact: { name: 'Ann Lee', email: 'ann@example.com' },
        messages: [
          ['contact', 'Look', [{ name: 'screen.png', width: 1200, height: 800 }, { name: 'report.pdf' }]],
        ],
      },
    ],
  })

  test('are pictures to look at and others to download, and arrive live', async () => {
    openDashboard(`#/desks/acme/messages/all/${conversationOf(desk, 'Ann Lee')}`)
    const picture = await screen.findByRole('img', { name: 'screen.png' })
    expect(picture.closest('a')?.getAttribute('rel')).toBe('noopener noreferrer')
    expect(picture.getAttribute('width')).toBe('320')
    expect(screen.getByRole('link', { name: /^Download report.pdf/ })).toBeTruthy()
    await listening(desk)
    desk.contactWrites(conversationOf(desk, 'Ann Lee'), '', [{ name: 'more.txt' }])
    expect(await screen.findByRole('link', { name: /^Download more.txt/ })).toBeTruthy()
  })
})

test.each([
  [512, '512 B'],
  [1536, '2 kB'],
  [10_485_760, '10.0 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
