import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

/**
 * A request as the bytes that go over the wire.
 * @param {{ method?: string, path: string, headers?: Record<string, string>, body?: object }} request
 * @returns {Buffer}
 */
export function requestBytes({ method = 'GET', path, headers = {}, body }) {
  const content = body === undefined ? '' : JSON.stringify(body)
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(content ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) } : {}),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${content}`)
}

/**
 * Sends requests over keep-alive connections, on each the next one when the last is answered. It only counts the
 * bytes of an answer: what the load generator burns is missing for the server that shares its machine.
 * @param {{ port: number, requests: Buffer[], seconds: number, connections?: number }} options the requests go round
 * @returns {Promise<{ perSecond: number, p50: number, p99: number, answers: number }>} times in milliseconds
 * @throws {Error} when an answer is not 2xx
 */
export async function drive({ port, requests, seconds, connections = 10 }) {
  const times = []
  const begin = performance.now()
  const end = begin + seconds * 1000
  // Anywhere in the list, so that a later round does not repeat the beginning of the former.
  let next = Math.floor(Math.random() * requests.length)
  const one = () => requests[next++ % requests.length]
  await Promise.all(Array.from({ length: connections }, () => keepAsking({ port, one, end, times })))
  const elapsed = performance.now() - begin
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  return { perSecond: (times.length / elapsed) * 1000, p50: at(0.5), p99: at(0.99), answers: times.length }
}

function keepAsking({ port, one, end, times }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sent = 0
    let missing = 0
    const send = () => {
      sent = performance.now()
      socket.write(one())
    }
    socket.once('connect', send)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The server closed a connection')))
    socket.on('data', (chunk) => {
      if (missing === 0) {
        const head = chunk.indexOf('\r\n\r\n')
        const text = chunk.latin1Slice(0, head)
        const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
        if (head < 0 || text[9] !== '2' || length === undefined) {
          reject(new Error(`Unexpected answer: ${chunk.toString().slice(0, 600)}`))
          return socket.destroy()
        }
        missing = head + 4 + Number(length)
      }
      missing -= chunk.length
      if (missing > 0) return
      const now = performance.now()
      times.push(now - sent)
      if (now < end) return send()
      resolve()
      socket.destroy()
    })
  })
}
