import type { AddressInfo } from 'node:net'
import { HelpdeskError } from '@helpdesk/core'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { deskForRecipient, mostEmailBytes, takeIn } from '../emails/service.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { ipKey } from '../http/throttle.ts'
import type { MailListen } from '../options.ts'

/** Each may hold an e-mail of 25 MiB in memory. */
const mostClients = 30
const mostClientsPerAddress = 10
const mostRecipients = 20
const mostUnknownRecipients = 10
const silenceMs = 60_000
const closeMs = 5_000

/** An SMTP server that takes e-mails in and passes none on. */
export interface MailListener {
  port: number
  /** Lets what is being taken in finish, for 5 seconds. */
  close(): Promise<void>
}

/** What one e-mail under way is for: the desks, and the addresses by which they were named. */
interface Delivery {
  desks: Map<string, { desk: DeskRecord; to: string[] }>
  unknown: number
}

/**
 * Listens for the e-mails of the installation's domain. It knows no users and relays nothing: an address that is no
 * desk's and no reply's is refused at once.
 * @throws Error (`EMAILLISTEN`) that names the option when it cannot listen there; Error when the package smtp-server is
 *   not there
 */
export async function startMailListener(
  deps: Deps,
  listen: MailListen & { domain: string },
  rateLimit: RateLimiter,
): Promise<MailListener> {
  const { SMTPServer } = await loadSmtpServer()
  const deliveries = new WeakMap<SMTPServerSession, Delivery>()
  const clients = countClients()
  const server = new SMTPServer({
    name: listen.domain,
    banner: 'helpdesk',
    size: mostEmailBytes,
    authOptional: true,
    disabledCommands: ['AUTH', ...(listen.tls ? [] : ['STARTTLS'])],
    ...(listen.tls ?? {}),
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    maxClients: mostClients,
    maxRecipients: mostRecipients,
    socketTimeout: silenceMs,
    closeTimeout: closeMs,
    onConnect: (session, done) => done(clients.add(session) ? null : refusal(421, 'Too many connections')),
    onClose: (session) => clients.remove(session),
    onMailFrom: (_address, session, done) => {
      deliveries.set(session, { desks: new Map(), unknown: 0 })
      answer(rateLimit('incoming', `smtp:${ipKey(session.remoteAddress)}`), done)
    },
    onRcptTo: ({ address }, session, done) => {
      answer(addRecipient(deps, deliveries.get(session), address), done)
    },
    onData: (stream, session, done) => {
      answer(receive(deps, deliveries.get(session), stream, session), done)
    },
  })
  // A client that hangs up in the middle is its own affair.
  server.on('error', (error) => deps.log.debug({ err: error }, 'SMTP'))
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: Error) => reject(cannotListen(cause))
    server.server.once('error', refuse)
    server.listen(listen.port, listen.host, () => {
      server.server.off('error', refuse)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }

  /** 4xx unless the error is a refusal: whoever sends tries again later, and nothing is lost. */
  function answer(work: Promise<unknown>, done: (error?: Error | null) => void): void {
    work.then(
      () => done(null),
      (error: Error & { responseCode?: number }) => {
        if (error.responseCode !== undefined) return done(error)
        if (error instanceof HelpdeskError && error.code === 'too_many_requests')
          return done(refusal(451, 'Too many e-mails, try again later'))
        // Whoever hangs up in the middle brings it again, or never meant to.
        const level = (error as NodeJS.ErrnoException).code === 'ECONNECTION' ? 'debug' : 'error'
        deps.log[level]({ err: error }, 'An e-mail could not be taken in')
        done(refusal(451, 'Not available right now, try again later'))
      },
    )
  }
}

async function addRecipient(deps: Deps, delivery: Delivery | undefined, address: string): Promise<void> {
  if (!delivery) throw refusal(503, 'Bad sequence of commands')
  if (delivery.unknown >= mostUnknownRecipients) throw refusal(421, 'Too many unknown recipients')
  const desk = await deskForRecipient(deps, address)
  if (!desk) {
    delivery.unknown += 1
    throw refusal(550, 'No such mailbox here')
  }
  const known = delivery.desks.get(desk.deskId)
  if (known) known.to.push(address)
  else delivery.desks.set(desk.deskId, { desk, to: [address] })
}

/** Said to be taken over once every desk has it; a repeat after a failure of one changes nothing for the others. */
async function receive(
  deps: Deps,
  delivery: Delivery | undefined,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // Read to its end all the same: only then does its sender read the answer.
    if (bytes <= mostEmailBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (bytes > mostEmailBytes) throw refusal(552, 'The e-mail is larger than 25 MiB')
  const raw = Buffer.concat(chunks)
  const from = envelope.mailFrom ? envelope.mailFrom.address : ''
  for (const { desk, to } of delivery?.desks.values() ?? [])
    await takeIn(deps, desk, { source: 'smtp', raw, envelope: { from, to } })
}

function countClients() {
  const open = new Map<string, number>()
  const keyOf = ({ remoteAddress }: SMTPServerSession) => ipKey(remoteAddress)
  return {
    add(session: SMTPServerSession): boolean {
      const count = (open.get(keyOf(session)) ?? 0) + 1
      open.set(keyOf(session), count)
      return count <= mostClientsPerAddress
    },
    remove(session: SMTPServerSession): void {
      const left = (open.get(keyOf(session)) ?? 1) - 1
      if (left > 0) open.set(keyOf(session), left)
      else open.delete(keyOf(session))
    },
  }
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/** The port is taken or needs more rights, or the host is no address of this machine: the cause says which. */
const cannotListen = (cause: Error) =>
  Object.assign(new Error(`helpdesk: option \`incomingMail.listen\`: ${cause.message}`, { cause }), {
    code: 'EMAILLISTEN',
  })

async function loadSmtpServer(): Promise<typeof import('smtp-server')> {
  try {
    return await import('smtp-server')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Error('incomingMail.listen needs the package smtp-server: npm install smtp-server', { cause })
  }
}
