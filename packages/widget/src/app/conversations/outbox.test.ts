import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutbox, type Outbox, type OutboxItem, type Outcome } from './outbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A browser with one storage, in which several tabs may be opened. */
function openBrowser() {
  const stored = new Map<string, string>()
  let lock = Promise.resolve()
  const browser = {
    mayStore: true,
    stored,
    /** What the desk was asked to take, in order, and what it answers by default. */
    sent: [] as string[],
    answer: (_item: OutboxItem): Outcome | Promise<Outcome> => ({ type: 'sent' }),
    tab() {
      const controller = new AbortController()
      const tab = {
        items: [] as readonly OutboxItem[],
        close: () => controller.abort(),
        outbox: {} as Outbox,
      }
      tab.outbox = createOutbox(
        {
          async send(item) {
            browser.sent.push(item.key)
            return browser.answer(item)
          },
          load: () => [...stored.values()].map((text) => JSON.parse(text)),
          save(item) {
            if (browser.mayStore) stored.set(item.key, JSON.stringify(item))
            return browser.mayStore
          },
          remove: (key) => stored.delete(key),
          onChange(items) {
            tab.items = items
          },
          exclusively: (act) => {
            lock = lock.then(act, act)
            return lock
          },
        },
        controller.signal,
      )
      return tab
    },
  }
  return browser
}

const item = (key: string) => ({
  key,
  conversationId: 'one',
  body: `Text of ${key}`,
  createdAt: `2026-01-01T00:00:0${key.length}Z`,
  afterSeq: 0,
})
const states = (tab: { items: readonly OutboxItem[] }) => tab.items.map(({ key, state }) => `${key} ${state}`)
const offline = { type: 'later' } as const

