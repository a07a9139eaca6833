import { connect, createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { clamdScanner } from './antivirus.ts'
import { eicar, startClamd } from './testing-clamd.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const clamd = async (answer?: (content: Buffer) => string | null) => {
  const server = await startClamd(answer)
  closing.push(server.close)
  return server
}
const file = (...parts: (string | Buffer)[]) => ({
  name: 'a.txt',
  type: 'text/plain',
  bytes: 1,
  open: async () => Readable.from(parts.map((part) => Buffer.from(part))),
})

describe('clamd', () => {
  test('gets every byte, and what it says of them counts', async () => {
    const { port, scanned } = await clamd()
    const scan = clamdScanner({ host: '127.0.0.1', port })
    const large = Buffer.alloc(3_000_000, 'ab')
    expect(await scan(file('hello ', '', 'world'))).toBeNull()
    expect(await scan(file(large, 'end'))).toBeNull()
    expect(await scan(file('x', eicar))).toBe('Eicar-Test-Signature')
    expect(scanned.map((content) => content.length)).toEqual([11, 3_000_003, 1 + eicar.length])
    expect(scanned[1]!.equals(Buffer.concat([large, Buffer.from('end')]))).toBe(true)
  })

  test.each([
    ['an error', () => 'INSTREAM size limit exceeded. ERROR\0'],
    ['something unknown', () => 'stream: maybe\0'],
    ['nothing', () => null],
  ])('that says %s has not said that a file is clean', async (_name, answer) => {
    const { port } = await clamd(answer)
    await expect(clamdScanner({ host: '127.0.0.1', port })(file('x'))).rejects.toThrow('clamd answered')
  })

  test('that is not there, or keeps silent, is an error', async () => {
    await expect(clamdScanner({ host: '127.0.0.1', port: 1 })(file('x'))).rejects.toThrow('ECONNREFUSED')
    await expect(clamdScanner({ socket: '/nowhere/clamd.sock' })(file('x'))).rejects.toThrow('ENOENT')
    const sockets = new Set<Socket>()
    const silent: Server = createServer((socket) => void sockets.add(socket.resume()))
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as { port: number }
    const scan = clamdScanner({ host: '127.0.0.1', port, timeoutMs: 50 })
    await expect(scan(file('x'))).rejects.toThrow('does not answer')
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => silent.close(done))
  })

  test('that hangs up in the middle is an error', async () => {
    const rude: Server = createServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((done) => rude.listen(0, '127.0.0.1', done))
    const { port } = rude.address() as { port: number }
    const scan = clamdScanner({ host: '127.0.0.1', port })
    const much = Array.from({ length: 50 }, () => Buffer.alloc(100_000))
    await expect(scan(file(...much))).rejects.toThrow()
    await new Promise((done) => rude.close(done))
  })
})

test('a daemon that is not there is an error of the scan and of nothing else, however late the file opens', async () => {
  const nobody = { host: '127.0.0.1', port: 1 }
  const scan = clamdScanner(nobody)
  const open = async () => {
    // By then the scanner's own connection was refused as well; an error that nobody waited for would fail this run.
    for (let i = 0; i < 3; i++) await new Promise((resolve) => connect(nobody).once('error', resolve))
    return Readable.from([Buffer.from('hello')])
  }
  await expect(scan({ name: 'a.txt', type: 'text/plain', bytes: 5, open })).rejects.toThrow()
})
