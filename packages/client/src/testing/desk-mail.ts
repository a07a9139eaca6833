import type { EmailTemplateKind, EmailTemplateText, Locale } from '@helpdesk/core'
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
  if (dkimSelector !== undefined) mail.dkim = dkimKey(world, senderDomain(world, mail), dkimSelector)
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

/** The domain in which a desk's e-mails are written. */
export function senderDomain({ installationMail: { sender } }: World, mail: DeskMailRecord): string {
  return (mail.sender.address ?? sender.address).replace(/^.*@/, '')
}

/** A new key, with the record that makes it known. */
export function dkimKey(world: World, domain: string, selector = `hd${world.newSecret().slice(-6)}`) {
  const publicKey = `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${world.newSecret().repeat(5).slice(0, 336)}IDAQAB`
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
export function tryServer(tried: SmtpRecord | ImapRecord, to: string): ConnectionTest {
  const { host, port, security, user, password } = tried
  const failures: Partial<Record<Step['step'], string>> = {}
  if (host.endsWith('.invalid')) failures.resolve = `getaddrinfo ENOTFOUND ${host}`
  if (host.startsWith('closed')) failures.connect = `connect ECONNREFUSED 192.0.2.10:${port}`
  if (port === 26 && security !== 'none') failures.secure = 'wrong version number'
  if (password === 'wrong') {
    failures.sign_in = '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6'
  }
  if ('folder' in tried && tried.folder === 'Nowhere')
    failures.open_folder = 'NO Mailbox doesn’t exist: Nowhere'
  const details: Partial<Record<Step['step'], string>> = {
    resolve: '192.0.2.10',
    send: `250 2.0.0 Ok, to ${to}`,
  }
  const names: Step['step'][] = ['resolve', 'connect']
  if (security !== 'none') names.push('secure')
  if (user !== null) names.push('sign_in')
  names.push('folder' in tried ? 'open_folder' : 'send')
  const failed = names.findIndex((name) => failures[name] !== undefined)
  const made = failed < 0 ? names : names.slice(0, failed + 1)
  const steps = made.map((step) => ({
    step,
    ok: failures[step] === undefined,
    detail: failures[step] ?? details[step] ?? null,
  }))
  return { ok: failed < 0, steps }
}
