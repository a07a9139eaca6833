import { fireEvent, within } from '@testing-library/preact'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { inside, open, setUp, shadow, url } from '../../testing.ts'

const png = 'data:image/png;base64,iVBORw0KGgo='
const state = setUp({
  desk: { name: 'Acme Support' },
  collections: [{ slug: 'tools', name: { en: 'Tools', pl: 'Narzędzia' } }],
  articles: [
    {
      collection: 'tools',
      featured: true,
      texts: {
        en: {
          title: 'Clean the grinder',
          markdown: `Read [about the kettle](${url}/help/acme/en/descale-the-kettle) too, or [our shop](https://shop.example/x).\n\n## The burrs\n\n- Brush them\n\n![Burrs](${png})\n\n[Up](#the-burrs)`,
        },
        pl: { title: 'Wyczyść młynek', markdown: 'Rozkręć go.', slug: 'clean-the-grinder' },
      },
    },
    {
      collection: 'tools',
      texts: { en: { title: 'Descale the kettle', markdown: 'Vinegar dissolves lime.' } },
    },
  ],
})

const asked = (id: string) => state.requests.filter((request) => request.id === id)
const heading = (name: string) => inside().findByRole('heading', { name })
const focused = () => shadow().activeElement

async function read(slug = 'clean-the-grinder', options: Parameters<typeof open>[0] = {}) {
  const widget = await open(options)
  widget.openArticle(slug)
  return widget
}

describe('an article', () => {
  test('opens from the page, with its collection, and tells the page', async () => {
    const widget = await open()
    const viewed = vi.fn()
    widget.on('article:viewed', viewed)
    widget.openArticle('clean-the-grinder')
    await heading('Clean the grinder')
    expect(shadow().querySelector('.head p')?.textContent).toBe('Tools')
    // One below the title, whatever it is on the article's own page.
    expect((await heading('The burrs')).tagName).toBe('H3')
    await vi.waitFor(() => expect(viewed).toHaveBeenCalledTimes(1))
    expect(viewed).toHaveBeenCalledWith({ slug: 'clean-the-grinder', title: 'Clean the grinder' })
  })

  test('is in the language of the widget, else in the one that there is', async () => {
    const widget = await read('clean-the-grinder', { locale: 'pl' })
    await heading('Wyczyść młynek')
    widget.setLocale('en')
    await heading('Clean the grinder')
    widget.setLocale('de')
    await inside().findByText('War das hilfreich?')
    expect((await heading('Clean the grinder')).lang).toBe('en')
  })

  test('links to others in the panel, and the way back leads through them', async () => {
    await read()
    fireEvent.click(await inside().findByRole('link', { name: 'about the kettle' }))
    await inside().findByText('Vinegar dissolves lime.')
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    await heading('The burrs')
    expect(asked('articles.read')).toHaveLength(2)
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    await inside().findByText('Helpful articles')
  })

  test('leaves a link with a modifier key to the browser', async () => {
    await read()
    const link = await inside().findByRole<HTMLAnchorElement>('link', { name: 'about the kettle' })
    expect(link.href).toBe(`${url}/help/acme/en/descale-the-kettle`)
    // Returns whether nobody prevented what the browser does.
    expect(fireEvent.click(link, { ctrlKey: true })).toBe(true)
    await heading('Clean the grinder')
  })

  test('opens other links in a new tab, and goes to its own headings', async () => {
    Element.prototype.scrollIntoView = vi.fn()
    await read()
    const other = await inside().findByRole<HTMLAnchorElement>('link', { name: 'our shop' })
    expect([other.target, other.rel]).toEqual(['_blank', 'noopener noreferrer'])
    fireEvent.click(inside().getByRole('link', { name: 'Up' }))
    expect(focused()?.textContent).toBe('The burrs')
    expect(Element.prototype.scrollIntoView).toHaveBeenCalled()
  })

  test('shows a picture over everything; Escape closes that and not the panel', async () => {
    const widget = await read()
    const small = await inside().findByRole('button', { name: 'Enlarge picture Burrs' })
    small.focus()
    fireEvent.click(small)
    const dialog = await vi.waitFor(() => shadow().querySelector('dialog')!)
    expect(dialog.open).toBe(true)
    fireEvent.keyDown(dialog, { key: 'Escape' })
    await vi.waitFor(() => expect(shadow().querySelector('dialog')).toBeNull())
    expect(widget.isOpen).toBe(true)
    expect(focused()).toBe(small)
  })

  test('that is not there is explained', async () => {
    await read('nowhere')
    await heading('Article not found')
    fireEvent.click(inside().getByRole('button', { name: 'Search for help' }))
    await inside().findByText('Helpful articles')
  })

  test('that cannot be had now can be tried again', async () => {
    state.failNext('articles.read', 'internal', { times: 9 })
    await read()
    const retry = await inside().findByRole('button', { name: 'Try again' }, { timeout: 10_000 })
    state.reset()
    fireEvent.click(retry)
    await heading('Clean the grinder')
  })

  test('names what else there is, and the ways to write', async () => {
    await read()
    fireEvent.click(await inside().findByRole('button', { name: 'Descale the kettle' }))
    await inside().findByText('Vinegar dissolves lime.')
    inside().getByText('Still need help?')
    inside().getByRole('button', { name: /Send us a message/ })
  })
})

