import type { ConversationWithMessages, Message } from '@helpdesk/core/api'
import { afterEach, expect, test, vi } from 'vitest'
import type { Model } from '../model.ts'
import { createStore, type State } from '../state.ts'
import { freshAddress, isStale } from './fresh.ts'

const now = Date.UTC(2026, 0, 1, 12)
const address = (seconds: number) =>
  `https://desk.test/api/attachments/a1/x.png?expires=${now / 1000 + seconds}&signature=s`

afterEach(() => vi.useRealTimers())

test.each([
  [60, false],
  [5, true],
  [-60, true],
])('an address that is good for another %i seconds is stale: %s', (seconds, expected) => {
  vi.useFakeTimers({ now })
  expect(isStale(address(seconds))).toBe(expected)
})

test('an address that says nothing of its end is good', () => {
  expect(isStale('data:image/png;base64,AAAA')).toBe(false)
})

function modelWith(messages: () => Promise<{ messages: Message[] }>) {
  const message = {
    id: 'm1',
    body: 'Old',
    attachments: [{ id: 'a1', url: address(-60) }],
  } as unknown as Message
  const thread = { id: 'c1', lastMessageAt: '', messages: [message] } as unknown as ConversationWithMessages
  const store = createStore({ conversations: [thread] } as unknown as State)
  return { store, client: { conversations: { messages } } } as unknown as Model
}

test('a fresh address comes with the messages, and is put in the thread', async () => {
  const fresh = {
    id: 'm1',
    body: 'Old',
    attachments: [{ id: 'a1', url: address(3_600) }],
  } as unknown as Message
  const other = { id: 'm2', attachments: [] } as unknown as Message
  const model = modelWith(async () => ({ messages: [fresh, other] }))
  expect(await freshAddress(model, 'c1', 'a1')).toBe(address(3_600))
  expect(model.store.get().conversations[0]?.messages).toEqual([fresh])
})

test('an address that cannot be had anew leaves everything as it was', async () => {
  const model = modelWith(async () => {
    throw new Error('No connection')
  })
  const before = model.store.get()
  expect(await freshAddress(model, 'c1', 'a1')).toBeUndefined()
  expect(model.store.get()).toBe(before)
})
