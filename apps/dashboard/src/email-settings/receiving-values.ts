import type { ServerValues } from './server-values.ts'

/** What is edited about receiving. */
export interface ReceivingValues {
  replyAddress: string
  /** `null`: no mailbox is read. */
  imap: ServerValues | null
  newConversations: boolean
}
