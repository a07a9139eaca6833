import { describe, expect, test } from 'vitest'
import { createChangeWatch } from './change-watch.ts'

describe('an answer', () => {
  test('is taken as it comes when nothing changes', async () => {
    const { notOlder } = createChangeWatch()
    let asked = 0
    expect(await notOlder(async () => ++asked)).toBe(1)
  })

  test('is asked for again when something has changed meanwhile', async () => {
    const { note, notOlder } = createChangeWatch()
    let asked = 0
    const answer = notOlder(async () => {
      asked += 1
      if (asked < 3) note()
      return asked
    })
    expect(await answer).toBe(3)
  })

  test('is not asked for before a change has ended, and again when one began meanwhile', async () => {
    const { during, notOlder } = createChangeWatch()
    const first = Promise.withResolvers<void>()
    const second = Promise.withResolvers<void>()
    const order: string[] = []
    const change = (name: string, { promise }: PromiseWithResolvers<void>) =>
      during(promise.then(() => order.push(name)))
    void change('first', first)
    const asked = Promise.withResolvers<void>()
    let times = 0
    const answer = notOlder(async () => {
      times += 1
      order.push(`asked ${times}`)
      if (times === 1) void change('second', second)
      asked.resolve()
    })
    first.resolve()
    await asked.promise
    second.resolve()
    await answer
    expect(order).toEqual(['first', 'asked 1', 'second', 'asked 2'])
  })

  test('is asked for after a change that failed too', async () => {
    const { during, notOlder } = createChangeWatch()
    const failed = during(Promise.reject(new Error('refused')))
    expect(await notOlder(async () => 'what there is')).toBe('what there is')
    await expect(failed).rejects.toThrow('refused')
  })
})
