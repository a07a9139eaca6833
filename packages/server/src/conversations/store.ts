import type { AuthorType, Channel, ConversationStatus, Identity, MessageKind, Priority } from '@helpdesk/core'
import type { ChangeField, IdentityForm } from '@helpdesk/core/api'
import { categoryName } from '../categories/names.ts'
import type { Queryable, Statement } from '../db/db.ts'
import type { AttachmentFacts } from './tables.ts'

/** A conversation as the inbox reads it, with its contact, its assignee and the caller's read mark. */
export interface ConversationRow {
  id: string
  number: string
  subject: string | null
  status: ConversationStatus
  priority: Priority
  channel: Channel
  preview: string
  last_author: AuthorType
  contact_seq: number
  contact_read_seq: number
  team_read_seq: number
  page_url: string | null
  user_agent: string | null
  created_at: Date
  last_message_at: Date
  last_message_seq: number
  contact_id: string
  contact_name: string | null
  contact_email: string | null
  contact_email_verified: boolean
  contact_phone: string | null
  contact_external_id: string | null
  contact_identity: IdentityForm
  contact_claims: Identity
  contact_created_at: Date
  contact_last_seen_at: Date | null
  category_id: string | null
  category_code: string | null
  category_name: string | null
  client_id: string | null
  client_name: string | null
  assignee_id: string | null
  assignee_name: string | null
  agent_read_seq: number | null
}

/** A message with its author's name. */
export interface MessageRow {
  conversation_id: string
  seq: number
  id: string
  kind: MessageKind
  author_type: AuthorType
  author_id: string | null
  author_name: string | null
  body: string
  change: { field: ChangeField; from: string | null; to: string | null } | null
  attachments: AttachmentFacts[] | null
  via: 'public_link' | 'email' | null
  original: { emailId: string; from: string; proved: boolean } | null
  created_at: Date
}

const conversationColumns = `k.id, k.number, k.subject, k.status, k.priority, k.channel, k.preview, k.last_author, k.contact_seq,
  k.contact_read_seq, k.team_read_seq, k.page_url, k.user_agent, k.created_at, k.last_message_at, k.last_message_seq,
  k.contact_id, c.name as contact_name, c.email as contact_email, c.email_verified as contact_email_verified,
  c.phone as contact_phone, c.external_id as contact_external_id, c.identity as contact_identity, c.claims as contact_claims,
  c.created_at as contact_created_at, c.last_seen_at as contact_last_seen_at, k.category_id, g.code as category_code,
  ${categoryName} as category_name, k.client_id, coalesce(x.name, x.external_id, x.email) as client_name, k.assignee_id, a.name as assignee_name,
  r.read_seq as agent_read_seq`

const conversationJoins = `
  join helpdesk.contacts c on c.desk_id = k.desk_id and c.id = k.contact_id
  left join helpdesk.categories g on g.desk_id = k.desk_id and g.id = k.category_id
  left join helpdesk.clients x on x.desk_id = k.desk_id and x.id = k.client_id
  left join helpdesk.agents a on a.id = k.assignee_id
  left join helpdesk.conversation_reads r on r.desk_id = k.desk_id and r.conversation_id = k.id and r.agent_id = $2::uuid`

/** The views of the inbox. A statement each, so that every one is planned for its own index. */
const views = {
  all: '',
  open: `and k.status <> 'resolved'`,
  pending: `and k.status = 'pending'`,
  in_progress: `and k.status = 'in_progress'`,
  waiting: `and k.status = 'waiting'`,
  resolved: `and k.status = 'resolved'`,
} as const

/** Which conversations a page of the inbox has. */
export interface InboxFilter {
  view: keyof typeof views
  assignee: 'me' | 'none' | null
  /** Only those of a contact, or of a client. */
  of?: { contact: string } | { client: string }
}

function inboxPage({ view, assignee, of }: InboxFilter): Statement {
  const whose =
    assignee === 'me'
      ? 'and k.assignee_id = $2::uuid'
      : assignee === 'none'
        ? 'and k.assignee_id is null'
        : ''
  const owner = of ? ('contact' in of ? 'contact' : 'client') : null
  return {
    name: `inbox_${view}_${assignee ?? 'any'}_${owner ?? 'all'}`,
    // The page is cut before anything is joined to it.
    text: `select ${conversationColumns} from (
        select * from helpdesk.conversations k
        where k.desk_id = $1 and k.last_message_seq < $3::bigint ${views[view]} ${whose}
          ${owner ? `and k.${owner}_id = $5::uuid` : ''}
        order by k.last_message_seq desc limit $4::int
      ) k ${conversationJoins} order by k.last_message_seq desc`,
  }
}

const byIds: Statement = {
  name: 'conversations_by_ids',
  text: `select ${conversationColumns} from helpdesk.conversations k ${conversationJoins}
    where k.desk_id = $1 and k.id = any($3::uuid[])`,
}

