import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visitorEvents } from './events.ts'
import { createHttp } from './http.ts'
import { createManualTime } from './manual-runtime.ts'

/** Of characters that are longer than a byte, and so are cut in two now and then. */
const words = 'zażółć 👋'
const greetings = ['', ':\n\n', 'retry: 500\n\n'] as const

/** How one connection goes wrong. */
const accident = fc.record({
  kind: fc.constantFrom('network', 'unavailable', 'busy', 'hang', 'page', 'unreadable', 'stream'),
  /** Bytes that arrive before the stream ends. */
  bytes: fc.nat(900),
  sizes: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 6 }),
  end: fc.constantFrom('close', 'break', 'hang'),
  /** How far back the server begins, beyond what was asked. */
  overlap: fc.nat(3),
  greeting: fc.constantFrom(...greetings, 'id'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  online: fc.boolean(),
})
type Accident = typeof accident extends fc.Arbitrary<infer A> ? A : never

const logged = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 25 })
  .map((seqs) => seqs.sort((a, b) => a - b))

const fine: Accident = {
  kind: 'stream',
  bytes: 1e9,
  sizes: [4096],
  end: 'hang',
  overlap: 0,
  greeting: 'id',
  newline: '\n',
  online: false,
}

/** What a server with this log answers. */
function answer(log: number[], after: number, { kind, ...how }: Accident): Promise<Response> | Response {
  if (kind === 'network') throw new TypeError('fetch failed')
  if (kind === 'hang') return new Promise(() => {})
  if (kind === 'unavailable') return new Response('', { status: 503 })
  if (kind === 'busy') return new Response('', { status: 429, headers: { 'retry-after': '5' } })
  const from = log.findIndex((seq) => seq > after)
  const start = from < 0 ? log.length : Math.max(0, from - how.overlap)
  const events = log.slice(start).map((seq) => ({ seq, at: words, type: 'desk.updated' }))
  if (kind === 'page') {
    const part = events.slice(0, 1 + (how.bytes % 5))
    const more = part.length < events.length
    const cursor = Math.max(after, (more ? part : events).at(-1)?.seq ?? 0)
    return Response.json({ events: part, cursor, more })
  }
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  if (kind === 'unreadable') return new Response(null, { headers })
  const greeting = how.greeting === 'id' ? `:\nid: ${after}\n\n` : how.greeting
  const text = greeting + events.map((one) => `id: ${one.seq}\ndata: ${JSON.stringify(one)}\n\n`).join('')
  const bytes = new TextEncoder().encode(text.replaceAll('\n', how.newline)).slice(0, how.bytes)
  return new Response(cut(bytes, how), { headers })
}

function cut(bytes: Uint8Array, { sizes, end }: Pick<Accident, 'sizes' | 'end'>): ReadableStream<Uint8Array> {
  let at = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) {
        const size = sizes[turn++ % sizes.length]!
        controller.enqueue(bytes.slice(at, at + size))
        at += size
        return
      }
      if (end === 'close') return controller.close()
      if (end === 'break') return controller.error(new TypeError('terminated'))
      return new Promise(() => {})
    },
  })
}

test('any schedule of disconnects, any cutting and any repetition ends in the same list of events', async () => {
  const property = fc.asyncProperty(
    logged,
    fc.array(accident, { maxLength: 12 }),
    fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 5 }),
    fc.nat(30),
    async (log, accidents, dice, after) => {
      let thrown = 0
      let asked = 0
      const time = createManualTime(() => dice[thrown++ % dice.length]!)
      const expected = log.filter((seq) => seq > after).map((seq) => [seq, words])
      const plan = [...accidents]
      const fetch = async (url: RequestInfo | URL) => {
        if (asked++ > 5_000) throw new Error('It asks without end')
        const next = plan.shift() ?? fine
        if (next.online) time.runtime.after(700, time.comeOnline)
        return answer(log, Number(new URL(String(url)).searchParams.get('after')), next)
      }
      const http = createHttp({ url: 'http://desk.test', fetch, credentials: 'omit' }, time.runtime)
      const stop = new AbortController()
      const got: unknown[] = []
      const listening = (async () => {
        for await (const event of visitorEvents(http, '', { after, signal: stop.signal })) {
          if ('seq' in event) got.push([event.seq, event.at])
        }
      })()
      const isOver = () => plan.length === 0 && got.length >= expected.length
      while (!isOver() && time.now() < 20 * 60_000) await time.pass(5_000)
      // Whatever would come twice comes now.
      await time.pass(50_000)
      stop.abort()
      await time.until(listening)
      expect(got).toEqual(expected)
    },
  )
  await fc.assert(property, { numRuns: 150 })
})
