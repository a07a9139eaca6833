import type { Socket } from 'node:net'
import type { Mail } from '../adapters/mail.ts'
import { transportOf } from '../adapters/smtp-mail.ts'
import type { MailServer } from './tables.ts'

/** A conversation with a mail server, step by step. */
export interface SmtpSession {
  signIn(user: string, password: string): Promise<void>
  send(mail: Mail): Promise<void>
  close(): void
}

/** Is greeted on a connection and secures it. @throws what the server says, or that it says nothing for `patienceMs` */
export async function openSmtp(
  connection: Socket,
  server: MailServer,
  patienceMs: number,
): Promise<SmtpSession> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const { auth: _, ...transport } = { auth: null, ...transportOf({ ...server, password: '' }) }
  const smtp = new SMTPConnection({
    ...transport,
    connection,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  // One listener for the whole conversation: an error between two steps belongs to the next one.
  const broken = new Promise<never>((_resolve, reject) => {
    smtp.on('error', reject)
    smtp.once('end', () => reject(new Error('The server hung up')))
  })
  broken.catch(() => undefined)
  const step = async <T>(make: (done: (error?: Error | null, result?: T) => void) => void): Promise<void> => {
    const made = new Promise<void>((resolve, reject) => {
      make((error) => (error ? reject(error) : resolve()))
    })
    await Promise.race([made, broken])
  }
  try {
    await step((done) => smtp.connect(done))
  } catch (error) {
    smtp.close()
    throw error
  }
  return {
    signIn: (user, pass) => step((done) => smtp.login({ credentials: { user, pass } }, done)),
    async send(mail) {
      const message = await composed(mail)
      const envelope = { from: mail.from.address, to: [mail.to.address] }
      await step((done) => smtp.send(envelope, message, done))
    },
    close: () => smtp.close(),
  }
}

async function composed(mail: Mail): Promise<Buffer> {
  const { createTransport } = await import('nodemailer')
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    ...mail,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return message as Buffer
}
