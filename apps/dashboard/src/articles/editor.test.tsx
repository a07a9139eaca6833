import type { HelpdeskSeed, HelpdeskState } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  collections: [{ name: { en: 'Orders' } }, { name: { en: 'Coffee' } }],
  articles: [
    {
      collection: 'orders',
      texts: { en: { title: 'Returning an order', markdown: 'You have thirty days.' } },
    },
    { texts: { en: { title: 'Tracking', markdown: 'Look into your e-mail.' } } },
  ],
}

const idOf = async (title: string) => {
  openDashboard('#/desks/acme/articles')
  const link = await screen.findByRole('link', { name: title })
  return /articles\/([^/]+)/.exec(link.getAttribute('href') ?? '')?.[1] ?? ''
}

async function edit(title = 'Returning an order'): Promise<{ id: string; text: HTMLTextAreaElement }> {
  const id = await idOf(title)
  fireEvent.click(screen.getByRole('link', { name: title }))
  location.hash = `#/desks/acme/articles/${id}/en`
  const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' })
  return { id, text }
}

/** Saves as a second person would, in another window. */
async function saveElsewhere(id: string, markdown: string): Promise<void> {
  const answer = await fetch(`http://localhost:3000/api/desks/acme/articles/${id}/texts/en`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ markdown }),
  })
  expect(answer.status).toBe(200)
}

const saveNow = (text: Element) => fireEvent.keyDown(text, { key: 's', ctrlKey: true })
const saves = (desk: HelpdeskState) => requestsOf(desk, 'articles.save')

