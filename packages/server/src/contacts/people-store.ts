import type { Identity } from '@helpdesk/core'
import type { IdentityForm } from '@helpdesk/core/api'
import type { ClientRow } from '../clients/store.ts'
import type { Queryable, Statement } from '../db/db.ts'
import { hasBounced } from './bounced.ts'
import type { MergeRow } from './merges-store.ts'

/** A contact as agents read it. */
export interface PersonRow {
  id: string
  name: string | null
  email: string | null
  email_verified: boolean
  email_opted_out: boolean
  email_bounce: { at: string; detail: string } | null
  phone: string | null
  external_id: string | null
  identity: IdentityForm
  claims: Identity
  client: ClientRow | null
  client_claims: Identity | null
  created_at: Date
  last_seen_at: Date | null
}

const columns = `c.id, c.name, c.email, c.email_verified, c.email_opted_out,
  case when ${hasBounced('c')} then c.email_bounce end as email_bounce, c.phone, c.external_id, c.identity, c.claims,
  case when x.id is null then null else to_jsonb(x) end as client, x.claims as client_claims, c.created_at, c.last_seen_at`

const join = 'left join helpdesk.clients x on x.desk_id = c.desk_id and x.id = c.client_id'

const byId: Statement = {
  name: 'person_by_id',
  text: `select ${columns} from helpdesk.contacts c ${join} where c.desk_id = $1 and c.id = $2`,
}

// No pattern is made of what is searched for, so that `%` and `_` are themselves.
const page: Statement = {
  name: 'people_page',
  text: `select ${columns} from helpdesk.contacts c ${join}
    where c.desk_id = $1 and c.merged_into_id is null and ($3::uuid is null or c.id < $3)
      and ($2::text is null or position(lower($2) in lower(concat_ws(' ', c.name, c.email, c.external_id))) > 0)
    order by c.id desc limit $4`,
}

const merges: Statement = {
  name: 'merges_into',
  text: `select m.id, m.by, m.created_at, jsonb_array_length(m.moved) as conversations, f.id as from_id,
      f.name as from_name, f.email as from_email, a.name as agent_name
    from helpdesk.contact_merges m
    join helpdesk.contacts f on f.desk_id = m.desk_id and f.id = m.from_contact_id
    left join helpdesk.agents a on a.id = m.agent_id
    where m.desk_id = $1 and m.into_contact_id = $2 and m.undone_at is null order by m.created_at desc limit 50`,
}

const wishes: Statement = {
  name: 'person_wishes',
  text: `update helpdesk.contacts set email_opted_out = coalesce($3::boolean, email_opted_out),
      email_bounce = case when $4::boolean then null else email_bounce end
    where desk_id = $1 and id = $2`,
}

/** Notes whether a contact wants e-mails, and forgets that its address bounced; what is null or false stays. */
export async function updateWishes(
  db: Queryable,
  deskId: string,
  id: string,
  change: { optedOut: boolean | null; forgetBounce: boolean },
): Promise<void> {
  await db.run(wishes, [deskId, id, change.optedOut, change.forgetBounce])
}

/** A contact with its client. */
export async function selectPerson(db: Queryable, deskId: string, id: string): Promise<PersonRow | null> {
  const [row] = await db.run<PersonRow>(byId, [deskId, id])
  return row ?? null
}

/** Contacts before one of them, newest first. */
export function selectPeople(
  db: Queryable,
  deskId: string,
  search: string | null,
  before: string | undefined,
  limit: number,
): Promise<PersonRow[]> {
  return db.run(page, [deskId, search, before ?? null, limit])
}

/** Merges into a contact that were not taken back, newest first. */
export function selectMerges(
  db: Queryable,
  deskId: string,
  intoId: string,
): Promise<
  {
    id: string
    by: MergeRow['by']
    created_at: Date
    conversations: number
    from_id: string
    from_name: string | null
    from_email: string | null
    agent_name: string | null
  }[]
> {
  return db.run(merges, [deskId, intoId])
}
