import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('the clock stands still until it is moved', () => {
  const clock = createClock('2026-01-01T00:00:00Z')
  expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'))
  clock.advance(1500)
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z')
  clock.set(new Date('2025-06-01T00:00:00Z'))
  expect(clock.now().toISOString()).toBe('2025-06-01T00:00:00.000Z')
})

test('a moment handed out does not move the clock when it is changed', () => {
  const clock = createClock('2026-01-01T00:00:00Z')
  clock.now().setFullYear(1999)
  expect(clock.now().getUTCFullYear()).toBe(2026)
})

test('a wrong date is refused', () => {
  expect(() => createClock('soon')).toThrow('Not a date: soon')
})
