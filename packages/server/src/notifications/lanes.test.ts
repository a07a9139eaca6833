import { beforeEach, expect, test, vi } from 'vitest'
import { createLanes, type DeliveryLanes } from './lanes.ts'

const log = { error: vi.fn() }
let late: () => void
let lanes: DeliveryLanes
beforeEach(() => {
  log.error.mockClear()
  const tooLong = Promise.withResolvers<void>()
  late = tooLong.resolve
  lanes = createLanes(log, () => tooLong.promise)
})

/** Deliveries that end when they are told to. */
function deliveries() {
  const ends: (() => void)[] = []
  const deliver = () => new Promise<void>((resolve) => ends.push(resolve))
  return { ends, deliver }
}

test('a delivery is waited for, and what it throws is thrown', async () => {
  const { ends, deliver } = deliveries()
  let isDone = false
  const run = lanes.run('one', deliver).then(() => {
    isDone = true
  })
  await Promise.resolve()
  expect(isDone).toBe(false)
  ends[0]?.()
  await run
  expect(isDone).toBe(true)
  await expect(lanes.run('one', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(log.error).not.toHaveBeenCalled()
})

test('a mail server that stalls keeps neither the jobs nor other desks waiting', async () => {
  const stalled = deliveries()
  const first = Array.from({ length: 10 }, () => lanes.run('slow', stalled.deliver))
  for (let i = 0; i < 30; i++) await lanes.run('slow', stalled.deliver)
  expect(stalled.ends).toHaveLength(10)
  late()
  await Promise.all(first)
  const other = vi.fn(async () => undefined)
  await lanes.run('fast', other)
  expect(other).toHaveBeenCalledOnce()
  // What waits begins as soon as there is room, each once.
  for (let i = 0; i < 40; i++) {
    await vi.waitFor(() => expect(stalled.ends.length).toBeGreaterThan(i))
    stalled.ends[i]?.()
  }
  await lanes.close()
  expect(stalled.ends).toHaveLength(40)
})

test('what fails after nobody waits for it is logged, and the next one begins', async () => {
  let fail = (): void => undefined
  const failing = lanes.run('one', () => new Promise((_, reject) => (fail = () => reject(new Error('away')))))
  late()
  await failing
  fail()
  await vi.waitFor(() => expect(log.error).toHaveBeenCalledOnce())
  const next = vi.fn(async () => undefined)
  await lanes.run('one', next)
  expect(next).toHaveBeenCalledOnce()
})

test('closing waits for what runs, not for ever, and begins nothing further', async () => {
  const { ends, deliver } = deliveries()
  const runs = Array.from({ length: 12 }, () => lanes.run('one', deliver))
  let isClosed = false
  const closing = lanes.close().then(() => {
    isClosed = true
  })
  for (const end of ends.slice(0, 9)) end()
  await Promise.resolve()
  expect(isClosed).toBe(false)
  late()
  await closing
  ends[9]?.()
  await Promise.all(runs)
  await lanes.run('one', deliver)
  expect(ends).toHaveLength(10)
})
