import { fireEvent } from '@testing-library/preact'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { answered, change, inside, open, remember, setUp, shadow } from '../../testing.ts'

const state = setUp({
  desk: { name: 'Acme Support', tickets: { enabled: true } },
  agents: [{ name: 'Ola Nowak', email: 'ola@example.com' }],
})

const made: string[] = []
const freed: string[] = []
beforeAll(() => Promise.all([import('../tickets/part.tsx'), import('../i18n/parts-en.ts')]))
beforeEach(() => {
  made.length = freed.length = 0
  // What jsdom has not.
  URL.createObjectURL = () => {
    const url = `blob:test/${made.length}`
    made.push(url)
    return url
  }
  URL.revokeObjectURL = (url) => freed.push(url)
})

const asked = (id: string) => state.requests.filter((request) => request.id === id)
const file = (name: string, type: string, bytes = 8) => new File(['x'.repeat(bytes)], name, { type })
const screenshot = () => file('screenshot.png', 'image/png')
const picker = () => shadow().querySelector<HTMLInputElement>('input[type=file]')!
const rows = () => [...shadow().querySelectorAll<HTMLElement>('.picked li')]
const spoken = () => shadow().querySelector('.panel > .spoken')!.textContent
const composer = () => inside().getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a message…' })

function pick(...files: File[]): void {
  Object.defineProperty(picker(), 'files', { value: files, configurable: true })
  fireEvent.change(picker())
}
const attached = (name: string) => vi.waitFor(() => expect(spoken()).toBe(`${name} is attached.`))

async function openThread() {
  const known = state.contactStarts({ message: 'Is anybody there?', email: 'ann@example.com' })
  remember(known)
  const widget = await open()
  widget.openConversation(known.conversationId)
  await inside().findByRole('log')
  await vi.waitFor(() => expect(state.streams).toBe(1))
  return { widget, id: known.conversationId }
}

