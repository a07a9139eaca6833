import { expect, test } from 'vitest'
import { block, type Connection, listen, page } from './scripted-stream.ts'

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

test('streams that are silent now and then are not', async () => {
  const silent: Connection = { pieces: [], end: 'hang' }
  const { seqs, asked } = listen([silent, { pieces: [block(1)] }, silent, { pieces: [block(2)] }])
  expect(await seqs(2)).toEqual([1, 2])
  expect(asked.map(({ accept }) => accept)).toEqual(Array(4).fill('text/event-stream'))
})

test('a stream is tried again, too, when it was held back and then a poll fails', async () => {
  const silent: Connection = { pieces: [], end: 'hang' }
  const { seqs, asked } = listen([
    silent,
    silent,
    page([1]),
    new TypeError('fetch failed'),
    { pieces: [block(2)] },
  ])
  expect(await seqs(2)).toEqual([1, 2])
  expect(asked.at(-1)?.accept).toBe('text/event-stream')
})

test('waits begin anew after a poll that went well', async () => {
  const failure = new TypeError('fetch failed')
  const { seqs, asked } = listen([failure, failure, page([1]), failure, { pieces: [block(2)] }], {}, 1)
  await seqs(2)
  expect(asked.map(({ at }) => at)).toEqual([0, 2000, 6000, 10_000, 12_000])
})

test('a fetch that can read neither streams nor pages is not asked without end', async () => {
  const unreadable = new Response(null, { headers: { 'content-type': 'text/event-stream' } })
  const { time, asked, collect } = listen([unreadable], {}, 1)
  collect(1)
  await time.pass(60_000)
  expect(asked.length).toBeLessThan(20)
})

test('a web page instead of an answer is not taken for one', async () => {
  const portal = new Response('<html>Sign in to the Wi-Fi</html>', {
    headers: { 'content-type': 'text/html' },
  })
  const { seqs, states } = listen([portal, { pieces: [block(1)] }])
  expect(await seqs(1)).toEqual([1])
  expect(states).toEqual(['connecting', 'offline', 'live'])
})
