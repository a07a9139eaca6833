import { readFile } from 'node:fs/promises'
import type { HelpdeskOptions } from '@helpdesk/server'
import type { ServerConfig } from './env.ts'

/**
 * The option by which e-mails come in.
 * @param keepsMail whether e-mails that go out are kept to be looked at
 * @throws Error of one line (`EMAILTLS`) when key or certificate cannot be read
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
  const read = async (variable: string, path: string) => {
    try {
      return await readFile(path, 'utf8')
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      const error = new Error(`${variable} cannot be read: ${code} ${path}`, { cause })
      throw Object.assign(error, { code: 'EMAILTLS' })
    }
  }
  return {
    key: await read('INCOMING_MAIL_TLS_KEY', keyFile),
    cert: await read('INCOMING_MAIL_TLS_CERT', certFile),
  }
}
