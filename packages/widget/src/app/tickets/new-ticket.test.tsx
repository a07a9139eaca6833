import { fireEvent } from '@testing-library/preact'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { change, inside, open, remember, setUp, shadow } from '../../testing.ts'

const state = setUp({
  desk: {
    name: 'Acme Support',
    tickets: { enabled: true },
    widget: {
      helpText: { en: 'One ticket per topic, please.' },
      homes: { articles: true, messages: true, tickets: true },
    },
  },
  categories: [
    { code: 'bugs', name: { en: 'Bugs', pl: 'Błędy' }, helpText: { en: 'Tell us what you did.' } },
    { code: 'billing', name: { en: 'Billing' } },
  ],
})
beforeAll(() =>
  Promise.all([import('./part.tsx'), import('../i18n/parts-en.ts'), import('../contacts/identity.ts')]),
)

const field = (label: string) => inside().getByLabelText<HTMLInputElement>(label)
const fill = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })
const choose = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })
const press = (name: string) => inside().getByRole('button', { name }).click()
const asked = (id: string) => state.requests.filter((request) => request.id === id)

/** The words below a field, found the way assistive technology finds them. */
function noteOf(label: string): string | null {
  const id = field(label).getAttribute('aria-describedby')
  return id && shadow().getElementById(id)!.textContent
}

async function openForm(known = true) {
  if (known) remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
  const widget = await open()
  widget.open('new-ticket')
  await inside().findByLabelText(known ? 'Title' : 'Email')
  return widget
}

/** Says who one is. */
async function identify(email = 'ann@example.com') {
  fill('Email', email)
  press('Continue')
  await inside().findByLabelText('Title')
}

describe('a ticket', () => {
  test('is opened with everything that was filled in, and shows as a thread', async () => {
    const widget = await openForm()
    const created = vi.fn()
    widget.on('ticket:created', created)
    inside().getByText('One ticket per topic, please.')
    fill('Title', ' Export stops ')
    choose('Category', 'bugs')
    choose('Priority', 'high')
    fill('Description', 'At 1,000 rows.')
    press('Send ticket')
    await inside().findByRole('log')
    expect(asked('tickets.create')[0]!.body).toEqual({
      title: 'Export stops',
      content: 'At 1,000 rows.',
      category: 'bugs',
      priority: 'high',
      pageUrl: location.href,
    })
    inside().getByRole('heading', { name: 'Export stops' })
    const { number, id } = state.conversations[1]!
    inside().getByText(`#${number} · Received`)
    expect(shadow().querySelector('.facts')!.textContent).toBe('CategoryBugsPriorityHigh')
    await vi.waitFor(() => expect(created).toHaveBeenCalledWith({ conversationId: id, number }))
  })

  test('of somebody unknown begins with who it is', async () => {
    await openForm(false)
    expect(inside().queryByLabelText('Title')).toBeNull()
    press('Continue')
    await vi.waitFor(() => expect(noteOf('Email')).toContain('Please enter an email address'))
    await vi.waitFor(() => expect(shadow().activeElement).toBe(field('Email')))
    fill('Name (optional)', 'Ann')
    await identify()
    inside().getByText('We also send our answer to ann@example.com.')
    fill('Title', 'Export stops')
    fill('Description', 'At 1,000 rows.')
    press('Send ticket')
    await inside().findByRole('log')
    expect(asked('tickets.create')[0]!.body).toMatchObject({ email: 'ann@example.com', name: 'Ann' })
    expect(localStorage.getItem('helpdesk:acme:')).toMatch(/^[0-9a-f-]{36}\.\S{43}$/)
  })

  test('lets its writer change who it is, without losing a word', async () => {
    await openForm(false)
    await identify()
    fill('Title', 'Export stops')
    press('Change')
    await inside().findByLabelText('Email')
    await identify('ben@example.com')
    expect(field('Title').value).toBe('Export stops')
    inside().getByText('We also send our answer to ben@example.com.')
  })

  test('sent twice at once is opened once', async () => {
    await openForm()
    fill('Title', 'Export stops')
    fill('Description', 'At 1,000 rows.')
    const release = state.hold('tickets.create')
    press('Send ticket')
    ;(await inside().findByRole('button', { name: 'Sending…' })).click()
    release()
    await inside().findByRole('log')
    expect(asked('tickets.create')).toHaveLength(1)
  })

  test('written offline waits, is in the list, survives a reload and is sent once', async () => {
    const widget = await openForm()
    fill('Title', 'From a tunnel')
    fill('Description', 'No light.')
    state.offline = true
    change({ isOnline: false })
    press('Send ticket')
    await inside().findByText('Waiting for a connection')
    inside().getByRole('heading', { name: 'From a tunnel' })
    press('Back')
    const row = await inside().findByRole('button', { name: /From a tunnel/ })
    expect(row.textContent).toContain('Waiting for a connection')
    widget.destroy()
    state.offline = false
    change({ isOnline: true })
    const again = await open()
    again.open('tickets')
    await vi.waitFor(() => expect(state.conversations).toHaveLength(2))
    await inside().findByText(`#${state.conversations[1]!.number}`)
    expect(inside().getAllByText('From a tunnel')).toHaveLength(1)
    expect(state.conversations[1]!.subject).toBe('From a tunnel')
  })
})

test('a ticket that waited in a browser the desk no longer knows is in the form again', async () => {
  await openForm()
  fill('Title', 'From a tunnel')
  fill('Description', 'No light.')
  choose('Priority', 'high')
  change({ isOnline: false })
  press('Send ticket')
  await inside().findByText('Waiting for a connection')
  state.failNext('tickets.create', 'contact_unknown')
  change({ isOnline: true })
  await inside().findByText(/can no longer be opened in this browser/)
  inside()
    .getByRole('button', { name: /^New ticket/ })
    .click()
  await inside().findByLabelText('Email')
  await identify()
  expect(field('Title').value).toBe('From a tunnel')
  expect(field('Description').value).toBe('No light.')
  expect(field('Priority').value).toBe('high')
})

