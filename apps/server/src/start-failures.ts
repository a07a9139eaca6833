import type { ServerConfig } from './env.ts'

/** The line that says what to do about a start that did not work; with its stack, what nobody expected. */
export function explain(error: NodeJS.ErrnoException, config: ServerConfig): string {
  const { code = '', message } = error
  if (code === 'EDATABASEINUSE' || code === 'EMAILTLS') return message
  if (code === 'EMAILLISTEN') return explainMailPort(error, config)
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'].includes(code)) {
    return `The database in DATABASE_URL does not answer: ${message || code}`
  }
  // Wrong password, no such database.
  if (/^(28|3D)/.test(code)) return `The database in DATABASE_URL refused: ${message}`
  return explainListening(error, config)
}

/** The same of a server that is ready, but cannot listen. */
export function explainListening(error: NodeJS.ErrnoException, { host, port }: ServerConfig): string {
  const { code = '', message } = error
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken: set PORT to another one.`
  if (code === 'EACCES' && message.includes('listen')) return `Port ${port} needs more rights: set PORT.`
  if (isNoAddress(code)) return `HOST is no address of this machine: ${host}`
  return error.stack ?? message
}

function explainMailPort({ cause, message }: Error, { incomingMail }: ServerConfig): string {
  const { code = '' } = cause as NodeJS.ErrnoException
  const { port, host } = incomingMail?.listen ?? {}
  if (code === 'EADDRINUSE') return `Port ${port} for e-mail is taken: set INCOMING_MAIL_PORT to another one.`
  if (code === 'EACCES') return `Port ${port} for e-mail needs more rights: set INCOMING_MAIL_PORT.`
  if (isNoAddress(code)) return `INCOMING_MAIL_HOST is no address of this machine: ${host}`
  return message
}

/** No interface has it, nobody knows the name, or the machine does not speak that version of IP. */
const isNoAddress = (code: string): boolean =>
  ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT'].includes(code)
