import type { EmailSettings } from '@helpdesk/core/api'
import { words } from './words.ts'

const w = words.server

type Security = NonNullable<EmailSettings['smtp']>['security']

/** What is kept of a server: everything but its password. */
export interface KeptServer {
  host: string
  port: number
  security: Security
  user: string | null
  hasPassword: boolean
  folder?: string
}

/** A server as the page edits it; an empty password leaves the one that is kept. */
export interface ServerValues {
  host: string
  port: number
  security: Security
  user: string
  password: string
  /** Of a mailbox. */
  folder?: string
}

/** What a server is spoken to in. */
export type Protocol = 'smtp' | 'imap'

/** The ports on which servers listen by custom. */
const ports: Record<Protocol, Record<Security, number>> = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
}

/** A server to begin with. */
export function emptyServer(protocol: Protocol): ServerValues {
  const security = protocol === 'smtp' ? 'starttls' : 'tls'
  const server = { host: '', port: ports[protocol][security], security, user: '', password: '' } as const
  return protocol === 'imap' ? { ...server, folder: 'INBOX' } : server
}

/** A kept server as the page edits it. */
export function readServer(kept: KeptServer): ServerValues {
  const { host, port, security, user, folder } = kept
  return { host, port, security, user: user ?? '', password: '', ...(folder === undefined ? {} : { folder }) }
}

/** A server as the desk wants it. */
export function writeServer({ host, port, security, user, password, folder }: ServerValues) {
  return {
    host: host.trim(),
    port,
    security,
    user: user.trim() || null,
    ...(password && user.trim() ? { password } : {}),
    ...(folder === undefined ? {} : { folder: folder.trim() }),
  }
}

/** The server with another encryption; a port that was chosen by custom follows. */
export function withSecurity(protocol: Protocol, values: ServerValues, security: Security): ServerValues {
  const usual = Object.values(ports[protocol]).includes(values.port)
  return { ...values, security, port: usual ? ports[protocol][security] : values.port }
}

/** Whether the kept password goes on to be used: only for the server and user it was given for. */
export function keepsPassword(values: ServerValues, kept: KeptServer | null): boolean {
  return (
    kept?.hasPassword === true &&
    kept.host.toLowerCase() === values.host.trim().toLowerCase() &&
    kept.user === values.user.trim()
  )
}

/** What can be seen to be wrong with a server, by the path of the field in a request. */
export function checkServer(
  protocol: Protocol,
  values: ServerValues | null,
  kept: KeptServer | null,
): Record<string, string> {
  if (!values) return {}
  const { host, port, user, password, folder } = values
  const problems: Record<string, string> = {}
  if (!host.trim()) problems[`${protocol}/host`] = words.needed
  else if (/[\s/@:]/.test(host.trim())) problems[`${protocol}/host`] = w.hostWrong
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems[`${protocol}/port`] = w.portWrong
  if (protocol === 'imap' && !user.trim()) problems['imap/user'] = words.needed
  if (user.trim() && !password && !keepsPassword(values, kept)) {
    problems[`${protocol}/password`] = kept?.hasPassword ? w.again : words.needed
  }
  if (folder !== undefined && !folder.trim()) problems[`${protocol}/folder`] = words.needed
  return problems
}
