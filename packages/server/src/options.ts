import { randomBytes } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { type AgentRole, isEmail } from '@helpdesk/core'
import type { FastifyRequest } from 'fastify'
import type { ScanFile } from './adapters/antivirus.ts'
import type { FilesAdapter } from './adapters/files.ts'
import type { MailAdapter } from './adapters/mail.ts'
import type { Quota } from './attachments/quota.ts'
import type { DatabaseOptions } from './db/db.ts'
import type { Deps } from './deps.ts'

/** Who the host says is calling. */
export type HostAgent =
  | { agentId: string }
  | {
      email: string
      name?: string
      /** Make the agent, with this role on every desk, when the desk does not know the address yet. */
      provision?: boolean
      role?: AgentRole
    }

/** How many calls a client may make: `points` in `seconds`, then 429. */
export interface RateLimit {
  points: number
  seconds: number
}

/** Rate limits by class of route, counted per contact or agent, and per IP address otherwise. */
export interface RateLimits {
  read: RateLimit
  write: RateLimit
  start: RateLimit
  signIn: RateLimit
  stream: RateLimit
  typing: RateLimit
  upload: RateLimit
  identify: RateLimit
  /** What an agent writes: who imports a folder of articles or answers all day writes more than a visitor. */
  agentWrite: RateLimit
  /** Wrong tokens of public links. */
  link: RateLimit
  /** E-mails that a provider hands over. */
  incoming: RateLimit
}

/** How much an uploader may send within 24 hours: a contact, an agent, or an address that nobody is known behind. */
export interface Quotas {
  contact: Quota
  agent: Quota
  anonymous: Quota
}

/** What a running desk hands to the host that composed it. */
export interface HelpdeskHandle {
  readonly deps: Deps
  /** The port on which e-mail is taken in by SMTP, null when it is not. */
  readonly mailPort: number | null
  /** Delivers e-mail that is due now, without waiting for the timer. @returns how many notifications it decided */
  deliverDue(): Promise<number>
}

/** Options of the `helpdesk` plugin. */
export interface HelpdeskOptions {
  /** PostgreSQL by connection string or by the host's own pool, or an opened PGlite. */
  database: DatabaseOptions
  /** Where the plugin is reached from outside, its prefix included: `https://shop.example/helpdesk`. */
  publicUrl: string
  /** Sends the e-mails; without one they are kept in the database. */
  mail?: MailAdapter
  /** Keeps attachments: `diskFiles({ folder })`, `s3Files(…)` or one's own. Without it nothing can be attached. */
  files?: FilesAdapter
  /** Looks at every file before it can be attached: `clamdScanner({ host, port })` or one's own. */
  scanFile?: ScanFile
  /** Changes of the default quotas of uploads; `false` turns them off. */
  attachmentQuota?: Partial<Quotas> | false
  /** The sender of every e-mail. Default: `helpdesk@` and the host name of `publicUrl`. */
  mailFrom?: { name?: string; address: string }
  /**
   * Where answers to e-mails come in for desks without a mailbox of their own: a domain whose mail reaches this server,
   * and the port of an SMTP server to open here (package `smtp-server`). Without `listen`, the domain's mail comes through
   * the webhook. With `tls` (PEM) it offers STARTTLS.
   */
  incomingMail?: {
    domain: string
    listen?: { port: number; host?: string; tls?: { key: string; cert: string } }
  }
  /**
   * Whether desks may name mail servers at loopback, private and link-local addresses. Default: false, as a desk's admin
   * could look around in the network of the server that way.
   */
  allowPrivateMailServers?: boolean
  /** Made at start when there is no owner yet. */
  owner?: { email: string; password: string; name?: string }
  /**
   * Encrypts the desks' secrets and signs public links and file addresses: 64 hex digits, the same in every process
   * and from start to start. Default: made at the first start and kept in the database, beside what it protects.
   */
  secretKey?: string
  /** The public id of the desk whose help centre is also at the plugin's root: `/en/my-article`. */
  helpCenterDesk?: string
  /** Allows making the first owner on the set-up page. Default: random, logged once at start. */
  setupToken?: string
  /** The host's own authentication of agents; replaces sign-in by password. */
  authenticateAgent?: (request: FastifyRequest) => Promise<HostAgent | null> | HostAgent | null
  /** Further origins whose pages may send agents' writes, `https://admin.shop.example`. */
  allowedOrigins?: string[]
  /** The folder of the built dashboard. Default: that of `@helpdesk/dashboard` when it is installed; `false`: none. */
  dashboard?: { root: string } | false
  /** Runs background work in this process. Default: true. */
  worker?: boolean
  /** Changes of the default rate limits; `false` turns them off. */
  rateLimits?: Partial<RateLimits> | false
  /** Streams a process serves at most. */
  streams?: { perProcess?: number; perAddress?: number; perContact?: number }
  /** The clock. */
  now?: () => Date
  /** Called once everything is up. */
  onReady?: (handle: HelpdeskHandle) => void | Promise<void>
}

/** Where e-mail is taken in by SMTP. */
export interface MailListen {
  port: number
  host: string
  tls: { key: string; cert: string } | null
}

