import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** A mail that a server took. */
export interface Arrival {
  messageId: string
  to: string
  raw: string
}

/**
 * What a mail server does with a mail of which it has every byte: answers that it took it; takes it and answers later,
 * when this resolves; refuses with a code; or takes it and hangs up without an answer.
 */
export type Decision = 'take' | 'hang-up' | { refuse: number } | { take: Promise<unknown> }

/** A mail server that writes down what arrived, and does with the next mail what a test wants. */
export interface CountingServer {
  url: string
  port: number
  arrivals: Arrival[]
  /** Decides about each mail, one after the other over all connections: the next one when this one has its answer. */
  decide: (arrival: Arrival) => Promise<Decision> | Decision
  /** The code with which recipients are refused, or the greeting; null: with none. */
  refuseRecipients: number | null
  refuseGreeting: number | null
  /** Closes every connection, as the end of the sender's process does. */
  cut(): void
  stop(): Promise<void>
}

/** Starts a mail server on a free loopback port. */
export async function startCountingServer(): Promise<CountingServer> {
  const sockets = new Map<number, Socket>()
  const refusal = (code: number | null) =>
    code === null ? null : Object.assign(new Error('refused by the test'), { responseCode: code })
  let turn: Promise<unknown> = Promise.resolve()

  /** A mail counts as arrived only when its sender could still be told so. */
  const receive = async (raw: string, session: SMTPServerSession): Promise<Error | null | 'gone'> => {
    const arrival = {
      messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
      to: session.envelope.rcptTo[0]?.address ?? '',
      raw,
    }
    const isGone = () => sockets.get(session.remotePort)?.destroyed !== false
    const decision = await counting.decide(arrival)
    if (typeof decision === 'object' && 'refuse' in decision) return refusal(decision.refuse)
    if (isGone()) return 'gone'
    counting.arrivals.push(arrival)
    if (decision === 'hang-up') sockets.get(session.remotePort)?.destroy()
    if (typeof decision === 'object') await decision.take
    return isGone() ? 'gone' : null
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    onConnect: (_session, reply) => reply(refusal(counting.refuseGreeting)),
    onRcptTo: (_address, _session, reply) => reply(refusal(counting.refuseRecipients)),
    onData(stream: SMTPServerDataStream, session, reply) {
      const data = buffer(stream)
      turn = Promise.all([data, turn])
        .then(([raw]) => receive(raw.toString(), session))
        .then((answer) => answer === 'gone' || reply(answer), reply)
    },
  })
  // A sender that dies in the middle is part of the tests.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.get(remotePort) === socket && sockets.delete(remotePort))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets.values()) socket.destroy()
  }
  const counting: CountingServer = {
    url: `smtp://127.0.0.1:${port}`,
    port,
    arrivals: [],
    decide: () => 'take',
    refuseRecipients: null,
    refuseGreeting: null,
    cut,
    async stop() {
      cut()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
  return counting
}