describe('a file', () => {
  test('is uploaded when it is picked, and goes with the message', async () => {
    await openThread()
    pick(screenshot())
    await attached('screenshot.png')
    expect(shadow().querySelector('.picked img')!.getAttribute('src')).toBe('blob:test/0')
    fireEvent.input(composer(), { target: { value: 'Here it is' } })
    inside().getByRole('button', { name: 'Send' }).click()
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    const { attachments, body } = state.conversations[0]!.messages[1]!
    expect(body).toBe('Here it is')
    expect(attachments.map(({ name }) => name)).toEqual(['screenshot.png'])
    await vi.waitFor(() =>
      expect(inside().queryByRole('link', { name: 'Open picture screenshot.png' })).not.toBeNull(),
    )
    expect(rows()).toEqual([])
    expect(freed).toEqual(['blob:test/0'])
  })

  test('needs no words beside it', async () => {
    await openThread()
    pick(file('log.csv', 'text/csv', 1_500))
    await attached('log.csv')
    fireEvent.keyDown(composer(), { key: 'Enter' })
    const link = await inside().findByRole('link', { name: 'Download log.csv 2 kB' })
    expect(link.getAttribute('download')).toBe('log.csv')
    expect(state.conversations[0]!.messages[1]!.body).toBe('')
    expect(link.closest('article')!.querySelector('.text')).toBeNull()
  })

  test('can be dropped anywhere on the panel', async () => {
    await openThread()
    const log = inside().getByRole('log')
    const dataTransfer = { types: ['Files'], files: [screenshot()], dropEffect: 'none' }
    expect(fireEvent.dragOver(log, { dataTransfer })).toBe(false)
    await inside().findByText('Drop files to attach them')
    expect(fireEvent.drop(log, { dataTransfer })).toBe(false)
    await attached('screenshot.png')
    expect(inside().queryByText('Drop files to attach them')).toBeNull()
  })

  test('is not mistaken in a text that is dropped or pasted', async () => {
    await openThread()
    const dataTransfer = { types: ['text/plain'], files: [] }
    expect(fireEvent.dragOver(composer(), { dataTransfer })).toBe(true)
    expect(fireEvent.drop(composer(), { dataTransfer })).toBe(true)
    const clipboardData = { types: ['text/plain', 'Files'], files: [screenshot()] }
    expect(fireEvent.paste(composer(), { clipboardData })).toBe(true)
    expect(rows()).toEqual([])
  })

  test('can be pasted', async () => {
    await openThread()
    const clipboardData = { types: ['Files'], files: [screenshot()] }
    expect(fireEvent.paste(composer(), { clipboardData })).toBe(false)
    await attached('screenshot.png')
  })

  test('that can be taken away leaves nothing behind, and the focus where it is of use', async () => {
    await openThread()
    pick(screenshot(), file('log.csv', 'text/csv'))
    await vi.waitFor(() => expect(shadow().querySelectorAll('.picked .done')).toHaveLength(2))
    inside().getByRole('button', { name: 'Remove screenshot.png' }).click()
    await vi.waitFor(() => expect(rows()).toHaveLength(1))
    expect(spoken()).toBe('screenshot.png was removed.')
    expect(freed).toEqual(['blob:test/0'])
    const next = inside().getByRole('button', { name: 'Remove log.csv' })
    expect(shadow().activeElement).toBe(next)
    next.click()
    await vi.waitFor(() => expect(rows()).toEqual([]))
    expect(shadow().activeElement).toBe(inside().getByRole('button', { name: 'Attach files' }))
    expect(inside().getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('can be taken away while it is on its way', async () => {
    await openThread()
    const release = state.hold('attachments.upload')
    pick(screenshot())
    const cancel = await inside().findByRole('button', { name: 'Cancel uploading screenshot.png' })
    expect(shadow().querySelector('progress')).not.toBeNull()
    await vi.waitFor(() => expect(asked('attachments.upload')).toHaveLength(1))
    const [request] = asked('attachments.upload')
    cancel.click()
    await vi.waitFor(() => expect(rows()).toEqual([]))
    release()
    await answered(request!)
    expect(rows()).toEqual([])
    expect(spoken()).toBe('screenshot.png was removed.')
  })

  test('that could not be uploaded can be tried again, and holds the message back until then', async () => {
    await openThread()
    state.failNext('attachments.upload', 'internal')
    pick(screenshot())
    await inside().findByText('Something went wrong on our side.')
    fireEvent.input(composer(), { target: { value: 'Here it is' } })
    fireEvent.keyDown(composer(), { key: 'Enter' })
    await inside().findByText('Some files have not been uploaded. Try again or remove them.')
    expect(composer().value).toBe('Here it is')
    expect(asked('conversations.reply')).toEqual([])
    inside().getByRole('button', { name: 'Try again to upload screenshot.png' }).click()
    await attached('screenshot.png')
    fireEvent.keyDown(composer(), { key: 'Enter' })
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    expect(state.conversations[0]!.messages[1]!.attachments).toHaveLength(1)
  })

  test('that failed with the connection is uploaded again when that is back', async () => {
    await openThread()
    state.offline = true
    change({ isOnline: false })
    pick(screenshot())
    await inside().findByText('There is no connection right now.')
    state.offline = false
    change({ isOnline: true })
    await attached('screenshot.png')
  })

  test('is waited for when the message is sent before it has arrived', async () => {
    await openThread()
    const release = state.hold('attachments.upload')
    pick(screenshot())
    fireEvent.input(composer(), { target: { value: 'Here it is' } })
    fireEvent.keyDown(composer(), { key: 'Enter' })
    await inside().findByRole('button', { name: 'Sending…' })
    expect(asked('conversations.reply')).toEqual([])
    release()
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    expect(state.conversations[0]!.messages[1]!.attachments).toHaveLength(1)
  })

  test('that has been uploaded survives a reload', async () => {
    const { widget, id } = await openThread()
    pick(screenshot())
    await attached('screenshot.png')
    widget.destroy()
    expect(freed).toEqual(['blob:test/0'])
    const again = await open()
    again.openConversation(id)
    await inside().findByRole('button', { name: 'Remove screenshot.png' })
    expect(shadow().querySelector('.picked img')).toBeNull()
    inside().getByRole('button', { name: 'Send' }).click()
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    expect(state.conversations[0]!.messages[1]!.attachments).toHaveLength(1)
    expect(localStorage.getItem('helpdesk:acme:drafts')).toBeNull()
  })

  test('stays with a message that failed', async () => {
    await openThread()
    pick(screenshot())
    await attached('screenshot.png')
    state.failNext('conversations.reply', 'internal')
    fireEvent.keyDown(composer(), { key: 'Enter' })
    await inside().findByText(/Not sent/)
    expect(shadow().querySelector('.failed .file')!.textContent).toContain('screenshot.png')
    inside().getByRole('button', { name: 'Try again' }).click()
    await vi.waitFor(() => expect(state.conversations[0]!.messages).toHaveLength(2))
    expect(state.conversations[0]!.messages[1]!.attachments).toHaveLength(1)
  })
})

describe('what cannot be attached', () => {
  test.each([
    ['an empty file', file('empty.txt', 'text/plain', 0), 'This file is empty.'],
    ['a program', file('setup.exe', 'application/x-msdownload'), 'This kind of file is not accepted.'],
    ['a page', file('page.html', 'text/html'), 'This kind of file is not accepted.'],
  ])('is said at once, and said to screen readers: %s', async (_, wrong, words) => {
    await openThread()
    pick(wrong)
    await inside().findByText(words)
    expect(spoken()).toBe(`${wrong.name}: ${words}`)
    expect(inside().queryByRole('button', { name: /Try again/ })).toBeNull()
    expect(asked('attachments.upload')).toEqual([])
    expect(inside().getByRole('button', { name: 'Send' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('is more than 10 MiB, to the byte', async () => {
    await openThread()
    const large = file('large.png', 'image/png')
    Object.defineProperty(large, 'size', { value: 10_485_761 })
    pick(large)
    await inside().findByText('This file is larger than 10 MB.')
    expect(asked('attachments.upload')).toEqual([])
  })

  test('is an eleventh file', async () => {
    await openThread()
    pick(...Array.from({ length: 12 }, (_, count) => file(`${count}.txt`, 'text/plain')))
    await inside().findByText('No more than 10 files can be attached.')
    await vi.waitFor(() => expect(asked('attachments.upload')).toHaveLength(10))
    expect(rows()).toHaveLength(11)
    expect(rows()[10]!.textContent).toContain('10.txt, 11.txt')
  })

  test('is what the desk refuses, in its words', async () => {
    await openThread()
    state.failNext('attachments.upload', 'quota_exceeded')
    pick(screenshot())
    await inside().findByText('Too many files in a short time. Please try again later.')
    state.failNext('attachments.upload', 'attachment_refused')
    pick(file('second.png', 'image/png'))
    await inside().findByText('This file is not accepted.')
  })

  test('is everything where the desk takes no files, without a reload', async () => {
    await openThread()
    inside().getByRole('button', { name: 'Attach files' })
    state.updateDesk({ widget: { attachments: false } })
    await vi.waitFor(() => expect(inside().queryByRole('button', { name: 'Attach files' })).toBeNull())
    const dataTransfer = { types: ['Files'], files: [screenshot()] }
    expect(fireEvent.drop(composer(), { dataTransfer })).toBe(true)
  })
})

describe('a form', () => {
  test('sends its files with the first message, which needs no words then', async () => {
    const widget = await open()
    widget.open('message')
    fireEvent.input(await inside().findByLabelText('Email'), { target: { value: 'ann@example.com' } })
    pick(screenshot())
    await attached('screenshot.png')
    inside().getByRole('button', { name: 'Send message' }).click()
    await inside().findByRole('link', { name: 'Open picture screenshot.png' })
    expect(asked('conversations.start')[0]!.body).toMatchObject({
      message: '',
      attachments: [expect.any(String)],
    })
  })

  test('keeps its files when the message is refused, and says so when it is they', async () => {
    const widget = await open()
    widget.open('new-ticket')
    fireEvent.input(await inside().findByLabelText('Email'), { target: { value: 'ann@example.com' } })
    inside().getByRole('button', { name: 'Continue' }).click()
    fireEvent.input(await inside().findByLabelText('Title'), { target: { value: 'Export stops' } })
    pick(screenshot())
    await attached('screenshot.png')
    state.failNext('tickets.create', 'internal')
    inside().getByRole('button', { name: 'Send ticket' }).click()
    await inside().findByText('Something went wrong on our side.')
    expect(rows()).toHaveLength(1)
    // The desk has thrown the upload away meanwhile.
    const drafts = (key: string) => state.requests.find(({ id }) => id === key)
    expect(drafts('tickets.create')!.body).toMatchObject({ attachments: [expect.any(String)] })
    inside().getByRole('button', { name: 'Send ticket' }).click()
    await inside().findByRole('link', { name: 'Open picture screenshot.png' })
  })
})

describe('a picture of a message', () => {
  test('is shown with its size known beforehand, and opens in a page of its own', async () => {
    const { id } = await openThread()
    state.agentReplies(id, '', { files: [{ name: 'steps.png', width: 640, height: 400 }] })
    const link = await inside().findByRole('link', { name: 'Open picture steps.png' })
    expect(link.getAttribute('target')).toBe('_blank')
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
    const image = link.querySelector('img')!
    expect([image.width, image.height]).toEqual([640, 400])
    expect(image.alt).toBe('steps.png')
    expect(shadow().querySelector('.panel > .spoken')!.textContent).toBe('Ola Nowak: steps.png')
  })

  test('that a policy of the page forbids becomes a file to download', async () => {
    const { id } = await openThread()
    state.agentReplies(id, 'Look', { files: [{ name: 'steps.png' }] })
    const link = await inside().findByRole('link', { name: 'Open picture steps.png' })
    fireEvent.error(link.querySelector('img')!)
    await inside().findByRole('link', { name: /^Download steps.png/ })
    expect(inside().queryByRole('link', { name: 'Open picture steps.png' })).toBeNull()
  })

  test('that a policy of the page forbids before it is sent becomes a drawing', async () => {
    await openThread()
    pick(screenshot())
    await attached('screenshot.png')
    fireEvent.error(shadow().querySelector('.picked img')!)
    await vi.waitFor(() => expect(shadow().querySelector('.picked img')).toBeNull())
    expect(shadow().querySelector('.picked .thumb svg')).not.toBeNull()
  })
})
