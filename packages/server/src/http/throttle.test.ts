import { HelpdeskError } from '@helpdesk/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createThrottle, ipKey } from './throttle.ts'

describe('A51: what an address counts as', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['', 'unknown'],
    ['unknown', 'unknown'],
    ['203.0.113.7, 10.0.0.1', 'unknown'],
    ['1.2.3.4:80', 'unknown'],
  ])('%j is %j', (ip, key) => {
    expect(ipKey(ip)).toBe(key)
  })
})

const wrong = async () => {
  throw new HelpdeskError('sign_in_failed')
}
const outcome = async (attempt: Promise<unknown>): Promise<unknown> =>
  await attempt.then(
    () => 'ok',
    (error) => (error instanceof HelpdeskError ? [error.code, error.retryAfter] : error.message),
  )
const failed = ['sign_in_failed', undefined]

describe('A52: guessing is slowed down', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the sixth failure of an address within 20 seconds has to wait for the rest of them', async () => {
    const throttle = createThrottle()
    for (let i = 0; i < 5; i++)
      expect(await outcome(throttle.attempt('1.1.1.1', `${i}@x.eu`, wrong))).toEqual(failed)
    vi.advanceTimersByTime(5_500)
    const work = vi.fn(async () => 'in')
    expect(await outcome(throttle.attempt('1.1.1.1', 'ok@x.eu', work))).toEqual(['too_many_requests', 15])
    expect(work).not.toHaveBeenCalled()
    expect(await outcome(throttle.attempt('1.1.1.2', 'ok@x.eu', work))).toBe('ok')
    vi.advanceTimersByTime(14_501)
    expect(await outcome(throttle.attempt('1.1.1.1', 'ok@x.eu', work))).toBe('ok')
  })

  test('guesses sent all at once do not slip through together', async () => {
    const throttle = createThrottle()
    const work = vi.fn(wrong)
    await Promise.all(Array.from({ length: 50 }, () => outcome(throttle.attempt('1.1.1.1', 'a@x.eu', work))))
    expect(work).toHaveBeenCalledTimes(5)
  })

  test('one address cannot lock an account, many can slow it down', async () => {
    const throttle = createThrottle()
    let worked = 0
    const guess = async (ip: string) => {
      for (let i = 0; i < 60; i++) {
        const answer = await outcome(throttle.attempt(ip, 'Owner@x.eu', wrong))
        if (String(answer) === String(failed)) worked += 1
        vi.advanceTimersByTime(4_900)
      }
    }
    await guess('1.1.1.1')
    expect(worked).toBe(15)
    expect(await outcome(throttle.attempt('2.2.2.2', 'owner@x.eu', async () => 'in'))).toBe('ok')
    vi.advanceTimersByTime(300_000)
    const everywhere = Array.from({ length: 25 }, (_, i) =>
      throttle.attempt(`3.3.3.${i}`, 'owner@x.eu', wrong),
    )
    const answers = await Promise.all(everywhere.map(outcome))
    expect(answers.filter((answer) => String(answer) === String(failed))).toHaveLength(20)
    expect(await outcome(throttle.attempt('4.4.4.4', 'owner@x.eu', async () => 'in'))).toEqual([
      'too_many_requests',
      300,
    ])
    expect(await outcome(throttle.attempt('4.4.4.4', 'other@x.eu', async () => 'in'))).toBe('ok')
  })

  test('an IPv6 customer cannot change its address often enough', async () => {
    const throttle = createThrottle()
    const ips = Array.from({ length: 6 }, (_, i) => `2001:db8:1:2::${i}`)
    const answers = []
    for (const [i, ip] of ips.entries()) answers.push(await outcome(throttle.attempt(ip, `${i}@x.eu`, wrong)))
    expect(answers.at(-1)).toEqual(['too_many_requests', 20])
  })

  test('neither success nor a fault of ours counts', async () => {
    const throttle = createThrottle()
    const broken = async () => {
      throw new Error('no database')
    }
    const busy = async () => {
      throw new HelpdeskError('unavailable')
    }
    for (let i = 0; i < 30; i++) {
      expect(await outcome(throttle.attempt('1.1.1.1', 'a@x.eu', async () => 'in'))).toBe('ok')
      expect(await outcome(throttle.attempt('1.1.1.1', 'a@x.eu', broken))).toBe('no database')
      expect(await outcome(throttle.attempt('1.1.1.1', 'a@x.eu', busy))).toEqual(['unavailable', undefined])
    }
  })

  test('the own account of an attacker does not give new tries', async () => {
    const throttle = createThrottle()
    const answers = []
    for (let i = 0; i < 6; i++) {
      answers.push(await outcome(throttle.attempt('1.1.1.1', 'victim@x.eu', wrong)))
      if (i < 5) await throttle.attempt('1.1.1.1', 'attacker@x.eu', async () => 'in').catch(() => undefined)
    }
    expect(answers.at(-1)).toEqual(['too_many_requests', 20])
  })
})
