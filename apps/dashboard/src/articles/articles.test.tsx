import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  collections: [
    { name: { en: 'Orders', pl: 'Zamówienia' }, description: { en: 'Where it is.' } },
    { name: { en: 'Coffee' } },
    { name: { en: 'Empty' } },
  ],
  articles: [
    {
      collection: 'orders',
      featured: true,
      texts: {
        en: {
          title: 'Returning an order',
          markdown: 'You have thirty days.',
          feedback: [{ helpful: true }, { helpful: true }, { helpful: false, comment: 'Which form?' }],
        },
        pl: { title: 'Zwrot zamówienia', markdown: 'Trzydzieści dni.', draft: true },
      },
    },
    { collection: 'orders', texts: { en: { title: 'Tracking', markdown: 'Look into your e-mail.' } } },
    {
      collection: 'coffee',
      internal: true,
      texts: { en: { title: 'Refund limits', markdown: 'Up to 200.' } },
    },
  ],
  searches: [
    { text: 'zeppelin', times: 4 },
    { text: 'bezpłatna dostawa', locale: 'pl', times: 2 },
  ],
}

const list = (name: RegExp) => screen.getByRole('list', { name })
const titlesIn = (name: RegExp) =>
  [...list(name).querySelectorAll('.article-title')].map((one) => one.textContent)
const open = (item = '') => openDashboard(`#/desks/acme/articles${item}`)

describe('the list of articles', () => {
  const desk = startDesk(seed)

  test('shows collections with their articles, and how each language stands', async () => {
    open()
    await screen.findByText('Returning an order')
    expect(titlesIn(/^Articles in Orders/)).toEqual(['Returning an order', 'Tracking'])
    expect(screen.getByText('Where it is.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'pl, Polski: draft' }).getAttribute('href')).toMatch(/\/pl$/)
    expect(screen.getByText('2 of 3 found it helpful')).toBeTruthy()
    expect(within(list(/^Articles in Coffee/)).getByText('For agents only')).toBeTruthy()
  })

  test('is put in order with the keyboard', async () => {
    open()
    fireEvent.keyDown(await screen.findByRole('button', { name: 'Move Tracking' }), { key: 'ArrowUp' })
    await waitFor(() => expect(titlesIn(/^Articles in Orders/)).toEqual(['Tracking', 'Returning an order']))
    expect(screen.getByText('Tracking, place 1 of 2')).toBeTruthy()
    fireEvent.keyDown(screen.getByRole('button', { name: 'Move Orders' }), { key: 'ArrowDown' })
    await waitFor(() => expect(requestsOf(desk, 'collections.order')).toHaveLength(1))
    await waitFor(() =>
      expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toContain(
        'Coffee1 article',
      ),
    )
    const names = [...list(/^Collections/).querySelectorAll('.collection-fold span:first-of-type')]
    expect(names.map((one) => one.textContent)).toEqual(['Coffee', 'Orders', 'Empty'])
  })

  test('turns the star on, and off again when the desk refuses', async () => {
    open()
    const star = await screen.findByRole('button', { name: /^Feature Tracking/ })
    fireEvent.click(star)
    expect(star.getAttribute('aria-pressed')).toBe('true')
    await waitFor(() => expect(requestsOf(desk, 'articles.update')).toEqual([{ featured: true }]))
    desk.failNext('articles.update', 'internal')
    fireEvent.click(star)
    await screen.findByText(/^Not changed/)
    expect(star.getAttribute('aria-pressed')).toBe('true')
  })

  test('finds by what stands in articles, forgives typos and finds titles in every language', async () => {
    open()
    type(await screen.findByRole('searchbox', { name: 'Search articles' }), 'thirty')
    expect((await screen.findByText('thirty')).tagName).toBe('MARK')
    type(screen.getByRole('searchbox', { name: 'Search articles' }), 'zwrot zamow')
    await waitFor(() => expect(screen.getByText('1 article')).toBeTruthy())
    expect(screen.getByText('Returning an order')).toBeTruthy()
    type(screen.getByRole('searchbox', { name: 'Search articles' }), 'nothing of this')
    expect(await screen.findByText('No article by these words.')).toBeTruthy()
  })

  test('is narrowed down to what is to be done', async () => {
    open()
    const show = await screen.findByRole('combobox', { name: 'Show' })
    const rows = () => [...document.querySelectorAll('.article-title')].map((one) => one.textContent)
    fireEvent.change(show, { target: { value: 'missing-pl' } })
    expect(rows()).toEqual(['Tracking', 'Refund limits'])
    fireEvent.change(show, { target: { value: 'draft' } })
    expect(rows()).toEqual(['Returning an order'])
    fireEvent.change(show, { target: { value: 'changed' } })
    fireEvent.click(screen.getByRole('button', { name: 'Show every article' }))
    await screen.findByRole('list', { name: /^Collections/ })
  })

  test('gets a collection, which is renamed and removed', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'New collection' }))
    const make = within(screen.getByRole('dialog', { name: 'New collection' }))
    fireEvent.click(make.getByRole('button', { name: 'Add collection' }))
    expect(make.getByText('A name is needed in at least one language.')).toBeTruthy()
    type(make.getByLabelText('Name'), 'Machines')
    fireEvent.click(make.getByRole('button', { name: 'Add collection' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Edit collection Machines' }))
    const edit = within(screen.getByRole('dialog', { name: 'Edit collection Machines' }))
    fireEvent.click(edit.getByRole('tab', { name: /^Polski/ }))
    type(edit.getByLabelText('Name'), 'Maszyny')
    fireEvent.click(edit.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(requestsOf(desk, 'collections.update')).toMatchObject([
        { name: { en: 'Machines', pl: 'Maszyny' } },
      ]),
    )
    // The dialog closes once the change was answered; before that the old answer could come after the removal.
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    fireEvent.click(await screen.findByRole('button', { name: 'Remove collection Machines' }))
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(screen.queryByText('Machines')).toBeNull())
    expect(screen.queryByRole('button', { name: 'Remove collection Orders' })).toBeNull()
  })

  test('keeps a collection that was added while the list was on its way', async () => {
    const release = desk.hold('articles.list')
    open()
    await waitFor(() => expect(requestsOf(desk, 'collections.list')).toHaveLength(1))
    fireEvent.click(screen.getByRole('button', { name: 'New collection' }))
    const make = within(screen.getByRole('dialog', { name: 'New collection' }))
    type(make.getByLabelText('Name'), 'Machines')
    fireEvent.click(make.getByRole('button', { name: 'Add collection' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    release()
    await screen.findByRole('button', { name: 'Edit collection Machines' })
    expect(screen.getByRole('button', { name: 'Edit collection Coffee' })).toBeTruthy()
    expect(requestsOf(desk, 'collections.list')).toHaveLength(2)
  })

  test('refuses the address of another collection', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Edit collection Coffee' }))
    const edit = within(screen.getByRole('dialog'))
    type(edit.getByLabelText('Address'), 'orders')
    fireEvent.click(edit.getByRole('button', { name: 'Save' }))
    expect(await edit.findByText('Another collection has this address.')).toBeTruthy()
  })

  test('leads to a new article', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'New article in Coffee' }))
    const dialog = within(screen.getByRole('dialog', { name: 'New article' }))
    await waitFor(() =>
      expect(dialog.getByLabelText<HTMLSelectElement>('Collection').selectedOptions[0]?.text).toBe('Coffee'),
    )
    type(dialog.getByLabelText('Title'), 'Grinding')
    fireEvent.click(dialog.getByRole('button', { name: 'Start writing' }))
    expect(await screen.findByRole('textbox', { name: 'Text, in Markdown' })).toBeTruthy()
    expect(screen.getByDisplayValue('Grinding')).toBeTruthy()
    expect(location.hash).toMatch(/^#\/desks\/acme\/articles\/[0-9a-f-]{36}\/en$/)
  })
})

