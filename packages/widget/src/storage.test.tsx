import { afterEach, expect, test, vi } from 'vitest'
import { createStorage } from './storage.ts'

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

test('each desk has its own values', () => {
  const [one, other] = [createStorage('one'), createStorage('other')]
  one.set('drafts', 'a')
  other.set('drafts', 'b')
  expect(one.get('drafts')).toBe('a')
  expect(createStorage('other').get('drafts')).toBe('b')
  one.set('drafts')
  expect(one.get('drafts')).toBeUndefined()
  expect(Object.keys(localStorage)).toEqual(['helpdesk:other:drafts'])
})

test('a desk whose name begins like another one does not see its values', () => {
  createStorage('shop:2').set('outbox:1', 'x')
  expect(createStorage('shop').names('outbox:')).toEqual([])
})

test('names are listed by their beginning', () => {
  const storage = createStorage('acme')
  for (const name of ['', 'outbox:1', 'outbox:2', 'drafts']) storage.set(name, 'x')
  expect(storage.names('outbox:').sort()).toEqual(['outbox:1', 'outbox:2'])
  expect(storage.names('')).toHaveLength(4)
  expect(storage.nameOf('helpdesk:acme:drafts')).toBe('drafts')
  expect(storage.nameOf('helpdesk:other:drafts')).toBeUndefined()
})

test('a value is kept as long as the page where nothing may be stored', () => {
  for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
    vi.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw new DOMException('Denied', 'SecurityError')
    })
  }
  const storage = createStorage('acme')
  storage.set('', 'id.token')
  expect(storage.get('')).toBe('id.token')
  expect(storage.names('')).toEqual([''])
  storage.set('')
  expect(storage.get('')).toBeUndefined()
})

test('a full storage does not leave the value before behind', () => {
  const storage = createStorage('acme')
  storage.set('drafts', 'old')
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError')
  })
  storage.set('drafts', 'new')
  expect(storage.get('drafts')).toBe('new')
  expect(localStorage.getItem('helpdesk:acme:drafts')).toBeNull()
})
