import type { ConnectionTest } from '@helpdesk/core/api'
import { MailHostError } from '../adapters/mail-host.ts'
import type { MailServer } from './tables.ts'

/** One of the steps of a connection, in the order in which they are made. */
export type ConnectionStep = ConnectionTest['steps'][number]['step']

interface ServerError {
  code?: string
  command?: string
  message?: string
  response?: unknown
  responseText?: string
  authenticationFailed?: boolean
  tlsFailed?: boolean
}

const certificate = /certificate|self.signed|unable to (verify|get)|altname|CERT_|UNABLE_TO_/i
const unreachable = /^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|GREETING_TIMEOUT)$/

/** At which step an error happened; what it does not tell by itself is left to where it was caught. */
export function stepOf(error: unknown, caughtAt: ConnectionStep): ConnectionStep {
  if (error instanceof MailHostError) return 'resolve'
  const { code = '', message = '', authenticationFailed, tlsFailed } = error as ServerError
  if (authenticationFailed || code === 'EAUTH') return 'sign_in'
  if (tlsFailed || isAboutTls(code, message)) return 'secure'
  if (unreachable.test(code) && caughtAt !== 'send' && caughtAt !== 'open_folder') return 'connect'
  return caughtAt
}

const isAboutTls = (code: string, message: string) =>
  /^(ETLS|EPROTO|UPGRADE_TIMEOUT|ClosedAfterConnectTLS|ERR_TLS|ERR_SSL)/.test(code) ||
  certificate.test(`${code} ${message}`) ||
  /initiating TLS|wrong version number|SSL routines|disconnected before secure TLS/i.test(message)

/** Whether the server refused user and password: trying again soon would only get the account locked. */
export const isWrongPassword = (error: unknown): boolean =>
  (error as ServerError).authenticationFailed === true || (error as ServerError).code === 'EAUTH'

/**
 * What happened in words for an admin: what the server said, and what to look at.
 * @param step where it happened; null when all of them had gone well
 */
export function wordsOf(
  error: unknown,
  step: ConnectionStep | null,
  server: Omit<MailServer, 'user'>,
): string {
  const said = oneLine(saidBy(error as ServerError))
  const hint = step === null ? '' : hintOf(error as ServerError, step, server)
  return [said, hint].filter((text) => text !== '').join(' – ')
}

function saidBy({ response, responseText, message }: ServerError): string {
  if (responseText) return responseText
  if (typeof response === 'string' && response !== '') return response
  return message ?? ''
}

/** A server may say anything, at any length. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)

function hintOf(
  error: ServerError,
  step: ConnectionStep,
  { host, port, security }: Omit<MailServer, 'user'>,
) {
  switch (step) {
    case 'resolve':
      return error instanceof MailHostError && error.reason === 'private'
        ? 'the operator of the installation has not allowed servers there.'
        : `check how ${host} is spelled.`
    case 'connect':
      return error.code === 'ECONNREFUSED'
        ? `nothing listens on port ${port}: check the port.`
        : `check the port (${port}) and whether a firewall is in between.`
    case 'secure':
      return hintAboutTls(error, host, security)
    case 'sign_in':
      return 'check user and password. Gmail, iCloud and others with two steps of sign-in want an app password.'
    case 'open_folder':
      return 'check the name of the folder, capitals included.'
    case 'send':
      return 'check whether this account may send with this sender address.'
  }
}

function hintAboutTls({ code = '', message = '' }: ServerError, host: string, security: string): string {
  if (certificate.test(`${code} ${message}`))
    return `the certificate is not one for ${host}: use the name that it was made for.`
  return security === 'tls'
    ? 'the server does not begin with TLS on this port: choose STARTTLS, or the port for TLS (465, 993).'
    : 'the server does not offer STARTTLS on this port: choose TLS and its port (465, 993).'
}