describe('an article that is written', () => {
  const desk = startDesk(seed)

  test('saves itself when somebody pauses', async () => {
    const { text } = await edit()
    type(text, 'You have sixty days.')
    expect(screen.getByText('Not saved yet')).toBeTruthy()
    await waitFor(() => expect(saves(desk)).toEqual([{ markdown: 'You have sixty days.', revision: 1 }]))
    expect(await screen.findByText(/^Saved/)).toBeTruthy()
    expect(screen.getByText('Published, changes not shown yet')).toBeTruthy()
  })

  test('is saved before it is published, and published as it stands', async () => {
    const { text } = await edit()
    type(text, 'Sixty.')
    type(screen.getByRole('textbox', { name: 'Title' }), 'Returns')
    fireEvent.click(screen.getByRole('button', { name: 'Publish changes' }))
    expect(await screen.findByText('Readers see the new text')).toBeTruthy()
    expect(saves(desk)).toEqual([{ title: 'Returns', markdown: 'Sixty.', revision: 1 }])
    expect(screen.queryByRole('button', { name: 'Publish changes' })).toBeNull()
  })

  test('tells who else has saved it, shows the difference and keeps what one chooses', async () => {
    const { id, text } = await edit()
    await saveElsewhere(id, 'Theirs.')
    type(text, 'Mine.')
    saveNow(text)
    expect(await screen.findByText(/^Ola Nowak saved this at .*, while you were writing\.$/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Compare' }))
    expect(screen.getByText('Mine.', { selector: 'ins' })).toBeTruthy()
    expect(screen.getByText('Theirs.', { selector: 'del' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Keep mine' }))
    await waitFor(() => expect(saves(desk).at(-1)).toEqual({ markdown: 'Mine.', revision: 2 }))
    await waitFor(() => expect(screen.queryByText(/while you were writing/)).toBeNull())
  })

  test('takes over what somebody else has saved', async () => {
    const { id, text } = await edit()
    await saveElsewhere(id, 'Theirs.')
    type(text, 'Mine.')
    saveNow(text)
    fireEvent.click(await screen.findByRole('button', { name: 'Take theirs' }))
    await waitFor(() => expect(text.value).toBe('Theirs.'))
  })

  test('is not left while it cannot be saved, unasked', async () => {
    const { text } = await edit()
    desk.failNext('articles.save', 'forbidden', { times: 5 })
    type(text, 'Mine.')
    saveNow(text)
    expect(await screen.findByText(/^Not saved\. Your role/)).toBeTruthy()
    fireEvent.click(screen.getByRole('link', { name: 'Back to the articles' }))
    location.hash = '#/desks/acme/articles'
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy()
  })

  test('is saved on the way out', async () => {
    const { text } = await edit()
    type(text, 'Quick.')
    location.hash = '#/desks/acme/articles'
    await screen.findByRole('searchbox', { name: 'Search articles' })
    await waitFor(() => expect(saves(desk)).toHaveLength(1))
  })

  test('that does not exist says so', async () => {
    openDashboard('#/desks/acme/articles/01900000-0000-7000-8000-00000000dead/en')
    expect(await screen.findByText('This article does not exist')).toBeTruthy()
  })

  test('needs a title', async () => {
    await edit()
    type(screen.getByRole('textbox', { name: 'Title' }), ' ')
    expect(screen.getByText('Not saved: a title is needed')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Publish changes' }).disabled).toBe(true)
  })

  test('is formatted from the toolbar and with keys', async () => {
    const { text } = await edit()
    text.setSelectionRange(9, 15)
    fireEvent.click(screen.getByRole('button', { name: 'Bold' }))
    expect(text.value).toBe('You have **thirty** days.')
    text.setSelectionRange(0, 0)
    fireEvent.keyDown(text, { key: 'H', ctrlKey: true, shiftKey: true })
    expect(text.value).toBe('## You have **thirty** days.')
    fireEvent.change(screen.getByRole('combobox', { name: 'Call-out' }), { target: { value: 'tip' } })
    expect(text.value).toContain('> [!TIP]')
    type(text, '- one')
    text.setSelectionRange(5, 5)
    fireEvent.keyDown(text, { key: 'Enter' })
    expect(text.value).toBe('- one\n- ')
  })

  test('moves through the toolbar with arrow keys', async () => {
    await edit()
    const bold = screen.getByRole('button', { name: 'Bold' })
    bold.focus()
    fireEvent.keyDown(bold, { key: 'ArrowRight' })
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Italic')
    fireEvent.keyDown(document.activeElement as Element, { key: 'End' })
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Image/)
  })

  test('gets images that are pasted, and says of others why not', async () => {
    const { text } = await edit()
    const files = [
      new File(['x'], 'cup.png', { type: 'image/png' }),
      new File(['x'], 'notes.txt', { type: 'text/plain' }),
    ]
    text.setSelectionRange(21, 21)
    fireEvent.paste(text, { clipboardData: { types: ['Files'], files } })
    await waitFor(() => expect(text.value).toMatch(/thirty days\.\n\n!\[cup\]\(\S+\)\n\n$/))
    expect(screen.getByText(/^notes\.txt: Only PNG/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss notes.txt' }))
    expect(screen.queryByText(/^notes\.txt/)).toBeNull()
  })

  test('is previewed where nothing can run', async () => {
    const { text } = await edit()
    type(text, 'Some **strong** words.')
    const frame = screen.getByTitle<HTMLIFrameElement>('Preview: as readers see it')
    expect(frame.getAttribute('sandbox')).toBe('allow-same-origin')
    expect(frame.getAttribute('srcdoc')).toContain("default-src 'none'")
    // Here nobody loads what a frame is given as a text.
    frame.contentDocument?.write(frame.getAttribute('srcdoc') ?? '')
    fireEvent.load(frame)
    await waitFor(() => expect(frame.contentDocument?.querySelector('strong')?.textContent).toBe('strong'))
    expect(requestsOf(desk, 'articles.preview')).toEqual([{ markdown: 'Some **strong** words.' }])
  })
})

describe('beside the text', () => {
  const desk = startDesk(seed)
  const details = async () => {
    const opened = await edit()
    if (!screen.queryByRole('complementary', { name: 'About this article' })) {
      fireEvent.click(screen.getByRole('button', { name: 'Details' }))
    }
    return opened
  }

  test('the article gets another language from a copy, with an address of its own', async () => {
    const { id } = await edit()
    fireEvent.change(screen.getByRole('combobox', { name: 'Add a language' }), { target: { value: 'pl' } })
    expect(await screen.findByText('Not yet in Polski')).toBeTruthy()
    expect(location.hash).toBe(`#/desks/acme/articles/${id}/pl`)
    type(screen.getByLabelText('Title in Polski'), 'Zwrot zamówienia')
    fireEvent.click(screen.getByRole('button', { name: 'Add this language' }))
    const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text, in Markdown' })
    expect(text.value).toBe('You have thirty days.')
    expect(saves(desk)).toEqual([
      { title: 'Zwrot zamówienia', markdown: 'You have thirty days.', revision: 0 },
    ])
    expect(screen.getByRole('link', { name: 'Polski, draft' }).getAttribute('aria-current')).toBe('page')
  })

  test('the address changes, but never to one that another article has', async () => {
    await details()
    type(screen.getByLabelText('Address'), 'tracking')
    fireEvent.click(screen.getByRole('button', { name: 'Change address' }))
    expect(await screen.findByText('Another article has this address.')).toBeTruthy()
    type(screen.getByLabelText('Address'), 'Not Good')
    fireEvent.click(screen.getByRole('button', { name: 'Change address' }))
    expect(screen.getByText(/^Lower-case letters/)).toBeTruthy()
    type(screen.getByLabelText('Address'), 'returns')
    fireEvent.click(screen.getByRole('button', { name: 'Change address' }))
    expect(await screen.findByText('Address changed; the old one leads here')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Open the page' }).getAttribute('href')).toMatch(
      /\/help\/acme\/en\/returns$/,
    )
  })

  test('the article goes into another collection and among the team', async () => {
    await details()
    const coffee = await screen.findByRole<HTMLOptionElement>('option', { name: 'Coffee' })
    fireEvent.change(screen.getByLabelText('Collection'), { target: { value: coffee.value } })
    fireEvent.click(screen.getByLabelText('For agents only'))
    await waitFor(() =>
      expect(requestsOf(desk, 'articles.update')).toEqual([
        { collectionId: coffee.value },
        { internal: true },
      ]),
    )
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Open the page' })).toBeNull())
  })

  test('earlier versions show what came and went, and come back', async () => {
    const { id } = await details()
    await saveElsewhere(id, 'You have sixty days.')
    fireEvent.click(screen.getByRole('button', { name: 'History' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'History: English' }))
    expect(await dialog.findByText('You have sixty days.', { selector: 'ins' })).toBeTruthy()
    expect(dialog.getByText('You have thirty days.', { selector: 'del' })).toBeTruthy()
    const [, first] = within(dialog.getByRole('list', { name: 'Versions' })).getAllByRole('button')
    fireEvent.click(first as Element)
    fireEvent.click(dialog.getByRole('button', { name: 'Restore this version' }))
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'History: English' })).toBeNull())
  })

  test('a language is unpublished, and the article deleted, after a question', async () => {
    await details()
    fireEvent.click(screen.getByRole('button', { name: 'Unpublish' }))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Unpublish' }))
    expect(await screen.findByText('Unpublished; the draft stays')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Delete article' }))
    fireEvent.click(
      within(screen.getByRole('dialog', { name: 'Delete “Returning an order”?' })).getByRole('button', {
        name: 'Delete article',
      }),
    )
    expect(await screen.findByText('“Returning an order” deleted')).toBeTruthy()
    await waitFor(() => expect(location.hash).toBe('#/desks/acme/articles'))
  })
})

describe('a viewer', () => {
  startDesk({
    ...seed,
    agents: [{ name: 'Vi', email: 'vi@example.com', role: 'viewer' }],
  })

  test('reads and changes nothing', async () => {
    openDashboard('#/desks/acme/articles')
    const link = await screen.findByRole('link', { name: 'Tracking' })
    expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull()
    location.hash = link.getAttribute('href') ?? ''
    expect(await screen.findByTitle('Preview: as readers see it')).toBeTruthy()
    expect(screen.getByText('Your role may read articles, not change them.')).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: 'Text, in Markdown' })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Publish/ })).toBeNull()
  })
})
