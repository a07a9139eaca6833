import type { MailAdapter } from '../adapters/mail.ts'
import type { Deps } from '../deps.ts'

/** What a desk sends with. */
export interface DeskMail {
  adapter: MailAdapter
  sender: { name: string | null; address: string }
  /** To which mailbox answers come, with a token after a plus; null when no e-mail comes in. */
  replyMailbox: string | null
}

/** What a desk sends with: its own server and sender where it has them, else the installation's. */
export async function deskMailOf(deps: Pick<Deps, 'mail' | 'config'>, _deskId: string): Promise<DeskMail> {
  const { mailFrom, incomingMail } = deps.config
  return {
    adapter: deps.mail,
    sender: { name: mailFrom.name ?? null, address: mailFrom.address },
    replyMailbox: incomingMail ? `reply@${incomingMail.domain}` : null,
  }
}
