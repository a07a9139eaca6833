import * as argon2 from '@node-rs/argon2'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { dummyHash, hashPassword, verifyPassword } from './password.ts'

vi.mock('@node-rs/argon2', { spy: true })

afterEach(() => {
  vi.clearAllMocks()
})

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => error.code,
  )

describe('passwords', () => {
  test('are kept as argon2id with 19 MiB, two passes and one lane', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await hashPassword('correct horse battery')).not.toBe(hash)
  })

  test('match exactly, in any Unicode composition', async () => {
    const hash = await hashPassword('Zażółć gęślą 🦜')
    expect(await verifyPassword(hash, 'Zażółć gęślą 🦜'.normalize('NFD'))).toBe(true)
    expect(await verifyPassword(hash, 'zażółć gęślą 🦜')).toBe(false)
    expect(await verifyPassword(hash, 'Zażółć gęślą 🦜 ')).toBe(false)
    expect(await verifyPassword(hash, '')).toBe(false)
  })

  test('A52: without a hash the answer is no after the same work', async () => {
    const shape = (hash: string) => hash.split('$').slice(0, 4).join('$')
    expect(shape(dummyHash)).toBe(shape(await hashPassword('x')))
    expect(dummyHash).toHaveLength((await hashPassword('x')).length)
    expect(await verifyPassword(null, 'anything')).toBe(false)
    expect(argon2.verify).toHaveBeenCalledExactlyOnceWith(dummyHash, 'anything')
  })

  test('a flood works two at a time, and is turned away beyond a hundred waiting', async () => {
    let running = 0
    let most = 0
    const finish: (() => void)[] = []
    vi.mocked(argon2.verify).mockImplementation(async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => finish.push(resolve))
      running -= 1
      return true
    })
    const all = Array.from({ length: 110 }, () => outcome(verifyPassword(dummyHash, 'x')))
    for (let done = 0; done < 102; done++) {
      await vi.waitFor(() => expect(finish.length).toBeGreaterThan(done))
      finish[done]?.()
    }
    const answers = await Promise.all(all)
    expect(most).toBe(2)
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(102)
    expect(answers.filter((answer) => answer === 'unavailable')).toHaveLength(8)
    vi.mocked(argon2.verify).mockReset()
  })

  test('a failure gives its place to the next', async () => {
    vi.mocked(argon2.verify).mockRejectedValue(new Error('broken'))
    const all = Array.from({ length: 10 }, () =>
      verifyPassword(dummyHash, 'x').catch((error) => error.message),
    )
    expect(await Promise.all(all)).toEqual(Array.from({ length: 10 }, () => 'broken'))
    vi.mocked(argon2.verify).mockReset()
    expect(await verifyPassword(null, 'x')).toBe(false)
  })
})
