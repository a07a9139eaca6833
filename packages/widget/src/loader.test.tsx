import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setUp } from './testing.ts'
import type { Widget } from './widget.ts'

const state = setUp()

type PageWidget = Widget & { push(...ready: ((widget: Widget) => void)[]): void }
const onPage = () => Reflect.get(window, 'Helpdesk') as PageWidget

let current: unknown
beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('APP_FILE', 'app-1.js')
  vi.stubGlobal('IDENTITY_FILE', 'identity-1.js')
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

test('an image that calls itself currentScript loads nothing', async () => {
  current = Object.assign(document.createElement('img'), {
    name: 'currentScript',
    src: 'https://evil.test/widget.js',
  })
  await run()
  expect(onPage()).toBeUndefined()
  expect(state.requests).toEqual([])
})