test('what the page says of its user is in the form, which begins with the ticket then', async () => {
  const widget = await open({ user_email: 'ann@example.com', user_name: 'Ann Lee' })
  widget.open('new-ticket')
  await inside().findByLabelText('Title')
  inside().getByText('We also send our answer to ann@example.com.')
  fill('Title', 'Export stops')
  fill('Description', 'At 1,000 rows.')
  press('Send ticket')
  await inside().findByRole('log')
  expect(asked('tickets.create')[0]!.body).toMatchObject({
    email: 'ann@example.com',
    name: 'Ann Lee',
    claims: { user_email: 'ann@example.com', user_name: 'Ann Lee' },
  })
})

describe('the form', () => {
  test('shows the help text of the category that is chosen, and reads it with the field', async () => {
    await openForm()
    expect(inside().queryByText('Tell us what you did.')).toBeNull()
    choose('Category', 'bugs')
    await vi.waitFor(() => expect(noteOf('Category')).toBe('Tell us what you did.'))
    choose('Category', 'billing')
    await vi.waitFor(() => expect(noteOf('Category')).toBeNull())
  })

  test('asks for the categories in the language that is spoken', async () => {
    const widget = await openForm()
    widget.setLocale('pl')
    const category = await inside().findByLabelText<HTMLSelectElement>('Kategoria', {}, { timeout: 5_000 })
    await vi.waitFor(() => expect([...category.options].map(({ text }) => text)).toContain('Błędy'))
  })

  test('says what is wrong at its field before anything is sent, and the first one gets the focus', async () => {
    await openForm()
    press('Send ticket')
    await vi.waitFor(() => expect(noteOf('Title')).toBe('Please enter a title.'))
    expect(noteOf('Description')).toBe('Please describe what it is about.')
    await vi.waitFor(() => expect(shadow().activeElement).toBe(field('Title')))
    fill('Title', 'x'.repeat(203))
    fill('Description', 'x'.repeat(20_001))
    press('Send ticket')
    await vi.waitFor(() => expect(noteOf('Title')).toBe('3 characters too many.'))
    expect(noteOf('Description')).toBe('1 character too many.')
    expect(asked('tickets.create')).toEqual([])
  })

  test('counts down when the title is near its limit', async () => {
    await openForm()
    fill('Title', 'x'.repeat(159))
    expect(noteOf('Title')).toBeNull()
    fill('Title', 'x'.repeat(199))
    await vi.waitFor(() => expect(noteOf('Title')).toBe('1 character left.'))
  })

  test('says what the desk found wrong at its field', async () => {
    await openForm()
    fill('Title', 'Export stops')
    fill('Description', 'At 1,000 rows.')
    state.failNext('tickets.create', 'validation_failed')
    press('Send ticket')
    await inside().findByText('Something in this message was not accepted.')
    expect(field('Title').value).toBe('Export stops')
    // A title of characters that are not seen passes here, and not at the desk.
    fill('Title', '\u0001')
    press('Send ticket')
    await vi.waitFor(() => expect(noteOf('Title')).toBe('Please enter a title.'))
    expect(asked('tickets.create')).toHaveLength(2)
  })

  test('keeps what was written over closing, going elsewhere and a reload', async () => {
    const widget = await openForm()
    fill('Title', 'Half a thought')
    choose('Priority', 'urgent')
    choose('Category', 'billing')
    press('Back')
    await inside().findByText('How can we help?')
    widget.destroy()
    const again = await open()
    again.open('new-ticket')
    expect((await inside().findByLabelText<HTMLInputElement>('Title')).value).toBe('Half a thought')
    expect(field('Priority').value).toBe('urgent')
    expect(field('Category').value).toBe('billing')
  })

  test('is filled in from a draft, of which the unknown is ignored, and sends nothing', async () => {
    remember(state.contactStarts({ message: 'Hello?', email: 'ann@example.com' }))
    const widget = await open()
    widget.open({
      draft: { title: 'Login problem', content: 'It fails.', category: 'BUGS', priority: 'high' },
    })
    expect((await inside().findByLabelText<HTMLInputElement>('Title')).value).toBe('Login problem')
    expect(field('Description').value).toBe('It fails.')
    expect(field('Category').value).toBe('bugs')
    expect(field('Priority').value).toBe('high')
    widget.open({ draft: { category: 'made-up', priority: 'whenever' as 'low' } })
    await vi.waitFor(() => expect(field('Category').value).toBe(''))
    expect(field('Priority').value).toBe('normal')
    expect(field('Title').value).toBe('Login problem')
    press('Send ticket')
    await inside().findByRole('log')
    expect(asked('tickets.create')).toHaveLength(1)
    expect(asked('tickets.create')[0]!.body).not.toHaveProperty('category')
  })

  test('can be filled in without categories when they cannot be had', async () => {
    state.failNext('tickets.form', 'internal', { times: 5 })
    await openForm()
    expect(inside().queryByLabelText('Category')).toBeNull()
    fill('Title', 'Export stops')
    fill('Description', 'At 1,000 rows.')
    press('Send ticket')
    await inside().findByRole('log')
  })

  test('is replaced by an explanation when tickets are turned off, without a reload', async () => {
    await openForm()
    await vi.waitFor(() => expect(state.streams).toBe(1))
    state.updateDesk({ tickets: { enabled: false } })
    await inside().findByText('We are not taking tickets here at the moment.')
    expect(inside().queryByLabelText('Title')).toBeNull()
  })
})
