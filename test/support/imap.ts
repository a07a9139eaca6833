import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type ImapMessage, ImapSession } from './imap-session.ts'

/** What goes wrong from the next step of any conversation on; what is not named goes well. */
export interface ImapFaults {
  /** Hang up in the middle of the content of so many e-mails. */
  dropFetches: number
  /** Never tell a client that idles of anything. */
  silentIdle: boolean
  /** Offer no IDLE at all. */
  noIdle: boolean
  /** Accept connections and say nothing. */
  mute: boolean
  /** Do not say which number the next e-mail gets. */
  noUidNext: boolean
}

/** An IMAP server with one user and one folder. */
export interface ImapServer {
  port: number
  user: string
  password: string
  faults: ImapFaults
  /** What is in the folder, oldest first. */
  readonly messages: readonly ImapMessage[]
  /** How many conversations were begun, and how many signed in. */
  readonly connections: number
  readonly signIns: number
  /** How many conversations go on. */
  open(): number
  /** Puts an e-mail into the folder and tells those who idle. @returns its number */
  add(raw: string | Buffer, state?: { seen?: boolean; at?: Date }): number
  /** Numbers all e-mails anew, as after a folder was restored from a copy; idling clients are cut off. */
  renumber(): void
  /** Cuts all conversations off. */
  drop(): void
  /** The first e-mails in the folder are all marked as seen, so many of them. */
  waitForSeen(count: number, timeoutMs?: number): Promise<void>
  /** Resolves as soon as somebody idles. */
  waitForIdle(timeoutMs?: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a server that speaks as much IMAP4rev1 as reading a mailbox takes, on a free loopback port. */
export async function startImapServer(): Promise<ImapServer> {
  const sessions = new Set<ImapSession>()
  const sockets = new Set<Socket>()
  const watchers = new Set<() => void>()
  const state = {
    user: 'support@shop.example',
    password: 'imap secret',
    folder: 'INBOX',
    uidValidity: 1,
    nextUid: 1,
    messages: [] as ImapMessage[],
    faults: { dropFetches: 0, silentIdle: false, noIdle: false, mute: false, noUidNext: false } as ImapFaults,
    connections: 0,
    signIns: 0,
    changed: () => {
      for (const watcher of [...watchers]) watcher()
    },
  }
  const server = createServer((socket) => {
    state.connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    const session = new ImapSession(socket, state)
    sessions.add(session)
    socket.once('close', () => {
      sockets.delete(socket)
      sessions.delete(session)
      state.changed()
    })
    session.greet()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const until = (holds: () => boolean, what: string, timeoutMs = 20_000) =>
    new Promise<void>((resolve, reject) => {
      const end = () => {
        watchers.delete(look)
        clearTimeout(timer)
      }
      const look = () => {
        if (!holds()) return
        end()
        resolve()
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`${what} did not happen within ${timeoutMs} ms`))
      }, timeoutMs)
      watchers.add(look)
      look()
    })

  return Object.assign(state, {
    port,
    open: () => sockets.size,
    add(raw: string | Buffer, { seen = false, at = new Date() }: { seen?: boolean; at?: Date } = {}) {
      const uid = state.nextUid++
      state.messages.push({ uid, raw: Buffer.from(raw), flags: new Set(seen ? ['\\Seen'] : []), at })
      for (const session of sessions) session.tellNews()
      return uid
    },
    renumber() {
      state.uidValidity += 1
      for (const message of state.messages) message.uid += 1_000
      state.nextUid += 1_000
      drop()
    },
    drop,
    waitForSeen: (count: number, timeoutMs?: number) =>
      until(
        () => state.messages.slice(0, count).filter(({ flags }) => flags.has('\\Seen')).length === count,
        `Seeing ${count} e-mails`,
        timeoutMs,
      ),
    waitForIdle: (timeoutMs?: number) =>
      until(() => [...sessions].some((session) => session.isIdle), 'IDLE', timeoutMs),
    async stop() {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
