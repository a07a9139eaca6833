import { afterEach, describe, expect, test, vi } from 'vitest'
import { inside, open, place, setUp, shadow } from '../testing.ts'

const state = setUp({
  desk: { name: 'Acme Support' },
  categories: [{ code: 'bugs', name: { en: 'Bugs' } }],
  conversations: [
    {
      contact: { externalId: '17', email: 'ann@example.com' },
      subject: 'The invoice is wrong',
      messages: [
        ['contact', 'It names my old address.'],
        ['agent', 'We will send a new one.'],
      ],
    },
    { contact: { externalId: '17', email: 'ann@example.com' }, messages: [['contact', 'Another matter']] },
  ],
})
afterEach(() => vi.restoreAllMocks())

const ann = () => ({
  user_external_id: '17',
  signature: `v2.main.${Math.floor(Date.now() / 1000) + 86_400}.${'a'.repeat(64)}`,
})
const sees = (text: string) =>
  vi.waitFor(() => expect(shadow().textContent).toContain(text), { timeout: 3_000 })
const titleField = () => inside().findByLabelText<HTMLInputElement>('Title')
const opened = () => vi.waitFor(() => expect(shadow().querySelector('.panel.open')).not.toBeNull())
const asked = (id: string) => state.requests.filter((one) => one.id === id)
/** All that a widget does by itself has been done. */
const settled = () => vi.waitFor(() => expect(asked('desks.publicSettings')).not.toHaveLength(0))

