import { expect, it } from 'vitest'
import { createGate } from './gate.ts'

it('lets so much work through at a time, in order, also when some of it fails', async () => {
  const gate = createGate(2)
  const started: number[] = []
  const finish: (() => void)[] = []
  const work = Array.from({ length: 5 }, (_, i) =>
    gate(async () => {
      started.push(i)
      await new Promise<void>((resolve) => finish.push(resolve))
      if (i === 1) throw new Error('failed')
      return i
    }).catch(() => 'failed'),
  )
  for (const expected of [
    [0, 1],
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 1, 2, 3, 4],
  ]) {
    await new Promise(setImmediate)
    expect(started).toEqual(expected)
    finish.shift()?.()
  }
  for (const end of finish) end()
  expect(await Promise.all(work)).toEqual([0, 'failed', 2, 3, 4])
  expect(await gate(async () => 'free again')).toBe('free again')
})