describe('a desk without articles', () => {
  const desk = startDesk()

  test('invites to write the first one, or to import a folder', async () => {
    open()
    expect(await screen.findByText('Nothing written yet')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Import a folder of Markdown' }).getAttribute('href')).toBe(
      '#/desks/acme/articles/files',
    )
    fireEvent.click(screen.getByRole('button', { name: 'Write the first article' }))
    expect(await screen.findByRole('dialog', { name: 'New article' })).toBeTruthy()
  })

  test('says why it could not be loaded, and tries again', async () => {
    desk.failNext('articles.list', 'internal')
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Nothing written yet')).toBeTruthy()
  })
})

describe('what to write next', () => {
  startDesk(seed)

  test('begins an article with the words of a search', async () => {
    open('/insights')
    fireEvent.click(await screen.findByRole('button', { name: 'Write this article: bezpłatna dostawa' }))
    const dialog = within(screen.getByRole('dialog', { name: 'New article' }))
    expect(dialog.getByLabelText<HTMLInputElement>('Title').value).toBe('Bezpłatna dostawa')
    expect(dialog.getByLabelText<HTMLSelectElement>('Language').value).toBe('pl')
  })

  test('shows what readers wrote about an article that did not help', async () => {
    open('/insights')
    fireEvent.click(
      await screen.findByRole('button', { name: 'What readers wrote about Returning an order' }),
    )
    expect(await screen.findByText('Which form?')).toBeTruthy()
    expect(screen.getByText(/1 not helped, 2 helped/)).toBeTruthy()
  })
})

describe('import and export', () => {
  const desk = startDesk(seed)
  const file = (name: string, content: string) => new File([content], name, { type: 'text/markdown' })

  test('show what becomes of each file before anything happens, then how it went', async () => {
    open('/files')
    const input = (await screen.findByLabelText('Choose files')) as HTMLInputElement
    fireEvent.change(input, {
      target: { files: [file('grinding.md', '# Grinding\n\nFine.'), file('cup.png', 'x')] },
    })
    expect(await screen.findByText('1 of 2 files to import')).toBeTruthy()
    expect(screen.getByText('en/grinding.md')).toBeTruthy()
    expect(screen.getByText('Not a Markdown file.')).toBeTruthy()
    expect(requestsOf(desk, 'articles.importFile')).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Import 1 file' }))
    expect(await screen.findByText('1 new article, 0 changed')).toBeTruthy()
    expect(requestsOf(desk, 'articles.importFile')).toEqual([
      { path: 'en/grinding.md', content: '# Grinding\n\nFine.' },
    ])
    expect(screen.getByText('New article', { selector: '.import-state' })).toBeTruthy()
  })

  test('say of a file why it failed, and try it again', async () => {
    open('/files')
    const input = (await screen.findByLabelText('Choose files')) as HTMLInputElement
    fireEvent.change(input, { target: { files: [file('a.md', 'A'), file('b.md', 'B')] } })
    desk.failNext('articles.importFile', 'forbidden')
    fireEvent.click(await screen.findByRole('button', { name: 'Import 2 files' }))
    expect(await screen.findByText('1 new article, 0 changed, 1 failed')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Import 1 file' }))
    expect(await screen.findByText('2 new articles, 0 changed')).toBeTruthy()
  })
})
