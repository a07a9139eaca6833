import { createHelpdeskHandlers, type HelpdeskSeed, type HelpdeskState } from '@helpdesk/client/testing'
import { within } from '@testing-library/preact'
import { getResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { createWidget } from './index.ts'
import type { WidgetOptions } from './options.ts'
import type { Widget } from './widget.ts'

/** Where the mock desk of a test is. */
export const url = 'http://desk.test/support'

/** What the browser has and jsdom has not, in the hands of the test. */
export const page = {
  isVisible: true,
  isOnline: true,
  isEndOnScreen: true,
  isDark: false,
  isSheet: false,
}

const widgets: Widget[] = []
const answeredUrls: string[] = []
const observers = new Set<() => void>()

/** Sets up a mock desk and the parts of a browser that jsdom lacks, for all tests of a file. */
export function setUp(seed?: HelpdeskSeed): HelpdeskState {
  const { handlers, state } = createHelpdeskHandlers({ url, seed })
  const answer = async ({ request }: { request: Request }) => {
    const response = await getResponse(handlers, request)
    answeredUrls.push(request.url)
    return response
  }
  const server = setupServer(http.all('*', answer))
  beforeAll(async () => {
    server.listen({ onUnhandledFrame: 'error' })
    // So that no test waits for the first compilation.
    await Promise.all([
      import('./app/index.tsx'),
      import('./app/tickets/part.tsx'),
      import('./app/i18n/parts-en.ts'),
      import('./app/i18n/en.ts'),
      import('./app/i18n/pl.ts'),
    ])
  })
  beforeEach(() => {
    Object.assign(page, {
      isVisible: true,
      isOnline: true,
      isEndOnScreen: true,
      isDark: false,
      isSheet: false,
    })
    stubBrowser()
  })
  afterEach(() => {
    for (const widget of widgets.splice(0)) widget.destroy()
    state.reset()
    answeredUrls.length = 0
    localStorage.clear()
    sessionStorage.clear()
    document.body.replaceChildren()
    history.replaceState(null, '', '/')
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  afterAll(() => server.close())
  return state
}

/** Puts a widget on the page; it is destroyed after the test. */
export function place(options: Partial<WidgetOptions> = {}): Widget {
  const widget = createWidget({ url, desk: 'acme', ...options })
  widgets.push(widget)
  return widget
}

/** The shadow root of the widget on the page. */
export function shadow(parent: ParentNode = document): ShadowRoot {
  const root = parent.querySelector('helpdesk-widget')?.shadowRoot
  if (!root) throw new Error('There is no widget on the page')
  return root
}

/** Queries of Testing Library inside the widget. */
export function inside() {
  return within(shadow() as unknown as HTMLElement)
}

/** Puts a widget on the page and opens it. */
export async function open(options: Partial<WidgetOptions> = {}): Promise<Widget> {
  const widget = place(options)
  widget.open()
  await vi.waitFor(() => {
    if (!shadow().querySelector('.panel.open')) throw new Error('The panel is not open yet')
  })
  return widget
}

/** Waits until a request that was held has been answered, and whoever still listens has heard it. */
export async function answered(request: { url: string }): Promise<void> {
  await vi.waitFor(() => {
    if (!answeredUrls.includes(request.url)) throw new Error('Not answered yet')
  })
  await roundTrip()
}

/**
 * Sends a request of the test's own and reads the answer. By then requests that were sent before have been noted, and
 * answers that came before have been read.
 */
export async function roundTrip(): Promise<void> {
  const response = await fetch(`${url}/api/messaging/widget/acme/settings`)
  await response.text()
}

/** Changes what the test's browser says about the page, and tells the page. */
export function change(to: Partial<typeof page>): void {
  Object.assign(page, to)
  if ('isVisible' in to) document.dispatchEvent(new Event('visibilitychange'))
  if ('isOnline' in to) window.dispatchEvent(new Event(page.isOnline ? 'online' : 'offline'))
  for (const notify of observers) notify()
}

/** Gives the browser the credentials of a visitor who wrote before. */
export function remember(known: { contactId: string; contactToken: string }): void {
  localStorage.setItem('helpdesk:acme:', `${known.contactId}.${known.contactToken}`)
}

function stubBrowser(): void {
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => !page.isVisible)
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => page.isOnline)
  vi.stubGlobal('matchMedia', (query: string) => ({
    get matches() {
      return query.includes('dark') ? page.isDark : query.includes('pointer') ? true : page.isSheet
    },
    addEventListener() {},
    removeEventListener() {},
  }))
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly notify: () => void
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        this.notify = () => callback([{ isIntersecting: page.isEndOnScreen }])
      }
      observe() {
        observers.add(this.notify)
        queueMicrotask(this.notify)
      }
      disconnect() {
        observers.delete(this.notify)
      }
    },
  )
}
