import type { Queryable, Statement } from '../db/db.ts'

// The key of a notification begins with its desk: one look per desk instead of one through all of them.
const deskOfNotification: Statement = {
  name: 'email_desk_of_notification',
  text: `select d.desk_id from helpdesk.desks d cross join lateral (
      select 1 from helpdesk.notifications n where n.desk_id = d.desk_id and n.id = $1 limit 1
    ) found`,
}

const publicIds: Statement = {
  name: 'email_desks_by_name',
  text: 'select public_id from helpdesk.desks where lower(public_id) = lower($1)',
}

/** The desk that a notification belongs to. */
export async function selectDeskOfNotification(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.run<{ desk_id: string }>(deskOfNotification, [id])
  return row?.desk_id ?? null
}

/** The public ids that are this name, but for capitals. */
export async function selectPublicIds(db: Queryable, name: string): Promise<string[]> {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) return []
  const rows = await db.run<{ public_id: string }>(publicIds, [name])
  return rows.map((row) => row.public_id)
}

/** An e-mail of ours that may be the one that is answered. */
export interface OurMail {
  notificationId: string
  recipient: 'contact' | 'agent'
  recipientId: string
  /** The address to which it was sent. */
  sentTo: string | null
  conversationId: string
  /** Whose the conversation is now, and the recipient's contact as it is now. */
  ownerId: string
  contactId: string | null
  /** The agent's address and whether it may answer on this desk, as things are now. */
  agentEmail: string | null
  agentMayReply: boolean
}

const ourMails: Statement = {
  name: 'email_our_mails',
  text: `select n.id as "notificationId", n.recipient_type as recipient, n.recipient_id as "recipientId",
      lower(coalesce(n.sent_to, c.email, a.email)) as "sentTo", n.conversation_id as "conversationId", k.contact_id as "ownerId",
      (with recursive parts as (
          select p.id, p.merged_into_id from helpdesk.contacts p
          where p.desk_id = $1 and p.id = n.recipient_id and n.recipient_type = 'contact'
          union
          select m.id, m.merged_into_id from parts p join helpdesk.contacts m on m.desk_id = $1 and m.id = p.merged_into_id
        ) select id from parts where merged_into_id is null) as "contactId",
      a.email as "agentEmail",
      coalesce((select d.role <> 'viewer' from helpdesk.desk_agents d where d.desk_id = $1 and d.agent_id = a.id), false)
        as "agentMayReply"
    from helpdesk.notifications n
    join helpdesk.conversations k on k.desk_id = n.desk_id and k.id = n.conversation_id
    left join helpdesk.contacts c on n.recipient_type = 'contact' and c.desk_id = $1 and c.id = n.recipient_id
    left join helpdesk.agents a on n.recipient_type = 'agent' and a.id = n.recipient_id
    where n.desk_id = $1 and n.id = any($2::uuid[])`,
}

const byNumber: Statement = {
  name: 'email_conversation_by_number',
  text: `select k.id, k.contact_id as "contactId" from helpdesk.conversations k
    join helpdesk.contacts c on c.desk_id = k.desk_id and c.id = k.contact_id
    where k.desk_id = $1 and lower(k.number) = lower($2) and lower(c.email) = $3`,
}

const recent: Statement = {
  name: 'email_recent_of_sender',
  text: `select count(*) filter (where e.conversation_id = $4::uuid)::int as "inConversation",
      count(*) filter (where e.match = 'new')::int as begun
    from helpdesk.emails e
    where e.desk_id = $1 and e.id > $2::uuid and e.from_address = $3 and e.state = 'taken'`,
}

const ownAddress: Statement = {
  name: 'email_own_address',
  text: `select 1 as own from helpdesk.desk_mail m
    where m.desk_id = $1
      and $2 = any(array[lower(m.settings -> 'sender' ->> 'address'), lower(m.settings ->> 'replyAddress')])`,
}

/** Those e-mails of ours that a desk has sent. */
export async function selectOurMails(
  db: Queryable,
  deskId: string,
  notificationIds: readonly string[],
): Promise<OurMail[]> {
  return notificationIds.length === 0 ? [] : db.run<OurMail>(ourMails, [deskId, notificationIds])
}

/** The conversation with a number, if its contact has the address. */
export async function selectByNumber(
  db: Queryable,
  deskId: string,
  number: string,
  address: string,
): Promise<{ id: string; contactId: string } | null> {
  const [row] = await db.run<{ id: string; contactId: string }>(byNumber, [deskId, number, address])
  return row ?? null
}

/** How many e-mails of a sender were taken in since a moment, in a conversation and as new ones. @param after the id before the first */
export async function countRecent(
  db: Queryable,
  deskId: string,
  after: string,
  address: string,
  conversationId: string | null,
): Promise<{ inConversation: number; begun: number }> {
  const [row] = await db.run<{ inConversation: number; begun: number }>(recent, [
    deskId,
    after,
    address,
    conversationId,
  ])
  return row ?? { inConversation: 0, begun: 0 }
}

/** Whether a desk sends with an address, or gets its answers there. */
export async function isAddressOfDesk(db: Queryable, deskId: string, address: string): Promise<boolean> {
  return (await db.run(ownAddress, [deskId, address])).length > 0
}
