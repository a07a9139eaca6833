import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cutSlowBodies } from './slow-bodies.ts'

const app = () => {
  const made = Fastify({ logger: false })
  cutSlowBodies(made, 100)
  made.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume()
    payload.once('end', () => done(null, 'file'))
  })
  made.post('/', async () => 'done')
  return made
}
let server: ReturnType<typeof app>
let port: number
beforeEach(async () => {
  server = app()
  await server.listen({ host: '127.0.0.1', port: 0 })
  port = (server.server.address() as { port: number }).port
})
afterEach(async () => {
  server.server.closeAllConnections()
  await server.close()
})

const begin = (type: string) => {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => undefined)
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 4\r\n\r\n"a`)
  return socket
}

test.each([
  'application/octet-stream',
  'message/rfc822',
  'Message/RFC822',
  'multipart/form-data; boundary=x',
])('a body that does not end is cut off, one of type %s that takes as long is not', async (type) => {
  const large = begin(type)
  const slow = begin('application/json')
  await once(slow, 'close')
  large.write('b"')
  const [answer] = await once(large, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
})

test('a body that ends in time is answered', async () => {
  const socket = begin('application/json')
  socket.write('b"')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
})
