import { describe, expect, test, vi } from 'vitest'
import { createHttp } from './http.ts'
import { createManualTime } from './manual-runtime.ts'

type Reply = Response | Error | 'hang'

/** A fetch that answers from a list, the last one again and again, and remembers what it was asked. */
function scripted(...replies: Reply[]) {
  const seen: { url: string; init: RequestInit }[] = []
  const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
    seen.push({ url: String(url), init })
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    if (reply === 'hang') return new Promise<Response>(() => {})
    if (reply instanceof Error) throw reply
    return reply!.clone()
  }
  const headers = () => seen.map(({ init }) => new Headers(init.headers))
  return { fetch: fetch as typeof globalThis.fetch, seen, headers }
}

const ok = (body: unknown = { fine: true }, status = 200) => Response.json(body, { status })
const refused = (status: number, code: string, more: object = {}, headers: HeadersInit = {}) =>
  Response.json({ type: 'about:blank', title: 'Refused', status, code, ...more }, { status, headers })

function setUp(replies: Reply[], options: { url?: string; timeoutMs?: number } = {}) {
  const time = createManualTime()
  const script = scripted(...replies)
  const authorization = () => 'Bearer id.secret-token'
  const http = createHttp(
    { url: 'http://desk.test', fetch: script.fetch, credentials: 'omit', authorization, ...options },
    time.runtime,
  )
  /** Waits as long as it takes; an error is returned. */
  const ask = (...args: Parameters<typeof http.call>) =>
    time.until(http.call(...args).catch((error) => error))
  return { ...script, http, time, ask }
}

describe('a request', () => {
  test.each([
    ['http://desk.test', 'http://desk.test/api/x'],
    ['http://desk.test/', 'http://desk.test/api/x'],
    ['http://desk.test/help//', 'http://desk.test/help/api/x'],
    ['', '/api/x'],
    ['/help', '/help/api/x'],
  ])('goes to the right address under %j', async (url, address) => {
    const { ask, seen } = setUp([ok()], { url })
    await ask('GET /api/x', {})
    expect(seen[0]?.url).toBe(address)
  })

  test('carries its query without what is undefined', async () => {
    const { ask, seen } = setUp([ok()])
    await ask('GET /api/x', { query: { limit: 5, cursor: undefined, status: 'a b&c' } } as never)
    expect(seen[0]?.url).toBe('http://desk.test/api/x?limit=5&status=a+b%26c')
  })

  test('has a content type with a body only', async () => {
    const { ask, headers, seen } = setUp([ok()])
    await ask('POST /api/x', { body: { a: 1 } } as never)
    await ask('POST /api/x', {})
    expect(headers().map((one) => one.get('content-type'))).toEqual(['application/json', null])
    expect(seen.map(({ init }) => init.body)).toEqual(['{"a":1}', undefined])
  })

  test('brings the credentials in a header, unless it is anonymous', async () => {
    const { ask, headers } = setUp([ok()])
    await ask('GET /api/x', {})
    await ask('GET /api/x', { anonymous: true } as never)
    expect(headers().map((one) => one.get('authorization'))).toEqual(['Bearer id.secret-token', null])
  })

  test('answers nothing for 204', async () => {
    const { ask } = setUp([new Response(null, { status: 204 })])
    expect(await ask('POST /api/x', {})).toBeUndefined()
  })
})

