import type { Socket } from 'node:net'
import { isEmail } from '@helpdesk/core'
import { type DkimKey, type Mail, type MailAdapter, MailError } from './mail.ts'

/** A mail server by its parts. */
export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte, STARTTLS or nothing sent, or no protection at all. */
  security: 'tls' | 'starttls' | 'none'
  /** null: nobody signs in. */
  user: string | null
  password: string
}

/** How to reach the mail server. */
export type SmtpMailOptions = SmtpMailSettings &
  (
    | {
        /** `smtp://user:password@host:587`, or `smtps://…:465` for TLS from the first byte. */
        url: string
      }
    | { server: SmtpServer }
  )

/** What does not depend on how the server is named. */
export interface SmtpMailSettings {
  /** Opens the connections. Default: to whatever the server's name leads to. */
  connect?: (host: string, port: number) => Promise<Socket>
  /** Signs every mail. */
  dkim?: DkimKey
  /** Milliseconds. Defaults: 10,000 to connect, 10,000 to be greeted, 60,000 of silence, 180,000 altogether. */
  timeouts?: { connect?: number; greeting?: number; socket?: number; total?: number }
  /** Connections kept open at most. Default 5. */
  maxConnections?: number
}

/** The sender comes from the set-up and may be local (`helpdesk@localhost`), but it is one address and nothing else. */
const plainAddress = /^[^\s\p{C}<>(),:;"[\]\\@]+@[^\s\p{C}<>(),:;"\\@]+$/u

/**
 * Sends over SMTP with a few open connections.
 * @throws TypeError when `url` is not an smtp: or smtps: address
 */
export function smtpMail(options: SmtpMailOptions): MailAdapter {
  if ('url' in options) assertSmtpUrl(options.url)
  const total = options.timeouts?.total ?? 180_000
  // Loaded with the first mail: it takes a tenth of a second that a start should not wait for.
  let opened: ReturnType<typeof openTransport> | undefined
  const send = async (mail: Mail, dkim: DkimKey | undefined): Promise<void> => {
    if (!isEmail(mail.to.address) || !plainAddress.test(mail.from.address)) {
      throw new MailError('The address is not valid', { permanent: true })
    }
    opened ??= openTransport(options)
    const { transport, handedOver } = await opened
    try {
      await transport.sendMail({
        ...mail,
        // The envelope decides where a mail goes: one recipient, whatever the headers look like.
        envelope: { from: mail.from.address, to: [mail.to.address] },
        ...(dkim ? { dkim: signature(dkim) } : {}),
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(total),
      })
    } catch (error) {
      throw toMailError(error, handedOver.has(mail.messageId))
    } finally {
      handedOver.delete(mail.messageId)
    }
  }
  return {
    send: (mail) => send(mail, options.dkim),
    signing: (key) => ({ send: (mail) => send(mail, key) }),
    async close() {
      const transport = await opened?.then((found) => found.transport).catch(() => undefined)
      transport?.close()
    },
  }
}

function assertSmtpUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    // Without the value: it holds a password.
    throw new TypeError('The address of the mail server must begin with smtp:// or smtps://')
  }
}

const signature = ({ domain, selector, privateKey }: DkimKey) => ({
  domainName: domain,
  keySelector: selector,
  privateKey,
  headerFieldNames: signedFields.join(':'),
})

/** Mail programs offer one click to unsubscribe only where both of its fields are signed (RFC 8058). */
const signedFields = [
  'From',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'In-Reply-To',
  'References',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Auto-Submitted',
]

/** The members with which nodemailer reaches a server. */
export function transportOf({ host, port, security, user, password }: SmtpServer) {
  return {
    host,
    port,
    secure: security === 'tls',
    // With STARTTLS chosen, a server that does not offer it gets neither password nor mail.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === null ? {} : { auth: { user, pass: password } }),
  }
}

async function openTransport(options: SmtpMailOptions) {
  const { connect, timeouts, maxConnections } = options
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    ...('url' in options ? { url: options.url } : transportOf(options.server)),
    ...(connect ? { getSocket: socketFrom(connect) } : {}),
    maxConnections: maxConnections ?? 5,
    // A connection that the server had closed meanwhile is replaced once; later tries are the notification's business.
    maxRequeues: 1,
    connectionTimeout: timeouts?.connect ?? 10_000,
    greetingTimeout: timeouts?.greeting ?? 10_000,
    socketTimeout: timeouts?.socket ?? 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const handedOver = new Set<string>()
  // Once its last byte was passed on, silence does not mean that the mail was not taken.
  transport.use('stream', (mail, done) => {
    const { messageId } = mail.data
    const read = mail.message.createReadStream.bind(mail.message)
    mail.message.createReadStream = (options) =>
      read(options).once('end', () => {
        if (typeof messageId === 'string') handedOver.add(messageId)
      })
    done()
  })
  return { transport, handedOver }
}

/** Hands a connection of ours to nodemailer, which begins TLS on it with the server's name. */
function socketFrom(connect: NonNullable<SmtpMailSettings['connect']>) {
  type Done = (error: Error | null, found?: { connection: Socket }) => void
  return ({ host, port }: { host?: string | undefined; port?: number | string | undefined }, done: Done) => {
    connect(host ?? '', Number(port)).then(
      (connection) => done(null, { connection }),
      (error: Error) => done(error),
    )
  }
}

interface SmtpError {
  code?: string
  message?: string
  /** What the server said, without nodemailer's words around it. */
  response?: string
  responseCode?: number
}

/** What a failure means for the mail: refused for good, worth another try, or perhaps sent. */
export function toMailError(error: unknown, wasHandedOver: boolean): MailError {
  const { code, message = String(error), response, responseCode } = error as SmtpError
  const cause = error
  if (responseCode !== undefined) {
    // Other answers of 500 and more (wrong password, no service) are about us and not about this mail.
    const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
    return new MailError((isAboutMail && response) || message, {
      permanent: isAboutMail && responseCode >= 500 && responseCode !== 503,
      // Refusals for other causes (policy, size, a full mailbox) come with the same 550 and other second codes.
      noMailbox: code === 'EENVELOPE' && responseCode >= 550 && /\b5\.1\.(?:1|2|3|6|10)\b/.test(message),
      cause,
    })
  }
  if (wasHandedOver) return new MailError(message, { permanent: false, uncertain: true, cause })
  return new MailError(message, { permanent: code === 'EENVELOPE' || code === 'EMESSAGE', cause })
}
