import type { VisitorEvent } from '@helpdesk/core/api'
import { describe, expect, test } from 'vitest'
import { type EventsOptions, visitorEvents } from './events.ts'
import { createHttp } from './http.ts'
import { createManualTime } from './manual-runtime.ts'

/** One connection: an error, an answer that is no stream, or pieces of a stream and how it ends. */
type Connection = Error | Response | 'hang' | { pieces: string[]; end?: 'close' | 'break' | 'hang' }

const event = (seq: number) => ({ seq, at: '2026-11-21T10:00:00Z', type: 'desk.updated' as const })
const block = (seq: number) => `id: ${seq}\nevent: desk.updated\ndata: ${JSON.stringify(event(seq))}\n\n`
const typing: VisitorEvent = { type: 'typing', conversationId: 'c', by: 'agent', name: 'Ola' }
const page = (seqs: number[], cursor = seqs.at(-1) ?? 0, more = false) =>
  Response.json({ events: seqs.map(event), cursor, more })

function stream({ pieces, end = 'close' }: Exclude<Connection, Error | Response | 'hang'>): Response {
  const rest = pieces.map((piece) => new TextEncoder().encode(piece))
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = rest.shift()
      if (piece) return controller.enqueue(piece)
      if (end === 'close') return controller.close()
      if (end === 'break') return controller.error(new TypeError('terminated'))
      return new Promise(() => {})
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Connections in order; afterwards the last one again and again. */
function listen(connections: Connection[], options: EventsOptions = {}, random = 0) {
  const time = createManualTime(() => random)
  const asked: { after: string | null; accept: string | null; at: number; signal?: AbortSignal | null }[] = []
  const states: string[] = []
  const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
    const after = new URL(String(url)).searchParams.get('after')
    asked.push({
      after,
      accept: new Headers(init.headers).get('accept'),
      at: time.now(),
      signal: init.signal,
    })
    const next = connections.length > 1 ? connections.shift() : connections[0]
    if (next === 'hang') return new Promise<Response>(() => {})
    if (next instanceof Error) throw next
    return next instanceof Response ? next.clone() : stream(next!)
  }
  const http = createHttp({ url: 'http://desk.test', fetch, credentials: 'omit' }, time.runtime)
  const stop = new AbortController()
  const events = visitorEvents(http, '/api/messaging/widget/acme', {
    signal: stop.signal,
    onState: (state) => states.push(state),
    ...options,
  })
  const collect = async (count: number) => {
    const taken: VisitorEvent[] = []
    for await (const one of events) {
      taken.push(one)
      if (taken.length === count) stop.abort()
    }
    return taken
  }
  /** The first so many events, then abort; takes as much time as it needs. */
  const take = (count: number) => time.until(collect(count))
  const seqs = async (count: number) => (await take(count)).map((one) => ('seq' in one ? one.seq : one.type))
  return { time, asked, states, events, collect, take, seqs }
}

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
    const { seqs } = listen([{ pieces: [block(1) + block(2) + block(3)] }])
    expect(await seqs(2)).toEqual([1, 2])
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

describe('where nothing streams', () => {
  test('a page instead of a stream is polled every few seconds', async () => {
    const { seqs, asked, states } = listen([page([1, 2]), page([]), page([3, 4], 4, true), page([5])])
    expect(await seqs(5)).toEqual([1, 2, 3, 4, 5])
    expect(states).toEqual(['connecting', 'polling'])
    expect(asked.map(({ at }) => at)).toEqual([0, 4000, 8000, 8000])
    expect(asked.map(({ accept }) => accept)).toEqual([
      'text/event-stream',
      ...Array(3).fill('application/json'),
    ])
  })

  test('polls go on after the position of the last one', async () => {
    const { seqs, asked } = listen([page([], 7), page([8], 20), page([21])])
    await seqs(2)
    expect(asked.map(({ after }) => after)).toEqual([null, '7', '20'])
  })

  test('a fetch without readable bodies polls at once', async () => {
    const unreadable = new Response(null, { headers: { 'content-type': 'text/event-stream' } })
    const { seqs, asked } = listen([unreadable, page([1])])
    expect(await seqs(1)).toEqual([1])
    expect(asked.map(({ at }) => at)).toEqual([0, 0])
  })

  test('two streams in a row that never say a word are held back on the way: it polls', async () => {
    const silent: Connection = { pieces: [], end: 'hang' }
    const { seqs, states } = listen([silent, silent, page([1])])
    expect(await seqs(1)).toEqual([1])
    expect(states).toEqual(['connecting', 'offline', 'polling'])
  })

  test('a poll that fails is a reason to try the stream again', async () => {
    const { seqs, asked, states } = listen([page([1]), new TypeError('fetch failed'), { pieces: [block(2)] }])
    expect(await seqs(2)).toEqual([1, 2])
    expect(states).toEqual(['connecting', 'polling', 'offline', 'live'])
    expect(asked.at(-1)?.accept).toBe('text/event-stream')
  })

  test('a web page instead of an answer is not taken for one', async () => {
    const portal = new Response('<html>Sign in to the Wi-Fi</html>', {
      headers: { 'content-type': 'text/html' },
    })
    const { seqs, states } = listen([portal, { pieces: [block(1)] }])
    expect(await seqs(1)).toEqual([1])
    expect(states).toEqual(['connecting', 'offline', 'live'])
  })
})
