import { createHash } from 'node:crypto'
import { type DkimKey, type MailAdapter, MailError } from '../adapters/mail.ts'
import { connectToAny, mailServerAddresses } from '../adapters/mail-host.ts'
import { smtpMail } from '../adapters/smtp-mail.ts'
import type { Deps } from '../deps.ts'
import type { DeskMail } from './desk-mails.ts'
import { type DeskMailRow, selectDeskMail } from './store.ts'
import type { MailServer } from './tables.ts'

const connectMs = 10_000

/** Connections of one desk in one process; its provider counts them, and other desks want to send as well. */
const connectionsPerDesk = 3

/** What of the dependencies it takes to send as a desk. */
export type DeskMailDeps = Pick<Deps, 'db' | 'mail' | 'vault' | 'config' | 'deskMails'>

/**
 * What a desk sends with: its own server and sender where it has them, else the installation's.
 * Not within a transaction.
 */
export async function deskMailOf(deps: DeskMailDeps, deskId: string): Promise<DeskMail> {
  const known = deps.deskMails.get(deskId)
  if (known) return known
  const row = await selectDeskMail(deps.db, deskId)
  const { settings } = row
  const { mailFrom, incomingMail } = deps.config
  const sender =
    settings.sender.address === null
      ? { name: settings.sender.name ?? mailFrom.name ?? null, address: mailFrom.address }
      : { name: settings.sender.name, address: settings.sender.address }
  const mail: DeskMail = {
    adapter: signedFor(deps, deskId, row, sender.address, adapterFor(deps, deskId, row)),
    sender,
    replyMailbox: settings.replyAddress ?? (incomingMail ? `reply@${incomingMail.domain}` : null),
  }
  deps.deskMails.set(deskId, mail)
  return mail
}

function adapterFor(
  deps: DeskMailDeps,
  deskId: string,
  { settings, smtpPassword }: DeskMailRow,
): MailAdapter {
  const { smtp } = settings
  if (!smtp) return deps.mail
  const version = createHash('sha256')
    .update(JSON.stringify([smtp, smtpPassword]))
    .digest('hex')
  return deps.deskMails.adapterOf(deskId, version, () =>
    smtpMail({
      server: { ...smtp, password: passwordOf(deps, deskId, 'smtp', smtpPassword) },
      connect: (host, port) => connectToMailServer(deps, host, port),
      maxConnections: connectionsPerDesk,
    }),
  )
}

/** Signs while the sender is of the domain that the key is for; a signature of another domain proves nothing. */
function signedFor(
  deps: DeskMailDeps,
  deskId: string,
  { settings, dkimKey }: DeskMailRow,
  sender: string,
  adapter: MailAdapter,
): MailAdapter {
  const { dkim } = settings
  if (!dkim || dkimKey === null || domainOf(sender) !== dkim.domain || !adapter.signing) return adapter
  const { domain, selector } = dkim
  try {
    const privateKey = unsealed(deps, deskId, 'dkim', dkimKey)
    return adapter.signing({ domain, selector, privateKey } satisfies DkimKey)
  } catch (error) {
    // Whoever asks what a desk sends with is told when it sends: then there is a mail to say it of.
    return { send: () => Promise.reject(error) }
  }
}

/** The domain of an address, in lower case. */
export const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** What a sealed secret of a desk is bound to. */
export const aboutOf = (deskId: string, what: 'smtp' | 'imap' | 'dkim') => `${deskId} ${what}`

/** The password of a desk's server; empty when there is none. @throws MailError of words for an admin */
export function passwordOf(
  deps: Pick<Deps, 'vault'>,
  deskId: string,
  what: 'smtp' | 'imap',
  sealed: string | null,
): string {
  return sealed === null ? '' : unsealed(deps, deskId, what, sealed)
}

function unsealed(
  { vault }: Pick<Deps, 'vault'>,
  deskId: string,
  what: 'smtp' | 'imap' | 'dkim',
  sealed: string,
): string {
  try {
    return vault.unseal('mail-passwords', aboutOf(deskId, what), sealed)
  } catch (cause) {
    const again = what === 'dkim' ? 'The DKIM key cannot be read: make a new one' : 'Enter the password again'
    throw new MailError(`${again}: it was sealed with another key of the installation`, {
      permanent: false,
      cause,
    })
  }
}

/** Connects to a server that an admin named, which may not be inside the operator's network unless that is allowed. */
export async function connectToMailServer(deps: Pick<Deps, 'config'>, host: string, port: number) {
  const rules = { allowPrivate: deps.config.allowPrivateMailServers }
  return connectToAny(await mailServerAddresses(host, rules), port, connectMs)
}

/** Whether two descriptions name the same account of the same server, so that a password given for one is for both. */
export const isSameAccount = (one: MailServer | null, other: MailServer): boolean =>
  one !== null && one.host.toLowerCase() === other.host.toLowerCase() && one.user === other.user
