import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FilesAdapter } from '../adapters/files.ts'
import { startAttachmentSweeper } from './sweep.ts'

const minute = 60_000
const hour = 60 * minute

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A sweeper over an empty desk that notes what it looks through. */
function sweeper(run = async (): Promise<never[]> => []) {
  const days: string[] = []
  const errors: unknown[] = []
  let sweeps = 0
  const files = {
    async *list(prefix: string) {
      days.push(prefix)
      yield 'not-a-file-of-ours'
    },
  } as unknown as FilesAdapter
  const counted = () => {
    sweeps += 1
    return run()
  }
  const db = { run: counted } as never
  const log = { info: vi.fn(), error: (error: unknown) => errors.push(error) } as never
  const { stop } = startAttachmentSweeper({ db, log, files, now: () => new Date() })
  return { days, errors, stop, sweeps: () => sweeps }
}

test('sweeps a minute after the start and then every ten minutes', async () => {
  const { sweeps, stop } = sweeper()
  await vi.advanceTimersByTimeAsync(minute - 1)
  expect(sweeps()).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(sweeps()).toBe(1)
  await vi.advanceTimersByTimeAsync(9 * minute)
  expect(sweeps()).toBe(2)
  await vi.advanceTimersByTimeAsync(hour)
  expect(sweeps()).toBe(8)
  await stop()
  await vi.advanceTimersByTimeAsync(hour)
  expect(sweeps()).toBe(8)
})

test('looks through a month of files first, and through three days twice a day', async () => {
  const { days, stop } = sweeper()
  await vi.advanceTimersByTimeAsync(minute)
  expect(days).toHaveLength(30)
  expect([days[0], days.at(-1)]).toEqual(['2026-11-19/', '2026-10-21/'])
  await vi.advanceTimersByTimeAsync(11 * hour)
  expect(days).toHaveLength(30)
  await vi.advanceTimersByTimeAsync(2 * hour)
  expect(days.slice(30)).toEqual(['2026-11-20/', '2026-11-19/', '2026-11-18/'])
  await stop()
})

test('goes on after an error, and waits for what it is doing when it is stopped', async () => {
  let fail = true
  const { promise, resolve } = Promise.withResolvers<never[]>()
  const { sweeps, errors, stop } = sweeper(async () => {
    if (!fail) return promise
    throw new Error('no database')
  })
  await vi.advanceTimersByTimeAsync(minute)
  expect(errors).toHaveLength(1)
  fail = false
  await vi.advanceTimersByTimeAsync(9 * minute)
  await vi.advanceTimersByTimeAsync(hour)
  expect(sweeps()).toBe(2)
  let stopped = false
  const stopping = stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(stopped).toBe(false)
  resolve([])
  await stopping
  expect(stopped).toBe(true)
})
