import { afterEach, expect, test, vi } from 'vitest'
import { watchPage } from './page.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

test('with the Navigation API every navigation is heard, until the end', () => {
  const navigation = new EventTarget()
  vi.stubGlobal('navigation', navigation)
  const controller = new AbortController()
  const onChange = vi.fn()
  watchPage(onChange, controller.signal)
  navigation.dispatchEvent(new Event('currententrychange'))
  expect(onChange).toHaveBeenCalledTimes(1)
  controller.abort()
  navigation.dispatchEvent(new Event('currententrychange'))
  expect(onChange).toHaveBeenCalledTimes(1)
})

test('without it every way to change the address is heard, also by routers that took hold of pushState before', () => {
  vi.useFakeTimers()
  const pushState = history.pushState.bind(history)
  const controller = new AbortController()
  const seen: string[] = []
  watchPage(() => seen.push(location.pathname + location.hash), controller.signal)
  vi.advanceTimersByTime(5_000)
  expect(seen).toEqual([])
  pushState(null, '', '/a')
  vi.advanceTimersByTime(500)
  history.replaceState(null, '', '/b')
  vi.advanceTimersByTime(500)
  location.hash = 'c'
  vi.advanceTimersByTime(500)
  expect(seen).toEqual(['/a', '/b', '/b#c'])
  controller.abort()
  history.pushState(null, '', '/d')
  vi.advanceTimersByTime(500)
  expect(seen).toHaveLength(3)
  expect(vi.getTimerCount()).toBe(0)
})

test('nothing of the page is wrapped', () => {
  const controller = new AbortController()
  const before = [history.pushState, history.replaceState, window.onpopstate, window.onhashchange]
  watchPage(() => {}, controller.signal)
  expect([history.pushState, history.replaceState, window.onpopstate, window.onhashchange]).toEqual(before)
  expect(Object.keys(history)).toEqual([])
  controller.abort()
})
