import { expect, test } from 'vitest'
import { threadsOf } from './dev-mail-threads.ts'

const line = (messageId: string, ...references: string[]) => ({ messageId, references })
const ids = (lines: ReturnType<typeof line>[]) =>
  threadsOf(lines).map((thread) => thread.map((one) => one.messageId).join(' '))

test('mails that name one another are one thread, in the order of the newest', () => {
  expect(
    ids([line('f', 'c'), line('e'), line('d', 'root'), line('c', 'b'), line('b', 'root'), line('a')]),
  ).toEqual(['f d c b', 'e', 'a'])
})

test('mails need not have the first one at hand, nor agree on it', () => {
  expect(ids([line('c', 'y', 'x'), line('b', 'x'), line('a', 'y')])).toEqual(['c b a'])
})

test('the same mail twice, and a mail that names itself, stand in one thread', () => {
  expect(ids([line('a', 'a'), line('a'), line('b', 'b')])).toEqual(['a a', 'b'])
})

test('long chains of references are put together quickly', () => {
  const many = Array.from({ length: 200 }, (_, at) =>
    line(`m${at}`, ...Array.from({ length: 500 }, (_, other) => `r${at}-${other}`), `m${at + 1}`),
  )
  expect(threadsOf(many)).toHaveLength(1)
})
