import type { HelpdeskSeed } from '@helpdesk/client/testing'
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const seed: HelpdeskSeed = {
  ...someSeed,
  categories: [
    { code: 'billing', name: { en: 'Billing', pl: 'Płatności' } },
    { code: 'bug', name: { en: 'Bug' } },
    { code: 'idea', name: { en: 'Idea' } },
  ],
}
const open = (item = '') => openDashboard(`#/desks/acme/settings/categories${item}`)
const names = () =>
  within(screen.getByRole('list', { name: /^Categories/ }))
    .getAllByRole('link')
    .map((link) => link.querySelector('strong')?.textContent)
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save changes' }))

describe('categories', () => {
  const desk = startDesk(seed)

  test('are listed in their order, with how many languages they speak', async () => {
    open()
    await screen.findByText('Billing')
    expect(names()).toEqual(['Billing', 'Bug', 'Idea'])
    expect(screen.getByText('2 of 8 languages', { exact: false })).toBeTruthy()
  })

  test('are moved with the arrow keys, and the focus goes along', async () => {
    open()
    const grip = await screen.findByRole('button', { name: 'Move Idea' })
    grip.focus()
    fireEvent.keyDown(grip, { key: 'ArrowUp' })
    await waitFor(() => expect(names()).toEqual(['Billing', 'Idea', 'Bug']))
    expect(screen.getByText('Idea, place 2 of 3')).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Idea'))
    expect(requestsOf(desk, 'categories.order')).toHaveLength(1)
  })

  test('are dragged with the pointer', async () => {
    open()
    const grip = await screen.findByRole('button', { name: 'Move Billing' })
    const rows = [...document.querySelectorAll<HTMLElement>('.category')]
    rows.forEach((row, index) => {
      row.getBoundingClientRect = () => ({ top: index * 50, height: 50 }) as DOMRect
    })
    fireEvent.pointerDown(grip, { button: 0, clientY: 20 })
    fireEvent.pointerMove(grip, { clientY: 140 })
    expect(names()).toEqual(['Bug', 'Idea', 'Billing'])
    expect(requestsOf(desk, 'categories.order')).toEqual([])
    fireEvent.pointerUp(grip)
    await waitFor(() => expect(requestsOf(desk, 'categories.order')).toHaveLength(1))
  })

  test('go back to their old order when the desk refuses', async () => {
    open()
    desk.failNext('categories.order', 'forbidden')
    fireEvent.keyDown(await screen.findByRole('button', { name: 'Move Idea' }), { key: 'ArrowUp' })
    expect(await screen.findByText(/^Not moved\./)).toBeTruthy()
    expect(names()).toEqual(['Billing', 'Bug', 'Idea'])
  })

  test('are added with a code that follows the name', async () => {
    open('/new')
    type(await screen.findByLabelText('Name'), 'Sales & offers')
    expect((screen.getByLabelText('Code') as HTMLInputElement).value).toBe('sales-offers')
    fireEvent.click(screen.getByRole('tab', { name: /^Polski/ }))
    expect(screen.getByText('Empty: shows “Sales & offers” (English).')).toBeTruthy()
    type(screen.getByLabelText('Name'), 'Sprzedaż')
    type(screen.getByLabelText('Help text'), 'Napisz, czego szukasz.')
    save()
    expect(await screen.findByText('Sales & offers')).toBeTruthy()
    expect(location.hash).toBe('#/desks/acme/settings/categories')
    expect(requestsOf(desk, 'categories.create')).toEqual([
      {
        code: 'sales-offers',
        name: { en: 'Sales & offers', pl: 'Sprzedaż' },
        helpText: { pl: 'Napisz, czego szukasz.' },
      },
    ])
  })

  test('say what is wrong: no name, a bad code, a code that is taken', async () => {
    open('/new')
    type(await screen.findByLabelText('Code'), 'not good')
    save()
    expect(screen.getByText('A name is needed in at least one language.')).toBeTruthy()
    expect(screen.getByText(/^Begins with a letter or digit/)).toBeTruthy()
    type(screen.getByLabelText('Name'), 'Bugs')
    type(screen.getByLabelText('Code'), 'BUG')
    save()
    expect(await screen.findByText('Another category has this code.')).toBeTruthy()
  })

  test('are edited, and only what changed is sent', async () => {
    open()
    fireEvent.click(await screen.findByText('Bug'))
    type(await screen.findByLabelText('Name'), 'Defect')
    save()
    expect(await screen.findByText('Defect')).toBeTruthy()
    expect(requestsOf(desk, 'categories.update')).toEqual([{ name: { en: 'Defect' } }])
  })

  test('are not left with unsaved changes unasked', async () => {
    open('/new')
    type(await screen.findByLabelText('Name'), 'Half a')
    location.hash = '#/desks/acme/settings/categories'
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy()
  })

  test('are removed after a question', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Bug' }))
    const ask = within(await screen.findByRole('dialog', { name: 'Remove Bug?' }))
    expect(ask.getByText(/Conversations that have it keep it/)).toBeTruthy()
    fireEvent.click(ask.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(names()).toEqual(['Billing', 'Idea']))
  })

  test('change tabs of languages with the arrow keys', async () => {
    open('/new')
    const english = await screen.findByRole('tab', { name: /^English/ })
    fireEvent.keyDown(english, { key: 'ArrowLeft' })
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Slovenčina')
    expect(document.activeElement?.textContent).toContain('Slovenčina')
  })
})

describe('a desk without categories', () => {
  startDesk(someSeed)

  test('says what that means', async () => {
    open()
    expect(await screen.findByText('No categories yet')).toBeTruthy()
  })
})
