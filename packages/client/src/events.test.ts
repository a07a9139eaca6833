import { describe, expect, test } from 'vitest'
import { visitorEvents } from './events.ts'
import { createHttp } from './http.ts'
import { createManualTime } from './manual-runtime.ts'
import { block, type Connection, listen, page, typing } from './scripted-stream.ts'

describe('a stream', () => {
  test('brings events, passing ones too, and ends cleanly with the signal', async () => {
    const pieces = [
      ':\nretry: 2000\nid: 4\n\n',
      block(5),
      `event: typing\ndata: ${JSON.stringify(typing)}\n\n`,
      block(6),
    ]
    const { seqs, states, asked, time } = listen([{ pieces, end: 'hang' }], { after: 4 })
    expect(await seqs(3)).toEqual([5, 'typing', 6])
    expect(states).toEqual(['connecting', 'live'])
    expect(asked).toMatchObject([{ after: '4', accept: 'text/event-stream' }])
    expect(asked[0]?.signal?.aborted).toBe(true)
    expect(time.timers()).toBe(0)
  })

  test('starts now without a position, and from then on knows where it is', async () => {
    const { seqs, asked } = listen([{ pieces: ['id: 9\n\n'] }, { pieces: [block(10)] }])
    expect(await seqs(1)).toEqual([10])
    expect(asked.map(({ after }) => after)).toEqual([null, '9'])
  })

  test('resumes after the last event it gave, or the last position it was told', async () => {
    const { seqs, asked } = listen([
      { pieces: [block(5), block(6)] },
      { pieces: [':\nid: 40\n\n'], end: 'break' },
      { pieces: [block(41)] },
    ])
    expect(await seqs(3)).toEqual([5, 6, 41])
    expect(asked.map(({ after }) => after)).toEqual([null, '6', '40'])
  })

  test('drops what it had before', async () => {
    const { seqs } = listen([
      { pieces: [block(5), block(6)] },
      { pieces: [block(5), block(6), block(6), block(7)] },
    ])
    expect(await seqs(3)).toEqual([5, 6, 7])
  })

  test('follows a desk that was restored to an earlier state', async () => {
    const { seqs, asked } = listen([{ pieces: [block(50)] }, { pieces: ['id: 30\n\n', block(31)] }])
    expect(await seqs(2)).toEqual([50, 31])
    expect(asked.map(({ after }) => after)).toEqual([null, '50'])
  })

  test('gives nothing more once the signal is aborted, even of what has arrived', async () => {
    const streamed = listen([{ pieces: [block(1) + block(2) + block(3)] }])
    expect(await streamed.seqs(2)).toEqual([1, 2])
    expect(streamed.states).toEqual(['connecting', 'live'])
    const polled = listen([page([1, 2, 3])])
    expect(await polled.seqs(2)).toEqual([1, 2])
  })

  test('does nothing at all with an aborted signal', async () => {
    const { events, asked } = listen([{ pieces: [block(1)] }], { signal: AbortSignal.abort() })
    for await (const _ of events) expect.unreachable()
    expect(asked).toEqual([])
  })

  test('is let go of when the reader leaves', async () => {
    const { events, asked, time } = listen([{ pieces: [block(1)], end: 'hang' }])
    const leave = async () => {
      for await (const _ of events) break
    }
    await time.until(leave())
    expect(asked[0]?.signal?.aborted).toBe(true)
    expect(time.timers()).toBe(0)
  })
})

test('nothing is left behind: no timer, no listener, no open body', async () => {
  const stop = new AbortController()
  const counted = { abort: 0, body: 0 }
  const { addEventListener, removeEventListener } = stop.signal
  stop.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    counted.abort++
    addEventListener.apply(stop.signal, args)
  }
  stop.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    counted.abort--
    removeEventListener.apply(stop.signal, args)
  }
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(block(1))),
    cancel: () => void counted.body++,
  })
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const time = createManualTime()
  const http = createHttp({ url: '', fetch: async () => response, credentials: 'omit' }, time.runtime)
  const leave = async () => {
    for await (const _ of visitorEvents(http, '', { signal: stop.signal })) break
  }
  await time.until(leave())
  expect([time.timers(), time.listeners(), counted]).toEqual([0, 0, { abort: 0, body: 1 }])
})