describe('an error', () => {
  test('of the desk keeps its code, status, request id, delay and fields, and no secret', async () => {
    const errors = [{ pointer: '/body/email', detail: 'is required' }]
    const { ask } = setUp([
      refused(429, 'too_many_requests', { instance: 'r1', errors }, { 'retry-after': '60' }),
    ])
    const error: unknown = await ask('POST /api/x', {
      body: { contactToken: 'secret-token' },
      create: true,
    } as never)
    expect(error).toMatchObject({
      code: 'too_many_requests',
      status: 429,
      requestId: 'r1',
      retryAfter: 60,
      fields: { '/body/email': 'is required' },
    })
    expect(`${error} ${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain('secret-token')
  })

  test('of a proxy gets a code by its status', async () => {
    const html = (status: number) => new Response('<h1>nginx</h1>', { status })
    for (const [status, code] of [
      [404, 'unexpected'],
      [413, 'unexpected'],
      [429, 'too_many_requests'],
      [500, 'unexpected'],
      [502, 'unavailable'],
      [504, 'unavailable'],
    ] as const) {
      const { ask } = setUp([html(status)])
      expect(await ask('POST /api/x', {})).toMatchObject({ code, status, problem: undefined })
    }
  })

  test('document that is JSON but not the desk’s is not taken for one', async () => {
    for (const body of [null, 'text', 7, [], { message: 'no' }, { code: 1 }]) {
      const { ask } = setUp([ok(body, 500)])
      expect(await ask('POST /api/x', {})).toMatchObject({ code: 'unexpected', problem: undefined })
    }
  })

  test('is `unexpected` when a good answer is not JSON, and `network` when there is none', async () => {
    const { ask } = setUp([new Response('<!doctype html>')])
    expect(await ask('POST /api/x', {})).toMatchObject({ code: 'unexpected', status: 0 })
    const cause = new TypeError('fetch failed')
    expect(await setUp([cause]).ask('POST /api/x', {})).toMatchObject({ code: 'network', cause })
  })
})

describe('a second try', () => {
  const passing: [string, Reply][] = [
    ['no connection', new TypeError('fetch failed')],
    ['no answer', 'hang'],
    ['502', new Response('bad gateway', { status: 502 })],
    ['503', refused(503, 'unavailable')],
    ['504', new Response('', { status: 504 })],
    ['a request in progress', refused(409, 'request_in_progress')],
    ['a short 429', refused(429, 'too_many_requests', { retryAfter: 3 })],
    ['a short 429 of a proxy', new Response('', { status: 429, headers: { 'retry-after': '3' } })],
  ]

  test.each(passing)('follows %s: for GET', async (_, failure) => {
    const { ask, seen } = setUp([failure, failure, ok()])
    expect(await ask('GET /api/x', {})).toEqual({ fine: true })
    expect(seen).toHaveLength(3)
  })

  test.each(passing)('follows %s: for a create, with the same key and body', async (_, failure) => {
    const { ask, seen, headers } = setUp([failure, ok({ made: 1 }, 201)])
    expect(await ask('POST /api/x', { body: { message: 'Hi' }, create: true } as never)).toEqual({ made: 1 })
    expect(headers().map((one) => one.get('idempotency-key'))).toEqual(['key-number-1', 'key-number-1'])
    expect(seen.map(({ init }) => init.body)).toEqual(['{"message":"Hi"}', '{"message":"Hi"}'])
  })

  test.each(passing)('does not follow %s: for a write that has no key', async (_, failure) => {
    const { ask, seen } = setUp([failure, ok()])
    expect(await ask('PATCH /api/x', { body: {} } as never)).toBeInstanceOf(Error)
    expect(seen).toHaveLength(1)
  })

  test('follows for a write that may be repeated, without a key', async () => {
    const { ask, headers } = setUp([new TypeError(), ok()])
    expect(await ask('POST /api/x', { body: {}, repeatable: true } as never)).toEqual({ fine: true })
    expect(headers().map((one) => one.has('idempotency-key'))).toEqual([false, false])
  })

  test('is the last but one: after three the error is thrown', async () => {
    const { ask, seen } = setUp([refused(503, 'unavailable')])
    expect(await ask('GET /api/x', {})).toMatchObject({ code: 'unavailable' })
    expect(seen).toHaveLength(3)
  })

  test.each([
    ['a refusal', refused(403, 'forbidden')],
    ['an error of the server', refused(500, 'internal')],
    ['a long 429', refused(429, 'too_many_requests', { retryAfter: 11 })],
    ['a 429 that says nothing', refused(429, 'too_many_requests')],
    ['a long 503', refused(503, 'unavailable', { retryAfter: 600 })],
    ['a conflict', refused(409, 'idempotency_key_reused')],
    ['an answer that is not JSON', new Response('<html>')],
  ])('does not follow %s', async (_, failure) => {
    const { ask, seen } = setUp([failure, ok()])
    expect(await ask('GET /api/x', {})).toBeInstanceOf(Error)
    expect(seen).toHaveLength(1)
  })

  test('waits longer each time, with jitter, and at least what the desk asks', async () => {
    const waits = async (random: number, failure: Reply) => {
      const time = createManualTime(() => random)
      const moments: number[] = []
      const { fetch } = scripted(failure)
      const spy = (...args: Parameters<typeof fetch>) => {
        moments.push(time.now())
        return fetch(...args)
      }
      const http = createHttp({ url: '', fetch: spy as typeof fetch, credentials: 'omit' }, time.runtime)
      await time.until(http.call('GET /api/x', {}).catch(() => {}))
      return [moments[1]! - moments[0]!, moments[2]! - moments[1]!]
    }
    expect(await waits(0, new TypeError())).toEqual([300, 600])
    expect(await waits(1, new TypeError())).toEqual([600, 1200])
    expect(await waits(0, refused(429, 'too_many_requests', { retryAfter: 2 }))).toEqual([2000, 2000])
  })

  test('uses the caller’s key', async () => {
    const { ask, headers } = setUp([new TypeError(), ok()])
    await ask('POST /api/x', { create: true } as never, { idempotencyKey: 'outbox-entry-1' })
    expect(headers().map((one) => one.get('idempotency-key'))).toEqual(['outbox-entry-1', 'outbox-entry-1'])
  })
})

describe('time and the caller’s patience', () => {
  test('a try ends after 15 s, the client’s or the call’s own limit', async () => {
    const { ask, time } = setUp(['hang'])
    expect(await ask('POST /api/x', {})).toMatchObject({ code: 'timeout', status: 0 })
    expect(time.now()).toBe(15_000)
    const own = setUp(['hang'], { timeoutMs: 2_000 })
    await own.ask('POST /api/x', {})
    expect(own.time.now()).toBe(2_000)
    await own.ask('POST /api/x', {}, { timeoutMs: 50 })
    expect(own.time.now()).toBe(2_050)
  })

  test('a body that stalls counts', async () => {
    const stalled = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')),
    })
    const fetch = async () => new Response(stalled)
    const time = createManualTime()
    const http = createHttp({ url: '', fetch, credentials: 'omit' }, time.runtime)
    await expect(time.until(http.call('POST /api/x', {}))).rejects.toMatchObject({ code: 'timeout' })
  })

  test('the request itself is aborted when time is up, or when the caller aborts', async () => {
    const { ask, seen } = setUp(['hang'])
    await ask('POST /api/x', {})
    expect(seen[0]?.init.signal?.aborted).toBe(true)
    const stop = new AbortController()
    const pending = ask('POST /api/x', {}, { signal: stop.signal })
    stop.abort()
    expect(await pending).toMatchObject({ code: 'aborted' })
    expect(seen[1]?.init.signal?.aborted).toBe(true)
  })

  test('an abort is heeded at once: before, during and between tries', async () => {
    const before = setUp([ok()])
    expect(await before.ask('GET /api/x', {}, { signal: AbortSignal.abort() })).toMatchObject({
      code: 'aborted',
    })
    expect(before.seen).toHaveLength(0)

    const between = setUp([new TypeError('fetch failed')])
    const stop = new AbortController()
    const pending = between.http.call('GET /api/x', {}, { signal: stop.signal }).catch((error) => error)
    await between.time.pass(100)
    stop.abort()
    expect(await pending).toMatchObject({ code: 'aborted' })
    expect(between.seen).toHaveLength(1)
    expect(between.time.now()).toBe(100)
  })

  test('nothing is left running after an answer, an error or an abort', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    const { ask, time } = setUp([new TypeError(), ok()])
    await ask('GET /api/x', {}, { signal })
    expect(time.timers()).toBe(0)
    expect(removed.mock.calls).toEqual(added.mock.calls)
    expect(added).toHaveBeenCalledTimes(3)
  })
})
