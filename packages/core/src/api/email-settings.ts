import { route } from './route.ts'
import {
  dateTime,
  emailAddress,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  Type,
} from './shared.ts'

/** How the connection to a mail server is protected: TLS from the first byte, STARTTLS, or not at all. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const

const host = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: '^[^\\s/@:]+$',
  description: 'A name or address',
})
const port = Type.Integer({ minimum: 1, maximum: 65_535 })
const user = Type.String({ maxLength: 254 })
const password = Type.String({ maxLength: 500 })
const folder = Type.String({ minLength: 1, maxLength: 200 })

const server = { host, port, security: oneOf(mailSecurities), user: nullable(user) }
const hasPassword = Type.Boolean({ description: 'Passwords are kept encrypted and never shown' })

/** How the connection to a desk's mailbox is. */
export const mailboxStates = ['off', 'connecting', 'connected', 'failing'] as const

/** The e-mail of a desk: what it sends with, and how answers come back. */
export const emailSettings = object(
  {
    sender: object({
      name: nullable(Type.String({ description: "null: the desk's name" })),
      address: nullable(Type.String({ description: "null: the installation's" })),
    }),
    smtp: nullable(object({ ...server, hasPassword })),
    dkim: nullable(
      object({
        domain: Type.String(),
        selector: Type.String(),
        record: object(
          { name: Type.String(), value: Type.String() },
          { description: 'The TXT record to publish in the DNS' },
        ),
      }),
    ),
    replyAddress: nullable(
      Type.String({
        description:
          'The mailbox to which answers come, with a token after a plus; null: the domain of the installation, if any',
      }),
    ),
    imap: nullable(
      object({
        ...server,
        hasPassword,
        folder,
        state: oneOf(mailboxStates),
        since: nullable(dateTime),
        lastError: nullable(Type.String()),
        lastMailAt: nullable(dateTime),
      }),
    ),
    webhook: object({ url: Type.String(), secret: Type.String() }),
    installation: object(
      {
        sender: object({ name: nullable(Type.String()), address: Type.String() }),
        incomingDomain: nullable(Type.String({ description: 'Mail to this domain comes in by SMTP' })),
        address: nullable(Type.String({ description: "The desk's own address in that domain" })),
        kept: Type.Boolean({ description: 'There is no mail server: e-mails are kept, not sent' }),
      },
      { description: 'What holds where the desk has nothing of its own' },
    ),
  },
  { $id: 'EmailSettings' },
)
export type EmailSettings = Static<typeof emailSettings>

const smtpInput = object({ ...server, password: optional(password) })
const imapInput = object({ ...server, password: optional(password), folder: optional(folder) })

/** One step of a connection test, in the order in which they are made. */
export const connectionStep = object({
  step: oneOf(['resolve', 'connect', 'secure', 'sign_in', 'open_folder', 'send']),
  ok: Type.Boolean(),
  detail: nullable(Type.String({ description: 'What the server said, or what to look at' })),
})

/** How a connection test went; what comes after a failed step was not tried. */
export const connectionTest = object(
  { ok: Type.Boolean(), steps: Type.Array(connectionStep) },
  { $id: 'ConnectionTest' },
)
export type ConnectionTest = Static<typeof connectionTest>

const params = object({ deskId: publicId })

export const emailSettingsRoutes = {
  get: route({
    id: 'emailSettings.get',
    method: 'GET',
    path: '/api/desks/:deskId/email-settings',
    auth: 'agent',
    role: 'admin',
    limit: 'read',
    summary: 'How the desk sends and receives e-mail',
    params,
    response: { 200: emailSettings },
    errors: ['not_found', 'forbidden'],
  }),
  update: route({
    id: 'emailSettings.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/email-settings',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Change how the desk sends and receives; what is not named stays',
    description:
      'A server without `password` keeps the password it has; a server of `null` is forgotten with it.',
    params,
    body: object({
      sender: optional(
        object({
          name: optional(nullable(Type.String({ maxLength: 100 }))),
          address: optional(nullable(emailAddress)),
        }),
      ),
      smtp: optional(nullable(smtpInput)),
      replyAddress: optional(nullable(emailAddress)),
      imap: optional(nullable(imapInput)),
      dkim: optional(Type.Null({ description: 'Signs no more; makeDkimKey begins to' })),
    }),
    response: { 200: emailSettings },
    errors: ['not_found', 'forbidden'],
  }),
  testSmtp: route({
    id: 'emailSettings.testSmtp',
    method: 'POST',
    path: '/api/desks/:deskId/email-settings/test-smtp',
    auth: 'agent',
    role: 'admin',
    limit: 'signIn',
    summary: 'Try a mail server, and send a test mail to the caller',
    description:
      'Without `smtp` the one in use is tried. A server without `password` is tried with the one that is kept.',
    params,
    body: object({ smtp: optional(smtpInput) }),
    response: { 200: connectionTest },
    errors: ['not_found', 'forbidden'],
  }),
  testImap: route({
    id: 'emailSettings.testImap',
    method: 'POST',
    path: '/api/desks/:deskId/email-settings/test-imap',
    auth: 'agent',
    role: 'admin',
    limit: 'signIn',
    summary: 'Try a mailbox; nothing in it is changed',
    params,
    body: object({ imap: optional(imapInput) }),
    response: { 200: connectionTest },
    errors: ['not_found', 'forbidden'],
  }),
  makeDkimKey: route({
    id: 'emailSettings.makeDkimKey',
    method: 'POST',
    path: '/api/desks/:deskId/email-settings/dkim-key',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: "Make a new DKIM key for the sender's domain and sign with it",
    params,
    response: { 200: emailSettings },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  replaceWebhookSecret: route({
    id: 'emailSettings.replaceWebhookSecret',
    method: 'POST',
    path: '/api/desks/:deskId/email-settings/webhook-secret',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Make a new secret for the webhook; the old one ends',
    params,
    response: { 200: emailSettings },
    errors: ['not_found', 'forbidden'],
  }),
}
