import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A server that is far too slow. */
export interface SlowServer {
  url: string
  stop(): Promise<void>
}

const endOfMail = '\r\n.\r\n'

async function listen(accept: (socket: Socket) => void): Promise<SlowServer> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // Whoever waits for too long hangs up.
    socket.on('error', () => undefined)
    accept(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Takes connections and says nothing at all. */
export const startSilentServer = (): Promise<SlowServer> => listen((socket) => void socket.resume())

/** Writes one byte a second. */
function drip(socket: Socket, text: () => string): void {
  let written = 0
  const timer = setInterval(() => {
    socket.write(text().slice(written, written + 1))
    written += 1
  }, 1_000)
  socket.once('close', () => clearInterval(timer))
}

/** Greets with one byte a second. */
export const startDrippingServer = (): Promise<SlowServer> =>
  listen((socket) => {
    socket.resume()
    drip(socket, () => '220 mail.shop.example at your service\r\n')
  })

/** Passes everything on to a mail server, and its answers back: at once until the mail is there, then one byte a second. */
export const startDrippingAnswers = (port: number): Promise<SlowServer> =>
  listen((socket) => {
    const inner = connect(port, '127.0.0.1')
    inner.on('error', () => undefined)
    let tail = ''
    let answers = ''
    let isSlow = false
    socket.on('data', (chunk) => {
      tail = `${tail}${chunk.toString('latin1')}`.slice(-endOfMail.length)
      if (tail === endOfMail && !isSlow) {
        isSlow = true
        drip(socket, () => answers)
      }
      inner.write(chunk)
    })
    inner.on('data', (chunk) => {
      if (isSlow) answers += chunk.toString()
      else socket.write(chunk)
    })
    socket.once('close', () => inner.destroy())
    inner.once('close', () => socket.destroy())
  })