describe('parameters of the page', () => {
  test('open the new-ticket form without a click, filled in and not sent', async () => {
    history.replaceState(null, '', '/help?title=Login+problem&c=bugs&priority=high&x=1')
    const widget = place({ user_email: 'ann@example.com' })
    await opened()
    expect(widget.isOpen).toBe(true)
    expect((await titleField()).value).toBe('Login problem')
    expect(inside().getByLabelText<HTMLSelectElement>(/Category/).value).toBe('bugs')
    expect(asked('tickets.create')).toHaveLength(0)
    expect(location.search).toBe('?title=Login+problem&c=bugs&priority=high&x=1')
  })

  test('open a ticket by its number, which wins over the others', async () => {
    const { number } = state.conversations[0]!
    history.replaceState(null, '', `/help?title=No&n=${number}`)
    place(ann())
    await sees('We will send a new one.')
  })

  test('open no ticket of somebody else', async () => {
    const { number } = state.conversations[0]!
    history.replaceState(null, '', `/help?n=${number}`)
    place({ ...ann(), user_external_id: '99' })
    await opened()
    await vi.waitFor(() => expect(asked('tickets.get').length).toBeGreaterThan(0))
    expect(shadow().textContent).not.toContain('We will send a new one.')
  })

  test('are taken out of the address bar where that is wished, and nothing else is', async () => {
    const before = { mine: 1 }
    history.replaceState(before, '', '/help?a=1&title=Hi&c=bugs&number=2&content=%20x#part')
    place({ clearParams: true })
    await vi.waitFor(() => expect(location.href).toMatch(/\/help\?a=1&number=2#part$/))
    expect(history.state).toEqual(before)
  })

  test('open nothing on a page that the rules hide', async () => {
    vi.spyOn(console, 'info').mockImplementation(() => {})
    state.updateDesk({ widget: { hideRules: ['*/help*'] } })
    history.replaceState(null, '', '/help?title=Hi')
    const widget = place()
    await vi.waitFor(() => expect(widget.whyUnavailable()).toMatchObject({ reason: 'hidden-by-rule' }))
    expect(widget.isOpen).toBe(false)
    history.pushState(null, '', '/shop')
    await vi.waitFor(() => expect(widget.whyUnavailable()).toBeUndefined())
    expect(widget.isOpen).toBe(false)
  })

  test.each(['/help?', '/help?title=', '/help?n=&c=', '/help?subtitle=x&nn=1'])(
    '%s opens nothing',
    async (url) => {
      history.replaceState(null, '', url)
      const widget = place()
      await settled()
      await vi.waitFor(() => expect(shadow().querySelector('.launcher')).not.toBeNull())
      expect(widget.isOpen).toBe(false)
    },
  )

  test('of white space only open nothing for long', async () => {
    history.replaceState(null, '', '/help?title=%20%20')
    const widget = place()
    const heard = vi.fn()
    widget.on('open', heard)
    await settled()
    await vi.waitFor(() => expect(widget.isOpen).toBe(false))
    expect(heard).not.toHaveBeenCalled()
  })

  test('survive that the page says a moment later who its user is', async () => {
    history.replaceState(null, '', '/help?title=Login+problem')
    const widget = place()
    await opened()
    widget.identify(ann())
    await vi.waitFor(() => expect(asked('contacts.identify')).toHaveLength(1))
    expect((await titleField()).value).toBe('Login problem')
  })
})

describe('the page API', () => {
  test('opens the new-ticket form with a draft, and a ticket by its number', async () => {
    const widget = await open(ann())
    widget.newTicket({ title: 'From a button' })
    expect((await titleField()).value).toBe('From a button')
    widget.openTicket(state.conversations[0]!.number)
    await sees('We will send a new one.')
  })
})

describe('a page that is nothing but the widget', () => {
  test('has no launcher and no way to close; the contact form is there at once', async () => {
    const widget = place({ mode: 'page', page: 'contact' })
    await opened()
    await inside().findByLabelText('Message')
    expect(inside().getByRole('region').className).toContain('panel')
    expect(inside().queryByRole('button', { name: 'Close' })).toBeNull()
    expect(shadow().querySelector<HTMLElement>('.launcher')!.style.display).toBe('none')
    widget.close()
    expect(widget.isOpen).toBe(true)
    expect(shadow().host.hasAttribute('data-ready')).toBe(true)
  })

  test('is the ticket centre of a signed user', async () => {
    place({ mode: 'page', page: 'tickets', ...ann() })
    await sees('The invoice is wrong')
  })

  test('with a public link shows that conversation and no other', async () => {
    const token = state.linkToken(state.conversations[0]!.id)!
    const widget = place({ mode: 'page', linkToken: token })
    await sees('We will send a new one.')
    expect(asked('contacts.identify')).toHaveLength(0)
    widget.open('home')
    widget.newTicket()
    await sees('We will send a new one.')
    expect(shadow().textContent).not.toContain('Another matter')
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(token)
  })

  test('with a wrong link shows nothing of anybody', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.spyOn(console, 'info').mockImplementation(() => {})
    const widget = place({ mode: 'page', linkToken: 'x'.repeat(43) })
    await vi.waitFor(() => expect(widget.whyUnavailable()).toMatchObject({ reason: 'identity-rejected' }))
    expect(shadow().textContent).not.toContain('invoice')
  })
})

test('an inline widget comes back in the container of a new body, and of a page that swaps a part', async () => {
  document.body.innerHTML = '<main><div id="help"></div></main>'
  place({ container: '#help' })
  await vi.waitFor(() => expect(document.querySelector('#help > helpdesk-widget')).not.toBeNull())
  document.querySelector('main')!.innerHTML = '<p>Next</p><div id="help"></div>'
  await vi.waitFor(() => expect(document.querySelector('#help > helpdesk-widget')).not.toBeNull())
  const next = document.createElement('body')
  next.innerHTML = '<div id="help"></div>'
  document.documentElement.replaceChild(next, document.body)
  await vi.waitFor(() => expect(next.querySelector('#help > helpdesk-widget')).not.toBeNull())
})

test('two widgets with two users disturb each other in nothing', async () => {
  const first = document.body.appendChild(document.createElement('div'))
  const second = document.body.appendChild(document.createElement('div'))
  place({ container: first, ...ann() })
  const other = place({ container: second })
  await vi.waitFor(() => expect(shadow(first).textContent).toContain('Another matter'))
  await vi.waitFor(() => expect(shadow(second).textContent).toContain('How can we help?'))
  expect(shadow(second).textContent).not.toContain('Another matter')
  other.destroy()
  expect(shadow(first).textContent).toContain('Another matter')
})