const counts: Statement = {
  name: 'inbox_counts',
  text: `select d.pending, d.in_progress, d.waiting, d.resolved,
      (select count(*)::int from helpdesk.conversations k
        where k.desk_id = $1 and k.assignee_id = $2::uuid and k.status <> 'resolved') as mine,
      (select count(*)::int from helpdesk.conversations k
        where k.desk_id = $1 and k.assignee_id is null and k.status <> 'resolved') as unassigned
    from helpdesk.desk_counters d where d.desk_id = $1`,
}

const messageColumns = `m.conversation_id, m.seq, m.id, m.kind, m.author_type, m.author_id, m.body, m.change, m.attachments, m.via, m.original, m.created_at,
  coalesce(a.name, c.name) as author_name`

const messageJoins = `
  left join helpdesk.agents a on m.author_type = 'agent' and a.id = m.author_id
  left join helpdesk.contacts c on m.author_type = 'contact' and c.desk_id = m.desk_id and c.id = m.author_id`

const newestMessages: Statement = {
  name: 'messages_newest',
  text: `select ${messageColumns} from unnest($2::uuid[]) as wanted (id)
    cross join lateral (
      select * from helpdesk.messages m
      where m.desk_id = $1 and m.conversation_id = wanted.id and m.seq < $3::bigint and ($4::boolean or m.kind = 'reply')
      order by m.seq desc limit $5::int
    ) m ${messageJoins} order by m.seq`,
}

const messagesByRefs: Statement = {
  name: 'messages_by_refs',
  text: `select ${messageColumns} from unnest($2::uuid[], $3::bigint[]) as wanted (id, seq)
    join helpdesk.messages m on m.desk_id = $1 and m.conversation_id = wanted.id and m.seq = wanted.seq ${messageJoins}`,
}

const messageById: Statement = {
  name: 'message_by_id',
  text: `select ${messageColumns} from helpdesk.messages m ${messageJoins}
    where m.desk_id = $1 and m.conversation_id = $2 and m.id = $3`,
}

const repliesBetween: Statement = {
  name: 'messages_agent_replies_between',
  text: `select ${messageColumns} from helpdesk.messages m ${messageJoins}
    where m.desk_id = $1 and m.conversation_id = $2 and m.seq between $3 and $4
      and m.kind = 'reply' and m.author_type = 'agent' order by m.seq`,
}

/** Beyond every position: the first page. */
export const fromNewest = Number.MAX_SAFE_INTEGER

/** A page of the inbox, newest activity first, before a position. */
export function selectInbox(
  db: Queryable,
  deskId: string,
  agentId: string,
  filter: InboxFilter,
  before: number,
  limit: number,
): Promise<ConversationRow[]> {
  const { of } = filter
  const owner = of ? ['contact' in of ? of.contact : of.client] : []
  return db.run(inboxPage(filter), [deskId, agentId, before, limit, ...owner])
}

/** Conversations by id. */
export function selectConversations(
  db: Queryable,
  deskId: string,
  agentId: string | null,
  ids: readonly string[],
): Promise<ConversationRow[]> {
  return db.run(byIds, [deskId, agentId, ids])
}

/** How many conversations have each status, are the agent's and are nobody's. */
export async function selectCounts(db: Queryable, deskId: string, agentId: string) {
  const [row] = await db.run<
    Record<'pending' | 'in_progress' | 'waiting' | 'resolved' | 'mine' | 'unassigned', number>
  >(counts, [deskId, agentId])
  return row ?? null
}

/** The newest messages of each conversation before a position, oldest first. @param everything notes and events too */
export function selectNewestMessages(
  db: Queryable,
  deskId: string,
  conversationIds: readonly string[],
  before: number,
  everything: boolean,
  limit: number,
): Promise<MessageRow[]> {
  return db.run(newestMessages, [deskId, conversationIds, before, everything, limit])
}

/** Messages by conversation and position. */
export function selectMessages(
  db: Queryable,
  deskId: string,
  refs: readonly { conversationId: string; seq: number }[],
): Promise<MessageRow[]> {
  return db.run(messagesByRefs, [deskId, refs.map((ref) => ref.conversationId), refs.map((ref) => ref.seq)])
}

/** A message of a conversation by id. */
export async function selectMessageById(
  db: Queryable,
  deskId: string,
  conversationId: string,
  id: string,
): Promise<MessageRow | null> {
  const [row] = await db.run<MessageRow>(messageById, [deskId, conversationId, id])
  return row ?? null
}

/** Agents' replies of a conversation between two positions, both included. */
export function selectAgentReplies(
  db: Queryable,
  deskId: string,
  conversationId: string,
  first: number,
  last: number,
): Promise<MessageRow[]> {
  return db.run(repliesBetween, [deskId, conversationId, first, last])
}
