import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setUp } from './testing.ts'
import type { Widget } from './widget.ts'

const state = setUp({ otherDesks: { 'other-desk': { name: 'Other' } } })

type PageWidget = Widget & {
  push(...ready: ((widget: Widget) => void)[]): void
  widgets: Record<string, Widget>
}
const onPage = () => Reflect.get(window, 'Helpdesk') as PageWidget

let current: unknown
beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('PART_HASHES', { app: '1', identity: '2' })
  vi.spyOn(document, 'currentScript', 'get').mockImplementation(() => current as HTMLScriptElement)
  current = Object.assign(document.createElement('script'), { src: 'http://desk.test/support/widget.js' })
  Object.assign((current as HTMLScriptElement).dataset, { helpdeskId: 'acme' })
})
afterEach(() => {
  onPage()?.destroy?.()
  Reflect.deleteProperty(window, 'Helpdesk')
})

const run = () => import('./loader.ts')
const hosts = () => document.querySelectorAll('helpdesk-widget').length

test('the script tag puts the widget on the page and on window.Helpdesk', async () => {
  await run()
  await vi.waitFor(() => expect(hosts()).toBe(1))
  expect(onPage().isOpen).toBe(false)
  expect(state.requests[0]!.url).toBe('http://desk.test/support/api/messaging/widget/acme/settings')
})

test('what was pushed before is called with the widget, in order, and so is what is pushed later', async () => {
  const called: [string, unknown][] = []
  Object.assign(window, {
    Helpdesk: [(w: Widget) => called.push(['a', w]), (w: Widget) => called.push(['b', w])],
  })
  await run()
  onPage().push((widget) => called.push(['c', widget]))
  await vi.waitFor(() => expect(called).toHaveLength(3))
  expect(called.map(([name]) => name)).toEqual(['a', 'b', 'c'])
  for (const [, widget] of called) expect(widget).toBe(onPage())
})

test('the script twice on a page makes one widget', async () => {
  await run()
  const first = onPage()
  vi.resetModules()
  await run()
  await vi.waitFor(() => expect(hosts()).toBe(1))
  expect(onPage()).toBe(first)
})

test('the page of the seed works as it is, with the address of the script alone changed', async () => {
  document.body.innerHTML = '<div id="intum-helpdesk-widget"></div>'
  const config = { account_url: 'https://youraccount.intum.pl', desk_token: 'acme', locale: 'en' }
  Object.assign(window, { IntumHelpdeskWidget: config })
  delete (current as HTMLScriptElement).dataset.helpdeskId
  try {
    await run()
    const element = () => document.querySelector('#intum-helpdesk-widget > helpdesk-widget')
    await vi.waitFor(() => expect(element()).not.toBeNull())
    expect(state.requests[0]!.url).toBe('http://desk.test/support/api/messaging/widget/acme/settings')
  } finally {
    Reflect.deleteProperty(window, 'IntumHelpdeskWidget')
  }
})

test('two script tags with different desks make two widgets; the first one is window.Helpdesk', async () => {
  await run()
  const first = onPage()
  vi.resetModules()
  const second = Object.assign(document.createElement('script'), {
    src: 'http://desk.test/support/widget.js',
  })
  Object.assign(second.dataset, { helpdeskId: 'other-desk', position: 'left' })
  current = second
  await run()
  await vi.waitFor(() => expect(hosts()).toBe(2))
  expect(onPage()).toBe(first)
  expect(Object.keys(first.widgets)).toEqual(['acme', 'other-desk'])
  expect(first.widgets.acme).toBe(first)
  const other = first.widgets['other-desk']!
  expect(other).not.toBe(first)
  first.destroy()
  await vi.waitFor(() => expect(hosts()).toBe(1))
  other.destroy()
})

test('a page that has something else under the name keeps it', async () => {
  const own = { mine: true }
  Object.assign(window, { Helpdesk: own })
  await run()
  expect(onPage()).toBe(own)
  expect(state.requests).toEqual([])
})

test('A25: a polluted prototype puts no desk among the widgets', async () => {
  Object.defineProperty(Object.prototype, 'acme', { value: {}, configurable: true })
  try {
    await run()
    await vi.waitFor(() => expect(hosts()).toBe(1))
  } finally {
    Reflect.deleteProperty(Object.prototype, 'acme')
  }
})

test('an image that calls itself currentScript loads nothing', async () => {
  current = Object.assign(document.createElement('img'), {
    name: 'currentScript',
    src: 'https://evil.test/widget.js',
  })
  await run()
  expect(onPage()).toBeUndefined()
  expect(state.requests).toEqual([])
})