describe('who still needs help after an article', () => {
  const still = async (name: RegExp) => {
    const section = (await inside().findByText('Still need help?')).parentElement!
    fireEvent.click(within(section).getByRole('button', { name }))
  }
  const back = () => fireEvent.click(inside().getByRole('button', { name: 'Back' }))
  const scroller = () => shadow().querySelector('.reading')!

  test('comes back from the form to where the article was left, and from there to what was found', async () => {
    await open()
    const field = await inside().findByRole<HTMLInputElement>('textbox', { name: 'Search for help' })
    fireEvent.input(field, { target: { value: 'burrs' } })
    fireEvent.click(await inside().findByRole('button', { name: /Clean the grinder.*Tools/ }))
    await heading('The burrs')
    scroller().scrollTop = 240
    fireEvent.scroll(scroller())
    await still(/Send us a message/)
    expect((await inside().findByLabelText<HTMLTextAreaElement>('Message')).value).toBe('burrs')
    back()
    await heading('The burrs')
    expect(scroller().scrollTop).toBe(240)
    back()
    const again = await inside().findByRole<HTMLInputElement>('textbox', { name: 'Search for help' })
    expect(again.value).toBe('burrs')
    inside().getByRole('button', { name: /Clean the grinder.*Tools/ })
  })

  test('comes back from a ticket too', async () => {
    state.updateDesk({ messaging: { enabled: false } })
    await read()
    await still(/New ticket/)
    await heading('New ticket')
    back()
    await heading('The burrs')
  })

  test('comes back to what was found from a form that was gone to from there', async () => {
    await open()
    const field = await inside().findByRole<HTMLInputElement>('textbox', { name: 'Search for help' })
    fireEvent.input(field, { target: { value: 'burrs' } })
    await still(/Send us a message/)
    await inside().findByLabelText('Message')
    back()
    await inside().findByRole('button', { name: /Clean the grinder.*Tools/ })
  })
})

describe('feedback', () => {
  test('is asked for once, with an optional comment', async () => {
    await read()
    fireEvent.click(await inside().findByRole('button', { name: 'No' }))
    const comment = await inside().findByLabelText('What could be better? (optional)')
    fireEvent.input(comment, { target: { value: ' Which brush? ' } })
    await vi.waitFor(() =>
      expect(inside().getByRole('button', { name: 'Send comment' }).getAttribute('aria-disabled')).toBe(
        'false',
      ),
    )
    fireEvent.click(inside().getByRole('button', { name: 'Send comment' }))
    await vi.waitFor(() => expect(asked('articles.rate')).toHaveLength(2))
    expect(asked('articles.rate').map(({ body }) => body)).toEqual([
      { helpful: false, locale: 'en' },
      { helpful: false, locale: 'en', comment: 'Which brush?' },
    ])
    await vi.waitFor(() => expect(inside().queryByLabelText(/What could be better/)).toBeNull())
    fireEvent.click(inside().getByRole('button', { name: 'Back' }))
    fireEvent.click(await inside().findByRole('button', { name: 'Clean the grinder' }))
    await heading('Thank you for your answer.')
    expect(inside().queryByRole('button', { name: 'Yes' })).toBeNull()
  })

  test('that is not taken can be given again', async () => {
    state.failNext('articles.rate', 'too_many_requests', { times: 9 })
    await read()
    fireEvent.click(await inside().findByRole('button', { name: 'Yes' }))
    await inside().findByText('That was a lot at once. Please wait a moment.', {}, { timeout: 15_000 })
    inside().getByRole('button', { name: 'Yes' })
  })
})

describe('sharing', () => {
  const page = `${url}/help/acme/en/clean-the-grinder`

  test("copies the address of the article's page", async () => {
    const writeText = vi.fn(async () => {})
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'clipboard'))
    await read()
    fireEvent.click(await inside().findByRole('button', { name: 'Copy link' }))
    await inside().findByRole('button', { name: 'Link copied' })
    expect(writeText).toHaveBeenCalledWith(page)
  })

  test('shows the address where nothing may be copied', async () => {
    await read()
    fireEvent.click(await inside().findByRole('button', { name: 'Copy link' }))
    expect((await inside().findByRole<HTMLInputElement>('textbox', { name: 'Copy link' })).value).toBe(page)
  })
})
