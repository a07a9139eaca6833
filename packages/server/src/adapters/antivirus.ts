import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

/** A stored file that a scanner may look at before anybody else can. */
export interface ScannedFile {
  name: string
  type: string
  bytes: number
  /** Its content, from the start. */
  open(): Promise<Readable>
}

/**
 * Looks at a file. @returns what it found, null when the file is clean
 * @throws anything, when it cannot say: the file is not kept then
 */
export type ScanFile = (file: ScannedFile) => Promise<string | null>

/** How to reach clamd: by TCP, or by the socket in the file system. */
export type ClamdOptions = ({ host: string; port: number } | { socket: string }) & {
  /** How long it may take to answer. Default: 30 s. */
  timeoutMs?: number
}

/**
 * Asks ClamAV's daemon. Its `StreamMaxLength` must be at least the size of the largest attachment (it is, unless it was
 * changed: 25 MB).
 */
export function clamdScanner(options: ClamdOptions): ScanFile {
  const { timeoutMs = 30_000, ...rest } = options
  const address = 'socket' in rest ? { path: rest.socket } : { host: rest.host, port: rest.port }
  return async (file) => {
    const socket = connect(address)
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('clamd does not answer')))
    try {
      // Both are waited for from the start: a daemon that is not there says so before the file is open.
      const [answer] = await Promise.all([
        text(socket),
        file.open().then((content) => sendFile(socket, content)),
      ])
      return readAnswer(answer)
    } finally {
      socket.destroy()
    }
  }
}

/** INSTREAM: every piece with its length in front, then a piece of length 0. */
async function sendFile(socket: Socket, content: Readable): Promise<void> {
  async function* pieces() {
    yield 'zINSTREAM\0'
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (chunk.length === 0) continue
      const length = Buffer.alloc(4)
      length.writeUInt32BE(chunk.length)
      yield length
      yield chunk
    }
    yield Buffer.alloc(4)
  }
  // Ending our side as well would be taken by some versions for going away.
  await pipeline(pieces, socket, { end: false })
}

function readAnswer(answer: string): string | null {
  const [, result = ''] = /^stream: ([^\0]*)\0?$/.exec(answer) ?? []
  if (result === 'OK') return null
  if (result.endsWith(' FOUND')) return result.slice(0, -' FOUND'.length)
  throw new Error(`clamd answered ${JSON.stringify(answer.slice(0, 200))}`)
}
