import { expect, test } from 'vitest'
import { targetOf } from './import-paths.ts'
import { words } from './words.ts'

const { ending, deep } = words.files.reasons

test.each([
  ['kb/en/orders/returns.md', 'en/orders/returns.md'],
  ['en/returns.md', 'en/returns.md'],
  ['some/where/pl/zwroty.markdown', 'pl/zwroty.markdown'],
  ['returns.md', 'de/returns.md'],
  ['orders/returns.md', 'de/orders/returns.md'],
  ['kb/orders/returns.md', 'de/orders/returns.md'],
])('%s becomes %s', (from, path) => {
  expect(targetOf(from, 'de')).toEqual({ path, problem: null })
})

test.each([
  ['kb/en/orders/cup.png', ending],
  ['kb/en/.hidden.md', ending],
  ['kb/en/a/b/c.md', deep],
  ['kb/a/b/c.md', deep],
])('%s is left out', (from, problem) => {
  expect(targetOf(from, 'de')).toEqual({ path: null, problem })
})
