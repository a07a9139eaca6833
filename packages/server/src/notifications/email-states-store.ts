import type { NotificationReason, NotificationState } from '@helpdesk/core'
import type { Queryable } from '../db/db.ts'

/** What of a notification decides how the e-mail of a message is shown. */
export interface NotificationRow {
  id: string
  conversationId: string
  state: NotificationState
  reason: NotificationReason | null
  lastError: string | null
  firstSeq: number
  lastSeq: number | null
  readSeq: number | null
  dueAt: Date
  updatedAt: Date
}

const selectForMessages = {
  name: 'notification_for_messages',
  text: `select id, conversation_id as "conversationId", state, reason, last_error as "lastError", first_seq as "firstSeq", last_seq as "lastSeq",
      read_seq as "readSeq", due_at as "dueAt", updated_at as "updatedAt"
    from helpdesk.notifications
    where desk_id = $1 and conversation_id = any($2::uuid[]) and recipient_type = 'contact' and kind = 'message'
      and first_seq <= $4 and coalesce(last_seq, $4) >= $3
    order by first_seq, created_at`,
}

/** The contacts' notifications of some conversations that may cover positions between `first` and `last`. */
export function selectContactNotifications(
  db: Queryable,
  deskId: string,
  conversationIds: readonly string[],
  first: number,
  last: number,
): Promise<NotificationRow[]> {
  return db.run<NotificationRow>(selectForMessages, [deskId, conversationIds, first, last])
}
