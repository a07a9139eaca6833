import { type EmailTemplateKind, type EmailTemplateText, HelpdeskError, type Locale } from '@helpdesk/core'
import type { ConnectionTest, EmailSettings } from '@helpdesk/core/api'
import type { DeskRecord, World } from './records.ts'

type Smtp = NonNullable<EmailSettings['smtp']>
type Imap = NonNullable<EmailSettings['imap']>

/** A mail server with its password, which no answer shows. */
export interface SmtpRecord extends Omit<Smtp, 'hasPassword'> {
  password: string | null
}

/** A mailbox with its password, and how the connection to it is. */
export interface ImapRecord extends Omit<Imap, 'hasPassword'> {
  password: string | null
}

/** Words of its own for a kind of e-mail in one language. */
export interface OwnWords extends EmailTemplateText {
  kind: EmailTemplateKind
  locale: Locale
}

/** How a desk sends and receives e-mail. */
export interface DeskMailRecord {
  sender: EmailSettings['sender']
  smtp: SmtpRecord | null
  dkim: EmailSettings['dkim']
  replyAddress: string | null
  imap: ImapRecord | null
  webhookSecret: string
  templates: OwnWords[]
}

/** What is there before the first request; everything has a default. */
export interface MailSeed {
  sender?: Partial<EmailSettings['sender']>
  smtp?: Partial<SmtpRecord>
  imap?: Partial<ImapRecord>
  replyAddress?: string
  /** Begins to sign with it. (Default: e-mails are not signed) */
  dkimSelector?: string
  templates?: OwnWords[]
  /** What holds for every desk without something of its own. */
  installation?: Partial<InstallationMail>
}

/** What holds for every desk without something of its own. */
export interface InstallationMail {
  /** (Default: `helpdesk@desk.test`, without a name) */
  sender: EmailSettings['installation']['sender']
  /** (Default: none) */
  incomingDomain: string | null
  /** Whether there is no mail server at all. (Default: there is one) */
  kept: boolean
}

/** An installation as it is when nobody says otherwise. */
export function installationMail(seed: MailSeed['installation'] = {}): InstallationMail {
  return { sender: { name: null, address: 'helpdesk@desk.test' }, incomingDomain: null, kept: false, ...seed }
}

/** A desk's e-mail to begin with. */
export function newDeskMail(world: World, seed: MailSeed = {}): DeskMailRecord {
  const { sender, smtp, imap, replyAddress = null, dkimSelector, templates = [] } = seed
  const mail: DeskMailRecord = {
    sender: { name: null, address: null, ...sender },
    smtp: smtp ? { ...server(587, 'starttls'), ...smtp } : null,
    dkim: null,
    replyAddress,
    imap: imap ? { ...server(993, 'tls'), ...connecting(world), folder: 'INBOX', ...imap } : null,
    webhookSecret: world.newSecret(),
    templates: structuredClone(templates),
  }
  if (dkimSelector !== undefined) mail.dkim = dkimKey(world, mail, dkimSelector)
  return mail
}

const server = (port: number, security: Smtp['security']) => ({
  host: 'mail.example.com',
  port,
  security,
  user: 'support@example.com',
  password: 'app password',
})

/** A mailbox that was just entered. */
export function connecting(world: World): Pick<Imap, 'state' | 'since' | 'lastError' | 'lastMailAt'> {
  return { state: 'connecting', since: world.now().toISOString(), lastError: null, lastMailAt: null }
}

/** A new key for the sender's domain, with the record that makes it known. @throws {HelpdeskError} `conflict` */
export function dkimKey(
  world: World,
  { sender }: DeskMailRecord,
  selector = `hd${world.newSecret().slice(-6)}`,
) {
  if (sender.address === null) {
    throw new HelpdeskError('conflict', { detail: 'Set the sender first: the key is for its domain' })
  }
  const domain = sender.address.replace(/^.*@/, '')
  const publicKey = `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${world.newSecret().repeat(6).slice(0, 336)}IDAQAB`
  const record = { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${publicKey}` }
  return { domain, selector, record }
}

/** The settings as admins see them. @param base what stands before `/api` */
export function toEmailSettings(world: World, desk: DeskRecord, base: string): EmailSettings {
  const { sender, smtp, dkim, replyAddress, imap, webhookSecret } = desk.mail
  const { incomingDomain, ...installation } = world.installationMail
  return {
    sender: { ...sender },
    smtp: smtp && withoutPassword(smtp),
    dkim: dkim && { ...dkim, record: { ...dkim.record } },
    replyAddress,
    imap: imap && withoutPassword(imap),
    webhook: { url: `${base}/api/email/${desk.settings.id}/incoming`, secret: webhookSecret },
    installation: {
      ...installation,
      incomingDomain,
      address: incomingDomain && `${desk.settings.id}@${incomingDomain}`,
    },
  }
}

function withoutPassword<S extends { password: string | null }>({ password, ...rest }: S) {
  return { ...rest, hasPassword: password !== null }
}

type Step = ConnectionTest['steps'][number]

/**
 * How it goes to connect to a server: a host in `.invalid` is not found, one that begins with `closed` does not answer,
 * port 26 speaks no TLS, the password `wrong` and the folder `Nowhere` are refused.
 */
export function tryServer(tried: SmtpRecord | ImapRecord): ConnectionTest {
  const { host, port, security, user, password } = tried
  const failures: Partial<Record<Step['step'], string>> = {
    ...(host.endsWith('.invalid') && { resolve: `${host} is not found – check how ${host} is spelled.` }),
    ...(host.startsWith('closed') && {
      connect: `connect ECONNREFUSED 192.0.2.10:${port} – nothing listens on port ${port}: check the port.`,
    }),
    ...(port === 26 && { secure: 'wrong version number – choose TLS and its port (465, 993).' }),
    ...(password === 'wrong' && {
      sign_in:
        '535 5.7.8 Error: authentication failed – check user and password. Gmail, iCloud and others with two steps of sign-in want an app password.',
    }),
    ...('folder' in tried && tried.folder === 'Nowhere' && { open_folder: 'NO Unknown Mailbox: Nowhere' }),
  }
  const names: Step['step'][] = [
    'resolve',
    'connect',
    ...(security === 'none' ? [] : (['secure'] as const)),
    ...(user === null ? [] : (['sign_in'] as const)),
    'folder' in tried ? 'open_folder' : 'send',
  ]
  const failed = names.findIndex((name) => failures[name] !== undefined)
  const made = failed < 0 ? names : names.slice(0, failed + 1)
  const steps = made.map((step) => ({
    step,
    ok: failures[step] === undefined,
    detail: failures[step] ?? null,
  }))
  return { ok: failed < 0, steps }
}
