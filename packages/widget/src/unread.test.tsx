import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { change, remember, setUp, url } from './testing.ts'
import { watchUnread } from './unread.ts'

const state = setUp()
const controller = { current: new AbortController() }

beforeEach(() => {
  controller.current = new AbortController()
  vi.spyOn(globalThis, 'fetch')
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  controller.current.abort()
  vi.useRealTimers()
})

const asked = () => state.requests.filter(({ id }) => id === 'conversations.unread').length
/** Every answer has come and been read. */
async function settled(): Promise<void> {
  await Promise.allSettled(vi.mocked(fetch).mock.results.map(({ value }) => value))
  await new Promise((resolve) => setTimeout(resolve, 10))
}
const watch = (onCount: (count: number) => unknown) =>
  watchUnread(
    `${url}/api/messaging/widget/acme/`,
    () => localStorage.getItem('helpdesk:acme:'),
    onCount,
    controller.current.signal,
  )

async function minutes(count: number): Promise<void> {
  for (; count > 0; count--) {
    vi.advanceTimersByTime(60_000)
    await settled()
  }
}

test('it asks at once and every minute in which the page is looked at', async () => {
  const known = state.contactStarts({ message: 'Hello?' })
  remember(known)
  const counts: number[] = []
  watch((count) => void counts.push(count))
  await settled()
  state.agentReplies(known.conversationId, 'Hi!')
  await minutes(1)
  change({ isVisible: false })
  await minutes(5)
  expect(asked()).toBe(2)
  change({ isVisible: true })
  await minutes(1)
  expect(counts).toEqual([0, 1, 1])
  controller.current.abort()
  expect(vi.getTimerCount()).toBe(0)
})

test('it asks nothing without credentials, and begins when there are some', async () => {
  watch(() => undefined)
  await minutes(2)
  expect(asked()).toBe(0)
  remember(state.contactStarts({ message: 'Hello?' }))
  await minutes(1)
  expect(asked()).toBe(1)
})

test('it stops when the token is refused, and when somebody knows better', async () => {
  remember({ contactId: '01900000-0000-7000-8000-00000000dead', contactToken: 'x'.repeat(43) })
  const onCount = vi.fn(() => true)
  watch(onCount)
  await settled()
  await minutes(2)
  expect(asked()).toBe(1)
  expect(onCount).not.toHaveBeenCalled()
  remember(state.contactStarts({ message: 'Hello?' }))
  watch(onCount)
  await settled()
  await minutes(2)
  expect(asked()).toBe(2)
})

test('it goes on after a moment without a connection', async () => {
  remember(state.contactStarts({ message: 'Hello?' }))
  state.offline = true
  const onCount = vi.fn()
  watch(onCount)
  await settled()
  state.offline = false
  await minutes(1)
  expect(onCount).toHaveBeenCalledTimes(1)
})
