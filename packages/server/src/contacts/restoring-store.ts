import type { Statement, Tx } from '../db/db.ts'
import { type ProvableContact, provableColumns } from './proving-store.ts'

const typed: Statement = {
  name: 'contacts_typed_address',
  text: `select ${provableColumns} from helpdesk.contacts c
    where c.desk_id = $1 and lower(c.email) = $2 and c.identity = 'anonymous' and c.merged_into_id is null
    order by c.created_at, c.id for update of c`,
}

const prove: Statement = {
  name: 'contact_prove_key',
  text: `with ended as (
      delete from helpdesk.contact_sessions where desk_id = $1 and contact_id = $2 and form = 'page'
    )
    update helpdesk.contacts set email = coalesce(email, $3), identity = case when identity = 'page' then 'email' else identity end,
      email_verified = email_verified or lower(coalesce(email, $3)) = $3
    where desk_id = $1 and id = $2`,
}

/**
 * The anonymous contacts with an address, proved or not, locked, oldest first. Only these: what has a key of its own
 * would lead whoever has that key to all that it becomes part of.
 */
export function selectTyped(tx: Tx, deskId: string, email: string): Promise<ProvableContact[]> {
  return tx.run(typed, [deskId, email])
}

/** Notes that the address by which a contact is found is its own, and ends what only a page's word has opened. */
export async function proveKey(tx: Tx, deskId: string, id: string, email: string): Promise<void> {
  await tx.run(prove, [deskId, id, email])
}
