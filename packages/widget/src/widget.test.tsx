import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { LoadPart } from './lazy.ts'
import { change, inside, open, place, remember, setUp, shadow, url } from './testing.ts'

const state = setUp({ desk: { name: 'Acme Support' } })

const launcher = () => shadow().querySelector<HTMLButtonElement>('.launcher')!
const isShown = () => launcher().style.display !== 'none'
const shown = () => vi.waitFor(() => expect(isShown()).toBe(true))
const panel = () => shadow().querySelector('.panel')

let info: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  info = vi.spyOn(console, 'info').mockImplementation(() => {})
})

describe('the launcher', () => {
  test('appears after one request, with the name of the desk', async () => {
    place()
    await shown()
    expect(launcher().getAttribute('aria-label')).toContain('Acme Support')
    expect(state.requests.map(({ id }) => id)).toEqual(['desks.publicSettings'])
    expect(state.requests[0]!.headers.get('authorization')).toBeNull()
  })

  test('has the place, the colour and the label of the desk, and text on it that can be read', async () => {
    state.updateDesk({ widget: { position: 'left', offset: 32, color: '#ffd400', launcherLabel: 'Ask us' } })
    place()
    await shown()
    const { style } = launcher()
    expect(style.left).toBe('32px')
    expect(style.bottom).toBe('32px')
    expect(style.right).toBe('')
    expect(style.cssText).toContain('#ffd400')
    expect(style.cssText).toContain('#000000')
    expect(launcher().textContent).toBe('Ask us')
  })

  test('follows what the page wants, and the desk again when the page wants nothing', async () => {
    const widget = place({ position: 'left', launcherLabel: 'Hi' })
    await shown()
    expect(launcher().style.left).toBe('20px')
    widget.update({ position: undefined, launcherLabel: undefined })
    expect(launcher().style.right).toBe('20px')
    expect(launcher().textContent).toBe('')
  })

  test('is not drawn for a page with a button of its own, which opens the panel', async () => {
    const widget = await open({ launcher: false })
    expect(isShown()).toBe(false)
    expect(widget.isOpen).toBe(true)
  })

  test('opens and closes the panel and says so to assistive technology', async () => {
    const widget = place()
    const heard: string[] = []
    widget.on('open', () => heard.push('open'))
    widget.on('close', () => heard.push('close'))
    await shown()
    launcher().click()
    await vi.waitFor(() => expect(panel()?.classList).toContain('open'))
    expect(launcher().getAttribute('aria-expanded')).toBe('true')
    launcher().click()
    await vi.waitFor(() => expect(panel()?.classList).not.toContain('open'))
    expect(launcher().getAttribute('aria-expanded')).toBe('false')
    await vi.waitFor(() => expect(heard).toEqual(['open', 'close']))
  })

  test('gets the focus back when the panel closes', async () => {
    await open()
    launcher().focus()
    inside().getByRole('button', { name: 'Close' }).focus()
    inside().getByRole('button', { name: 'Close' }).click()
    await vi.waitFor(() => expect(shadow().activeElement).toBe(launcher()))
  })
})

describe('unread replies', () => {
  test('are counted on the launcher before anything is opened, only with credentials', async () => {
    const known = state.contactStarts({ message: 'Hello?', email: 'ann@example.com' })
    state.agentReplies(known.conversationId, 'Hi!')
    state.agentReplies(known.conversationId, 'Still there?')
    remember(known)
    const widget = place()
    const counts: number[] = []
    widget.on('unread', ({ count }) => counts.push(count))
    await vi.waitFor(() => expect(launcher().dataset.badge).toBe('2'))
    expect(launcher().getAttribute('aria-label')).toContain('2')
    expect(widget.unreadCount).toBe(2)
    expect(counts).toEqual([2])
    expect(state.requests.map(({ id }) => id).sort()).toEqual([
      'conversations.unread',
      'desks.publicSettings',
    ])
  })

  test('are not asked for while nobody looks at the page', async () => {
    remember(state.contactStarts({ message: 'Hello?' }))
    change({ isVisible: false })
    place()
    await shown()
    expect(state.requests.map(({ id }) => id)).not.toContain('conversations.unread')
  })
})

