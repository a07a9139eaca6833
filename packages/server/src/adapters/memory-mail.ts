import type { Mail, MailAdapter } from './mail.ts'

/** A mail adapter that a test looks into. */
export interface MemoryMail extends MailAdapter {
  /** What was sent, oldest first. */
  readonly sent: readonly Mail[]
  /** What happens with the mails from now on: an error is thrown, anything else means taken over. */
  onSend(behaviour: (mail: Mail) => void | Promise<void>): void
}

/** Keeps mails in memory; takes every one until told otherwise. For tests. */
export function memoryMail(): MemoryMail {
  const sent: Mail[] = []
  let behave: (mail: Mail) => void | Promise<void> = () => undefined
  return {
    sent,
    onSend(behaviour) {
      behave = behaviour
    },
    async send(mail) {
      await behave(mail)
      sent.push(mail)
    },
  }
}
