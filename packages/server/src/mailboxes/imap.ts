import { isIP } from 'node:net'
import type { ImapFlow } from 'imapflow'
import { isWrongPassword, stepOf } from '../email-settings/server-words.ts'
import type { MailServer } from '../email-settings/tables.ts'
import { mostEmailBytes } from '../emails/service.ts'

/** How to open a mailbox. */
export interface ImapOptions {
  /** How long the server may take to be reached and to greet. */
  patienceMs: number
  /** Gives up at once. */
  signal?: AbortSignal
}

/**
 * Signs in to a mailbox, at the first of the addresses that answers. No folder is open then.
 * @throws Error that says to install the package, when there is none
 */
export async function openImap(
  server: MailServer,
  password: string,
  addresses: readonly string[],
  options: ImapOptions,
): Promise<ImapFlow> {
  const imapflow = await loadImapFlow()
  let failure: unknown = new Error('There is no address to connect to')
  for (const address of addresses) {
    try {
      return await signIn(imapflow, server, password, address, options)
    } catch (error) {
      failure = error
      // Another address of the same server knows no other password.
      if (options.signal?.aborted || isWrongPassword(error) || stepOf(error, 'sign_in') !== 'connect') break
    }
  }
  throw failure
}

async function signIn(
  imapflow: typeof import('imapflow'),
  { host, port, security, user }: MailServer,
  password: string,
  address: string,
  { patienceMs, signal }: ImapOptions,
): Promise<ImapFlow> {
  const client = new imapflow.ImapFlow({
    host: address,
    port,
    // The address was checked; the certificate has to be for the name.
    ...(isIP(host) === 0 ? { servername: host, tls: { servername: host } } : {}),
    secure: security === 'tls',
    // With STARTTLS chosen, a server that does not offer it gets no password.
    doSTARTTLS: security === 'starttls',
    auth: { user: user ?? '', pass: password },
    clientInfo: { name: 'helpdesk' },
    logger: false,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: 60_000,
    // IDLE is begun anew before servers and routers lose patience.
    maxIdleTime: 4 * 60_000,
    autoIdleDelay: 300,
    maxLiteralSize: mostEmailBytes + 1024 * 1024,
    maxLineLength: 8 * 1024 * 1024,
    maxResponseSize: mostEmailBytes + 16 * 1024 * 1024,
  })
  // Errors come to whoever waits as well; without a listener they would end the process.
  client.on('error', () => undefined)
  const giveUp = () => client.close()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    if (signal?.aborted) throw new Error('Closing')
    await client.connect()
    return client
  } catch (error) {
    client.close()
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

async function loadImapFlow(): Promise<typeof import('imapflow')> {
  try {
    return await import('imapflow')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Error('Mailboxes need the package imapflow: npm install imapflow', { cause })
  }
}
