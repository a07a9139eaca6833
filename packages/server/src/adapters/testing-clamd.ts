import { createServer } from 'node:net'

/** What every scanner takes for a virus, by agreement. Put together here, or scanners would take this file for one. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** A server that speaks INSTREAM as clamd does. @param answer what it says of a content; null to hang up */
export async function startClamd(
  answer = (content: Buffer): string | null =>
    content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0',
) {
  const scanned: Buffer[] = []
  const server = createServer((socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes])
      const content = whole(received)
      if (content === null) return
      scanned.push(content)
      const said = answer(content)
      if (said === null) socket.end()
      else socket.end(said)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return { port, scanned, close: () => new Promise<void>((done) => server.close(() => done())) }
}

/** The content of a finished INSTREAM; null while there is more to come. */
function whole(received: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  if (received.length < command.length) return null
  if (received.toString('latin1', 0, command.length) !== command) throw new Error('Not INSTREAM')
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
