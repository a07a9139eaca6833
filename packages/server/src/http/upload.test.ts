import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { incomingFile } from './upload.ts'

const request = (body: Readable | undefined, headers: Record<string, string> = {}) =>
  ({ body, headers: { 'content-type': 'application/octet-stream', ...headers } }) as unknown as FastifyRequest
const read = async (chunks: AsyncIterable<Uint8Array>) => String(await buffer(Readable.from(chunks)))

test('a file comes as it is, with the length that was announced', async () => {
  const { announced, chunks } = incomingFile(
    request(Readable.from([Buffer.from('ab')]), { 'content-length': '2' }),
  )
  expect([announced, await read(chunks)]).toEqual([2, 'ab'])
  const open = incomingFile(request(Readable.from([Buffer.from('ab')])))
  expect([open.announced, await read(open.chunks)]).toEqual([null, 'ab'])
  expect(await read(incomingFile(request(undefined)).chunks)).toBe('')
})

test('A35: a file that has another length than announced is not whole', async () => {
  for (const length of ['1', '3']) {
    const { chunks } = incomingFile(request(Readable.from([Buffer.from('ab')]), { 'content-length': length }))
    await expect(read(chunks)).rejects.toMatchObject({ code: 'validation_failed' })
  }
})

test('a file of which nothing comes any more is given up, and its connection with it', async () => {
  const body = new Readable({ read: () => undefined })
  body.push('a')
  const { chunks } = incomingFile(request(body), { stallMs: 20 })
  await expect(read(chunks)).rejects.toMatchObject({
    code: 'validation_failed',
    cause: { message: 'The upload stalled' },
  })
  expect(body.destroyed).toBe(true)
})

test('a file that is left unread leaves its connection open', async () => {
  const body = Readable.from([Buffer.from('a'), Buffer.from('b')])
  const { chunks } = incomingFile(request(body))
  for await (const chunk of chunks) {
    expect(String(chunk)).toBe('a')
    break
  }
  expect(body.destroyed).toBe(false)
})
