import type { Email, Notification } from '@helpdesk/core/api'
import type { AgentRecord, ConversationRecord, FileRecord, MessageRecord } from './records.ts'

/** An e-mail that is owed to somebody, and what became of it. */
export interface NotificationRecord
  extends Pick<
    Notification,
    | 'id'
    | 'kind'
    | 'state'
    | 'reason'
    | 'attempts'
    | 'lastError'
    | 'maybeSent'
    | 'createdAt'
    | 'dueAt'
    | 'updatedAt'
  > {
  conversation: ConversationRecord
  /** To whom; `null` is the contact, whoever that is by now. */
  agent: AgentRecord | null
  messages: MessageRecord[]
  /** Where it went. */
  sentTo: string | null
  /** It repeats another one, so that it goes out whether it was read or not. */
  isResent: boolean
}

/** An e-mail that came in. */
export interface EmailRecord
  extends Pick<
    Email,
    | 'id'
    | 'source'
    | 'from'
    | 'to'
    | 'subject'
    | 'state'
    | 'reason'
    | 'match'
    | 'lastError'
    | 'receivedAt'
    | 'updatedAt'
  > {
  conversation: ConversationRecord | null
  message: MessageRecord | null
  text: string
  html: string | null
  /** What was taken as the message. */
  reply: string
  headers: { name: string; value: string }[]
  files: FileRecord[]
}

/** A one-time link with its code, as an e-mail carries them. */
export interface EmailLinkRecord {
  email: string
  token: string
  code: string
  expiresAt: string
  wrongCodes: number
  isUsed: boolean
}
