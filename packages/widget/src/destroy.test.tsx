import { fireEvent } from '@testing-library/preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { change, inside, open, place, remember, roundTrip, setUp, shadow } from './testing.ts'

const state = setUp({
  articles: [{ featured: true, texts: { en: { title: 'Refunds', markdown: 'Soon.' } } }],
})

/** Counts what is listened to, by target and event. */
const listening = new Map<string, number>()
const timers = new Set<unknown>()

beforeEach(() => {
  listening.clear()
  timers.clear()
  for (const [name, target] of Object.entries({ window, document, history }) as [string, EventTarget][]) {
    if (!('addEventListener' in target)) continue
    const { addEventListener, removeEventListener } = target
    const count = (type: string, by: number) =>
      listening.set(`${name} ${type}`, (listening.get(`${name} ${type}`) ?? 0) + by)
    vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
      count(type, 1)
      const signal = typeof options === 'object' ? options.signal : undefined
      signal?.addEventListener('abort', () => count(type, -1))
      addEventListener.call(target, type, listener, options)
    })
    vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
      count(type, -1)
      removeEventListener.call(target, type, listener, options)
    })
  }
  for (const [set, clear] of [
    ['setTimeout', 'clearTimeout'],
    ['setInterval', 'clearInterval'],
  ] as const) {
    const { [set]: start, [clear]: stop } = window
    vi.stubGlobal(set, (run: () => void, ms: number) => {
      const timer = start(() => {
        if (set === 'setTimeout') timers.delete(timer)
        run()
      }, ms)
      // The mock desk waits as well.
      const from = new Error().stack?.split('\n')[2] ?? ''
      if (/packages\/(widget|client)\/src\/(?!testing)/.test(from)) timers.add(timer)
      return timer
    })
    vi.stubGlobal(clear, (timer: number) => {
      timers.delete(timer)
      stop(timer)
    })
  }
})
afterEach(() => vi.restoreAllMocks())

const left = () => [...listening].filter(([, count]) => count !== 0)

test('a closed widget leaves no node, listener or timer', async () => {
  const widget = place()
  await vi.waitFor(() => expect(shadow()).toBeDefined())
  expect(timers.size).toBeGreaterThan(0)
  expect(left()).not.toEqual([])
  widget.destroy()
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  expect(left()).toEqual([])
  expect(timers.size).toBe(0)
})

test('an open thread leaves no node, listener, timer or connection', async () => {
  const known = state.contactStarts({ message: 'Hello?', email: 'ann@example.com' })
  state.agentReplies(known.conversationId, 'Hi!')
  remember(known)
  const widget = await open()
  widget.openConversation(known.conversationId)
  await vi.waitFor(() => expect(shadow().textContent).toContain('Hi!'))
  await vi.waitFor(() => expect(state.streams).toBe(1))
  state.agentTypes(known.conversationId)
  await vi.waitFor(() => expect(shadow().textContent).toContain('is typing'))
  expect(timers.size).toBeGreaterThan(0)
  widget.destroy()
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  await vi.waitFor(() => expect(state.streams).toBe(0))
  expect(left()).toEqual([])
  expect(timers.size).toBe(0)
  const asked = state.requests.length
  change({ isVisible: true, isOnline: true })
  history.pushState(null, '', '/next')
  await roundTrip()
  // That of the test itself.
  expect(state.requests.length).toBe(asked + 1)
})

test('a search that has not been made yet and an article on its way leave nothing', async () => {
  const widget = await open()
  const field = await inside().findByRole('textbox', { name: 'Search for help' })
  fireEvent.input(field, { target: { value: 'refund' } })
  await vi.waitFor(() => expect(shadow().querySelector('.hit')).not.toBeNull())
  fireEvent.input(field, { target: { value: 'refunds' } })
  const release = state.hold('articles.read')
  widget.openArticle('refunds')
  await vi.waitFor(() => expect(state.requests.at(-1)?.id).toMatch(/^articles/))
  widget.destroy()
  release()
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  expect(left()).toEqual([])
  await vi.waitFor(() => expect(timers.size).toBe(0))
})

test('a widget with a signed-in user leaves nothing, not even the timer of its session', async () => {
  const signature = `v2.main.${Math.floor(Date.now() / 1000) + 86_400}.${'a'.repeat(64)}`
  const widget = await open({ user_external_id: '17', signature })
  await vi.waitFor(() => expect(state.streams).toBe(1))
  expect(timers.size).toBeGreaterThan(0)
  widget.destroy()
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  await vi.waitFor(() => expect(state.streams).toBe(0))
  expect(left()).toEqual([])
  expect(timers.size).toBe(0)
})

test('a widget destroyed before its settings arrive never appears', async () => {
  const info = vi.spyOn(console, 'info')
  const release = state.hold('desks.publicSettings')
  const widget = place()
  widget.open()
  widget.destroy()
  release()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  expect(info).not.toHaveBeenCalled()
  expect(left()).toEqual([])
})

test('a widget destroyed while the application is loading does not open it', async () => {
  const widget = place()
  await vi.waitFor(() => expect(shadow()).toBeDefined())
  widget.open()
  widget.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  expect(left()).toEqual([])
  expect(timers.size).toBe(0)
})
