/** An e-mail as the desk hands it over. Addresses are objects: a string with a comma would become two recipients. */
export interface Mail {
  from: { name: string; address: string }
  to: { name: string; address: string }
  replyTo?: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** Without angle brackets handling: as it stands in the header, `<id@host>`. The same on every try. */
  messageId: string
  references?: string[]
  headers: Record<string, string>
}

/** How sending ended, when it did not work. */
export class MailError extends Error {
  /** Whether another try can help (refused connection, 4xx) or not (5xx). */
  readonly permanent: boolean

  constructor(message: string, options: { permanent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'MailError'
    this.permanent = options.permanent
  }
}

/** Sends mail: SMTP, a provider's API, or a list to look at. */
export interface MailAdapter {
  /** Resolves when the mail was taken over for delivery. @throws MailError */
  send(mail: Mail): Promise<void>
  close?(): Promise<void>
}
