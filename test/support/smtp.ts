import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** The moment of an SMTP conversation at which something goes wrong. */
export type SmtpStage = 'connect' | 'recipient' | 'data'

/**
 * What the sink does with the next conversations: take the mail; answer with an error code at a stage (421 by default
 * at `connect`, others at `recipient`), in these words; say nothing more from a stage on; or take the whole mail and drop the
 * connection instead of confirming it, so that the sender cannot know.
 */
export type SmtpBehaviour =
  | 'accept'
  | 'drop-after-data'
  | { refuse: number; at?: SmtpStage; words?: string }
  | { stall: SmtpStage }

/** A mail that the sink holds. */
export interface ReceivedMail extends Email {
  /** The envelope, which decides where a mail goes; the headers may say something else. */
  envelope: { from: string; to: string[] }
  raw: string
  /** False when the connection was dropped instead of confirming. */
  isAcknowledged: boolean
}

/** A mail server that delivers nothing. */
export interface SmtpSink {
  /** `smtp://127.0.0.1:<port>`, without TLS; any user name and password are accepted. */
  url: string
  port: number
  /** All mails taken so far, oldest first. */
  mails: readonly ReceivedMail[]
  /** How many conversations were begun, refused ones included. */
  readonly connections: number
  /** Changes what happens from the next step of any conversation on. */
  behave(behaviour: SmtpBehaviour): void
  /** The first mail that matches, of those held or those to come. Fails after `timeoutMs`, 10 s by default. */
  waitForMail(matches?: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>
  /** Cuts all conversations off and closes the port. */
  stop(): Promise<void>
}

interface Waiter {
  matches: (mail: ReceivedMail) => boolean
  resolve: (mail: ReceivedMail) => void
}

type Reply = (error?: Error | null) => void

/** Starts a real SMTP server on a free loopback port. */
export async function startSmtpSink(options: { behaviour?: SmtpBehaviour } = {}): Promise<SmtpSink> {
  let behaviour = options.behaviour ?? 'accept'
  let connections = 0
  const mails: ReceivedMail[] = []
  const waiters = new Set<Waiter>()
  const sockets = new Set<Socket>()

  const answer = (stage: SmtpStage, reply: Reply): void => {
    if (typeof behaviour === 'object' && 'stall' in behaviour && behaviour.stall === stage) return
    reply(refusal(behaviour, stage))
  }
  const take = (mail: ReceivedMail): void => {
    mails.push(mail)
    for (const waiter of waiters) if (waiter.matches(mail)) waiter.resolve(mail)
  }
  const receive = async (
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    reply: Reply,
  ): Promise<void> => {
    const raw = await buffer(stream)
    if (behaviour === 'accept' || behaviour === 'drop-after-data') {
      take(await readMail(raw, session, behaviour === 'accept'))
    }
    if (behaviour !== 'drop-after-data') return answer('data', reply)
    for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy()
  }

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: (login, _session, reply) => reply(null, { user: login.username ?? 'anonymous' }),
    onConnect: (_session, reply) => {
      connections += 1
      answer('connect', reply)
    },
    onRcptTo: (_address, _session, reply) => answer('recipient', reply),
    onData: (stream, session, reply) => void receive(stream, session, reply).catch(reply),
  })
  // A sender that hangs up in the middle is part of the tests.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    get connections() {
      return connections
    },
    behave(next) {
      behaviour = next
    },
    waitForMail: (matches = () => true, timeoutMs = 10_000) => waitFor(mails, waiters, matches, timeoutMs),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

function refusal(behaviour: SmtpBehaviour, stage: SmtpStage): Error | null {
  if (typeof behaviour !== 'object' || !('refuse' in behaviour)) return null
  const at = behaviour.at ?? (behaviour.refuse === 421 ? 'connect' : 'recipient')
  if (at !== stage) return null
  return Object.assign(new Error(behaviour.words ?? 'refused by the test'), {
    responseCode: behaviour.refuse,
  })
}

async function readMail(
  raw: Buffer,
  session: SMTPServerSession,
  isAcknowledged: boolean,
): Promise<ReceivedMail> {
  const { mailFrom, rcptTo } = session.envelope
  const envelope = {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map((recipient) => recipient.address),
  }
  return { ...(await PostalMime.parse(raw)), envelope, raw: raw.toString(), isAcknowledged }
}

function waitFor(
  mails: readonly ReceivedMail[],
  waiters: Set<Waiter>,
  matches: (mail: ReceivedMail) => boolean,
  timeoutMs: number,
): Promise<ReceivedMail> {
  const held = mails.find(matches)
  if (held !== undefined) return Promise.resolve(held)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiters.delete(waiter)
      const seen = mails.map((mail) => `"${mail.subject}" to ${mail.envelope.to.join(', ')}`).join('; ')
      reject(new Error(`No such mail within ${timeoutMs} ms. Received: ${seen || 'nothing'}`))
    }, timeoutMs)
    const waiter: Waiter = {
      matches,
      resolve(mail) {
        clearTimeout(timer)
        waiters.delete(waiter)
        resolve(mail)
      },
    }
    waiters.add(waiter)
  })
}