describe('visibility rules', () => {
  const rules = { hideRules: ['*/checkout*'] }

  test('hide the widget on a page and say so once', async () => {
    state.updateDesk({ widget: rules })
    history.pushState(null, '', '/checkout/1')
    const widget = place()
    const heard = vi.fn()
    widget.on('unavailable', heard)
    await vi.waitFor(() => expect(info).toHaveBeenCalledTimes(1))
    expect(widget.whyUnavailable()).toEqual({ reason: 'hidden-by-rule', rule: '*/checkout*' })
    expect(heard).toHaveBeenCalledWith({ reason: 'hidden-by-rule', rule: '*/checkout*' })
    expect(isShown()).toBe(false)
    widget.open()
    expect(panel()).toBeNull()
  })

  test('are applied on every in-page navigation; an open panel closes and keeps its draft', async () => {
    state.updateDesk({ widget: rules })
    const widget = await open()
    const seen: unknown[] = []
    widget.on('visibility:changed', (detail) => seen.push(detail))
    inside().getByText('Send us a message').click()
    const message = await inside().findByLabelText<HTMLTextAreaElement>('Message')
    message.value = 'Half a thought'
    message.dispatchEvent(new Event('input', { bubbles: true }))
    history.pushState(null, '', '/checkout')
    await vi.waitFor(() => expect(widget.isOpen).toBe(false))
    await vi.waitFor(() => expect(panel()?.classList).not.toContain('open'))
    expect(isShown()).toBe(false)
    history.pushState(null, '', '/shop')
    await shown()
    widget.open()
    await vi.waitFor(() => expect(panel()?.classList).toContain('open'))
    expect(inside().getByLabelText<HTMLTextAreaElement>('Message').value).toBe('Half a thought')
    expect(seen).toEqual([
      { visible: false, because: 'hide', rule: '*/checkout*' },
      { visible: true, because: 'no-rules', rule: undefined },
    ])
  })
})

describe('why it is not there', () => {
  const reason = async (desk = 'acme') => {
    const widget = place({ desk })
    await vi.waitFor(() => expect(widget.whyUnavailable()).toBeDefined())
    return widget.whyUnavailable()!.reason
  }

  test('an unknown desk', async () => expect(await reason('nobody')).toBe('unknown-desk'))

  test('a server that does not answer now', async () => {
    state.failNext('desks.publicSettings', 'unavailable')
    expect(await reason()).toBe('offline')
  })

  test('a refused origin', async () => {
    state.failNext('desks.publicSettings', 'origin_not_allowed')
    expect(await reason()).toBe('origin-not-allowed')
  })

  test('a request that the browser does not let through', async () => {
    state.offline = true
    expect(await reason()).toBe('blocked')
  })

  test('no connection; it comes with the connection', async () => {
    state.offline = true
    change({ isOnline: false })
    const widget = place()
    await vi.waitFor(() => expect(widget.whyUnavailable()).toEqual({ reason: 'offline' }))
    expect(document.querySelector('helpdesk-widget')).toBeNull()
    state.offline = false
    change({ isOnline: true })
    await shown()
    expect(widget.whyUnavailable()).toBeUndefined()
  })

  test('messaging that is off is explained where the form would be', async () => {
    state.updateDesk({ messaging: { enabled: false }, tickets: { enabled: false } })
    const widget = await open()
    expect(widget.whyUnavailable()).toEqual({ reason: 'messaging-off', rule: undefined })
    expect(inside().queryByText('Send us a message')).toBeNull()
    expect(await inside().findByText('We are not taking messages here at the moment.')).toBeDefined()
  })

  test('an inactive desk, and one that wants signatures', async () => {
    state.updateDesk({ active: false })
    expect(await reason()).toBe('desk-inactive')
    state.updateDesk({ active: true, security: { level: 'signature' } })
    expect(await reason()).toBe('identity-required')
  })
})