describe('a connection that fails', () => {
  test('is tried again with growing, jittered waits from 1 s to 30 s', async () => {
    const waits = async (random: number) => {
      const failures = Array.from({ length: 7 }, () => new TypeError('fetch failed'))
      const { asked, seqs, states } = listen([...failures, { pieces: [block(1)] }], {}, random)
      await seqs(1)
      expect(states).toEqual(['connecting', 'offline', 'live'])
      return asked.slice(1).map(({ at }, index) => at - asked[index]!.at)
    }
    expect(await waits(0)).toEqual([1000, 1000, 1000, 1000, 1000, 1000, 1000])
    expect(await waits(1)).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  test('waits as long as the desk asks: by `retry`, by Retry-After', async () => {
    const busy = new Response('{}', { status: 429, headers: { 'retry-after': '20' } })
    const { asked, seqs } = listen([{ pieces: ['retry: 3000\n\n'] }, busy, { pieces: [block(1)] }])
    await seqs(1)
    expect(asked.map(({ at }) => at)).toEqual([0, 3000, 23_000])
  })

  test('keeps waits within reason whatever `retry` says', async () => {
    const { asked, seqs } = listen([
      { pieces: ['retry: 0\n\n'] },
      { pieces: ['retry: 99999999\n\n'] },
      { pieces: [block(1)] },
    ])
    await seqs(1)
    expect(asked.map(({ at }) => at)).toEqual([0, 250, 60_250])
  })

  test('grows its waits when the server greets and hangs up again and again', async () => {
    const greeting: Connection = { pieces: ['id: 1\n\n'] }
    const { asked, seqs } = listen([greeting, greeting, greeting, { pieces: ['id: 1\n\n', block(2)] }], {}, 1)
    await seqs(1)
    expect(asked.map(({ at }) => at)).toEqual([0, 2000, 6000, 14_000])
  })

  test('connects again at once when the device is back online, and keeps its place', async () => {
    const { time, asked, collect } = listen(
      [new TypeError('fetch failed'), { pieces: [block(3)] }],
      { after: 2 },
      1,
    )
    const taken = collect(1)
    await time.pass(500)
    time.comeOnline()
    expect(await taken).toHaveLength(1)
    expect(asked.map(({ at, after }) => [at, after])).toEqual([
      [0, '2'],
      [500, '2'],
    ])
  })

  test('does not trust a stream from before the device was offline', async () => {
    const { time, asked, collect } = listen([{ pieces: [block(3)], end: 'hang' }, { pieces: [block(4)] }])
    const taken = collect(2)
    await time.pass(100)
    time.comeOnline()
    expect(await taken).toHaveLength(2)
    expect(asked.map(({ at, after }) => [at, after])).toEqual([
      [0, null],
      [100, '3'],
    ])
  })

  test('counts as dead when nothing is heard for 45 s', async () => {
    const { asked, seqs, states } = listen([{ pieces: [block(1)], end: 'hang' }, { pieces: [block(2)] }])
    expect(await seqs(2)).toEqual([1, 2])
    expect(asked[1]?.at).toBe(46_000)
    expect(states).toEqual(['connecting', 'live', 'connecting', 'live'])
  })

  test('counts as dead when it does not answer, and as offline when it never does', async () => {
    const { asked, seqs, states } = listen(['hang', { pieces: [block(1)] }])
    expect(await seqs(1)).toEqual([1])
    expect(asked[1]?.at).toBe(21_000)
    expect(states).toEqual(['connecting', 'offline', 'live'])
  })

  test('is tried again when an event is cut to nonsense', async () => {
    const { seqs } = listen([{ pieces: [block(1), 'data: {"seq":2,\n\n'] }, { pieces: [block(2)] }])
    expect(await seqs(2)).toEqual([1, 2])
  })

  test.each([400, 401, 403, 404])('ends the stream for good with %i', async (status) => {
    const problem = { type: 'about:blank', title: 'No', status, code: 'contact_unknown' }
    const { seqs, asked, time } = listen([{ pieces: [block(1)] }, Response.json(problem, { status })])
    await expect(seqs(2)).rejects.toMatchObject({ code: 'contact_unknown', status })
    expect(asked).toHaveLength(2)
    expect(time.timers()).toBe(0)
  })
})
