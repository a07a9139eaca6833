import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { HelpdeskError } from '@helpdesk/core'
import type { EmailSettings } from '@helpdesk/core/api'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { aboutOf, domainOf } from './desk-mail.ts'
import { checkChange, type MailChange, sealedPassword, serverOf } from './input.ts'
import {
  type DeskMailRow,
  endMailboxReading,
  lockDeskMail,
  logMailUpdated,
  selectDeskMail,
  updateDeskMail,
} from './store.ts'
import type { DeskMailSettings } from './tables.ts'

/** How a desk sends and receives e-mail, without its passwords. */
export async function getEmailSettings(deps: Deps, desk: DeskRecord): Promise<EmailSettings> {
  return viewOf(deps, desk, await selectDeskMail(deps.db, desk.deskId))
}

/** Changes how a desk sends and receives; what is not named stays. @throws HelpdeskError validation_failed */
export function updateEmailSettings(
  deps: Deps,
  desk: DeskRecord,
  change: MailChange,
): Promise<EmailSettings> {
  return changeRow(deps, desk, (row) => {
    const errors = checkChange(deps, row, change)
    if (errors.length > 0) throw new HelpdeskError('validation_failed', { errors })
    return changed(deps, desk.deskId, row, change)
  })
}

/**
 * Makes a DKIM key for the sender's domain and signs with it from now on. Its selector is new as well, so that the record
 * of the old key can stay until its last e-mails have arrived.
 * @throws HelpdeskError conflict without a sender of the desk's own
 */
export async function makeDkimKey(deps: Deps, desk: DeskRecord): Promise<EmailSettings> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const selector = `hd${Buffer.from(deps.randomBytes(4)).toString('hex')}`
  return changeRow(deps, desk, (row) => {
    const { address } = row.settings.sender
    if (address === null) {
      throw new HelpdeskError('conflict', { detail: 'Set the sender first: the key is for its domain' })
    }
    return {
      ...row,
      settings: {
        ...row.settings,
        dkim: { domain: domainOf(address), selector, publicKey: publicKey.toString('base64') },
      },
      dkimKey: deps.vault.seal('mail-passwords', aboutOf(desk.deskId, 'dkim'), privateKey),
    }
  })
}

/** Makes a new secret for the webhook; the old one opens nothing from now on. */
export function replaceWebhookSecret(deps: Deps, desk: DeskRecord): Promise<EmailSettings> {
  return changeRow(deps, desk, (row) => ({ ...row, webhookVersion: row.webhookVersion + 1 }))
}

/** Whether a text is the secret of a desk's webhook, in constant time. */
export async function isWebhookSecret(deps: Deps, deskId: string, given: string): Promise<boolean> {
  const { webhookVersion } = await selectDeskMail(deps.db, deskId)
  return deps.vault.verify('mail-webhooks', webhookText(deskId, webhookVersion), given)
}

const webhookText = (deskId: string, version: number) => `${deskId} ${version}`

/** Tells the desk's agents that something about its e-mail is another way now. */
export async function announceEmailSettings(deps: Deps, deskId: string): Promise<void> {
  await logMailUpdated(deps.db, deskId, deps.now())
  deps.bus.publish({ type: 'events', deskId })
}

async function changeRow(
  deps: Deps,
  desk: DeskRecord,
  make: (row: DeskMailRow) => DeskMailRow,
): Promise<EmailSettings> {
  const { deskId } = desk
  const row = await deps.db.transaction(async (tx) => {
    const old = await lockDeskMail(tx, deskId, deps.now())
    const next = make(old)
    await updateDeskMail(tx, deskId, next, deps.now())
    const isSameMailbox =
      JSON.stringify(old.settings.imap) === JSON.stringify(next.settings.imap) &&
      old.imapPassword === next.imapPassword
    if (isSameMailbox) return next
    await endMailboxReading(tx, deskId)
    return { ...next, readerUntil: null }
  })
  deps.deskMails.forget(deskId)
  deps.bus.publish({ type: 'desk', deskId })
  await announceEmailSettings(deps, deskId)
  return viewOf(deps, desk, row)
}

