import { isEmail } from '@helpdesk/core'
import { type MailAdapter, MailError } from './mail.ts'

/** How to reach the mail server. */
export interface SmtpMailOptions {
  /** `smtp://user:password@host:587`, or `smtps://…:465` for TLS from the first byte. */
  url: string
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
  assertSmtpUrl(options.url)
  const total = options.timeouts?.total ?? 180_000
  // Loaded with the first mail: it takes a tenth of a second that a start should not wait for.
  let opened: ReturnType<typeof openTransport> | undefined
  return {
    async send(mail) {
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
          disableFileAccess: true,
          disableUrlAccess: true,
          signal: AbortSignal.timeout(total),
        })
      } catch (error) {
        throw toMailError(error, handedOver.has(mail.messageId))
      } finally {
        handedOver.delete(mail.messageId)
      }
    },
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

async function openTransport({ url, timeouts, maxConnections }: SmtpMailOptions) {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    pool: true,
    url,
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

interface SmtpError {
  code?: string
  message?: string
  responseCode?: number
}

/** What a failure means for the mail: refused for good, worth another try, or perhaps sent. */
export function toMailError(error: unknown, wasHandedOver: boolean): MailError {
  const { code, message = String(error), responseCode } = error as SmtpError
  const cause = error
  if (responseCode !== undefined) {
    // Other answers of 500 and more (wrong password, no service) are about us and not about this mail.
    const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
    return new MailError(message, {
      permanent: isAboutMail && responseCode >= 500 && responseCode !== 503,
      cause,
    })
  }
  if (wasHandedOver) return new MailError(message, { permanent: false, uncertain: true, cause })
  return new MailError(message, { permanent: code === 'EENVELOPE' || code === 'EMESSAGE', cause })
}
