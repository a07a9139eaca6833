import { fireEvent } from '@testing-library/preact'
import { describe, expect, test, vi } from 'vitest'
import { change, inside, open, setUp, shadow } from '../../testing.ts'

const article = (title: string, markdown: string, featured = false) => ({
  collection: 'tools',
  featured,
  texts: { en: { title, markdown } },
})

const state = setUp({
  desk: { name: 'Acme Support' },
  collections: [{ slug: 'tools', name: { en: 'Tools' } }],
  articles: [
    article('Clean the grinder', 'Take it apart, then brush the burrs.', true),
    article('Set the grinder', 'Begin with a medium setting.'),
    article('Descale the kettle', 'Vinegar dissolves lime.', true),
  ],
})

const asked = (id: string) => state.requests.filter((request) => request.id === id)
const searches = () =>
  asked('articles.search').map(({ url }) => {
    const { searchParams } = new URL(url)
    return searchParams.get('final') ? `${searchParams.get('q')}!` : searchParams.get('q')
  })
const field = () => inside().findByRole<HTMLInputElement>('textbox', { name: 'Search for help' })
const type = async (value: string) => fireEvent.input(await field(), { target: { value } })
const hits = () => [...shadow().querySelectorAll('.hit b')].map(({ textContent }) => textContent)
const sees = (titles: string[]) => vi.waitFor(() => expect(hits()).toEqual(titles), { timeout: 3_000 })
const said = () => shadow().querySelector('.panel > .spoken')?.textContent
const focused = () => shadow().activeElement
const press = (key: string) => fireEvent.keyDown(focused()!, { key })

describe('the first screen', () => {
  test('has a search, and the articles that the desk has chosen', async () => {
    await open()
    await field()
    const section = inside().getByText('Helpful articles').parentElement!
    expect([...section.querySelectorAll('button')].map((one) => one.textContent)).toEqual([
      'Clean the grinder',
      'Descale the kettle',
    ])
    inside().getByRole('button', { name: /Send us a message/ })
  })

  test('has none where the desk offers no articles', async () => {
    state.updateDesk({ widget: { homes: { articles: false, messages: true, tickets: true } } })
    await open()
    expect(inside().queryByRole('search')).toBeNull()
    expect(asked('articles.home')).toHaveLength(0)
  })

  test('without messages and tickets is a knowledge base', async () => {
    state.updateDesk({ messaging: { enabled: false }, tickets: { enabled: false } })
    await open()
    await field()
    expect(shadow().textContent).not.toContain('We are not taking messages')
    expect(shadow().textContent).not.toContain('Wrote to us before')
    await type('kettle')
    await sees(['Descale the kettle'])
    expect(inside().queryByText('Still need help?')).toBeNull()
  })

  test('says what cannot be had when there is nothing else, and tries again', async () => {
    state.updateDesk({ messaging: { enabled: false }, tickets: { enabled: false } })
    state.failNext('articles.home', 'not_found')
    await open()
    fireEvent.click(await inside().findByRole('button', { name: 'Try again' }))
    await field()
  })
})

