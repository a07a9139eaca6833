import { isEmail, publicIdPattern } from '@helpdesk/core'
import type { ClamdOptions } from '@helpdesk/server'
import { type FilesConfig, readClamd, readFilesConfig } from './env-files.ts'
import { type IncomingMailConfig, readIncomingMail } from './env-mail.ts'

/** What the environment variables say, checked and complete. */
export interface ServerConfig {
  host: string
  /** 0 for any free one. */
  port: number
  /** Where the embedded database, attachments, the installation's key and the demo's password lie. */
  dataDir: string
  /** null for the embedded database. */
  databaseUrl: string | null
  /** The address under which browsers reach the server; null for the one it listens on. */
  publicUrl: string | null
  /** null to keep e-mails in the database instead of sending them. */
  smtpUrl: string | null
  mailFrom: { name?: string; address: string } | null
  /** null when answers to e-mails come to the desks' own mailboxes, or nowhere. */
  incomingMail: IncomingMailConfig | null
  /** Whether desks may name mail servers inside the operator's network. */
  allowPrivateMailServers: boolean
  files: FilesConfig
  /** null to let files through unseen. */
  clamd: ClamdOptions | null
  /** 64 hex digits; null for the one in the data folder. */
  secretKey: string | null
  /** Made at start when there is none. */
  owner: { email: string; password: string } | null
  demo: boolean
  /** The desk whose help centre is at the root; null for the page that leads to the parts of the server. */
  helpCenterDesk: string | null
  /** How many reverse proxies stand in front; only that many forwarding headers are believed. */
  trustProxy: number
  logLevel: (typeof logLevels)[number]
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration. Empty variables count as absent.
 * @throws TypeError of one line that names the variable; secrets are never part of it
 */
export function readEnv(env: Env): ServerConfig {
  const get = (name: string): string | null => {
    const value = env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  const dataDir = get('DATA_DIR') ?? './data'
  const host = get('HOST') ?? '127.0.0.1'
  return {
    host,
    port: readInteger('PORT', get('PORT') ?? '3000', 65_535),
    dataDir,
    databaseUrl: readUrl('DATABASE_URL', get('DATABASE_URL'), ['postgres:', 'postgresql:']),
    publicUrl: readPublicUrl(get('PUBLIC_URL')),
    smtpUrl: readUrl('SMTP_URL', get('SMTP_URL'), ['smtp:', 'smtps:']),
    mailFrom: readMailbox('MAIL_FROM', get('MAIL_FROM')),
    incomingMail: readIncomingMail(get, refuse, host),
    allowPrivateMailServers: readSwitch('ALLOW_PRIVATE_MAIL_SERVERS', get('ALLOW_PRIVATE_MAIL_SERVERS')),
    files: readFilesConfig(get, refuse, dataDir),
    clamd: readClamd(get, refuse),
    secretKey: readSecretKey(get('HELPDESK_SECRET_KEY')),
    owner: readOwner(get('HELPDESK_OWNER_EMAIL'), env.HELPDESK_OWNER_PASSWORD ?? ''),
    demo: readSwitch('HELPDESK_DEMO', get('HELPDESK_DEMO')),
    helpCenterDesk: readPublicId('HELPDESK_HELP_CENTER_DESK', get('HELPDESK_HELP_CENTER_DESK')),
    trustProxy: readInteger('TRUST_PROXY', get('TRUST_PROXY') ?? '0', 100),
    logLevel: readLogLevel(get('LOG_LEVEL')),
  }
}

function refuse(name: string, what: string): never {
  throw new TypeError(`${name} ${what}`)
}

/** A value as it may stand in a one-line message. */
const shown = (value: string) => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)

function readInteger(name: string, value: string, most: number): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= most)) refuse(name, `must be a whole number from 0 to ${most}, not ${shown(value)}`)
  return number
}

/** The value itself stays out of the message: it may have a password in it. */
function readUrl(name: string, value: string | null, protocols: string[]): string | null {
  if (value === null) return null
  const url = URL.parse(value)
  if (!url || !protocols.includes(url.protocol)) refuse(name, `must begin with ${protocols.join('// or ')}//`)
  return value
}

function readPublicUrl(value: string | null): string | null {
  if (value === null) return null
  const url = URL.parse(value)
  const isPlain = url && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!isPlain || !['http:', 'https:'].includes(url.protocol)) {
    refuse('PUBLIC_URL', 'must be an address like https://support.example.com')
  }
  return url.href.replace(/\/+$/, '')
}

function readMailbox(name: string, value: string | null): ServerConfig['mailFrom'] {
  if (value === null) return null
  const match = /^"?([^"<>\r\n]*?)"?\s*<([^<>\s]+)>$/.exec(value)
  const address = match?.[2] ?? value
  if (!isEmail(address)) {
    refuse(name, `must be an address like "Support <support@example.com>", not ${shown(value)}`)
  }
  const person = match?.[1]?.trim() ?? ''
  return person === '' ? { address } : { name: person, address }
}

/** The value itself stays out of the message. */
function readSecretKey(value: string | null): string | null {
  if (value !== null && !/^[0-9a-f]{64}$/i.test(value)) {
    refuse('HELPDESK_SECRET_KEY', 'must be 64 hex digits, as "openssl rand -hex 32" prints them')
  }
  return value
}

function readOwner(email: string | null, password: string): ServerConfig['owner'] {
  if (email === null && password === '') return null
  if (email === null) refuse('HELPDESK_OWNER_EMAIL', 'is missing: it belongs to HELPDESK_OWNER_PASSWORD')
  if (!isEmail(email)) refuse('HELPDESK_OWNER_EMAIL', `must be an e-mail address, not ${shown(email)}`)
  if (password === '') refuse('HELPDESK_OWNER_PASSWORD', 'is missing: it belongs to HELPDESK_OWNER_EMAIL')
  if (password.length < 10) refuse('HELPDESK_OWNER_PASSWORD', 'must have at least 10 characters')
  if (password.length > 200) refuse('HELPDESK_OWNER_PASSWORD', 'must have at most 200 characters')
  return { email, password }
}

function readPublicId(name: string, value: string | null): string | null {
  if (value !== null && !publicIdPattern.test(value))
    refuse(name, `must be the public id of a desk, not ${shown(value)}`)
  return value
}

function readSwitch(name: string, value: string | null): boolean {
  const word = value?.toLowerCase() ?? '0'
  if (['1', 'true', 'yes', 'on'].includes(word)) return true
  if (['0', 'false', 'no', 'off'].includes(word)) return false
  return refuse(name, `must be 1 or 0, not ${shown(word)}`)
}

function readLogLevel(value: string | null): ServerConfig['logLevel'] {
  const word = value?.toLowerCase() ?? 'info'
  const level = logLevels.find((one) => one === word)
  return level ?? refuse('LOG_LEVEL', `must be one of ${logLevels.join(', ')}, not ${shown(word)}`)
}