describe('the page', () => {
  test('can call everything before the desk is known', async () => {
    const widget = place()
    widget.open('message')
    widget.setLocale('pl')
    widget.setTheme('dark')
    await vi.waitFor(() => inside().getByLabelText('Wiadomość'))
    expect(shadow().querySelector('.app')!.className).toContain('dark')
  })

  test('is told when the desk is known', async () => {
    const ready = vi.fn()
    place().once('ready', ready)
    await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1))
    expect(ready.mock.calls[0]![0].desk.name).toBe('Acme Support')
  })

  test('hides and shows the launcher; open() still opens the panel', async () => {
    const widget = await open()
    widget.hide()
    expect(isShown()).toBe(false)
    expect(widget.isOpen).toBe(false)
    widget.open()
    await vi.waitFor(() => expect(panel()?.classList).toContain('open'))
    expect(isShown()).toBe(false)
    widget.show()
    expect(isShown()).toBe(true)
  })

  test('stops listening', async () => {
    const widget = place()
    const heard = vi.fn()
    const end = widget.on('open', heard)
    widget.off('open', heard)
    end()
    widget.open()
    await vi.waitFor(() => expect(panel()?.classList).toContain('open'))
    expect(heard).not.toHaveBeenCalled()
  })

  test('changes the language of an open panel', async () => {
    const widget = await open()
    widget.setLocale('pl')
    await inside().findByText('W czym możemy pomóc?')
    expect(panel()!.getAttribute('lang')).toBe('pl')
    widget.setLocale(undefined)
    await inside().findByText('How can we help?')
  })

  test('may replace its body', async () => {
    place()
    await shown()
    const body = document.body
    const next = document.createElement('body')
    document.documentElement.replaceChild(next, body)
    await vi.waitFor(() => expect(next.querySelector('helpdesk-widget')).not.toBeNull())
    next.innerHTML = '<p>Emptied</p>'
    await vi.waitFor(() => expect(next.querySelector('helpdesk-widget')).not.toBeNull())
  })

  test('may have several widgets', async () => {
    const first = document.body.appendChild(document.createElement('div'))
    const second = document.body.appendChild(document.createElement('div'))
    place({ container: first })
    place({ container: second, locale: 'pl' })
    await vi.waitFor(() => expect(shadow(first).textContent).toContain('How can we help?'))
    await vi.waitFor(() => expect(shadow(second).textContent).toContain('W czym możemy pomóc?'))
  })
})

describe('a container', () => {
  test('is filled at once, with no launcher, no dialog and no stolen focus', async () => {
    document.body.innerHTML = '<input id="own"><div id="help"></div>'
    document.getElementById('own')!.focus()
    place({ container: '#help' })
    await vi.waitFor(() => expect(document.querySelector('#help helpdesk-widget')).not.toBeNull())
    await inside().findByText('How can we help?')
    expect(isShown()).toBe(false)
    expect(inside().getByRole('region').className).toContain('panel')
    expect(inside().queryByRole('button', { name: 'Close' })).toBeNull()
    expect(document.activeElement!.id).toBe('own')
  })

  test('that is not there makes the widget float until it comes', async () => {
    place({ container: '#help' })
    await shown()
    expect(document.querySelector('body > helpdesk-widget')).not.toBeNull()
    document.body.insertAdjacentHTML('beforeend', '<div id="help"></div>')
    await vi.waitFor(() => expect(document.querySelector('#help > helpdesk-widget')).not.toBeNull())
  })
})

test('an application that cannot be loaded is shown on the launcher and tried again', async () => {
  const { createShell } = await import('./widget.ts')
  const module = await import('./app/index.tsx')
  const loadApp = vi.fn(async () => module)
  loadApp.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  const widget = createShell({ url, desk: 'acme' }, loadApp as unknown as LoadPart)
  const failed = vi.fn()
  widget.on('error', failed)
  await shown()
  launcher().click()
  await vi.waitFor(() => expect(launcher().dataset.badge).toBe('!'))
  expect(failed).toHaveBeenCalledWith({ code: 'network', cause: expect.any(TypeError) })
  expect(widget.isOpen).toBe(false)
  launcher().click()
  await vi.waitFor(() => expect(panel()?.classList).toContain('open'))
  expect(launcher().dataset.badge).toBe('')
  widget.destroy()
})