describe('searching', () => {
  test('happens while somebody types: once they pause, with what was found in it marked', async () => {
    await open()
    await type('gr')
    await type('grind')
    await type('grinder')
    await sees(['Clean the grinder', 'Set the grinder'])
    expect(searches()).toEqual(['grinder'])
    expect(said()).toBe('2 articles found')
    expect(inside().queryByText('Helpful articles')).toBeNull()
    await type('burrs')
    await sees(['Clean the grinder'])
    expect(shadow().querySelector('.hit mark')?.textContent).toBe('burrs')
    expect(said()).toBe('1 article found')
  })

  test('counts once, when the visitor has stopped, and asks nothing twice', async () => {
    await open()
    await type('Kettle ')
    await sees(['Descale the kettle'])
    await vi.waitFor(() => expect(searches()).toEqual(['kettle', 'kettle!']), { timeout: 4_000 })
    await type('')
    await inside().findByText('Helpful articles')
    await type('kettle')
    await sees(['Descale the kettle'])
    expect(searches()).toEqual(['kettle', 'kettle!'])
  })

  test('says that there is nothing only when the desk has looked at everything', async () => {
    await open()
    const release = state.hold('articles.search')
    await type('parrots')
    await vi.waitFor(() => expect(searches()).toEqual(['parrots']))
    release()
    await vi.waitFor(() => expect(searches()).toEqual(['parrots', 'parrots!']), { timeout: 4_000 })
    await inside().findByRole('heading', { name: 'Nothing found for “parrots”' }, { timeout: 3_000 })
  })

  test('counts at once when a result is opened', async () => {
    await open()
    await type('kettle')
    await sees(['Descale the kettle'])
    fireEvent.click(shadow().querySelector('.hit')!)
    await inside().findByRole('heading', { name: 'Descale the kettle' })
    await vi.waitFor(() => expect(searches()).toEqual(['kettle', 'kettle!']))
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    await sees(['Descale the kettle'])
    expect((await field()).value).toBe('kettle')
    expect(focused()).toBe(await field())
  })

  test('says what was searched for instead of a misspelt word', async () => {
    await open()
    await type('gridner')
    await sees(['Clean the grinder', 'Set the grinder'])
    inside().getByText('Results for “grinder”')
  })

  test('that finds nothing carries the text into a message, unless there is one already', async () => {
    await open()
    await type('espresso cups')
    await inside().findByRole('heading', { name: 'Nothing found for “espresso cups”' }, { timeout: 3_000 })
    expect(said()).toBe('Nothing found for “espresso cups”')
    fireEvent.click(inside().getByRole('button', { name: /Send us a message/ }))
    const message = await inside().findByLabelText<HTMLTextAreaElement>('Message')
    expect(message.value).toBe('espresso cups')
    fireEvent.input(message, { target: { value: 'Mine' } })
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    fireEvent.click(await inside().findByRole('button', { name: /Send us a message/ }, { timeout: 3_000 }))
    expect((await inside().findByLabelText<HTMLTextAreaElement>('Message')).value).toBe('Mine')
  })

  test('that finds nothing carries the text into the title of a ticket', async () => {
    await open({ user_email: 'ann@example.com' })
    await type('espresso cups')
    await inside().findByText('Still need help?', {}, { timeout: 3_000 })
    fireEvent.click(inside().getByRole('button', { name: /New ticket/ }))
    expect((await inside().findByLabelText<HTMLInputElement>('Title')).value).toBe('espresso cups')
  })

  test('that fails says so and tries again, by itself with the connection', async () => {
    await open()
    await field()
    state.offline = true
    await type('kettle')
    await inside().findByText('There is no connection right now.', {}, { timeout: 10_000 })
    change({ isOnline: false })
    state.offline = false
    change({ isOnline: true })
    await sees(['Descale the kettle'])
  })

  test('works with the keyboard alone, and Escape clears before it closes', async () => {
    const widget = await open()
    await type('grinder')
    await sees(['Clean the grinder', 'Set the grinder'])
    ;(await field()).focus()
    press('ArrowDown')
    expect(focused()?.textContent).toContain('Clean the grinder')
    press('ArrowDown')
    press('ArrowDown')
    expect(focused()?.textContent).toContain('Set the grinder')
    press('ArrowUp')
    press('ArrowUp')
    expect(focused()).toBe(await field())
    press('Enter')
    expect(focused()?.textContent).toContain('Clean the grinder')
    press('Escape')
    await inside().findByText('Helpful articles')
    expect(focused()).toBe(await field())
    expect(widget.isOpen).toBe(true)
    press('Escape')
    expect(widget.isOpen).toBe(false)
  })

  test('begins with what the page asks for', async () => {
    const widget = await open()
    widget.search('kettle')
    await sees(['Descale the kettle'])
    expect((await field()).value).toBe('kettle')
  })
})

describe('suggestions', () => {
  const write = async (label: string, value: string) =>
    fireEvent.input(await inside().findByLabelText(label), { target: { value } })

  test('stand below a message that is being written, for its words, and can be hidden', async () => {
    const widget = await open()
    widget.open('message')
    await write('Message', 'My grinder')
    await write('Message', 'My grinder is very loud in the morning')
    const found = await inside().findByRole('region', { name: 'These articles may help' }, { timeout: 5_000 })
    expect(found.previousElementSibling?.querySelector('textarea')).not.toBeNull()
    expect([...found.querySelectorAll('.row')].map((one) => one.textContent)).toEqual([
      'Clean the grinder',
      'Set the grinder',
    ])
    expect(searches().some((one) => one?.endsWith('!'))).toBe(false)
    fireEvent.click(inside().getByRole('button', { name: 'Hide suggestions' }))
    await vi.waitFor(() =>
      expect(inside().queryByRole('region', { name: 'These articles may help' })).toBeNull(),
    )
    const before = searches().length
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await write('Message', 'My kettle is very loud in the morning')
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    expect(searches()).toHaveLength(before)
  })

  test('open the article, and the way back leads to what was written', async () => {
    const widget = await open({ user_email: 'ann@example.com' })
    widget.newTicket({ title: 'The kettle is dirty' })
    const found = await inside().findByRole('region', { name: 'These articles may help' }, { timeout: 5_000 })
    fireEvent.click(found.querySelector('.row')!)
    await inside().findByText('Vinegar dissolves lime.')
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    expect((await inside().findByLabelText<HTMLInputElement>('Title')).value).toBe('The kettle is dirty')
  })
})
