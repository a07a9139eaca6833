import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HelpdeskError } from '@helpdesk/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStreams, drained, type Stream, type StreamOwner, type Streams } from './stream.ts'

let app: FastifyInstance
let streams: Streams
let opened: Stream[]
let owner: Partial<StreamOwner>
const closed = vi.fn()
const clients: IncomingMessage[] = []

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  closed.mockClear()
  opened = []
  owner = {}
  const limits = { perProcess: 4, perAddress: 3, perContact: 2 }
  streams = createStreams({ now: () => new Date(), limits, log: { debug: vi.fn() } })
  app = Fastify({ trustProxy: true })
  app.get<{ Querystring: { contact?: string } }>('/', async (request, reply) => {
    reply.header('access-control-allow-origin', '*')
    streams.reserve(request, reply, request.query.contact)
    const defaults = { checkRounds: 1, stillAllowed: async () => true, position: () => 7, onClose: closed }
    const stream = streams.open(reply, { ...defaults, ...owner }, ':\nretry: 2000\n\n')
    if (stream) opened.push(stream)
    return reply
  })
  app.get('/refused', async (request, reply) => {
    streams.reserve(request, reply, 'vera')
    throw new HelpdeskError('not_found')
  })
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof HelpdeskError ? error.status : 500).send(),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await streams.closeAll()
  await app.close()
  vi.useRealTimers()
})

async function open(path = '/', address = '10.0.0.1'): Promise<IncomingMessage> {
  const { port } = app.server.address() as AddressInfo
  const request = get({
    port,
    path,
    headers: { 'x-forwarded-for': address, connection: 'keep-alive' },
    agent: false,
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => undefined)
  clients.push(response)
  return response
}

/** Reads until the text is there. */
async function readUntil(response: IncomingMessage, wanted: string): Promise<string> {
  let text = ''
  while (!text.includes(wanted)) {
    const piece: unknown = response.read()
    if (piece === null) await once(response, 'readable')
    else text += String(piece)
  }
  return text
}

const seconds = (count: number) => vi.advanceTimersByTime(count * 1_000)
const status = async (path?: string, address?: string) => (await open(path, address)).statusCode

describe('a stream', () => {
  it('begins with headers that keep proxies and caches out, and those that hooks have set', async () => {
    const response = await open()
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
      connection: 'close',
    })
    expect(await readUntil(response, 'retry: 2000\n\n')).toBe(':\nretry: 2000\n\n')
  })

  it('says something every 15 s: the position the client may resume from, or nothing while that is open', async () => {
    let position: number | undefined = 7
    owner.position = () => position
    const response = await open()
    await readUntil(response, '\n\n')
    seconds(15)
    expect(await readUntil(response, '\n\n')).toBe(':\nid: 7\n\n')
    position = undefined
    seconds(15)
    expect(await readUntil(response, '\n\n')).toBe(':\n\n')
  })

  it('spreads the heartbeats of many streams over the seconds', async () => {
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) await open('/', address)
    const rounds = () => opened.map((stream) => stream.rounds)
    const seen = new Set<number>()
    for (let i = 0; i < 15; i++) {
      seconds(1)
      seen.add(rounds().reduce((sum, count) => sum + count))
    }
    expect(rounds()).toEqual([1, 1, 1])
    expect([...seen]).toEqual(expect.arrayContaining([1, 2, 3]))
  })

  it('A18: ends at a heartbeat when the viewer may listen no longer', async () => {
    let allowed = true
    owner = { stillAllowed: async () => allowed, checkRounds: 2 }
    const response = await open()
    const ended = once(response, 'end')
    response.resume()
    seconds(15)
    allowed = false
    seconds(15)
    await ended
    expect(opened[0]?.rounds).toBe(2)
    expect(closed).toHaveBeenCalledOnce()
  })

  it('goes on when the right to listen cannot be looked up', async () => {
    owner.stillAllowed = () => Promise.reject(new Error('no database'))
    const response = await open()
    for (let i = 0; i < 3; i++) {
      seconds(15)
      await readUntil(response, 'id: 7\n\n')
    }
    expect(response.destroyed).toBe(false)
  })

  it('looks up a few rights at a time, however many streams there are', async () => {
    let running = 0
    let most = 0
    const release: (() => void)[] = []
    owner.stillAllowed = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => release.push(resolve))
      running--
      return true
    }
    for (let i = 0; i < 3; i++) await open('/', `10.0.0.${i}`)
    await open('/', '10.0.0.0')
    const many = Array.from({ length: 20 }, () => ({ ...opened[0]!, checking: false }))
    for (const stream of many) streams.recheck(stream)
    for (let i = 0; i < 20; i++) {
      await vi.waitFor(() => expect(release.length).toBeGreaterThan(0))
      release.shift()?.()
    }
    expect(most).toBe(4)
  })

  it('A48: is cut off when the client takes nothing and more than 1 MiB waits for it', async () => {
    const response = await open()
    response.pause()
    const gone = new Promise((resolve) => response.once('close', resolve))
    const stream = opened[0]!
    const frame = Buffer.alloc(65_536, 'x')
    let frames = 0
    for (; !stream.response.destroyed && frames < 1_000; frames++) streams.send(stream, frame)
    expect(stream.response.destroyed).toBe(true)
    // What the kernel takes at once does not count.
    expect(frames).toBeGreaterThan(15)
    await gone
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
    expect(() => streams.send(stream, frame)).not.toThrow()
  })

  it('A48: is cut off when the client takes nothing for a while, and not when it takes a little', async () => {
    const response = await open()
    response.pause()
    const stream = opened[0]!
    const fill = () => {
      while (stream.blockedSince === 0) streams.send(stream, Buffer.alloc(16_384, 'x'))
    }
    fill()
    response.resume()
    await drained(stream)
    response.pause()
    seconds(30)
    expect(stream.response.destroyed).toBe(false)
    fill()
    seconds(15)
    seconds(20)
    expect(stream.response.destroyed).toBe(true)
  })

  it('lets a writer wait until the client has taken what was written, or has gone', async () => {
    const response = await open()
    const stream = opened[0]!
    response.pause()
    while (stream.blockedSince === 0) streams.send(stream, Buffer.alloc(16_384, 'x'))
    const waiting = drained(stream)
    response.resume()
    await waiting
    expect(stream.blockedSince).toBe(0)
    response.pause()
    while (stream.blockedSince === 0) streams.send(stream, Buffer.alloc(16_384, 'x'))
    const again = drained(stream)
    response.destroy()
    await again
    await drained(stream)
  })
})

