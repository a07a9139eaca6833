import type { AuthorType, Channel, DeskSettings, MessageKind, NotifySwitches } from '@helpdesk/core'
import { hasBounced } from '../contacts/bounced.ts'
import type { AttachmentFacts } from '../conversations/tables.ts'
import type { Queryable } from '../db/db.ts'
import type { Claimed } from './store.ts'

/** The conversation, the desk, and who gets the mail. */
export interface DeliveryContext {
  number: string
  /** What makes it a ticket; null for a conversation without one. */
  title: string | null
  contactId: string
  contactReadSeq: number
  pageUrl: string | null
  /** Which public link opens the conversation now. */
  linkVersion: number
  linkRevoked: boolean
  publicId: string
  settings: DeskSettings
  contactName: string | null
  contactEmail: string | null
  /** Null when the contact is gone. */
  contactEmailVerified: boolean | null
  contactOptedOut: boolean | null
  /** The contact's address does not take our e-mails. */
  contactBounced: boolean
  agentName: string | null
  agentEmail: string | null
  agentLocale: string | null
  /** Null when the agent is gone or no longer answers for this desk. */
  agentNotify: NotifySwitches | null
  channel: Channel
  assigneeId: string | null
  agentReadSeq: number
}

/** A message that a notification covers, by the other side. */
export interface CoveredMessage {
  seq: number
  kind: MessageKind
  authorType: AuthorType
  authorId: string | null
  authorName: string | null
  body: string
  attachments: AttachmentFacts[] | null
  createdAt: Date
}

const selectContext = {
  name: 'notification_context',
  text: `select c.number, c.subject as title, c.contact_id as "contactId", c.contact_read_seq as "contactReadSeq", c.page_url as "pageUrl",
      c.link_version as "linkVersion", c.link_revoked as "linkRevoked",
      d.public_id as "publicId", d.settings, k.name as "contactName", k.email as "contactEmail",
      k.email_verified as "contactEmailVerified", k.email_opted_out as "contactOptedOut",
      ${hasBounced('k')} as "contactBounced", a.name as "agentName", a.email as "agentEmail",
      a.locale as "agentLocale", a.notify as "agentNotify", c.channel, c.assignee_id as "assigneeId",
      coalesce(v.read_seq, 0) as "agentReadSeq"
    from helpdesk.conversations c
    join helpdesk.desks d on d.desk_id = c.desk_id
    left join helpdesk.contacts k on k.desk_id = c.desk_id and k.id = c.contact_id
    left join helpdesk.desk_agents r on r.desk_id = c.desk_id and r.agent_id = $3
    left join helpdesk.agents a on a.id = r.agent_id
    left join helpdesk.conversation_reads v
      on v.desk_id = c.desk_id and v.conversation_id = c.id and v.agent_id = r.agent_id
    where c.desk_id = $1 and c.id = $2`,
}

/** What has to be known to decide and to write the mail; null when the conversation is gone. */
export async function selectDeliveryContext(
  db: Queryable,
  claimed: Claimed,
): Promise<DeliveryContext | null> {
  const values = [claimed.deskId, claimed.conversationId, claimed.recipientId]
  const [context] = await db.run<DeliveryContext>(selectContext, values)
  return context ?? null
}

const selectCovered = {
  name: 'notification_messages',
  text: `select m.seq, m.kind, m.author_type as "authorType", m.author_id as "authorId", coalesce(a.name, k.name) as "authorName",
      m.body, m.attachments, m.created_at as "createdAt"
    from helpdesk.messages m
    left join helpdesk.agents a on m.author_type = 'agent' and a.id = m.author_id
    left join helpdesk.contacts k on m.author_type = 'contact' and k.desk_id = m.desk_id and k.id = m.author_id
    where m.desk_id = $1 and m.conversation_id = $2 and m.seq between $3 and $4
      and m.kind = 'reply' and (m.author_type = 'contact') = $5::boolean
    order by m.seq desc limit $6`,
}

/** The newest replies that the notification covers, newest first: of the other side, or what a contact wrote itself. */
export function selectCoveredMessages(
  db: Queryable,
  claimed: Claimed,
  limit: number,
): Promise<CoveredMessage[]> {
  const { deskId, conversationId, firstSeq, lastSeq, recipientType, kind } = claimed
  const byContact = recipientType === 'agent' || kind === 'ticket_created'
  return db.run(selectCovered, [deskId, conversationId, firstSeq, lastSeq, byContact, limit])
}

const selectThread = {
  name: 'notification_thread',
  text: `select * from (
      (select n.id, null as header, n.subject, n.updated_at as at
        from helpdesk.notifications n
        where n.desk_id = $1 and n.conversation_id = $2 and n.sent_to = $4 and n.state = 'sent' and n.id <> $3
        order by n.updated_at desc limit 4)
      union all
      (select null, e.message_id_header, case when e.match is distinct from 'number' then e.subject end, e.received_at
        from helpdesk.emails e join helpdesk.messages m on m.desk_id = e.desk_id and m.id = e.message_id
        where e.desk_id = $1 and e.conversation_id = $2 and e.state = 'taken' and m.author_type = $5
          and (m.author_id = $6 or exists (select 1 from helpdesk.contacts k
            where k.desk_id = $1 and k.id = m.author_id and k.merged_into_id = $6))
        order by e.received_at desc limit 1)
    ) thread order by at`,
}

/** An e-mail that a recipient has: one of ours by its notification, or the recipient's own newest by its Message-ID. */
export interface ThreadRow {
  id: string | null
  header: string | null
  /** Of one of the recipient's own not where anybody could have written it who knows the number. */
  subject: string | null
}

/** The last e-mails of a conversation that an address has, oldest first. */
export function selectThreadOf(db: Queryable, claimed: Claimed, address: string): Promise<ThreadRow[]> {
  const { deskId, conversationId, id, recipientType, recipientId } = claimed
  return db.run(selectThread, [deskId, conversationId, id, address, recipientType, recipientId])
}