test('a message is sent and gone', async () => {
  const browser = openBrowser()
  const tab = browser.tab()
  expect(await tab.outbox.add(item('a'))).toEqual({ type: 'sent' })
  expect(tab.items).toEqual([])
  expect(browser.stored.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('messages are sent in the order in which they were written, one at a time', async () => {
  const browser = openBrowser()
  let release = () => {}
  browser.answer = () => new Promise((resolve) => (release = () => resolve({ type: 'sent' })))
  const tab = browser.tab()
  void tab.outbox.add(item('a'))
  void tab.outbox.add(item('bb'))
  await vi.advanceTimersByTimeAsync(0)
  expect(browser.sent).toEqual(['a'])
  expect(states(tab)).toEqual(['a sending', 'bb waiting'])
  release()
  await vi.advanceTimersByTimeAsync(0)
  expect(browser.sent).toEqual(['a', 'bb'])
})

test('without a connection a message waits, and its writer knows', async () => {
  const browser = openBrowser()
  browser.answer = () => offline
  const tab = browser.tab()
  expect(await tab.outbox.add(item('a'))).toEqual(offline)
  expect(states(tab)).toEqual(['a waiting'])
  expect(await tab.outbox.add(item('bb'))).toEqual(offline)
  // Nothing overtakes a message that has to wait.
  expect(browser.sent).toEqual(['a', 'a'])
  await vi.advanceTimersByTimeAsync(0)
  expect(vi.getTimerCount()).toBe(1)
  browser.answer = () => ({ type: 'sent' })
  await tab.outbox.sync()
  expect(browser.sent).toEqual(['a', 'a', 'a', 'bb'])
  expect(tab.items).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('it tries again by itself, more and more seldom, or when the desk says', async () => {
  const browser = openBrowser()
  browser.answer = () => offline
  const tab = browser.tab()
  await tab.outbox.add(item('a'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(browser.sent).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(3_900)
  expect(browser.sent).toHaveLength(2)
  browser.answer = () => ({ type: 'later', afterMs: 90_000 })
  await vi.advanceTimersByTimeAsync(100)
  expect(browser.sent).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(89_000)
  expect(browser.sent).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(browser.sent).toHaveLength(4)
})

test('a refused message says why, lets the others pass, and can be sent again or discarded', async () => {
  const browser = openBrowser()
  const refused: Outcome = { type: 'refused', error: 'messaging_disabled' }
  browser.answer = ({ key }) => (key === 'a' ? refused : { type: 'sent' })
  const tab = browser.tab()
  const first = tab.outbox.add(item('a'))
  expect(await tab.outbox.add(item('bb'))).toEqual({ type: 'sent' })
  expect(await first).toEqual(refused)
  expect(tab.items).toMatchObject([{ key: 'a', state: 'failed', error: 'messaging_disabled' }])
  browser.answer = () => ({ type: 'sent' })
  tab.outbox.retry('a')
  expect(tab.items[0]!.error).toBeUndefined()
  await vi.advanceTimersByTimeAsync(0)
  expect(tab.items).toEqual([])
  browser.answer = () => refused
  await tab.outbox.add(item('ccc'))
  tab.outbox.discard('ccc')
  expect(tab.items).toEqual([])
  expect(browser.stored.size).toBe(0)
})

test('what was not sent is there after a reload, with the same key and as waiting', async () => {
  const browser = openBrowser()
  browser.answer = () => new Promise(() => {})
  const before = browser.tab()
  void before.outbox.add(item('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect(states(before)).toEqual(['a sending'])
  expect(JSON.parse(browser.stored.get('a')!)).toMatchObject({ key: 'a', state: 'waiting' })
})

test('a later page sends it', async () => {
  const browser = openBrowser()
  browser.answer = () => offline
  const before = browser.tab()
  await before.outbox.add(item('a'))
  before.close()
  expect(vi.getTimerCount()).toBe(0)
  browser.answer = () => ({ type: 'sent' })
  const after = browser.tab()
  expect(states(after)).toEqual(['a waiting'])
  await after.outbox.sync()
  expect(browser.sent).toEqual(['a', 'a'])
  expect(after.items).toEqual([])
})

test('several tabs send each message once', async () => {
  const browser = openBrowser()
  browser.answer = () => offline
  const [one, two, three] = [browser.tab(), browser.tab(), browser.tab()]
  await one.outbox.add(item('a'))
  await two.outbox.add(item('bb'))
  browser.sent.length = 0
  browser.answer = () => new Promise((resolve) => setTimeout(() => resolve({ type: 'sent' }), 100))
  const done = Promise.all([one, two, three].map((tab) => tab.outbox.sync()))
  await vi.advanceTimersByTimeAsync(1_000)
  await done
  expect(browser.sent).toEqual(['a', 'bb'])
  for (const tab of [one, two, three]) expect(tab.items).toEqual([])
})

test('nothing is stored until it may be', async () => {
  const browser = openBrowser()
  browser.mayStore = false
  browser.answer = () => offline
  const tab = browser.tab()
  await tab.outbox.add(item('a'))
  expect(browser.stored.size).toBe(0)
  await tab.outbox.sync()
  expect(states(tab)).toEqual(['a waiting'])
  browser.mayStore = true
  tab.outbox.persist()
  expect([...browser.stored.keys()]).toEqual(['a'])
})

test('clearing gives back what was in it', async () => {
  const browser = openBrowser()
  browser.answer = () => offline
  const tab = browser.tab()
  await tab.outbox.add(item('a'))
  expect(tab.outbox.clear().map(({ body }) => body)).toEqual(['Text of a'])
  expect(tab.items).toEqual([])
  expect(browser.stored.size).toBe(0)
})

test('a message put in at the very end of a round is not forgotten', async () => {
  const browser = openBrowser()
  const tab = browser.tab()
  await tab.outbox.add(item('a'))
  // In the same moment in which the first one has been settled.
  const second = tab.outbox.add(item('bb'))
  await vi.advanceTimersByTimeAsync(0)
  expect(await second).toEqual({ type: 'sent' })
})