describe('the places for streams', () => {
  it('A49: are limited per contact, per address and per process, and free again when a stream ends', async () => {
    const first = await open('/?contact=vera')
    expect(await status('/?contact=vera')).toBe(200)
    expect(await status('/?contact=vera', '10.0.0.2')).toBe(429)
    expect(await status('/?contact=adam')).toBe(200)
    expect(await status('/?contact=otto')).toBe(429)
    expect(await status('/', '10.0.0.2')).toBe(200)
    expect(await status('/', '10.0.0.3')).toBe(429)
    first.destroy()
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
    expect(await status('/?contact=vera')).toBe(200)
  })

  it('A49: count the addresses of one IPv6 customer as one', async () => {
    for (let i = 0; i < 3; i++) expect(await status('/', `2001:db8::${i}`)).toBe(200)
    expect(await status('/', '2001:db8::ffff:1')).toBe(429)
    expect(await status('/', '2001:db8:0:1::1')).toBe(200)
  })

  it('are free again after a request that ended in an error', async () => {
    for (let i = 0; i < 10; i++) expect(await status('/refused')).toBe(404)
    expect(await status('/?contact=vera')).toBe(200)
  })
})

describe('the end of the process', () => {
  it('F13: ends every stream, so that closing does not wait for clients, and takes no new ones', async () => {
    const responses = await Promise.all([open('/', '10.0.0.1'), open('/', '10.0.0.2'), open('/', '10.0.0.3')])
    const [reading, ...idle] = responses
    const ended = once(reading!, 'end')
    reading!.resume()
    for (const response of idle) response.pause()
    await streams.closeAll()
    await ended
    expect(await status('/', '10.0.0.4')).toBe(503)
    await app.close()
    expect(closed).toHaveBeenCalledTimes(3)
  })

  it('does not wait for a client that takes nothing', async () => {
    const response = await open()
    response.pause()
    while (opened[0]!.blockedSince === 0) streams.send(opened[0]!, Buffer.alloc(16_384, 'x'))
    await streams.closeAll()
    expect(closed).toHaveBeenCalledOnce()
  })
})