/** The options with every default filled in. */
export interface Config {
  publicUrl: string
  mailFrom: { name?: string; address: string }
  incomingMail: { domain: string; listen: MailListen | null } | null
  allowPrivateMailServers: boolean
  owner: { email: string; password: string; name?: string } | null
  secretKey: string | null
  helpCenterDesk: string | null
  setupToken: string
  authenticateAgent: HelpdeskOptions['authenticateAgent'] | null
  allowedOrigins: string[]
  worker: boolean
  rateLimits: RateLimits | null
  attachmentQuota: Quotas | null
  streams: { perProcess: number; perAddress: number; perContact: number }
}

const defaultRateLimits: RateLimits = {
  read: { points: 300, seconds: 60 },
  write: { points: 60, seconds: 60 },
  start: { points: 10, seconds: 60 },
  signIn: { points: 20, seconds: 60 },
  stream: { points: 60, seconds: 60 },
  typing: { points: 60, seconds: 60 },
  upload: { points: 60, seconds: 60 },
  identify: { points: 300, seconds: 60 },
  agentWrite: { points: 600, seconds: 60 },
  link: { points: 20, seconds: 60 },
  incoming: { points: 1_200, seconds: 60 },
}

const mebibyte = 1024 * 1024

const defaultQuotas: Quotas = {
  contact: { bytes: 200 * mebibyte, files: 100 },
  agent: { bytes: 2048 * mebibyte, files: 1000 },
  anonymous: { bytes: 100 * mebibyte, files: 50 },
}

/**
 * Checks the options once, at the door.
 * @throws TypeError that names the option
 */
export function readOptions(options: HelpdeskOptions): Config {
  if (typeof options?.database !== 'object' || options.database === null) {
    throw new TypeError(
      'helpdesk: option `database` is missing: { connectionString }, { pool } or { pglite }',
    )
  }
  let url: URL
  try {
    url = new URL(options.publicUrl)
  } catch {
    throw new TypeError('helpdesk: option `publicUrl` must be an absolute http(s) address')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new TypeError('helpdesk: option `publicUrl` must be an absolute http(s) address')
  }
  if (options.secretKey !== undefined && !/^[0-9a-f]{64}$/i.test(options.secretKey)) {
    throw new TypeError('helpdesk: option `secretKey` must be 64 hex digits (openssl rand -hex 32)')
  }
  if (options.files !== undefined && typeof options.files?.put !== 'function') {
    throw new TypeError(
      'helpdesk: option `files` must be an adapter: diskFiles({ folder }), s3Files(…) or your own',
    )
  }
  if (options.mail !== undefined && typeof options.mail?.send !== 'function') {
    throw new TypeError('helpdesk: option `mail` must be an adapter: smtpMail({ url }) or your own')
  }
  // It may be local (`helpdesk@localhost`), but a name and brackets belong elsewhere: every e-mail would be refused.
  if (options.mailFrom && !/^[^\s<>@,]+@[^\s<>@,]+$/.test(options.mailFrom.address)) {
    throw new TypeError(
      'helpdesk: option `mailFrom.address` must be an address, such as support@shop.example',
    )
  }
  return {
    publicUrl: (url.origin + url.pathname).replace(/\/+$/, ''),
    mailFrom: options.mailFrom ?? { address: `helpdesk@${url.hostname}` },
    incomingMail: readIncoming(options.incomingMail),
    allowPrivateMailServers: options.allowPrivateMailServers ?? false,
    owner: options.owner ?? null,
    secretKey: options.secretKey ?? null,
    helpCenterDesk: options.helpCenterDesk ?? null,
    setupToken: options.setupToken ?? randomBytes(24).toString('base64url'),
    authenticateAgent: options.authenticateAgent ?? null,
    allowedOrigins: (options.allowedOrigins ?? []).map((origin) => new URL(origin).origin),
    worker: options.worker ?? true,
    rateLimits: options.rateLimits === false ? null : { ...defaultRateLimits, ...options.rateLimits },
    attachmentQuota:
      options.attachmentQuota === false ? null : { ...defaultQuotas, ...options.attachmentQuota },
    streams: { perProcess: 10_000, perAddress: 50, perContact: 6, ...options.streams },
  }
}

function readIncoming(option: HelpdeskOptions['incomingMail']): Config['incomingMail'] {
  if (!option) return null
  const { domain, listen } = option
  if (typeof domain !== 'string' || !isEmail(`desk@${domain}`)) {
    throw new TypeError('helpdesk: option `incomingMail.domain` must be a domain, such as in.shop.example')
  }
  return { domain: domain.toLowerCase(), listen: listen ? readListen(listen) : null }
}

type ListenOption = NonNullable<NonNullable<HelpdeskOptions['incomingMail']>['listen']>

function readListen({ port, host, tls }: ListenOption): MailListen {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(
      'helpdesk: option `incomingMail.listen.port` must be a whole number from 0 to 65535 (0: any free one)',
    )
  }
  if (tls) assertKeyPair(tls)
  return { port, host: host ?? '127.0.0.1', tls: tls ?? null }
}

function assertKeyPair({ key, cert }: { key: string; cert: string }): void {
  try {
    if (!key || !cert) throw new Error('one of them is empty')
    createSecureContext({ key, cert })
  } catch (cause) {
    const why = (cause as Error).message
    throw new TypeError(
      `helpdesk: option \`incomingMail.listen.tls\` must have a key and its certificate, both in PEM: ${why}`,
      { cause },
    )
  }
}
