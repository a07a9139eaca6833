import type { Api, Body, ConnectionTest, EmailSettings } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { CallOptions, Http, Plain } from './http.ts'

type Routes = Api['emailSettings']

/** `{ sender?, smtp?, replyAddress?, imap?, dkim? }`; what is not named stays. */
export type EmailSettingsChange = Plain<Body<Routes['update']>>
/** `{ host, port, security, user, password? }`; without `password` the one that is kept. */
export type SmtpServer = NonNullable<Plain<Body<Routes['testSmtp']>>['smtp']>
/** `{ host, port, security, user, password?, folder? }`; without `password` the one that is kept. */
export type ImapMailbox = NonNullable<Plain<Body<Routes['testImap']>>['imap']>

/** How a desk sends and receives e-mail; for admins and owners. */
export interface AgentEmailSettings {
  /** Never with a password in them. */
  get(deskId: string, options?: CallOptions): Promise<EmailSettings>
  /** Changes what is named. */
  update(deskId: string, change: EmailSettingsChange, options?: CallOptions): Promise<EmailSettings>
  /** Tries a mail server (without one, that in use) and sends a test mail to the caller. */
  testSmtp(deskId: string, smtp?: SmtpServer, options?: CallOptions): Promise<ConnectionTest>
  /** Tries a mailbox (without one, that in use); nothing in it is changed. */
  testImap(deskId: string, imap?: ImapMailbox, options?: CallOptions): Promise<ConnectionTest>
  /** Makes a DKIM key for the sender's domain and signs with it from now on. */
  makeDkimKey(deskId: string, options?: CallOptions): Promise<EmailSettings>
  /** Makes a new secret for the webhook; the old one ends. */
  replaceWebhookSecret(deskId: string, options?: CallOptions): Promise<EmailSettings>
}

/** Trying a connection step by step takes longer than other calls. */
const testTimeoutMs = 90_000

/** A desk's e-mail settings over HTTP. */
export function agentEmailSettings(http: Http): AgentEmailSettings {
  const of = (deskId: string) => `${deskPath(deskId)}/email-settings`
  const patient = (options?: CallOptions) => ({ timeoutMs: testTimeoutMs, ...options })
  return {
    get: (deskId, options) => http.call<Routes['get']>(`GET ${of(deskId)}`, {}, options),
    update: (deskId, body, options) => http.call<Routes['update']>(`PATCH ${of(deskId)}`, { body }, options),
    testSmtp: (deskId, smtp, options) =>
      http.call<Routes['testSmtp']>(
        `POST ${of(deskId)}/test-smtp`,
        { body: smtp ? { smtp } : {} },
        patient(options),
      ),
    testImap: (deskId, imap, options) =>
      http.call<Routes['testImap']>(
        `POST ${of(deskId)}/test-imap`,
        { body: imap ? { imap } : {}, repeatable: true },
        patient(options),
      ),
    makeDkimKey: (deskId, options) =>
      http.call<Routes['makeDkimKey']>(`POST ${of(deskId)}/dkim-key`, {}, options),
    replaceWebhookSecret: (deskId, options) =>
      http.call<Routes['replaceWebhookSecret']>(`POST ${of(deskId)}/webhook-secret`, {}, options),
  }
}
