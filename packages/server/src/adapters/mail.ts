/** Who an e-mail is from or for. An object: a string with a comma in it would become two recipients. */
export interface MailAddress {
  name: string
  address: string
}

/** An e-mail as the desk hands it over. */
export interface Mail {
  from: MailAddress
  to: MailAddress
  replyTo?: MailAddress
  subject: string
  text: string
  html: string
  /** As it stands in the header, `<id@host>`. The same on every try, so that a repeat can be recognised. */
  messageId: string
  inReplyTo?: string
  references?: string[]
  headers: Record<string, string>
}

/** How sending ended, when it did not work. */
export class MailError extends Error {
  /** Whether another try can help (refused connection, 4xx) or not (5xx). */
  readonly permanent: boolean
  /** Whether the mail may have been taken over all the same: the connection broke before the server answered. */
  readonly uncertain: boolean
  /** Whether the mail server says that there is no such mailbox. */
  readonly noMailbox: boolean

  constructor(
    message: string,
    options: { permanent: boolean; uncertain?: boolean; noMailbox?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause })
    this.name = 'MailError'
    this.permanent = options.permanent
    this.uncertain = options.uncertain ?? false
    this.noMailbox = options.noMailbox ?? false
  }
}

/** With what e-mails of a domain are signed (DKIM). */
export interface DkimKey {
  domain: string
  /** Where in the domain's DNS the public half stands: `{selector}._domainkey.{domain}`. */
  selector: string
  /** PEM. */
  privateKey: string
}

/** Sends mail: SMTP, a provider's API, or a list to look at. */
export interface MailAdapter {
  /**
   * Resolves when the mail was taken over for delivery.
   * @throws MailError; anything else that is thrown counts as "not sent, try again"
   */
  send(mail: Mail): Promise<void>
  /** The same way of sending, with every mail signed. An adapter without it sends as the provider signs. */
  signing?(key: DkimKey): MailAdapter
  /** True when mails are kept to be looked at instead of sent. */
  readonly keeps?: boolean
  close?(): Promise<void>
}
