import { hasDovecot, startDovecot } from './dovecot.ts'
import { startImapServer } from './imap.ts'

/** A mailbox that a desk reads. */
export interface Mailbox {
  port: number
  user: string
  password: string
  /** Puts an e-mail into it, as one that has just come. */
  add(raw: string | Buffer): Promise<void>
  stop(): Promise<void>
}

/** Starts a Dovecot where there is one, else our own server. */
export async function startMailbox(): Promise<Mailbox> {
  const { port, user, password, add, stop } = await (hasDovecot ? startDovecot() : startImapServer())
  return { port, user, password, stop, add: async (raw) => void (await add(raw)) }
}
