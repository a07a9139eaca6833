import type { NotificationKind, NotificationReason, NotificationState } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

/** A notification as agents read it. */
export interface ListedRow {
  id: string
  kind: NotificationKind
  conversationId: string
  number: string
  subject: string | null
  recipientType: 'contact' | 'agent'
  recipientId: string
  name: string | null
  email: string | null
  state: NotificationState
  reason: NotificationReason | null
  attempts: number
  lastError: string | null
  maybeSent: boolean
  createdAt: Date
  dueAt: Date
  updatedAt: Date
}

/** Which notifications a list shows. */
export interface ListFilter {
  state?: NotificationState | undefined
  recipient?: 'contact' | 'agent' | undefined
  conversationId?: string | undefined
  /** Part of an address or of a number. */
  search?: string | undefined
}

/** Where a page ended. */
export interface ListPosition {
  createdAt: Date
  id: string
}

/** A try that ended without an answer leaves the address behind, and either waits for its repeat or has failed. */
const maybeSent = `n.sent_to is not null and ((n.state = 'sending' and n.due_at > n.updated_at)
  or (n.state = 'failed' and n.reason = 'undeliverable'))`

const columns = `n.id, n.kind, n.conversation_id as "conversationId", c.number, c.subject, n.recipient_type as "recipientType",
  n.recipient_id as "recipientId", coalesce(k.name, a.name) as name, coalesce(n.sent_to, k.email, a.email) as email,
  n.state, n.reason, n.attempts, n.last_error as "lastError", (${maybeSent}) as "maybeSent",
  n.created_at as "createdAt", n.due_at as "dueAt", n.updated_at as "updatedAt"`

const from = `helpdesk.notifications n
  join helpdesk.conversations c on c.desk_id = n.desk_id and c.id = n.conversation_id
  left join helpdesk.contacts k on n.recipient_type = 'contact' and k.desk_id = n.desk_id and k.id = n.recipient_id
  left join helpdesk.agents a on n.recipient_type = 'agent' and a.id = n.recipient_id`

// No pattern is made of what is searched for, so that `%` and `_` are themselves.
const page: Statement = {
  name: 'notification_page',
  text: `select ${columns} from ${from}
    where n.desk_id = $1 and ($2::timestamptz is null or (n.created_at, n.id) < ($2, $3::uuid))
      and ($4::text is null or n.state = $4) and ($5::text is null or n.recipient_type = $5)
      and ($6::uuid is null or n.conversation_id = $6)
      and ($7::text is null or position(lower($7) in lower(coalesce(n.sent_to, k.email, a.email, ''))) > 0
        or position(lower($7) in lower(c.number)) > 0)
    order by n.created_at desc, n.id desc limit $8`,
}

const one: Statement = {
  name: 'notification_listed',
  text: `select ${columns} from ${from} where n.desk_id = $1 and n.id = $2`,
}

const counts: Statement = {
  name: 'notification_counts',
  text: `select state, count(*)::int as count from helpdesk.notifications
    where desk_id = $1 and created_at > $2::timestamptz group by state`,
}

/** Notifications before a position, newest first. */
export function selectNotifications(
  db: Queryable,
  deskId: string,
  filter: ListFilter,
  before: ListPosition | null,
  limit: number,
): Promise<ListedRow[]> {
  return db.run(page, [
    deskId,
    before?.createdAt ?? null,
    before?.id ?? null,
    filter.state ?? null,
    filter.recipient ?? null,
    filter.conversationId ?? null,
    filter.search ?? null,
    limit,
  ])
}

/** One notification. */
export async function selectNotification(
  db: Queryable,
  deskId: string,
  id: string,
): Promise<ListedRow | null> {
  const [row] = await db.run<ListedRow>(one, [deskId, id])
  return row ?? null
}

/** How many notifications that were made since a moment are in which state. */
export function countNotifications(
  db: Queryable,
  deskId: string,
  since: Date,
): Promise<{ state: NotificationState; count: number }[]> {
  return db.run(counts, [deskId, since])
}
