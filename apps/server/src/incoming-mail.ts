import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { HelpdeskOptions } from '@helpdesk/server'
import type { ServerConfig } from './env.ts'

/**
 * The option by which e-mails come in.
 * @param keepsMail whether e-mails that go out are kept to be looked at
 * @throws Error of one line (`EMAILTLS`) when key or certificate cannot be read, are no PEM, or do not belong together
 */
export async function incomingMail(
  { incomingMail: configured, demo }: Pick<ServerConfig, 'incomingMail' | 'demo'>,
  keepsMail: boolean,
): Promise<Pick<HelpdeskOptions, 'incomingMail'>> {
  if (configured) {
    const { domain, listen } = configured
    if (!listen) return { incomingMail: { domain } }
    const { host, port, tls } = listen
    return {
      incomingMail: { domain, listen: { host, port, ...(tls ? { tls: await readTls(tls) } : {}) } },
    }
  }
  // Mails that are kept can be answered where they are read; this domain never leaves the machine.
  return demo && keepsMail ? { incomingMail: { domain: 'mail.localhost' } } : {}
}

async function readTls({ keyFile, certFile }: { keyFile: string; certFile: string }) {
  const key = await readPem('INCOMING_MAIL_TLS_KEY', keyFile, (pem) => ({ key: pem }))
  const cert = await readPem('INCOMING_MAIL_TLS_CERT', certFile, (pem) => ({ cert: pem }))
  try {
    createSecureContext({ key, cert })
  } catch (cause) {
    throw tlsError('INCOMING_MAIL_TLS_KEY is not the key of INCOMING_MAIL_TLS_CERT', cause)
  }
  return { key, cert }
}

async function readPem(
  variable: string,
  path: string,
  asOption: (pem: string) => SecureContextOptions,
): Promise<string> {
  const pem = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw tlsError(`${variable} cannot be read: ${cause.code} ${path}`, cause)
  })
  try {
    // An empty one would pass as none at all.
    if (pem.trim() === '') throw new Error('It is empty')
    createSecureContext(asOption(pem))
  } catch (cause) {
    throw tlsError(`${variable} is no PEM that can be used without a password: ${path}`, cause)
  }
  return pem
}

const tlsError = (message: string, cause: unknown) =>
  Object.assign(new Error(message, { cause }), { code: 'EMAILTLS' })