function changed(deps: Deps, deskId: string, row: DeskMailRow, change: MailChange): DeskMailRow {
  const { settings } = row
  const { sender, smtp, imap, replyAddress, dkim } = change
  const seal = (what: 'smtp' | 'imap') => (password: string) =>
    deps.vault.seal('mail-passwords', aboutOf(deskId, what), password)
  const next: DeskMailSettings = {
    sender: {
      name: sender?.name === undefined ? settings.sender.name : sender.name?.trim() || null,
      address: sender?.address === undefined ? settings.sender.address : sender.address,
    },
    smtp: smtp === undefined ? settings.smtp : smtp && serverOf(smtp),
    replyAddress: replyAddress === undefined ? settings.replyAddress : replyAddress,
    imap:
      imap === undefined
        ? settings.imap
        : imap && { ...serverOf(imap), folder: imap.folder ?? settings.imap?.folder ?? 'INBOX' },
    dkim: dkim === null ? null : settings.dkim,
  }
  return {
    ...row,
    settings: next,
    smtpPassword:
      smtp === undefined ? row.smtpPassword : smtp && sealedPassword(row, 'smtp', smtp, seal('smtp')),
    imapPassword:
      imap === undefined ? row.imapPassword : imap && sealedPassword(row, 'imap', imap, seal('imap')),
    dkimKey: dkim === null ? null : row.dkimKey,
    mailbox: isSameFolder(settings.imap, next.imap) ? row.mailbox : null,
  }
}

/** How far a folder was read counts for that folder alone. */
function isSameFolder(one: DeskMailSettings['imap'], other: DeskMailSettings['imap']): boolean {
  const nameOf = (imap: DeskMailSettings['imap']) => imap && [imap.host.toLowerCase(), imap.user, imap.folder]
  return JSON.stringify(nameOf(one)) === JSON.stringify(nameOf(other))
}

function viewOf(deps: Deps, { deskId, publicId }: DeskRecord, row: DeskMailRow): EmailSettings {
  const { settings } = row
  const { publicUrl, mailFrom, incomingMail } = deps.config
  return {
    sender: settings.sender,
    smtp: settings.smtp && { ...settings.smtp, hasPassword: row.smtpPassword !== null },
    dkim: settings.dkim && {
      domain: settings.dkim.domain,
      selector: settings.dkim.selector,
      record: {
        name: `${settings.dkim.selector}._domainkey.${settings.dkim.domain}`,
        value: `v=DKIM1; k=rsa; p=${settings.dkim.publicKey}`,
      },
    },
    replyAddress: settings.replyAddress,
    imap: settings.imap && {
      ...settings.imap,
      hasPassword: row.imapPassword !== null,
      ...mailboxView(deps, row),
    },
    webhook: {
      url: `${publicUrl}/api/email/${publicId}/incoming`,
      secret: deps.vault.mac('mail-webhooks', webhookText(deskId, row.webhookVersion)),
    },
    installation: {
      sender: { name: mailFrom.name ?? null, address: mailFrom.address },
      incomingDomain: incomingMail?.domain ?? null,
      address: incomingMail && `${publicId}@${incomingMail.domain}`,
      kept: deps.mail.keeps === true,
    },
  }
}

/** How the connection is, as its reader says; without one it is about to be opened, or nobody is there to do it. */
function mailboxView(deps: Deps, { mailbox, readerUntil }: DeskMailRow) {
  const isRead = mailbox !== null && readerUntil !== null && readerUntil > deps.now()
  const waiting = deps.config.worker ? ('connecting' as const) : ('off' as const)
  return {
    state: isRead ? mailbox.state : waiting,
    since: isRead ? mailbox.since : null,
    lastError: mailbox?.lastError ?? null,
    lastMailAt: mailbox?.lastMailAt ?? null,
  }
}
