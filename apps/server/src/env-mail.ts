import { isEmail } from '@helpdesk/core'

/** The domain whose mail comes in, and where it is listened for. */
export interface IncomingMailConfig {
  domain: string
  /** null when the domain's mail comes through the webhook. */
  listen: { host: string; port: number; tls: { keyFile: string; certFile: string } | null } | null
}

type Get = (name: string) => string | null
/** Refuses a variable, in one line that names it. */
type Refuse = (name: string, what: string) => never

const belonging = [
  'INCOMING_MAIL_PORT',
  'INCOMING_MAIL_HOST',
  'INCOMING_MAIL_TLS_KEY',
  'INCOMING_MAIL_TLS_CERT',
] as const

/** Where answers to e-mails come in, by what the variables say. @param host where the server itself listens */
export function readIncomingMail(get: Get, refuse: Refuse, host: string): IncomingMailConfig | null {
  const domain = get('INCOMING_MAIL_DOMAIN')?.toLowerCase() ?? null
  const stray = belonging.find((name) => get(name) !== null)
  if (domain === null) {
    return stray ? refuse('INCOMING_MAIL_DOMAIN', `is missing: it belongs to ${stray}`) : null
  }
  if (!isEmail(`desk@${domain}`)) {
    refuse('INCOMING_MAIL_DOMAIN', `must be a domain like in.example.com, not ${JSON.stringify(domain)}`)
  }
  const port = get('INCOMING_MAIL_PORT')
  if (port === null) {
    return stray
      ? refuse('INCOMING_MAIL_PORT', `is missing: it belongs to ${stray}`)
      : { domain, listen: null }
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    refuse('INCOMING_MAIL_PORT', `must be a whole number from 0 to 65535, not ${JSON.stringify(port)}`)
  }
  if (Number(port) !== 0 && Number(port) === Number(get('PORT') ?? '3000')) {
    refuse('INCOMING_MAIL_PORT', 'must be another one than PORT')
  }
  return {
    domain,
    listen: { port: Number(port), host: get('INCOMING_MAIL_HOST') ?? host, tls: readTls(get, refuse) },
  }
}

function readTls(get: Get, refuse: Refuse): { keyFile: string; certFile: string } | null {
  const [keyFile, certFile] = [get('INCOMING_MAIL_TLS_KEY'), get('INCOMING_MAIL_TLS_CERT')]
  if (keyFile === null && certFile === null) return null
  if (keyFile === null)
    return refuse('INCOMING_MAIL_TLS_KEY', 'is missing: it belongs to INCOMING_MAIL_TLS_CERT')
  if (certFile === null)
    return refuse('INCOMING_MAIL_TLS_CERT', 'is missing: it belongs to INCOMING_MAIL_TLS_KEY')
  return { keyFile, certFile }
}
