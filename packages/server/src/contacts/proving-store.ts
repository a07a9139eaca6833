import type { IdentityForm } from '@helpdesk/core/api'
import type { Statement, Tx } from '../db/db.ts'
import { unprovedPrefix } from './scope.ts'

/** A contact as a proof of its address finds it. */
export interface ProvableContact {
  id: string
  email: string | null
  emailVerified: boolean
  identity: IdentityForm
  identityKey: string | null
  externalId: string | null
  clientExternalId: string | null
  /** Every conversation of it came in by e-mail: no browser has its token. */
  byEmailOnly: boolean
}

/** The columns of a contact `c` that a proof asks for. */
export const provableColumns = `c.id, c.email, c.email_verified as "emailVerified", c.identity, c.identity_key as "identityKey",
  c.external_id as "externalId",
  (select x.external_id from helpdesk.clients x where x.desk_id = c.desk_id and x.id = c.client_id) as "clientExternalId",
  not exists (select 1 from helpdesk.conversations k
    where k.desk_id = c.desk_id and k.contact_id = c.id and k.channel <> 'email') as "byEmailOnly"`

const whole: Statement = {
  name: 'contact_provable',
  text: `with recursive parts as (
      select id, merged_into_id from helpdesk.contacts where desk_id = $1 and id = $2
      union
      select m.id, m.merged_into_id from parts p join helpdesk.contacts m on m.desk_id = $1 and m.id = p.merged_into_id
    )
    select ${provableColumns} from helpdesk.contacts c
    where c.desk_id = $1 and c.id = (select id from parts where merged_into_id is null) for update of c`,
}

const identified: Statement = {
  name: 'contacts_identified_by_address',
  text: `select ${provableColumns} from helpdesk.contacts c
    where c.desk_id = $1 and lower(c.email) = $2 and c.email_verified and c.merged_into_id is null
      and c.identity_key is not null and c.identity_key not like '${unprovedPrefix}%' and c.id <> $3
    order by (c.identity_key = $4) desc, c.created_at limit 2`,
}

const verify: Statement = {
  name: 'contact_verify_email',
  text: `update helpdesk.contacts set email_verified = true where desk_id = $1 and id = $2 and not email_verified`,
}

const identify: Statement = {
  name: 'contact_identify_by_email',
  text: `update helpdesk.contacts c set email_verified = true, identity = 'email', identity_key = $3, token_hash = null
    where c.desk_id = $1 and c.id = $2 and not exists (
      select 1 from helpdesk.contacts o where o.desk_id = $1 and o.identity_key = $3)
    returning id`,
}

/** The contact, or what it became part of, locked. */
export async function selectProvable(tx: Tx, deskId: string, id: string): Promise<ProvableContact | null> {
  const [row] = await tx.run<ProvableContact>(whole, [deskId, id])
  return row ?? null
}

/** Other contacts that something vouches for and that have proved the address: two at most, that of the key first. */
export function selectIdentifiedBy(
  tx: Tx,
  deskId: string,
  address: string,
  exceptId: string,
  key: string,
): Promise<ProvableContact[]> {
  return tx.run<ProvableContact>(identified, [deskId, address, exceptId, key])
}

/** Notes that the address of a contact is its own. */
export async function markVerified(tx: Tx, deskId: string, id: string): Promise<void> {
  await tx.run(verify, [deskId, id])
}

/** Makes the proved address that by which the contact is found again. @returns false when another one has the key */
export async function identifyByEmail(tx: Tx, deskId: string, id: string, key: string): Promise<boolean> {
  return (await tx.run(identify, [deskId, id, key])).length === 1
}
